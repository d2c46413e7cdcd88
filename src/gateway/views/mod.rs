//! What the pages about agencies' backends show: how each did, every call, maintenance, and what administrators did.

mod calls;
mod health;
#[cfg(test)]
mod samples;
mod sanctions;
mod words;

use askama::Template;
use chrono::NaiveDateTime;

use crate::{
    platform::{Moment, clock::CITY_ZONE},
    web::{
        Frame,
        frame::{Dates as _, Field, Pager, Tab, Text},
    },
};

pub use calls::{CallRow, CallsView};
pub use health::{
    ActLine, CapabilityLine, EventLine, FaultLine, FileLine, HealthView, PlaceLine, SanctionLine,
    SuspensionLine,
};
pub use sanctions::{ProposalView, SanctionRow, SanctionsView, WaitingLine};
pub use words::{
    act_name, class_name, event_name, grade_about, grade_name, hours, line_words, matter_name, round_name,
};

/// A moment as it is in the city.
pub fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

/// `/agency/maintenance`
#[derive(Debug, Template)]
#[template(path = "gateway/maintenance.html")]
pub struct MaintenanceView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<&'static str>,
    pub slug: String,
    pub tabs: Vec<Tab>,
    pub announces: bool,
    /// Whether they may take it back or end it: those who announce it, and administrators.
    pub ends: bool,
    /// How many hours ahead it must be announced.
    pub ahead: i64,
    pub planned: Vec<PlannedLine>,
}

/// Maintenance that was announced.
#[derive(Debug, Clone)]
pub struct PlannedLine {
    pub id: String,
    pub from: NaiveDateTime,
    /// Nothing: until further notice.
    pub to: Option<NaiveDateTime>,
    pub reason: Text,
    pub by: String,
    pub now: bool,
    /// It is to be said that it goes on.
    pub asks: bool,
}

/// `/admin/agencies`
#[derive(Debug, Template)]
#[template(path = "gateway/agencies.html")]
pub struct AgenciesView {
    pub frame: Frame,
    pub csrf: String,
    /// What is the matter, order.
    pub filters: Vec<Field>,
    /// What is asked for, for the file.
    pub hidden: Vec<(&'static str, String)>,
    pub agencies: Vec<AgencyLine>,
    pub all: usize,
    pub pager: Pager,
}

/// An agency with what is the matter with it.
#[derive(Debug, Clone)]
pub struct AgencyLine {
    pub slug: String,
    /// Kind of the tag and its words.
    pub tags: Vec<(&'static str, String)>,
}
