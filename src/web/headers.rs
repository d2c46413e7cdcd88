//! Headers every answer carries, and reading the ones that come in.

use actix_web::{
    HttpMessage as _, HttpRequest,
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
};

/// Pages hold no inline script or style, so nothing injected can run; nothing is loaded from elsewhere.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

static FIXED: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(self), payment=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The same policy for a page whose form, once it was taken here, leads on to one other site.
pub fn policy_leading_to(origin: &str) -> (HeaderName, String) {
    let policy = POLICY.replace("form-action 'self'", &format!("form-action 'self' {origin}"));
    (header::CONTENT_SECURITY_POLICY, policy)
}

/// Puts the safety headers on an answer. Over HTTPS browsers are told to stay there.
pub(super) fn secure(headers: &mut HeaderMap, https: bool) {
    for (name, value) in &FIXED {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), HeaderValue::from_static(value));
        }
    }
    if https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
}

/// A header as text; one that is not text counts as absent.
pub(super) fn text<'a>(request: &'a HttpRequest, name: &HeaderName) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// Whether the client takes an encoding. Only what is named and not refused counts.
pub(super) fn accepts(request: &HttpRequest, encoding: &str) -> bool {
    let Some(offered) = text(request, &header::ACCEPT_ENCODING) else { return false };
    offered.split(',').any(|part| {
        let mut pieces = part.trim().split(';');
        pieces.next().is_some_and(|name| name.trim().eq_ignore_ascii_case(encoding))
            && !pieces.any(|weight| matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// A cookie's value, read without decoding the others. The first one of the name wins.
pub(super) fn cookie<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request
        .headers()
        .get_all(header::COOKIE)
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Whether the body is a form as browsers send it without files.
/// A form with files in it.
pub(super) fn is_form_with_files(request: &HttpRequest) -> bool {
    request.content_type().eq_ignore_ascii_case("multipart/form-data")
}

pub(super) fn is_plain_form(request: &HttpRequest) -> bool {
    request.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
