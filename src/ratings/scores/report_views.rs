//! What the report on a month shows. Numbers are words already.

use askama::Template;
use chrono::NaiveDate;

use super::views::{AlarmLine, CardLine, ChartView, SilentLine};
use crate::{
    surveys::views::AboutPortal,
    web::frame::{Dates as _, Frame, Link, Text},
};

/// A figure of a month beside that of the month before.
#[derive(Debug)]
pub struct FigureLine {
    pub name: String,
    pub now: String,
    pub before: String,
}

/// A service with the range in which satisfaction lies.
#[derive(Debug)]
pub struct RangeLine {
    pub name: Link,
    pub satisfied: String,
    pub range: String,
    pub rated: String,
}

/// An agency with some counts.
#[derive(Debug)]
pub struct CountLine {
    pub name: Text,
    pub cells: Vec<String>,
    /// Something in it is not as it must be.
    pub warn: bool,
}

/// A bad rating with whose person nobody spoke yet.
#[derive(Debug)]
pub struct WaitingLine {
    pub service: Link,
    pub agency: Text,
    pub due: String,
    pub late: bool,
}

/// The heads of the tables of a report.
const FOLLOWED: [&str; 6] =
    ["bad", "contacted", "contacted-in-time", "contact-late", "answered", "answered-in-time"];
const OBJECTIONS: [&str; 3] = ["objected", "upheld", "rejected"];
const COMPLAINTS: [&str; 3] = ["complaints", "per-thousand", "other-complaints"];

/// `/admin/quality/report/{month}`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/report.html")]
pub struct ReportView {
    pub frame: Frame,
    pub month: String,
    pub stage: &'static str,
    pub provisional: Option<NaiveDate>,
    pub figures: Vec<FigureLine>,
    pub charts: Vec<(String, ChartView)>,
    pub best: Vec<RangeLine>,
    pub worst: Vec<RangeLine>,
    pub league: Vec<CardLine>,
    pub alarms: Vec<AlarmLine>,
    pub followed: Vec<CountLine>,
    pub waiting: Vec<WaitingLine>,
    pub objections: Vec<CountLine>,
    pub complaints: Vec<CountLine>,
    pub silent: Vec<SilentLine>,
    pub silent_days: u32,
    /// What people say of the portal itself.
    pub portal: Vec<AboutPortal>,
}

impl ReportView {
    /// The heads of the tables of what became of bad ratings, of objections and of complaints.
    pub fn followed_heads(&self) -> [String; FOLLOWED.len()] {
        FOLLOWED.map(|head| self.frame.t.quality_report_head(head))
    }

    pub fn objection_heads(&self) -> [String; OBJECTIONS.len()] {
        OBJECTIONS.map(|head| self.frame.t.quality_report_head(head))
    }

    pub fn complaint_heads(&self) -> [String; COMPLAINTS.len()] {
        COMPLAINTS.map(|head| self.frame.t.quality_fact(head))
    }
}
