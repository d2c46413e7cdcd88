//! What the pages of circulars show.

use askama::Template;
use chrono::NaiveDateTime;

use crate::web::frame::{Dates as _, Frame};

/// A circular in a list.
#[derive(Debug)]
pub struct CircularLine {
    pub url: String,
    pub title: String,
    /// For whom.
    pub branch: String,
    pub said: NaiveDateTime,
    pub read: bool,
    pub taken_back: bool,
}

/// `/staff/circulars`
#[derive(Debug, Template)]
#[template(path = "accounts/staff/circulars.html")]
pub struct CircularsView {
    pub frame: Frame,
    pub done: Option<(&'static str, String)>,
    pub manages: bool,
    /// What one was told.
    pub told: Vec<CircularLine>,
    /// What was said to the branches one manages.
    pub said: Vec<CircularLine>,
}

/// How far a circular got in a unit.
#[derive(Debug)]
pub struct ReachLine {
    pub name: String,
    pub people: i64,
    pub read: i64,
}

/// `/staff/circulars/{id}`
#[expect(clippy::struct_excessive_bools, reason = "each is something else that can be so")]
#[derive(Debug, Template)]
#[template(path = "accounts/staff/circular.html")]
pub struct CircularView {
    pub frame: Frame,
    pub csrf: String,
    pub action: String,
    pub title: String,
    pub paragraphs: Vec<String>,
    pub author: String,
    pub branch: String,
    pub said: NaiveDateTime,
    pub taken_back: bool,
    pub to_confirm: bool,
    pub confirmed: bool,
    pub may_take_back: bool,
    /// For whoever manages the branch.
    pub reach: Vec<ReachLine>,
}

impl CircularView {
    fn people(&self) -> i64 {
        self.reach.iter().map(|one| one.people).sum()
    }

    fn read(&self) -> i64 {
        self.reach.iter().map(|one| one.read).sum()
    }
}
