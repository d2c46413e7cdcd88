//! News about a matter of somebody's: what stands in one line, what more there is to say, and where to go on. Each way says the
//! same.

use askama::Template;

use super::{letters::Letter, news::Shown};
use crate::{
    platform::{Texts, named},
    web::frame::CityLine,
};

/// What a notice says.
#[derive(Debug)]
pub(super) struct Matter {
    pub subject: String,
    pub lead: String,
    /// Below our own address.
    pub path: String,
}

struct MatterLetter<'a> {
    t: Texts,
    city: &'a str,
    hotline: String,
    matter: &'a Matter,
    address: String,
}

#[derive(Template)]
#[template(path = "mail/matter/subject.txt")]
struct Subject<'a> {
    it: &'a MatterLetter<'a>,
}

#[derive(Template)]
#[template(path = "mail/matter/body.txt", whitespace = "preserve")]
struct Text<'a> {
    it: &'a MatterLetter<'a>,
}

#[derive(Template)]
#[template(path = "mail/matter/body.html")]
struct Html<'a> {
    it: &'a MatterLetter<'a>,
}

impl Matter {
    fn address(&self, line: &CityLine) -> String {
        format!("{}{}", line.origin, self.path)
    }

    pub(super) fn letter(&self, t: Texts, line: &CityLine) -> askama::Result<Letter> {
        let it = &MatterLetter {
            t,
            city: t.say(&line.name).text,
            hotline: line.hotline.clone(),
            matter: self,
            address: self.address(line),
        };
        Ok(Letter {
            subject: Subject { it }.render()?.trim().to_owned(),
            text: Text { it }.render()?,
            html: Html { it }.render()?,
        })
    }

    /// As a text message.
    pub(super) fn text(&self, t: Texts, line: &CityLine) -> String {
        t.sms_matter(named::Address(self.address(line)), named::Said(self.lead.as_str()))
    }

    /// In the inbox.
    pub(super) fn shown(self) -> Shown {
        Shown { title: self.subject, text: self.lead, path: self.path }
    }
}
