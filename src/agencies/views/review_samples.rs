//! A sample of every page about what is handed in and looked at, for the snapshots.

use super::{
    packages::ReportView,
    review::{
        ApplicationView, ChangeLine, FunnelLine, FunnelView, QueueLine, QueueView, ReviewView, SampleLine,
    },
    samples::{SLUG, acts, at, findings, name, report},
    site_samples::at_work,
    words::{said, state},
};
use crate::{
    agencies::releases::State,
    web::{
        Frame,
        frame::{Choice, Field, Pager},
    },
};

impl QueueView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |url: &str| QueueLine {
            url: url.to_owned(),
            name: name(t),
            slug: SLUG.to_owned(),
            by: "chen".to_owned(),
            at: at(9),
        };
        let sort = Choice::new("newest", t.audit_newest(), true);
        Self {
            csrf: "token".to_owned(),
            said: said(t, "admitted"),
            filters: vec![Field::new("sort", t.audit_order()).choices(vec![sort])],
            hidden: vec![("sort", "newest".to_owned())],
            all: 52,
            pager: Pager { page: 1, pages: 2, base: "/admin/packages?sort=newest&page=".to_owned() },
            applications: vec![line("/admin/packages/applications/0193")],
            reviews: vec![line("/admin/packages/library/2")],
            frame: at_work(frame),
        }
    }

    pub fn sample_empty(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 0, base: "/admin/packages?sort=newest&page=".to_owned() };
        let none = Self::sample(frame);
        Self { said: None, all: 0, pager, applications: Vec::new(), reviews: Vec::new(), ..none }
    }
}

impl ApplicationView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            id: "0193".to_owned(),
            slug: SLUG.to_owned(),
            name: "云州市图书馆".to_owned(),
            name_en: "Yunzhou Library".to_owned(),
            kind: t.pkg_kind_centre(),
            credit_code: "12990100MB1234567X".to_owned(),
            contact: "0990-5081000".to_owned(),
            document: "云州市图书馆章程".to_owned(),
            reference: "云编办〔2024〕12号".to_owned(),
            by: "chen".to_owned(),
            at: at(9),
            waits: true,
            decides: true,
            words: Field::new("words", t.pkg_words()).hint(t.pkg_words_hint()).error(t.pkg_said_no_reason()),
            frame: at_work(frame),
        }
    }

    pub fn sample_own(frame: Frame) -> Self {
        Self { decides: false, words: Field::default(), ..Self::sample(frame) }
    }
}

impl ReviewView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let change = |mark: &str, breaks: bool, weight, message: &str| ChangeLine {
            mark: mark.to_owned(),
            breaks,
            ticked: false,
            missing: breaks,
            weight,
            whom: t.pkg_whom_people(),
            subject: "service YZ08001".to_owned(),
            message: message.to_owned(),
        };
        Self {
            csrf: "token".to_owned(),
            said: None,
            slug: SLUG.to_owned(),
            name: name(t),
            number: 2,
            state: state(t, State::Review),
            by: "chen".to_owned(),
            at: at(9),
            explained: "增加了预约服务".to_owned(),
            against: Some(1),
            changes: vec![
                change("01", true, ("danger", t.pkg_weight_breaks()), "It asks for the identity number now."),
                change("02", false, ("plain", t.pkg_weight_plain()), "The summary is different."),
            ],
            report: Some(ReportView { refuses: false, findings: findings(t).split_off(1), ..report(t) }),
            samples: vec![SampleLine {
                file: "samples/loans.json".to_owned(),
                text: "{ \"books\": 2 }".to_owned(),
            }],
            more_samples: 2,
            previews: vec![("YZ08001".to_owned(), "图书借阅查询".to_owned())],
            decides: true,
            words: Field::new("words", t.pkg_words()).hint(t.pkg_words_hint()),
            acts: acts(t),
            frame: at_work(frame),
        }
    }

    /// An agency's first version, before whoever handed it in.
    pub fn sample_own(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            said: said(t, "own"),
            against: None,
            changes: Vec::new(),
            decides: false,
            explained: String::new(),
            ..Self::sample(frame)
        }
    }
}

impl FunnelView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |stage, agencies, days: Option<&str>| FunnelLine {
            stage,
            agencies,
            days: days.map(str::to_owned),
        };
        Self {
            stages: vec![
                line(t.pkg_stage_applied(), 12, None),
                line(t.pkg_stage_admitted(), 8, Some("2.5")),
                line(t.pkg_stage_live(), 0, None),
            ],
            installed: 60,
            frame: at_work(frame),
        }
    }
}
