//! Forms come from our own pages: proved by a token bound to a cookie, and by what the browser says of where
//! the request began.

use actix_web::{HttpRequest, http::header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq as _;

use super::{Failure, Site, Visitor, headers};
use crate::platform::random;

/// The cookie that form tokens are bound to.
pub(super) const ANCHOR_COOKIE: &str = "visit";

/// Name of the hidden field.
pub const FIELD: &str = "csrf";

const ANCHOR_LENGTH: usize = 22;

/// Whether a cookie's value has the form of an anchor: anything else is replaced.
pub(super) fn is_anchor(value: &str) -> bool {
    value.len() == ANCHOR_LENGTH
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

impl Visitor {
    /// The token for a form on a page for this visitor. A page with one is never kept for others.
    pub fn form_token(&self, site: &Site) -> Result<String, Failure> {
        if self.anchor().get().is_none() {
            let anchor = match self.brought_anchor() {
                Some(anchor) => anchor.to_owned(),
                None => URL_SAFE_NO_PAD.encode(random::bytes::<16>().map_err(Failure::broken)?),
            };
            let _ = self.anchor().set(anchor);
        }
        let anchor = self.anchor().get().map_or("", String::as_str);
        Ok(token(site, anchor))
    }
}

fn token(site: &Site, anchor: &str) -> String {
    URL_SAFE_NO_PAD.encode(site.keys.sign("csrf", anchor.as_bytes()))
}

/// What the hidden field of a form says.
pub(super) fn given(answers: &[(String, String)]) -> &str {
    answers.iter().find(|(name, _)| name == FIELD).map_or("", |(_, value)| value)
}

/// Refuses a form that was not on one of our pages in this visitor's browser.
pub(super) fn check(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    given: &str,
) -> Result<(), Failure> {
    if !began_here(site, request) {
        tracing::info!(request = %visitor.id(), "a form from elsewhere was refused");
        return Err(Failure::Refused);
    }
    let expected = visitor.brought_anchor().map(|anchor| token(site, anchor)).unwrap_or_default();
    if expected.is_empty() || !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
        return Err(Failure::Refused);
    }
    Ok(())
}

/// What the browser says of the page that sent the form. Browsers that say nothing are judged by the token
/// alone.
fn began_here(site: &Site, request: &HttpRequest) -> bool {
    let fetch_site = header::HeaderName::from_static("sec-fetch-site");
    if let Some(said) = headers::text(request, &fetch_site) {
        return matches!(said, "same-origin" | "none");
    }
    match headers::text(request, &header::ORIGIN) {
        Some(origin) => origin == site.origin(),
        None => true,
    }
}
