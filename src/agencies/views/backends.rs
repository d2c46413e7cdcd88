//! What the pages about agencies' backends share, and the page of their bindings.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    agencies::{bindings::BindingRow, expiry::Ending},
    db::Stamp,
    platform::{Texts, clock::CITY_ZONE, named},
    web::{
        Frame,
        frame::{Dates as _, Tab},
    },
};

/// The pages about one agency's backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackendTab {
    Health,
    Calls,
    Bindings,
    Maintenance,
}

/// The ways between them.
pub fn backend_tabs(t: Texts, current: BackendTab, slug: &str) -> Vec<Tab> {
    let tab = |it, label: &str, path: &str| Tab {
        label: label.to_owned(),
        url: format!("{path}?agency={slug}"),
        count: None,
        current: it == current,
    };
    vec![
        tab(BackendTab::Health, t.health_title(), "/agency/health"),
        tab(BackendTab::Calls, t.calls_title(), "/agency/calls"),
        tab(BackendTab::Bindings, t.binding_title(), "/agency/bindings"),
        tab(BackendTab::Maintenance, t.maintenance_title(), "/agency/maintenance"),
    ]
}

/// Of which of one's agencies a page is to be about.
#[derive(Debug, Template)]
#[template(path = "agencies/choose.html")]
pub struct ChooseView {
    pub frame: Frame,
    pub title: String,
    pub path: String,
    pub agencies: Vec<String>,
}

/// `/agency/bindings`
#[derive(Debug, Template)]
#[template(path = "agencies/bindings.html")]
pub struct BindingsView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, &'static str)>,
    pub slug: String,
    pub tabs: Vec<Tab>,
    /// Whether the reader may propose, and bring into force.
    pub integrates: bool,
    pub approves: bool,
    pub ending: Vec<EndingLine>,
    pub lines: Vec<BindingLine>,
    /// Whom the agency wants told.
    pub contact: Option<String>,
}

impl BindingsView {
    fn said(&self, kind: &str) -> Option<&str> {
        self.said.filter(|(said, _)| *said == kind).map(|(_, words)| words)
    }
}

/// A binding as staff see it: never with a secret.
#[derive(Debug, Clone)]
pub struct BindingLine {
    pub id: String,
    pub alias: String,
    pub address: String,
    pub proposed_by: String,
    pub proposed_at: NaiveDateTime,
    pub approved: Option<(String, NaiveDateTime)>,
    pub ended_at: Option<NaiveDateTime>,
    /// Secrets and the days up to which they are good.
    pub expiries: Vec<(String, NaiveDate)>,
}

impl BindingLine {
    pub fn of(row: &BindingRow) -> Self {
        let local = |at: Stamp| at.moment().with_timezone(&CITY_ZONE).naive_local();
        Self {
            id: row.id.to_string(),
            alias: row.alias.clone(),
            address: row.address.clone(),
            proposed_by: row.proposed_by.clone(),
            proposed_at: local(row.proposed_at),
            approved: row.approved_by.clone().zip(row.approved_at.map(local)),
            ended_at: row.ended_at.map(local),
            expiries: row.expiries().iter().map(|(name, on)| (name.clone(), *on)).collect(),
        }
    }

    fn waits(&self) -> bool {
        self.approved.is_none()
    }

    fn is_in_force(&self) -> bool {
        self.approved.is_some() && self.ended_at.is_none()
    }
}

/// A secret that ends soon or has ended.
#[derive(Debug, Clone)]
pub struct EndingLine {
    pub over: bool,
    pub words: String,
}

impl EndingLine {
    pub fn of(t: Texts, ending: &Ending) -> Self {
        let (name, day) = (named::Name(ending.name.as_str()), named::Day(t.day(&ending.on)));
        let over = ending.days < 0;
        let words = if over {
            t.binding_over(day, name)
        } else {
            t.binding_ends(day, named::Days(ending.days), name)
        };
        Self { over, words }
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::web::frame::Who;

    pub(super) fn at_work(mut frame: Frame) -> Frame {
        frame.who = Some(Who {
            name: "Z*".to_owned(),
            acting: None,
            staff: true,
            left: 900,
            until: "10:45".to_owned(),
        });
        frame
    }

    impl ChooseView {
        pub fn sample(frame: Frame) -> Self {
            Self {
                title: frame.t.health_title().to_owned(),
                path: "/agency/health".to_owned(),
                agencies: vec!["gas".to_owned(), "library".to_owned()],
                frame: at_work(frame),
            }
        }
    }

    impl BindingsView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default();
            let at = |on| day(on).and_hms_opt(9, 30, 0).unwrap_or_default();
            let line = |address: &str, approved: Option<u32>, ended: Option<u32>| BindingLine {
                id: "0193".to_owned(),
                alias: "gas_backend".to_owned(),
                address: address.to_owned(),
                proposed_by: "chen".to_owned(),
                proposed_at: at(2),
                approved: approved.map(|on| ("wu".to_owned(), at(on))),
                ended_at: ended.map(at),
                expiries: vec![("hmac_key".to_owned(), day(27))],
            };
            let ending = |days, on| Ending { name: "hmac_key".to_owned(), on: day(on), days };
            Self {
                csrf: "token".to_owned(),
                said: Some(("ok", t.binding_proposed())),
                tabs: backend_tabs(t, BackendTab::Bindings, "gas"),
                slug: "gas".to_owned(),
                integrates: true,
                approves: true,
                ending: vec![EndingLine::of(t, &ending(7, 27)), EndingLine::of(t, &ending(-1, 19))],
                lines: vec![
                    line("https://gas.example/v3", None, None),
                    line("https://gas.example/v2", Some(3), None),
                    line("https://gas.example/v1", Some(2), Some(3)),
                ],
                contact: Some("it@gas.example".to_owned()),
                frame: at_work(frame),
            }
        }

        pub fn sample_bare(frame: Frame) -> Self {
            let view = Self::sample(frame);
            Self { said: None, ending: Vec::new(), lines: Vec::new(), contact: None, approves: false, ..view }
        }
    }
}
