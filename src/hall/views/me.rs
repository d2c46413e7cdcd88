//! The citizen's own page.

use askama::Template;

use crate::{catalogue::views::Words as _, web::frame::Frame};

#[derive(Debug, Template)]
#[template(path = "hall/me.html")]
pub struct MeView {
    pub frame: Frame,
    /// Just registered.
    pub welcome: bool,
    /// All of these masked.
    pub name: Option<String>,
    pub number: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// The account's level, and what this session has of it.
    pub level: u8,
    pub session_level: u8,
    pub links: Vec<MeLink>,
}

#[derive(Debug, Clone)]
pub struct MeLink {
    pub title: String,
    pub about: String,
    pub url: String,
}

#[cfg(test)]
impl MeView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let link = |title: &str, about: &str, url: &str| MeLink {
            title: title.to_owned(),
            about: about.to_owned(),
            url: url.to_owned(),
        };
        Self {
            welcome: false,
            name: Some("林*".to_owned()),
            number: Some("990*************10".to_owned()),
            phone: Some("138****0001".to_owned()),
            email: None,
            level: 4,
            session_level: 3,
            links: vec![
                link(t.me_security(), t.me_security_about(), "/me/security"),
                link(t.me_looks(), t.me_looks_about(), "/me/looks"),
            ],
            frame,
        }
    }

    /// Just registered.
    pub(crate) fn sample_new(frame: Frame) -> Self {
        Self { welcome: true, name: None, number: None, level: 2, session_level: 2, ..Self::sample(frame) }
    }
}
