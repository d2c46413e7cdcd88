//! What a decision says, on a page and as a file of its own.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use super::OccasionView;
use crate::web::frame::{Dates as _, Frame, Text};

/// A decision as it is printed.
#[derive(Debug, Template)]
#[template(path = "cases/decision.html")]
pub struct DecisionView {
    pub frame: Frame,
    pub reference: String,
    pub name: Text,
    pub agency: Text,
    pub phone: Option<String>,
    /// To whom it is addressed.
    pub to: String,
    /// Its name in the table; `decide` where it says that something is to be paid, which grants nothing.
    pub act: String,
    pub on: NaiveDate,
    pub submitted: NaiveDateTime,
    pub reason: Option<String>,
    pub turn_to: Option<String>,
    /// The agency's number for it.
    pub number: Option<String>,
    /// The record that it is about.
    pub occasion: Option<OccasionView>,
    /// The service at which it is paid.
    pub pays: Option<String>,
    /// Days to ask for reconsideration, and months to sue.
    pub remedies: Option<(Option<u16>, Option<u16>)>,
    pub code: Option<String>,
}

/// A decision as a file of its own, to which the signature is added.
#[derive(Debug, Template)]
#[template(path = "cases/decision_file.html")]
pub struct DecisionFileView {
    pub decision: DecisionView,
    pub code: String,
    /// Where it is checked, and the same to be scanned.
    pub check: String,
    pub scan: String,
    pub given: NaiveDateTime,
}
