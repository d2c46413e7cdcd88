//! The same few things wherever they are listed.

use chrono::NaiveDate;
use yimen_contract::{
    service::{FeeMode, ServiceKind},
    writing::BulletinKind,
};

use crate::web::frame::Text;

/// A service in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceCard {
    pub code: String,
    pub name: Text,
    pub summary: Text,
    pub agency: Text,
    pub kind: ServiceKind,
    /// Visits in person.
    pub visits: u8,
    pub instant: bool,
    pub fee: FeeMode,
    pub url: String,
}

/// A way into a part of the catalogue: a domain, an event, a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    pub name: Text,
    pub about: Text,
    /// Name of a symbol in `static/icons.svg`.
    pub icon: String,
    /// How many services are behind it.
    pub count: Option<usize>,
    pub url: String,
}

/// A notice in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinCard {
    pub title: Text,
    pub agency: Text,
    pub kind: BulletinKind,
    pub published: NaiveDate,
    pub url: String,
}

/// A policy in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyCard {
    pub title: Text,
    pub summary: Text,
    pub issuer: Text,
    pub issued: NaiveDate,
    pub url: String,
}

/// What keeps a service from being used online, now or soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosureLine {
    pub title: String,
    /// May be empty.
    pub reason: Text,
    pub text: &'static str,
}
