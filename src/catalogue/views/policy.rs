//! Policies explained, with the services they concern.

use askama::Template;
use chrono::NaiveDate;

use super::{PolicyCard, ServiceCard, Words as _};
use crate::{
    platform::named,
    web::frame::{Dates as _, Frame, Link, Pager, SafeHtml, Text},
};

#[derive(Debug, Template)]
#[template(path = "catalogue/policies.html")]
pub struct PoliciesView {
    pub frame: Frame,
    pub policies: Vec<PolicyCard>,
    pub found: usize,
    pub pager: Pager,
}

#[derive(Debug, Template)]
#[template(path = "catalogue/policy.html")]
pub struct PolicyView {
    pub frame: Frame,
    pub title: Text,
    pub summary: Text,
    pub issuer: Text,
    pub agency: Link,
    pub issued: NaiveDate,
    pub valid_from: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    /// No longer in force.
    pub ended: bool,
    pub body: SafeHtml,
    pub body_fallback: bool,
    pub sample: bool,
    pub services: Vec<ServiceCard>,
}
