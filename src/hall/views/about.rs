//! Pages about the portal itself.

use askama::Template;

use super::Numbers;
use crate::{
    catalogue::views::Tile,
    platform::named,
    web::frame::{Frame, Link, Text},
};

#[derive(Debug, Template)]
#[template(path = "hall/about.html")]
pub struct AboutView {
    pub frame: Frame,
    /// What the city says about itself.
    pub about: Text,
    pub numbers: Numbers,
}

#[derive(Debug, Template)]
#[template(path = "hall/accessibility.html")]
pub struct AccessibilityView {
    pub frame: Frame,
}

/// `/sitemap`
#[derive(Debug, Template)]
#[template(path = "hall/sitemap.html")]
pub struct SiteMapView {
    pub frame: Frame,
    pub domains: Vec<Tile>,
    pub events: Vec<Tile>,
    pub zones: Vec<Tile>,
    pub agencies: Vec<Link>,
}

/// `/open`
#[derive(Debug, Template)]
#[template(path = "hall/open.html")]
pub struct OpenView {
    pub frame: Frame,
    pub files: Vec<OpenFile>,
}

/// A file of open data.
#[derive(Debug, Clone)]
pub struct OpenFile {
    pub name: String,
    pub about: String,
    pub url: String,
    /// `JSON`, `CSV`
    pub format: &'static str,
    /// Rows in it.
    pub rows: usize,
}
