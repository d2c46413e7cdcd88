//! What the administrators' pages of sanctions show.

use askama::Template;
use chrono::NaiveDateTime;

use crate::web::{
    Frame,
    frame::{Dates as _, Field, Mistake, Pager},
};

/// `/admin/sanctions`
#[derive(Debug, Template)]
#[template(path = "gateway/sanctions.html")]
pub struct SanctionsView {
    pub frame: Frame,
    pub csrf: String,
    /// Those that wait for a second person.
    pub waiting: Vec<WaitingLine>,
    /// Agency, degree, whether in force, order.
    pub filters: Vec<Field>,
    /// What is asked for, for the file.
    pub hidden: Vec<(&'static str, String)>,
    pub rows: Vec<SanctionRow>,
    pub all: usize,
    pub pager: Pager,
}

/// A grave sanction that somebody proposed.
#[derive(Debug, Clone)]
pub struct WaitingLine {
    pub slug: String,
    pub grade: &'static str,
    pub by: String,
    pub at: NaiveDateTime,
    pub url: String,
}

/// A sanction of the list.
#[derive(Debug, Clone)]
pub struct SanctionRow {
    pub slug: String,
    pub grade: &'static str,
    pub in_force: bool,
    pub at_once: bool,
    pub reason: String,
    pub by: String,
    pub at: NaiveDateTime,
    pub ends_at: Option<NaiveDateTime>,
    /// By whom and when.
    pub lifted: Option<(String, NaiveDateTime)>,
}

/// `/admin/agencies/{slug}/sanctions/{id}/decide`
#[derive(Debug, Template)]
#[template(path = "gateway/proposal.html")]
pub struct ProposalView {
    pub frame: Frame,
    pub csrf: String,
    pub url: String,
    pub slug: String,
    pub grade: &'static str,
    pub about: &'static str,
    pub reason: String,
    pub at_once: bool,
    pub days: Option<i32>,
    pub by: String,
    pub at: NaiveDateTime,
    /// The reader's own: another person decides.
    pub own: bool,
    pub why: Field,
}

impl ProposalView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.why.mistake().into_iter().collect()
    }
}
