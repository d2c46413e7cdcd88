//! `/agency/calls`

use askama::Template;
use chrono::NaiveDateTime;

use crate::web::{
    Frame,
    frame::{Dates as _, Field, Tab},
};

#[derive(Debug, Template)]
#[template(path = "gateway/calls.html")]
pub struct CallsView {
    pub frame: Frame,
    pub slug: String,
    pub tabs: Vec<Tab>,
    pub capability: Field,
    pub outcome: Field,
    pub day: Field,
    pub calls: Vec<CallRow>,
    /// For how many days calls are kept.
    pub kept: i64,
    /// Where older ones are, and the newest.
    pub older: Option<String>,
    pub newest: Option<String>,
}

/// A call.
#[derive(Debug, Clone)]
pub struct CallRow {
    pub id: String,
    pub at: NaiveDateTime,
    pub matter: &'static str,
    pub capability: String,
    pub service: Option<String>,
    pub outcome: String,
    /// Whether it speaks against the agency's backend.
    pub fault: bool,
    pub millis: i32,
    pub attempts: i32,
    pub version: Option<i32>,
}
