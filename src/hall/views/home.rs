//! The home page.

use askama::Template;
use chrono::NaiveDateTime;

use crate::{
    catalogue::views::{BulletinCard, ServiceCard, Tile, Words as _},
    platform::named,
    web::frame::{Dates as _, Frame, Link, Text},
};

#[derive(Debug, Template)]
#[template(path = "hall/home.html")]
pub struct HomeView {
    pub frame: Frame,
    /// Words that many people search for now.
    pub hot: Vec<Link>,
    /// Notices pinned at this moment.
    pub urgent: Vec<Urgent>,
    /// The ten most used services, in order.
    pub most_used: Vec<ServiceCard>,
    /// The days over which use was counted.
    pub window_days: u32,
    pub domains: Vec<Tile>,
    pub events: Vec<Tile>,
    pub zones: Vec<Tile>,
    pub bulletins: Vec<BulletinCard>,
    pub numbers: Numbers,
}

#[derive(Debug, Clone)]
pub struct Urgent {
    pub title: Text,
    pub agency: Text,
    /// When it is taken down.
    pub until: NaiveDateTime,
    pub url: String,
}

/// Counted from the catalogue, never written down.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    pub services: usize,
    pub query: usize,
    pub handling: usize,
    pub zero_visit: usize,
    pub one_visit: usize,
    pub agencies: usize,
}
