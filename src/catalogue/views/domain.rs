//! The domains of the city's services, and one domain with its classes.

use askama::Template;

use super::{ServiceCard, Tile, Words as _};
use crate::{
    platform::named,
    web::frame::{Frame, Tab, Text},
};

#[derive(Debug, Template)]
#[template(path = "catalogue/domains.html")]
pub struct DomainsView {
    pub frame: Frame,
    pub domains: Vec<Tile>,
    pub services: usize,
}

/// `/domains/{code}`, and `/domains/{code}/{class}` for a single class.
#[derive(Debug, Template)]
#[template(path = "catalogue/domain.html")]
pub struct DomainView {
    pub frame: Frame,
    pub code: String,
    pub name: Text,
    pub about: Text,
    pub icon: String,
    pub services: usize,
    pub zero_visit: usize,
    /// All classes as links, the first of them the whole domain.
    pub tabs: Vec<Tab>,
    /// The classes shown here: all, or the one asked for.
    pub classes: Vec<ClassSection>,
    /// The class asked for.
    pub class: Option<Text>,
}

#[derive(Debug, Clone)]
pub struct ClassSection {
    pub code: String,
    pub name: Text,
    pub services: Vec<ServiceCard>,
}
