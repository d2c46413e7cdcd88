//! What the pages of the desk show.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    cases::{
        papers::views::PaperSheet,
        views::{Answered, DecidedView, ReviewSheet},
    },
    catalogue::filling::Piece,
    web::frame::{Dates as _, Field, Frame, Mistake, Pager, Tab, Text},
};

/// How a case stands with its clock: a colour, and the same in words.
#[derive(Debug, Clone)]
pub struct ClockLine {
    pub due: Option<NaiveDate>,
    pub provisional: bool,
    pub colour: &'static str,
    pub words: String,
}

/// A case in the queue: nothing in it says whose it is.
#[derive(Debug, Clone)]
pub struct CaseRow {
    pub reference: String,
    pub name: Text,
    pub agency: Text,
    /// Its name in the table.
    pub state: String,
    pub submitted: NaiveDateTime,
    pub unread: bool,
    pub clock: Option<ClockLine>,
    /// The name of whoever has it.
    pub with: Option<String>,
}

/// What came of a form: its kind and its words.
pub type Came = Option<(&'static str, &'static str)>;

/// `/agency/cases`
#[derive(Debug, Template)]
#[template(path = "cases/desk/list.html")]
pub struct DeskView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Came,
    /// The reader sees only what could not be handed over.
    pub only_failed: bool,
    pub tabs: Vec<Tab>,
    pub late: usize,
    pub show: &'static str,
    pub service: Field,
    /// Of which agency, where there are several.
    pub agency: Option<Field>,
    pub sort: Field,
    pub rows: Vec<CaseRow>,
    pub all: usize,
    pub pager: Pager,
    /// To whom cases can be given.
    pub people: Option<Field>,
    /// Decisions of others come here to be read.
    pub copies: bool,
}

/// Something that happened, as officers see it.
#[derive(Debug)]
pub struct DeskStep {
    pub at: NaiveDateTime,
    pub act: String,
    pub by: String,
    /// The name of the officer.
    pub name: Option<String>,
    pub lines: Vec<Answered>,
}

/// What was drafted.
#[derive(Debug, Clone)]
pub struct DraftRow {
    pub id: String,
    pub act: String,
    pub words: Option<String>,
    pub by: String,
    pub at: NaiveDateTime,
    /// Who settled it, and whether it was given back.
    pub settled: Option<(String, bool)>,
    pub remark: Option<String>,
    /// The reader can settle it.
    pub mine_to_settle: bool,
    /// The reader drafted it.
    pub own: bool,
    /// The case is over: nothing comes of it any more.
    pub over: bool,
}

/// What only those see who work the case.
#[derive(Debug)]
pub struct OpenedRow {
    pub name: Option<String>,
    pub relation: String,
    pub number: Option<String>,
    /// The box for the reason for which the number is shown.
    pub reason: Field,
    /// The box for the reason for which a copy is made.
    pub why: Field,
    pub sheets: Vec<ReviewSheet>,
    /// How they want the result.
    pub delivery: Vec<Answered>,
    pub papers: PaperSheet,
    /// What was answered before, where that is something else.
    pub before: Vec<Answered>,
    pub steps: Vec<DeskStep>,
    pub drafts: Vec<DraftRow>,
}

/// `/agency/cases/{reference}`
#[derive(Debug, Template)]
#[template(path = "cases/desk/case.html")]
pub struct DeskCaseView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Came,
    pub row: CaseRow,
    pub guide: Option<String>,
    pub agency_reference: Option<String>,
    pub failed: bool,
    /// The id of whoever has it, as the form says what its sender saw.
    pub held: String,
    /// The reader, if they can take it; and whether they have it.
    pub take: Option<String>,
    pub mine: bool,
    /// To whom it can be given.
    pub people: Option<Field>,
    /// What can be done: the last part of its address, and words.
    pub acts: Vec<(&'static str, String)>,
    pub opened: Option<OpenedRow>,
}

/// The form of a service, filled in for a citizen who stands at the counter.
#[derive(Debug, Template)]
#[template(path = "cases/desk/counter.html")]
pub struct CounterFormView {
    pub frame: Frame,
    pub csrf: String,
    pub name: Text,
    /// The citizen's name, and their number masked.
    pub who: String,
    /// The right to hand it in, sealed.
    pub ticket: String,
    pub pieces: Vec<Piece>,
}

impl CounterFormView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        Piece::mistakes(&self.pieces)
    }
}

/// A copy of an application, and of what was decided, to be printed.
#[derive(Debug, Template)]
#[template(path = "cases/desk/copy.html")]
pub struct CopyView {
    pub frame: Frame,
    pub reference: String,
    pub name: Text,
    pub agency: Text,
    /// The applicant.
    pub to: String,
    /// Its name in the table.
    pub state: String,
    pub submitted: NaiveDateTime,
    pub decided: Option<DecidedView>,
    pub sheets: Vec<ReviewSheet>,
    pub papers: PaperSheet,
    /// Where it is checked or followed, and the same to be scanned.
    pub leads: String,
    pub scan: String,
    pub made: NaiveDateTime,
    /// The officer's name.
    pub by: String,
}

/// What the citizen takes with them.
#[derive(Debug, Template)]
#[template(path = "cases/desk/receipt.html")]
pub struct ReceiptView {
    pub frame: Frame,
    pub reference: String,
    pub name: Text,
    pub agency: Text,
    pub phone: String,
    pub at: NaiveDateTime,
    /// The officer's name.
    pub by: String,
    /// Where the citizen follows it, to be scanned.
    pub scan: String,
    pub sheets: Vec<ReviewSheet>,
}

#[cfg(test)]
mod samples;
