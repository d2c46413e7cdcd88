//! How a visitor wants pages: language and appearance, from the address, else the cookie, else the browser.

use actix_web::{HttpRequest, http::header};

use super::{
    Site,
    frame::{Look, Theme},
    headers,
};
use crate::platform::Lang;

/// Cookie with the chosen language and appearance, such as `en.large.dark`.
pub(super) const LOOK_COOKIE: &str = "look";

/// Language and appearance, and whether the visitor has just chosen them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Preference {
    pub(super) lang: Lang,
    pub(super) look: Look,
    pub(super) chosen_now: bool,
}

impl Preference {
    /// From the address, else the cookie, else what the browser asks for. What is none of our languages is
    /// passed over: the page then comes in the next best one.
    pub(super) fn of(site: &Site, request: &HttpRequest) -> Self {
        let stored = headers::cookie(request, &site.cookie_name(LOOK_COOKIE)).map(|cookie| {
            let mut parts = cookie.split('.');
            let lang = parts.next().and_then(|tag| tag.parse::<Lang>().ok());
            let large = parts.next() == Some("large");
            let theme = parts.next().and_then(Theme::named).unwrap_or_default();
            (lang, Look { large, theme })
        });
        let (lang, mut look) = stored.unwrap_or_default();
        let mut lang = lang.unwrap_or_else(|| {
            headers::text(request, &header::ACCEPT_LANGUAGE).and_then(Lang::accepted).unwrap_or_default()
        });
        let mut chosen_now = false;
        for (key, value) in asked(request.query_string()) {
            match key {
                "lang" => {
                    if let Ok(named) = value.parse() {
                        (lang, chosen_now) = (named, true);
                    }
                }
                "mode" if matches!(value, "large" | "normal") => {
                    (look.large, chosen_now) = (value == "large", true);
                }
                "theme" => {
                    if let Some(theme) = Theme::named(value) {
                        (look.theme, chosen_now) = (theme, true);
                    }
                }
                _ => {}
            }
        }
        Self { lang, look, chosen_now }
    }

    pub(super) fn cookie_value(self) -> String {
        let size = if self.look.large { "large" } else { "normal" };
        format!("{}.{size}.{}", self.lang.tag(), self.look.theme.tag())
    }
}

/// The switches in a query string; their values are plain words.
fn asked(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, _)| matches!(*key, "lang" | "mode" | "theme"))
}

/// The address of this page without the switches, encoded as it was.
pub(super) fn path_without_switches(request: &HttpRequest) -> String {
    let (path, query) = (request.uri().path(), request.query_string());
    if query.is_empty() {
        return path.to_owned();
    }
    let rest: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !matches!(pair.split('=').next(), Some("lang" | "mode" | "theme")))
        .collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}
