//! The agencies of the city, and the page of one.

use askama::Template;
use yimen_contract::{
    agency::{AgencyKind, Level},
    service::Maturity,
};

use super::{BulletinCard, ClosureLine, PolicyCard, ScoreView, ServiceCard, Words as _};
use crate::{
    platform::named,
    web::frame::{Crumb, Dates as _, Frame, Link, Tab, Text},
};

#[derive(Debug, Template)]
#[template(path = "catalogue/agencies.html")]
pub struct AgenciesView {
    pub frame: Frame,
    /// Functional fields as filters, the first of them all.
    pub fields: Vec<Tab>,
    pub groups: Vec<AgencyGroup>,
    pub count: usize,
}

impl AgenciesView {
    /// All fields are shown.
    pub fn unfiltered(&self) -> bool {
        self.fields.first().is_none_or(|all| all.current)
    }
}

#[derive(Debug, Clone)]
pub struct AgencyGroup {
    pub kind: AgencyKind,
    pub agencies: Vec<AgencyLine>,
}

#[derive(Debug, Clone)]
pub struct AgencyLine {
    pub name: Text,
    pub about: Text,
    pub url: String,
    pub services: usize,
}

#[derive(Debug, Template)]
#[template(path = "catalogue/agency.html")]
pub struct AgencyView {
    pub frame: Frame,
    pub slug: String,
    pub name: Text,
    pub about: Text,
    pub kind: AgencyKind,
    pub level: Level,
    pub parent: Option<Link>,
    /// The operator has checked who stands behind this page.
    pub verified: bool,
    /// What keeps its services from being used online.
    pub closures: Vec<ClosureLine>,
    pub credit_code: String,
    pub contact: AgencyContact,
    /// How its systems are reachable, where that limits services.
    pub availability: Text,
    pub services: usize,
    /// How satisfied people were with all of them.
    pub score: Option<ScoreView>,
    /// How many of them stand at each stage of the way online; stages without any are left out.
    pub maturity: Vec<(Maturity, usize)>,
    pub groups: Vec<ServiceGroup>,
    pub licences: Vec<LicenceCard>,
    pub bulletins: Vec<BulletinCard>,
    pub policies: Vec<PolicyCard>,
}

#[derive(Debug, Clone)]
pub struct AgencyContact {
    pub phone: String,
    pub complaint_phone: String,
    pub address: Text,
    pub hours: Text,
    pub email: Option<String>,
    pub website: Option<String>,
}

/// Services of one class.
#[derive(Debug, Clone)]
pub struct ServiceGroup {
    pub class: Crumb,
    pub services: Vec<ServiceCard>,
}

#[derive(Debug, Clone)]
pub struct LicenceCard {
    pub name: Text,
    /// How long it is valid and when it may be renewed, in words.
    pub validity: Text,
    /// The service that renews it, where there is one online.
    pub renewal: Option<Link>,
}
