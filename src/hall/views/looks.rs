//! Who looked at my data.

use askama::Template;
use chrono::NaiveDateTime;

use crate::web::frame::{Dates as _, Frame, Pager, Text};

#[derive(Debug, Template)]
#[template(path = "hall/looks.html")]
pub struct LooksView {
    pub frame: Frame,
    pub csrf: String,
    pub rows: Vec<LookRow>,
    /// Looks in all, on every page of the list.
    pub all: usize,
    pub pager: Pager,
    pub page: usize,
    /// A question has just been written down.
    pub asked: bool,
}

/// One look, in the reader's words.
#[derive(Debug, Clone)]
pub struct LookRow {
    pub id: String,
    /// In the city's zone.
    pub at: NaiveDateTime,
    pub who: Text,
    pub who_url: Option<String>,
    pub purpose: String,
    pub basis: String,
    pub fields: Vec<String>,
    /// The reason given, or the service it was for.
    pub detail: Option<Text>,
    /// It was the reader themself.
    pub own: bool,
    pub asked: Option<NaiveDateTime>,
    pub answer: Option<String>,
}
