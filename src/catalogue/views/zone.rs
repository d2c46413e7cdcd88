//! Zones: services and help gathered for one group of people.

use askama::Template;

use super::{ServiceGroup, Tile, Words as _};
use crate::web::frame::{Frame, SafeHtml, Text};

#[derive(Debug, Template)]
#[template(path = "catalogue/zones.html")]
pub struct ZonesView {
    pub frame: Frame,
    pub zones: Vec<Tile>,
}

#[derive(Debug, Template)]
#[template(path = "catalogue/zone.html")]
pub struct ZoneView {
    pub frame: Frame,
    pub name: Text,
    pub about: Text,
    pub icon: String,
    /// Help beyond the services.
    pub help: SafeHtml,
    /// `help` is Chinese on a page in another language.
    pub help_fallback: bool,
    pub services: usize,
    /// Services by domain.
    pub groups: Vec<ServiceGroup>,
    pub others: Vec<Tile>,
    /// For older people the page offers large text first.
    pub offer_large: bool,
}
