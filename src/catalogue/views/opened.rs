//! How often what agencies wrote was opened, for their staff.

use askama::Template;
use chrono::NaiveDate;

use crate::{
    catalogue::counts::Writing,
    web::frame::{Dates as _, Frame, Pager, Text},
};

/// A notice or a policy.
#[derive(Debug)]
pub struct OpenedLine {
    pub title: Text,
    pub url: String,
    pub kind: Writing,
    pub agency: Text,
    pub since: NaiveDate,
    /// How often within the last days, and in all.
    pub lately: i64,
    pub ever: i64,
    /// Agency and id, where its reader may take it down.
    pub may_end: Option<(String, String)>,
}

/// `/agency/writing`
#[derive(Debug, Template)]
#[template(path = "catalogue/opened.html")]
pub struct OpenedView {
    pub frame: Frame,
    pub csrf: String,
    /// Whether its reader publishes notices.
    pub publishes: bool,
    pub said: Option<(&'static str, String)>,
    pub lines: Vec<OpenedLine>,
    /// How many days are the last ones.
    pub days: u32,
    pub pager: Pager,
}
