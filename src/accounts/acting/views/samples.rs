//! Samples of these pages, for the snapshot tests.

use chrono::NaiveDate;
use yimen_contract::Bilingual;

use super::{
    ActingView, ChildView, CompanyLine, CompanyView, DeedLine, GrantView, Line, Now, PersonView, Said,
    Standing,
};
use crate::web::frame::{Frame, Who};

fn signed_in(mut frame: Frame, acting: Option<&str>) -> Frame {
    frame.who = Some(Who {
        name: "L*".to_owned(),
        acting: acting.map(str::to_owned),
        staff: false,
        left: 1800,
        until: "10:45".to_owned(),
    });
    frame
}

fn line(frame: &Frame, name: &str) -> Line {
    let t = frame.t;
    Line {
        id: "0193".to_owned(),
        name: name.to_owned(),
        kind: t.acting_kind_person(),
        scope: t.acting_scope_all().to_owned(),
        term: "2026-11-20 – 2027-11-19".to_owned(),
        note: None,
        standing: Standing::InForce,
    }
}

impl ActingView {
    pub fn sample(frame: Frame) -> Self {
        let frame = signed_in(frame, Some("W*"));
        let t = frame.t;
        let papers = Line {
            kind: t.acting_kind_child(),
            note: Some(t.acting_note_papers()),
            standing: Standing::Proposed,
            ..line(&frame, "X*")
        };
        let waiting = Line {
            note: Some(t.acting_note_offered()),
            standing: Standing::Proposed,
            ..line(&frame, "Chen Yu")
        };
        let asked = Line {
            kind: t.acting_kind_child(),
            note: Some(t.acting_note_child()),
            standing: Standing::Asked,
            ..line(&frame, "Lin Xiao")
        };
        Self {
            csrf: "token".to_owned(),
            said: Some(Said { words: t.acting_said_switched(), warn: true }),
            now: Some(Now { name: "W*".to_owned(), holds: true }),
            mine: vec![
                Line { standing: Standing::Current, ..line(&frame, "W*") },
                line(&frame, "Z*"),
                papers,
            ],
            offers: vec![line(&frame, "Q*")],
            agents: vec![line(&frame, "Zhou Min"), waiting, asked],
            companies: vec![
                CompanyLine {
                    name: "Yunjiang Soy".to_owned(),
                    code: "119901009900000172".to_owned(),
                    confirmed: true,
                },
                CompanyLine {
                    name: "Yunjiang Tea".to_owned(),
                    code: "11990100990000025W".to_owned(),
                    confirmed: false,
                },
            ],
            deeds: vec![
                DeedLine {
                    text: t.acting_deed_saw("Zhou Min"),
                    company: false,
                    at: "2026-11-20 12:00".to_owned(),
                },
                DeedLine {
                    text: t.acting_deed_began("Zhou Min"),
                    company: true,
                    at: "2026-11-20 11:59".to_owned(),
                },
            ],
            frame,
        }
    }

    pub fn sample_empty(frame: Frame) -> Self {
        Self {
            frame: signed_in(frame, None),
            csrf: "token".to_owned(),
            said: None,
            now: None,
            mine: Vec::new(),
            offers: Vec::new(),
            agents: Vec::new(),
            companies: Vec::new(),
            deeds: Vec::new(),
        }
    }

    pub fn sample_over(frame: Frame) -> Self {
        let now = Some(Now { name: "W*".to_owned(), holds: false });
        let mut view = Self { now, ..Self::sample_empty(frame) };
        view.frame = signed_in(view.frame, Some("W*"));
        view.said = Some(Said { words: view.frame.t.acting_said_refused(), warn: true });
        view
    }
}

impl GrantView {
    pub fn sample(frame: Frame) -> Self {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let domains = [
            ("D02".to_owned(), Bilingual::new("交通出行", "Transport")),
            ("D05".to_owned(), Bilingual::new("医疗卫生", "Health")),
        ];
        Self::new(signed_in(frame, None), "token".to_owned(), &[], &domains, today)
    }

    pub fn sample_wrong(frame: Frame) -> Self {
        let mut view = Self::sample(frame);
        let t = view.frame.t;
        view.phone = view.phone.value("123").error(t.acting_wrong_phone());
        view.services = view.services.value("YZ1").error(t.acting_wrong_service("YZ1"));
        view
    }
}

impl ChildView {
    pub fn sample(frame: Frame) -> Self {
        Self::new(signed_in(frame, None), "token".to_owned())
    }
}

impl CompanyView {
    pub fn sample(frame: Frame) -> Self {
        Self::new(signed_in(frame, None), "token".to_owned())
    }
}

impl PersonView {
    pub fn sample(frame: Frame) -> Self {
        Self {
            frame: signed_in(frame, Some("W*")),
            name: Some("W*".to_owned()),
            phone: Some("138****0002".to_owned()),
            number: None,
        }
    }
}
