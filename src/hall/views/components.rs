//! `/components`: every component of the portal in every state, for those who build pages and those who
//! check them. Its content is made up and leads nowhere else.

use askama::Template;
use chrono::NaiveDate;
use yimen_contract::{
    service::{FeeMode, ServiceKind},
    writing::BulletinKind,
};

use crate::{
    catalogue::views::{BulletinCard, ServiceCard, Tile, Words as _},
    web::frame::{Choice, Dates as _, Field, Frame, Mistake, Pager, Tab, Text},
};

#[derive(Debug, Template)]
#[template(path = "hall/showcase.html")]
pub struct ComponentsView {
    pub frame: Frame,
    pub cards: Vec<ServiceCard>,
    pub tiles: Vec<Tile>,
    pub bulletin: BulletinCard,
    pub fields: Vec<Field>,
    pub choice: Field,
    pub select: Field,
    pub tabs: Vec<Tab>,
    pub pager: Pager,
    pub bars: Vec<Bar>,
    /// A text without a translation.
    pub borrowed: Text,
}

/// One bar of a chart, with its place in the drawing: 24 units a row, 100 wide.
#[derive(Debug, Clone)]
pub struct Bar {
    pub label: String,
    pub value: u32,
    /// Width in hundredths of the largest.
    pub width: u32,
    pub y: u32,
}

impl ComponentsView { pub fn new(_: Frame) -> Self { todo!() } }
impl Bar {
    /// Lays out the bars of a chart.
    pub fn rows(values: Vec<(String, u32)>) -> Vec<Self> {
        let largest = values.iter().map(|(_, value)| *value).max().unwrap_or(1).max(1);
        let mut y = 0;
        let mut bars = Vec::new();
        for (label, value) in values {
            bars.push(Self { label, value, width: value * 100 / largest, y });
            y += 24;
        }
        bars
    }
}
