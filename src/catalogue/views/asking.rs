//! A question to an agency, and its answer.

use askama::Template;
use chrono::NaiveDateTime;

use super::{ClosureLine, Contact, Offered};
use crate::web::frame::{Crumb, Dates as _, Frame, Input, Link, Mistake, SafeHtml, Text};

#[derive(Debug, Template)]
#[template(path = "catalogue/ask.html")]
pub struct AskView {
    pub frame: Frame,
    pub name: Text,
    pub summary: Text,
    /// The guide.
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    /// Where the form goes.
    pub action: String,
    /// The service's code, for what begins from an answer.
    pub code: String,
    /// The token of a form about a person; a question that everybody may ask has none.
    pub csrf: Option<String>,
    pub inputs: Vec<Input>,
    /// What the agency is told about the person beside the answers, in words.
    pub told: Vec<String>,
    /// Why this person cannot ask now; then there is no form.
    pub barred: Option<Barred>,
    pub answer: Option<FoundView>,
    /// What keeps it from being used, now or soon.
    pub closures: Vec<ClosureLine>,
    pub contact: Contact,
    /// Whether the data behind it is made up.
    pub sample: bool,
    pub offered: Offered,
}

/// Why somebody cannot ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// Nobody may ask this for another.
    InPerson,
    /// What they were authorised for does not reach this far, or no longer holds.
    NotAuthorised,
    /// It is about a company, and they act for none.
    Company,
    /// It is about a person, and they act for a company.
    Person,
}

#[derive(Debug)]
pub struct FoundView {
    pub said: FoundSaid,
    pub summary: Vec<FoundFact>,
    pub records: Vec<FoundRecord>,
    /// How many there are in all, where it is known.
    pub total: Option<u32>,
    /// The page shown, and whether there are more behind it.
    pub page: u32,
    pub more: bool,
    /// What was asked, for turning pages: name and value of each field.
    pub asked: Vec<(String, String)>,
}

/// What came of asking.
#[derive(Debug)]
pub enum FoundSaid {
    Answer,
    /// As the agency had it at this time.
    AsOf(NaiveDateTime),
    /// The agency does not answer; this is what it said then.
    Earlier(NaiveDateTime),
    /// The agency says that there is nothing.
    Nothing(Text),
    /// It does not answer. Until when, where that is known; and whether one can be told when it does.
    Away {
        until: Option<NaiveDateTime>,
        tell: bool,
    },
    /// The wish to be told is put down.
    Wished,
    NotEntitled,
    TooOften,
}

#[derive(Debug)]
pub struct FoundRecord {
    pub title: SafeHtml,
    pub reference: Option<SafeHtml>,
    pub state: Option<FoundState>,
    pub facts: Vec<FoundFact>,
    /// The agency's number for it, as it is sent back.
    pub number: Option<String>,
    /// What can be done about it.
    pub next: Vec<FoundNext>,
}

/// Something that can be done about a record.
#[derive(Debug)]
pub struct FoundNext {
    pub link: Link,
    /// An application that begins from the record.
    pub begins: bool,
}

#[derive(Debug)]
pub struct FoundState {
    /// Of the component `tag`.
    pub kind: &'static str,
    pub word: Text,
}

#[derive(Debug)]
pub struct FoundFact {
    pub label: Text,
    pub value: SafeHtml,
    pub file: Option<FoundFile>,
}

/// Where a file stands that an answer names.
#[derive(Debug)]
pub struct FoundFile {
    pub url: String,
    pub picture: bool,
}

impl AskView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.inputs.iter().filter_map(|input| input.field.mistake()).collect()
    }
}
