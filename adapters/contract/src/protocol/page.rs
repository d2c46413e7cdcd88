//! `[capabilities."…".pages]`: answers that come page by page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a list is asked for page by page (`rest`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The backend's field, as a path with dots, that says which page is wanted: a number, or where `next` is
    /// given what the page before said.
    pub field: String,
    /// The number of the first page.
    #[serde(default = "first")]
    pub first: u32,
    /// How many entries a whole page has: one with fewer is the last. Not needed where `next` is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// Where the list stands in the answer, as a path with dots.
    pub list: String,
    /// Where the answer says what to ask the next page with; nothing there means that it was the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// More pages than this are an error: a list that was cut short would read as whole.
    #[serde(default = "at_most")]
    pub at_most: u32,
}

fn first() -> u32 {
    1
}

fn at_most() -> u32 {
    20
}
