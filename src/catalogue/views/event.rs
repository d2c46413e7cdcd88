//! Life events: what to do, in order, when something happens in a life.

use askama::Template;

use super::{ServiceCard, Tile, Words as _};
use crate::{
    platform::named,
    web::frame::{Frame, Text},
};

#[derive(Debug, Template)]
#[template(path = "catalogue/events.html")]
pub struct EventsView {
    pub frame: Frame,
    pub events: Vec<Tile>,
}

#[derive(Debug, Template)]
#[template(path = "catalogue/event.html")]
pub struct EventView {
    pub frame: Frame,
    pub name: Text,
    pub about: Text,
    pub icon: String,
    pub steps: Vec<EventStep>,
    /// How many agencies it would have been without this page.
    pub agencies: usize,
    /// How many of the steps can be filled in together, and where.
    pub together: usize,
    pub apply: String,
    pub others: Vec<Tile>,
}

#[derive(Debug, Clone)]
pub struct EventStep {
    /// When it is due, or what to know before it.
    pub note: Text,
    pub service: ServiceCard,
}
