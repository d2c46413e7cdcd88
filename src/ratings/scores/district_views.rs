//! What the pages of districts show. Numbers are words already.

use askama::Template;
use chrono::NaiveDate;
use yimen_scores::{Interval, Share};

use super::{
    districts::District,
    views::{ChartView, said},
};
use crate::{
    catalogue::views::percent,
    platform::{Texts, named},
    web::frame::{Dates as _, Frame, Link, Tab, Text},
};

/// A district in a league, or a month of one.
#[derive(Debug)]
pub struct DistrictLine {
    pub name: Link,
    /// In the order of the heads.
    pub cells: Vec<String>,
}

/// The heads of a table of districts, behind the name.
const DISTRICT_HEADS: [&str; 6] = ["finished", "rated", "satisfied", "range", "on-time", "complaints"];

impl DistrictLine {
    /// `shown`: whether its figures may be, and its complaints.
    pub fn of(t: Texts, name: Link, district: &District, shown: (bool, bool)) -> Self {
        let tally = district.tally();
        let (satisfied, on_time) = (tally.satisfied(), district.on_time());
        let range = |interval: Interval| named_range(t, interval.low, interval.high);
        let complaints = if shown.1 { district.complaints.to_string() } else { "—".to_owned() };
        let cells = if shown.0 {
            vec![
                tally.finished.to_string(),
                said(t, tally.response()),
                said(t, satisfied.map(|interval| interval.share)),
                satisfied.map_or_else(|| t.quality_unknown().to_owned(), range),
                said(t, Share::of(on_time.count, on_time.of)),
                complaints,
            ]
        } else {
            vec!["—".to_owned(); DISTRICT_HEADS.len()]
        };
        Self { name, cells }
    }
}

/// From where to where a share may lie.
pub fn named_range(t: Texts, low: Share, high: Share) -> String {
    t.quality_range(named::From(percent(low)), named::To(percent(high)))
}

pub fn district_heads(t: &Texts) -> [String; DISTRICT_HEADS.len()] {
    DISTRICT_HEADS.map(|head| t.quality_head(head))
}

/// `/quality?by=district` and `/quality/districts/{code}`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/districts.html")]
pub struct DistrictsView {
    pub frame: Frame,
    /// One district; nothing where all stand in a league.
    pub name: Option<Text>,
    pub months: Vec<Tab>,
    /// The month of a league, in words.
    pub month: Option<String>,
    pub provisional: Option<NaiveDate>,
    /// Districts, or months of one.
    pub lines: Vec<DistrictLine>,
    pub chart: Option<ChartView>,
}
