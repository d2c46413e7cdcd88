//! Notices of all agencies on one page, and one notice.

use askama::Template;
use chrono::NaiveDateTime;
use yimen_contract::writing::BulletinKind;

use super::{BulletinCard, Filter, ServiceCard, Words as _};
use crate::{
    platform::Texts,
    web::frame::{Dates as _, Frame, Link, Pager, SafeHtml, Tab, Text},
};

#[derive(Debug, Template)]
#[template(path = "catalogue/bulletins.html")]
pub struct BulletinsView {
    pub frame: Frame,
    /// Kinds as links, the first of them all.
    pub kinds: Vec<Tab>,
    /// The agencies, to choose one. Its name is `agency`.
    pub agency: Filter,
    /// The kind shown, kept while the agency changes.
    pub kind: Option<String>,
    pub bulletins: Vec<BulletinCard>,
    pub found: usize,
    pub pager: Pager,
}

#[derive(Debug, Template)]
#[template(path = "catalogue/bulletin.html")]
pub struct BulletinView {
    pub frame: Frame,
    /// The same as plain text.
    pub text: String,
    pub kind: BulletinKind,
    /// Of a warning: its level, and for where it is.
    pub warning: Option<(&'static str, Vec<Text>)>,
    pub title: Text,
    pub agency: Link,
    /// In the city's time.
    pub published: NaiveDateTime,
    pub expires: Option<NaiveDateTime>,
    /// No longer in force.
    pub expired: bool,
    pub body: SafeHtml,
    pub body_fallback: bool,
    pub sample: bool,
    pub services: Vec<ServiceCard>,
    /// Others of the same agency.
    pub others: Vec<BulletinCard>,
}

/// A notice in plain words, without a frame.
#[derive(Debug, Template)]
#[template(path = "catalogue/bulletin.txt")]
pub struct BulletinTextView {
    pub t: Texts,
    pub title: Text,
    pub agency: Text,
    pub phone: String,
    pub published: NaiveDateTime,
    pub body: String,
    pub services: Vec<Text>,
}
