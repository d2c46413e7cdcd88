//! News about a matter of somebody's: what stands in one line, what more there is to say, and where to go on. Each way says the
//! same.

use askama::Template;

use super::{letters::Letter, news::Shown};
use crate::{
    platform::{Moment, Texts, named},
    web::{
        frame::CityLine,
        ical::{self, Entry},
    },
};

/// What a notice says.
#[derive(Debug)]
pub(super) struct Matter {
    pub subject: String,
    pub lead: String,
    /// Below our own address.
    pub path: String,
    /// What of it belongs into the reader's own calendar.
    pub entry: Option<Entry>,
    /// Whether the law says that they must be told.
    pub by_law: bool,
}

struct MatterLetter<'a> {
    t: Texts,
    city: &'a str,
    hotline: String,
    matter: &'a Matter,
    address: String,
    /// What its reader can hear no more of, and where they say so.
    stop: Option<(String, String)>,
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
    pub(super) const fn new(subject: String, lead: String, path: String) -> Self {
        Self { subject, lead, path, entry: None, by_law: false }
    }

    fn address(&self, line: &CityLine) -> String {
        format!("{}{}", line.origin, self.path)
    }

    /// As a letter, made at a moment; with the topic that its reader can hear no more of, and where they say so.
    pub(super) fn letter(
        &self,
        (t, now): (Texts, Moment),
        line: &CityLine,
        stop: Option<(&str, &str)>,
    ) -> askama::Result<Letter> {
        let stop = stop.map(|(topic, path)| (t.notice_topic(topic), format!("{}{path}", line.origin)));
        let it = &MatterLetter {
            t,
            city: t.say(&line.name).text,
            hotline: line.hotline.clone(),
            matter: self,
            address: self.address(line),
            stop,
        };
        Ok(Letter {
            subject: Subject { it }.render()?.trim().to_owned(),
            text: Text { it }.render()?,
            html: Html { it }.render()?,
            stop: it.stop.as_ref().map(|(_, address)| address.clone()),
            calendar: self
                .entry
                .as_ref()
                .map(|entry| ical::calendar(&line.origin, now, None, std::slice::from_ref(entry))),
        })
    }

    /// As a text message.
    pub(super) fn text(&self, t: Texts, line: &CityLine) -> String {
        let address = named::Address(self.address(line));
        if self.by_law {
            t.sms_matter_by_law(address, named::Said(self.lead.as_str()))
        } else {
            t.sms_matter(address, named::Said(self.lead.as_str()))
        }
    }

    /// In the inbox.
    pub(super) fn shown(self) -> Shown {
        Shown { title: self.subject, text: self.lead, path: self.path, by_law: self.by_law }
    }
}
