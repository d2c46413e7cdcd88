//! What the pages of applications show.

mod decision;

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use super::{
    occasion::Standing,
    papers::views::{PaperSheet, PlaceView},
};
use crate::{
    catalogue::{
        filling::Piece,
        views::{Barred, ClosureLine, Contact, FoundRecord},
    },
    web::frame::{Crumb, Dates as _, Field, Frame, Link, Mistake, Pager, Text},
};

pub use decision::{DecisionFileView, DecisionView};

/// Something begun.
#[derive(Debug)]
pub struct Begun {
    pub name: Text,
    pub url: String,
    pub saved: NaiveDateTime,
}

/// Before the form.
#[derive(Debug, Template)]
#[template(path = "cases/begin.html")]
pub struct BeginView {
    pub frame: Frame,
    pub name: Text,
    pub summary: Text,
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    pub action: String,
    pub csrf: String,
    pub pages: usize,
    /// By when it is done.
    pub promise: String,
    /// What the agency is told about the person beside the answers, in words.
    pub told: Vec<String>,
    pub begun: Vec<Begun>,
    /// What keeps the agency from taking it at once.
    pub closures: Vec<ClosureLine>,
    /// Why this person cannot apply now.
    pub barred: Option<Barred>,
    pub contact: Contact,
    /// Whether the guide is an example.
    pub sample: bool,
}

/// A page of the form.
#[derive(Debug, Template)]
#[template(path = "cases/fill.html")]
pub struct FillView {
    pub frame: Frame,
    pub name: Text,
    pub guide: String,
    pub domain: Crumb,
    pub action: String,
    pub csrf: String,
    pub title: Option<String>,
    pub hint: Option<String>,
    /// Which page, and of how many.
    pub page: usize,
    pub pages: usize,
    pub pieces: Vec<Piece>,
    /// The form has another version than the one that was filled in.
    pub changed: bool,
    /// More was typed than is taken.
    pub too_much: bool,
    /// What other agencies may know, so that it need not be typed.
    pub sources: Vec<SourceView>,
    /// What came of asking one: a kind of notice, and its words.
    pub came: Option<(&'static str, String)>,
    /// Who gets the answers with the application.
    pub recipient: String,
    /// Where it is handed in on this page: what it stands on.
    pub grounds: Option<GroundsView>,
    /// The record that it is about.
    pub occasion: Option<OccasionView>,
    pub agency: Link,
    /// What the agency is told about the person beside the answers, in words.
    pub told: Vec<String>,
}

/// An agency that may know answers of a page.
#[derive(Debug)]
pub struct SourceView {
    pub agency: String,
    pub name: Text,
    /// What it would tell: a licence, and what of it.
    pub tells: Vec<String>,
}

impl FillView {
    #[must_use]
    pub fn on(self, grounds: Option<GroundsView>) -> Self {
        Self { grounds, ..self }
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        Piece::mistakes(&self.pieces)
    }
}

/// What an application stands on.
#[derive(Debug, Default)]
pub struct GroundsView {
    pub occasion: Option<OccasionView>,
    pub checks: Vec<CheckView>,
    /// Something is not as it must be, and it cannot be handed in.
    pub barred: bool,
}

/// The record from which it was begun.
#[derive(Debug)]
pub struct OccasionView {
    /// What such a record is called.
    pub name: Text,
    pub record: FoundRecord,
    pub standing: Standing,
}

/// Something that must be so.
#[derive(Debug)]
pub struct CheckView {
    pub what: Text,
    pub mark: CheckMark,
    /// What is said where it is not so.
    pub said: Option<Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckMark {
    Right,
    Wrong,
    /// Nobody can say now.
    Open,
}

/// The answers of a page.
#[derive(Debug)]
pub struct ReviewSheet {
    pub title: Option<String>,
    /// Where they are changed.
    pub change: Option<String>,
    pub lines: Vec<ReviewLine>,
}

#[derive(Debug)]
pub struct ReviewLine {
    pub label: String,
    pub value: Option<String>,
    pub wrong: bool,
}

/// The summary before handing in.
#[derive(Debug, Template)]
#[template(path = "cases/review.html")]
pub struct ReviewView {
    pub frame: Frame,
    pub name: Text,
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    pub csrf: String,
    pub sheets: Vec<ReviewSheet>,
    pub papers: PaperSheet,
    /// What is missing of the papers, once somebody tried to hand it in.
    pub mistakes: Vec<Mistake>,
    /// The form has a new version since it was filled in.
    pub changed: bool,
    /// The first page that is not done; then it cannot be handed in.
    pub unfinished: Option<String>,
    pub told: Vec<String>,
    pub grounds: GroundsView,
    pub submit: String,
    /// Where it is handed in instead, together with others.
    pub together: Option<String>,
    pub discard: String,
}

#[derive(Debug)]
pub struct CaseLine {
    pub reference: String,
    pub name: Text,
    /// Its name in the table.
    pub state: String,
    pub at: NaiveDateTime,
}

/// Everything a person handed in or began.
#[derive(Debug, Template)]
#[template(path = "cases/list.html")]
pub struct CasesView {
    pub frame: Frame,
    pub saved: bool,
    /// Events of a life, with their applications on one page.
    pub events: Vec<Begun>,
    pub cases: Vec<CaseLine>,
    pub begun: Vec<Begun>,
    pub pager: Pager,
}

/// Whether the agency has it.
#[derive(Debug)]
pub enum HandoverView {
    /// Not yet; when it is tried again, where that is known.
    Queued {
        at: Option<NaiveDateTime>,
    },
    /// The agency is away until further notice.
    Away,
    Unknown,
    Failed,
}

#[derive(Debug)]
pub struct DueView {
    pub on: NaiveDate,
    /// The year whose holidays are not published.
    pub provisional: Option<i32>,
}

/// How the result comes.
#[derive(Debug)]
pub struct DeliveryView {
    /// In words; nothing, while nothing was chosen.
    pub way: Option<&'static str>,
    pub address: Option<String>,
    /// It can still be chosen.
    pub open: bool,
    pub carrier: Option<String>,
    /// Where it can be picked up.
    pub place: Option<String>,
    /// The code against which it is handed over, and the same to be scanned.
    pub code: Option<String>,
    pub scan: Option<String>,
}

#[derive(Debug)]
pub struct StepView {
    pub at: NaiveDateTime,
    pub by: String,
    pub act: String,
    pub reason: Option<String>,
    /// What else was said: by which law, until when, what was to be put right, how it was sent.
    pub lines: Vec<Answered>,
}

#[derive(Debug)]
pub struct Answered {
    pub label: String,
    pub value: Option<String>,
}

/// What the person has just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    Nothing,
    HandedIn,
    Withdrawn,
    Corrected,
    /// Taking it back is not possible any more.
    NotNow,
}

/// The order by which what a decision costs is paid.
#[derive(Debug)]
pub struct PaymentLine {
    pub url: String,
    pub state: String,
}

/// One case.
#[derive(Debug, Template)]
#[template(path = "cases/case.html")]
pub struct CaseView {
    pub frame: Frame,
    pub reference: String,
    pub name: Text,
    pub guide: Option<String>,
    pub agency: Option<Link>,
    pub contact: Option<Contact>,
    pub csrf: String,
    pub state: String,
    pub handover: Option<HandoverView>,
    pub submitted: NaiveDateTime,
    pub agency_reference: Option<String>,
    pub due: Option<DueView>,
    pub correct_by: Option<NaiveDate>,
    /// Until when the clock stands still, where that was said.
    pub paused_until: Option<NaiveDate>,
    pub reason: Option<String>,
    /// The law by which the clock stands still.
    pub basis: Option<String>,
    /// Who is responsible instead.
    pub turn_to: Option<String>,
    pub corrections: Vec<(String, String)>,
    /// It can be put right here.
    pub to_correct: bool,
    /// There is a decision to read and to print.
    pub decided: bool,
    /// The agency's own documents: what each is called, and where it is fetched.
    pub documents: Vec<(String, String)>,
    /// The licence that came of it, which is fetched among the person's documents.
    pub licence: Option<Text>,
    pub parcel: Option<String>,
    pub delivery: Option<DeliveryView>,
    /// Where they say what it was like, while they can.
    pub rate: Option<String>,
    /// Days to ask for reconsideration, and months to sue.
    pub remedies: Option<(Option<u16>, Option<u16>)>,
    /// The record that it was about.
    pub occasion: Option<OccasionView>,
    /// Where what it costs is paid, once it is decided; and how that stands.
    pub pays: Option<Link>,
    pub payment: Option<PaymentLine>,
    pub steps: Vec<StepView>,
    pub answers: Vec<Answered>,
    pub papers: PaperSheet,
    pub can_withdraw: bool,
    /// This page's address, to be scanned from the printed receipt.
    pub scan: String,
    pub news: Happened,
}

impl CaseView {
    /// The agency's name, or nothing where it has left the city.
    fn agency_name(&self) -> String {
        self.agency.as_ref().map_or_else(String::new, |agency| agency.text.text.clone())
    }

    fn reason_field(&self) -> Field {
        Field::new("reason", self.frame.t.case_withdraw_reason())
    }
}

/// What is to be put right, and the form for it.
#[derive(Debug, Template)]
#[template(path = "cases/correct.html")]
pub struct CorrectView {
    pub frame: Frame,
    pub reference: String,
    pub name: Text,
    pub csrf: String,
    /// How often it was put right before.
    pub round: i32,
    pub due: Option<NaiveDate>,
    pub corrections: Vec<Answered>,
    pub pieces: Vec<Piece>,
    /// What is handed in with it.
    pub papers: Vec<PlaceView>,
}

impl CorrectView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        let papers = self.papers.iter().filter_map(PlaceView::mistake);
        Piece::mistakes(&self.pieces).into_iter().chain(papers).collect()
    }
}

/// What was decided, where it stands on another paper.
#[derive(Debug)]
pub struct DecidedView {
    /// Its name in the table.
    pub act: String,
    pub on: NaiveDate,
    pub reason: Option<String>,
    pub turn_to: Option<String>,
    pub code: Option<String>,
}

/// The look of a state, for the component `tag`.
pub fn state_kind(state: &str) -> &'static str {
    match state {
        "granted" | "decided" | "delivered" | "delivering" | "ready" => "ok",
        "correction-required" | "suspended" => "warn",
        "not-accepted" | "refused" | "terminated" => "danger",
        _ => "brand",
    }
}
