//! Pages about signing in with a provider.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDateTime;
use url::form_urlencoded;

use super::{links::Obstacle, provider::Provider};
use crate::web::{
    Failure, Page, Visitor,
    frame::{Dates as _, Frame, Link, Text},
};

/// A page that says where somebody stands and how it goes on.
#[derive(Debug, Template)]
#[template(path = "sso/national.html")]
pub struct NationalView {
    pub frame: Frame,
    pub title: String,
    /// Something in the way.
    pub notice: Option<String>,
    pub lead: Vec<String>,
    pub form: Option<NationalForm>,
    pub links: Vec<Link>,
}

/// The one button of such a page.
#[derive(Debug)]
pub struct NationalForm {
    csrf: String,
    action: String,
    step: String,
    submit: String,
}

impl NationalView {
    pub(super) fn new(frame: Frame, title: String) -> Self {
        Self { frame, title, notice: None, lead: Vec::new(), form: None, links: Vec::new() }
    }

    pub(super) fn form(&mut self, csrf: String, action: String, step: &str, submit: &str) {
        let (step, submit) = (step.to_owned(), submit.to_owned());
        self.form = Some(NationalForm { csrf, action, step, submit });
    }
}

/// Why a sign-in with a provider did not come to a good end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The person said no there.
    Cancelled,
    /// It was begun too long ago, elsewhere, or not at all.
    Stale,
    Away,
    /// What came back does not hold.
    Invalid,
    /// Somebody else is signed in here.
    SomebodyElse,
    Claimed,
    OtherPerson,
    Linked,
    Full,
    Closed,
}

impl From<Obstacle> for Trouble {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::Claimed => Self::Claimed,
            Obstacle::OtherPerson => Self::OtherPerson,
            Obstacle::Linked => Self::Linked,
            Obstacle::Full => Self::Full,
            Obstacle::Closed => Self::Closed,
        }
    }
}

impl Trouble {
    #[cfg(test)]
    const ALL: [Self; 10] = [
        Self::Cancelled,
        Self::Stale,
        Self::Away,
        Self::Invalid,
        Self::SomebodyElse,
        Self::Claimed,
        Self::OtherPerson,
        Self::Linked,
        Self::Full,
        Self::Closed,
    ];

    const fn status(self) -> StatusCode {
        match self {
            Self::Cancelled => StatusCode::OK,
            Self::Stale | Self::Invalid => StatusCode::BAD_REQUEST,
            Self::Away => StatusCode::SERVICE_UNAVAILABLE,
            Self::Closed => StatusCode::FORBIDDEN,
            Self::SomebodyElse | Self::Claimed | Self::OtherPerson | Self::Linked | Self::Full => {
                StatusCode::CONFLICT
            }
        }
    }

    /// The page that says so, and how it goes on.
    pub(super) fn page(self, visitor: &Visitor, provider: &Provider, next: &str) -> Result<Page, Failure> {
        let t = visitor.texts();
        let name = t.say(&provider.config.name).text;
        Ok(Page::new(&self.view(visitor.frame(), &provider.config.id, name, next))?.status(self.status()))
    }

    fn view(self, frame: Frame, id: &str, name: &str, next: &str) -> NationalView {
        let t = frame.t;
        let mut view = NationalView::new(frame, t.national_trouble_title(name));
        let said = match self {
            Self::Cancelled => t.national_cancelled(name),
            Self::Stale => t.national_stale().to_owned(),
            Self::Away => t.national_away(name),
            Self::Invalid => t.national_invalid(name),
            Self::SomebodyElse => t.national_somebody_else(name),
            Self::Claimed => t.national_claimed().to_owned(),
            Self::OtherPerson => t.national_other_person(name),
            Self::Linked => t.national_linked(name),
            Self::Full => t.national_full(name),
            Self::Closed => t.national_closed().to_owned(),
        };
        view.notice = Some(said);
        let with_next = |path: &str| {
            let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            if next.is_empty() { path.to_owned() } else { format!("{path}?next={next}") }
        };
        let link = |text: &str, url: String| Link::new(Text::plain(text), url);
        let again = link(t.national_again(), with_next(&format!("/sign-in/with/{id}")));
        let otherwise = link(t.national_otherwise(), with_next("/sign-in"));
        view.links = match self {
            Self::Cancelled | Self::Stale | Self::Away | Self::Invalid => vec![again, otherwise],
            Self::SomebodyElse => vec![link(t.frame_sign_out(), "/sign-out".to_owned())],
            Self::Claimed => {
                view.lead.push(t.national_claimed_how().to_owned());
                vec![otherwise, link(t.sign_in_recover(), "/recover".to_owned())]
            }
            Self::Full => vec![link(t.national_list_title(), "/me/security/national".to_owned())],
            Self::OtherPerson | Self::Linked | Self::Closed => vec![otherwise],
        };
        view.lead.push(t.national_help(&view.frame.city.hotline));
        view
    }
}

/// `/me/security/national`: the accounts at providers by which one signs in.
#[derive(Debug, Template)]
#[template(path = "sso/national-list.html")]
pub struct NationalListView {
    pub frame: Frame,
    pub csrf: String,
    pub done: Option<String>,
    pub refused: Option<String>,
    pub links: Vec<LinkLine>,
    /// Providers that could be linked.
    pub offers: Vec<Link>,
}

#[derive(Debug, Clone)]
pub struct LinkLine {
    pub id: String,
    pub name: String,
    pub since: NaiveDateTime,
    pub used: NaiveDateTime,
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::platform::named;

    fn name(frame: &Frame) -> &'static str {
        match frame.t.lang() {
            crate::platform::Lang::Zh => "国家网络身份认证",
            crate::platform::Lang::En => "National network identity",
        }
    }

    impl NationalView {
        pub fn sample_choose(frame: Frame) -> Self {
            let (t, name) = (frame.t, name(&frame));
            let mut view = Self::new(frame, t.national_choose_title(name));
            let known = t.national_known_as(
                named::Name("*"),
                named::Number("990*************10"),
                named::Provider(name),
            );
            view.lead = vec![known, t.national_choose_lead(name)];
            view.form(
                "token".to_owned(),
                "/sign-in/with/national/new".to_owned(),
                "1",
                t.national_choose_new(),
            );
            view.links = vec![Link::new(Text::plain(t.national_choose_link()), "/sign-in?next=%2Fme")];
            view
        }

        pub fn sample_link(frame: Frame) -> Self {
            let (t, name) = (frame.t, name(&frame));
            let mut view = Self::new(frame, t.national_link_title(name));
            let lead = t.national_link_lead(named::Name("L* X*"), named::Provider(name));
            view.lead = vec![t.national_known_nameless(name), lead];
            view.notice = Some(t.national_prove_again().to_owned());
            view.links = vec![Link::new(Text::plain(t.national_prove_link()), "/me/prove?next=%2Fme")];
            view
        }

        pub fn sample_claimed(frame: Frame) -> Self {
            let name = name(&frame);
            Trouble::Claimed.view(frame, "national", name, "/me")
        }

        pub fn sample_away(frame: Frame) -> Self {
            let name = name(&frame);
            Trouble::Away.view(frame, "national", name, "/services/YZ02022")
        }
    }

    impl NationalListView {
        pub fn sample(frame: Frame) -> Self {
            let name = name(&frame);
            let at = NaiveDateTime::parse_from_str("2026-11-20 12:00", "%Y-%m-%d %H:%M").unwrap();
            Self {
                csrf: "token".to_owned(),
                done: Some(frame.t.national_list_linked().to_owned()),
                refused: None,
                links: vec![LinkLine { id: "1".to_owned(), name: name.to_owned(), since: at, used: at }],
                offers: vec![Link::new(
                    Text::plain(name),
                    "/sign-in/with/other?next=%2Fme%2Fsecurity%2Fnational",
                )],
                frame,
            }
        }

        pub fn sample_empty(frame: Frame) -> Self {
            Self {
                csrf: "token".to_owned(),
                done: None,
                refused: Some(frame.t.national_list_last().to_owned()),
                links: Vec::new(),
                offers: Vec::new(),
                frame,
            }
        }
    }

    #[test]
    fn every_trouble_says_something_and_leads_on() {
        use crate::{
            platform::{Lang, Texts},
            web::frame::Look,
        };
        for lang in Lang::ALL {
            let mut said = std::collections::HashSet::new();
            for trouble in Trouble::ALL {
                let frame = Frame::sample(Texts::new(lang), Look::default(), "/sign-in/with/national/back");
                let name = name(&frame);
                let view = trouble.view(frame, "national", name, "/me");
                assert!(!view.links.is_empty(), "{trouble:?}");
                assert!(said.insert(view.notice), "{trouble:?} says what another says");
            }
        }
    }
}
