//! `/agency/health`, and the same for administrators.

use askama::Template;
use chrono::NaiveDateTime;

use super::PlannedLine;
use crate::{
    agencies::views::EndingLine,
    web::{
        Frame,
        frame::{Dates as _, Tab, Text},
    },
};

#[derive(Debug, Template)]
#[template(path = "gateway/health.html")]
pub struct HealthView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, &'static str)>,
    pub slug: String,
    pub name: Text,
    pub tabs: Vec<Tab>,
    pub over: Vec<Tab>,
    /// Whether the reader is at the administrators' door, and may do something about it.
    pub admin: bool,
    /// Whether the reader may answer for the agency.
    pub answers: bool,
    /// An outage that was ordered: by whom and why, and until when.
    pub outage: Option<(String, Option<NaiveDateTime>)>,
    pub suspensions: Vec<SuspensionLine>,
    pub sanctions: Vec<SanctionLine>,
    /// A grave sanction that waits for a second person: in words, and where it is decided.
    pub proposed: Option<(String, String)>,
    pub ending: Vec<EndingLine>,
    pub line: String,
    /// Whether the line is anything but well.
    pub line_bad: bool,
    /// How full it is.
    pub places: Option<String>,
    pub capabilities: Vec<CapabilityLine>,
    pub hours: Vec<String>,
    pub planned: Vec<PlannedLine>,
    /// `None`: the agency exchanges no files.
    pub files: Option<Vec<FileLine>>,
    /// What the agency told by itself.
    pub events: Vec<EventLine>,
    pub acts: Vec<ActLine>,
}

impl HealthView {
    fn said(&self, kind: &str) -> Option<&str> {
        self.said.filter(|(said, _)| *said == kind).map(|(_, words)| words)
    }

    /// Height of the picture of calls.
    fn height(&self) -> usize {
        self.capabilities.len() * 24
    }
}

/// How a kind of question did.
#[derive(Debug, Clone)]
pub struct CapabilityLine {
    pub matter: &'static str,
    pub capability: String,
    /// Questions that left the portal.
    pub calls: i64,
    pub answered: i64,
    pub faults: Vec<FaultLine>,
    /// Milliseconds.
    pub p50: Option<i32>,
    pub p95: Option<i32>,
    pub last: Option<NaiveDateTime>,
    pub suspended: bool,
    /// For the picture: its place, and how wide the good and the bad part are, in hundredths of the widest.
    pub y: usize,
    pub good: i64,
    pub bad: i64,
}

/// What became of some of the questions.
#[derive(Debug, Clone)]
pub struct FaultLine {
    pub name: String,
    pub calls: i64,
}

/// What is not asked.
#[derive(Debug, Clone)]
pub struct SuspensionLine {
    pub capability: String,
    pub title: String,
    pub since: NaiveDateTime,
    /// By whom and why, or by which failures.
    pub words: String,
}

#[derive(Debug, Clone)]
pub struct SanctionLine {
    pub id: String,
    pub grade: &'static str,
    pub about: &'static str,
    pub in_force: bool,
    pub at_once: bool,
    pub reason: String,
    pub by: String,
    pub at: NaiveDateTime,
    pub ends_at: Option<NaiveDateTime>,
    pub answer: Option<(String, String, NaiveDateTime)>,
    pub lifted: Option<(String, String, NaiveDateTime)>,
}

/// A daily file, or a round that failed.
#[derive(Debug, Clone)]
pub struct FileLine {
    pub file: String,
    pub became: &'static str,
    pub good: bool,
    pub lines: i32,
    pub left_out: i32,
    pub at: NaiveDateTime,
    pub places: Vec<PlaceLine>,
}

/// A place in a file and what is wrong there.
#[derive(Debug, Clone)]
pub struct PlaceLine {
    pub line: u64,
    pub column: String,
    pub words: String,
}

/// What became of events of a kind.
#[derive(Debug, Clone)]
pub struct EventLine {
    pub kind: String,
    pub state: String,
    pub bad: bool,
    pub count: i64,
}

/// Something that was done about the backend.
#[derive(Debug, Clone)]
pub struct ActLine {
    pub what: &'static str,
    pub capability: Option<String>,
    /// `None`: by itself.
    pub by: Option<String>,
    pub reason: String,
    pub at: NaiveDateTime,
}
