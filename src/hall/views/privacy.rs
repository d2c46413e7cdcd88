//! The privacy centre.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

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
    pub requests: Vec<RequestRow>,
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
