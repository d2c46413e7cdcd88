//! The HTTP client of one agency, and how its answers and failures are read.

use std::{error::Error as _, sync::Arc, time::Duration};

use reqwest::{Certificate, Client, Identity, Response, header, redirect, retry};
use secrecy::ExposeSecret as _;

use super::{DialError, HttpAnswer, LONGEST, TO_CONNECT, Tls, address::Forbidden, resolver::Guarded};

const IDLE_CONNECTIONS: usize = 8;
const IDLE_FOR: Duration = Duration::from_secs(30);

#[expect(clippy::disallowed_methods, reason = "this is the safe dialer")]
pub(super) fn build(guarded: Guarded, sealed: bool, tls: Tls<'_>) -> Result<Client, DialError> {
    let mut builder = Client::builder()
        .dns_resolver(Arc::new(guarded))
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .referer(false)
        .connect_timeout(TO_CONNECT)
        .timeout(LONGEST)
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .pool_idle_timeout(IDLE_FOR)
        .user_agent("Yimen");
    if let Some(identity) = tls.identity {
        let identity = Identity::from_pem(identity.expose_secret().as_bytes());
        builder = builder.identity(identity.map_err(|_| unusable("the client certificate"))?);
    }
    if let Some(roots) = tls.roots {
        let roots = Certificate::from_pem_bundle(roots.expose_secret().as_bytes());
        let roots = roots.ok().filter(|roots| !roots.is_empty());
        builder = builder.tls_certs_only(roots.ok_or_else(|| unusable("the server's authority"))?);
    } else if !sealed {
        // No certificate is ever looked at: a machine without any can still reach its neighbours.
        builder = builder.tls_certs_only([]);
    }
    let built = builder.https_only(sealed).build();
    built.map_err(|error| DialError::NotSent(cause(&error)))
}

fn unusable(what: &'static str) -> DialError {
    DialError::Address(what)
}

pub(super) async fn read(mut answer: Response, at_most: usize) -> Result<HttpAnswer, DialError> {
    let status = answer.status().as_u16();
    let retry_after =
        answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let announced = answer.content_length().and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > at_most) {
        return Err(DialError::TooLarge(at_most));
    }
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| DialError::Lost(cause(&error)))? {
        if body.len() + piece.len() > at_most {
            return Err(DialError::TooLarge(at_most));
        }
        body.extend_from_slice(&piece);
    }
    Ok(HttpAnswer { status, retry_after, body: body.into() })
}

/// Whether anything can have been sent. When in doubt, it was.
pub(super) fn classify(error: &reqwest::Error) -> DialError {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(forbidden) = inner.downcast_ref::<Forbidden>() {
            return DialError::Forbidden(forbidden.clone());
        }
        source = inner.source();
    }
    if error.is_connect() || error.is_builder() {
        DialError::NotSent(cause(error))
    } else {
        DialError::Lost(cause(error))
    }
}

/// The innermost cause: the outer ones repeat the address, which may be a secret of the operator.
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if std::ptr::addr_eq(cause, std::ptr::from_ref(error)) {
        "the connection failed".to_owned()
    } else {
        cause.to_string()
    }
}
