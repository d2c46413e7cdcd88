//! The privacy centre.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use super::AskedRow;
use crate::web::frame::{Dates as _, Field, Frame, Mistake, Text};

#[derive(Debug, Template)]
#[template(path = "hall/privacy.html")]
pub struct PrivacyView {
    pub frame: Frame,
    pub csrf: String,
    /// Something that has just been done.
    pub notice: Option<String>,
    pub sections: Vec<SectionRow>,
    pub consents: Vec<ConsentRow>,
    /// When everything is erased, if that was asked for.
    pub erasing: Option<NaiveDateTime>,
    /// Erasures.
    pub requests: Vec<RequestRow>,
    /// Corrections.
    pub corrections: Vec<AskedRow>,
}

/// What is held of one kind.
#[derive(Debug, Clone)]
pub struct SectionRow {
    pub title: String,
    pub about: String,
    pub count: usize,
    /// Why it stays when everything else is erased.
    pub kept: Option<String>,
    pub records: Vec<RecordRow>,
}

pub type RecordRow = Vec<FieldRow>;

#[derive(Debug, Clone)]
pub struct FieldRow {
    pub label: String,
    pub value: String,
}

#[derive(Debug, Clone)]
pub struct ConsentRow {
    pub id: String,
    pub recipient: Text,
    pub purpose: String,
    pub fields: Vec<String>,
    pub given: NaiveDateTime,
    pub withdrawn: Option<NaiveDateTime>,
}

#[derive(Debug, Clone)]
pub struct RequestRow {
    pub what: String,
    pub made: NaiveDateTime,
    /// By when it is answered or carried out.
    pub due: NaiveDate,
    pub ended: Option<NaiveDateTime>,
    pub outcome: Option<String>,
}

/// `/me/privacy/erase`
#[derive(Debug, Template)]
#[template(path = "hall/erase.html")]
pub struct EraseView {
    pub frame: Frame,
    pub csrf: String,
    pub erased: Vec<String>,
    /// What stays, and why.
    pub kept: Vec<(String, String)>,
    pub due: NaiveDate,
    pub sure: Field,
}

impl EraseView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.sure.mistake().into_iter().collect()
    }
}

/// The copy as a page of its own, to be read without the portal.
#[derive(Debug, Template)]
#[template(path = "hall/export.html")]
pub struct ExportView {
    pub frame: Frame,
    pub made: NaiveDateTime,
    pub sections: Vec<SectionRow>,
}

#[cfg(test)]
impl PrivacyView {
    pub(crate) fn sample(frame: Frame) -> Self {
        use crate::catalogue::views::samples::{day, moment, say};
        let t = frame.t;
        let field = |name: &str, value: &str| FieldRow { label: t.data_field(name), value: value.to_owned() };
        let section = |kind: &str, count: usize, records: Vec<RecordRow>| SectionRow {
            title: t.privacy_kind(kind),
            about: t.privacy_kind_about(kind),
            count,
            kept: None,
            records,
        };
        let at = moment(day(2026, 11, 20), 12, 0);
        let consent = ConsentRow {
            id: "1".to_owned(),
            recipient: say(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police"),
            purpose: t.data_word("sign-on"),
            fields: ["name", "phone"].map(|kind| t.data_field(kind)).to_vec(),
            given: at,
            withdrawn: None,
        };
        let request = RequestRow {
            what: t.data_word("erase"),
            made: at,
            due: day(2026, 12, 5),
            ended: None,
            outcome: None,
        };
        Self {
            csrf: "token".to_owned(),
            notice: Some(t.privacy_withdrawn().to_owned()),
            sections: vec![
                section("account", 2, vec![vec![field("phone", "138****0001"), field("level", "3")]]),
                section("looks", 1, Vec::new()),
            ],
            consents: vec![consent.clone(), ConsentRow { withdrawn: Some(at), ..consent }],
            erasing: Some(at),
            corrections: vec![super::MyInquiryView::sample(frame.clone()).asked()],
            requests: vec![
                RequestRow { outcome: Some(t.data_word("withdrawn")), ended: Some(at), ..request.clone() },
                request,
            ],
            frame,
        }
    }

    pub(crate) fn sample_bare(frame: Frame) -> Self {
        Self {
            notice: None,
            consents: Vec::new(),
            erasing: None,
            requests: Vec::new(),
            corrections: Vec::new(),
            ..Self::sample(frame)
        }
    }
}

#[cfg(test)]
impl EraseView {
    pub(crate) fn sample(frame: Frame) -> Self {
        use crate::{catalogue::views::samples::day, web::frame::Choice};
        let t = frame.t;
        let sure = Choice::new("yes", t.erase_sure_yes(), false);
        let why = |kind: &str, reason: &str| (t.privacy_kind(kind), t.privacy_kept(reason));
        Self {
            csrf: "token".to_owned(),
            erased: ["account", "sessions"].map(|kind| t.privacy_kind(kind)).to_vec(),
            kept: vec![why("looks", "look-record"), why("keys", "key-destroyed")],
            due: day(2026, 11, 27),
            sure: Field::new("sure", t.erase_sure()).choices(vec![sure]),
            frame,
        }
    }

    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let mut view = Self::sample(frame);
        view.sure.error = Some(view.frame.t.erase_sure_missing().to_owned());
        view
    }
}
