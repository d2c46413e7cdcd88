//! What the page of a domain shows. Numbers are words already.

use askama::Template;

use super::views::{CardLine, ChartView, PartLine};
use crate::web::frame::{Frame, Text};

/// `/quality/domains/{code}`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/domain.html")]
pub struct DomainCardView {
    pub frame: Frame,
    pub name: Text,
    /// The domain itself, with its services.
    pub page: String,
    /// Its months; each leads to its services in that month.
    pub months: Vec<CardLine>,
    /// The latest month, and what its stars are made of.
    pub made_of: Option<(String, Vec<PartLine>)>,
    pub facts: Vec<(String, String)>,
    pub chart: Option<ChartView>,
    /// The latest month in addresses, for its files.
    pub files: Option<String>,
    pub least_people: u64,
}
