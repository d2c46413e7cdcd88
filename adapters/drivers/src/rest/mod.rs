//! The driver for backends that speak JSON over HTTP.
//!
//! | the backend answers | it counts as |
//! |---|---|
//! | 200, 201 with JSON | the answer |
//! | 204, or 200 with nothing | an empty answer, which most capabilities cannot be satisfied with |
//! | 202 | not decided: `pending`, where the capability has that word |
//! | 400, 404, 405, 409, 410, 413, 415, 422 and other 4xx | refused: nothing was done |
//! | 401, 403, 407 | the portal's credentials are wrong |
//! | 429, 503 | busy: nothing was done |
//! | 500 and other 5xx | nobody knows whether it was done |
//! | 3xx, 1xx, unheard-of ones, and anything that is not JSON | an answer that cannot be understood |

mod auth;
pub mod signing;

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use url::Url;
use yimen_contract::{
    agency::{BodyKind, Encoding},
    capability::Method,
};

use crate::{
    call::{Call, CallError, Driver, Future},
    dial::{Dialer, HttpAnswer, HttpRequest},
    mapping,
};

/// Header with the portal's statement who is behind the call.
pub const ASSERTION: &str = "x-yimen-assertion";
/// The most of an answer that is read.
const AT_MOST: usize = 1 << 20;

/// JSON over HTTP.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rest;

impl Driver for Rest {
    fn call<'a>(
        &'a self,
        call: &'a Call<'a>,
        dialer: &'a dyn Dialer,
    ) -> Future<'a, Result<Value, CallError>> {
        Box::pin(async move {
            let request = request(call)?;
            let answer = dialer.http(request).await?;
            Ok(match understand(answer)? {
                Some(answer) => mapping::incoming(call.binding, answer),
                // In the contract's words already.
                None => json!({ "outcome": mapping::PENDING, "status": mapping::PENDING }),
            })
        })
    }
}

fn request<'a>(call: &Call<'a>) -> Result<HttpRequest<'a>, CallError> {
    if (call.backend.encoding, call.backend.body) != (Encoding::Utf8, BodyKind::Json) {
        return Err(CallError::Impossible("this driver speaks JSON in UTF-8 only".to_owned()));
    }
    if call.binding.request.is_some() || call.binding.response.is_some() {
        return Err(CallError::Impossible("maps cannot be run".to_owned()));
    }
    let question = mapping::outgoing(call.binding, call.input);
    let mut url = address(&call.endpoint.address, &call.binding.path)?;
    let mut headers = vec![("accept", "application/json".to_owned())];
    let body = if call.binding.method == Method::Get {
        into_query(&mut url, &question);
        Bytes::new()
    } else {
        headers.push(("content-type", "application/json".to_owned()));
        Bytes::from(question.to_string())
    };
    // The same for every attempt, so that the backend can tell a repeat.
    if call.binding.method != Method::Get {
        headers.push(("idempotency-key", call.idempotency_key.to_owned()));
    }
    headers.push(("x-request-id", call.id.to_string()));
    if let Some(vouch) = call.vouch {
        let statement = vouch.statement();
        let statement =
            statement.ok_or_else(|| CallError::Impossible("nobody can be vouched for".to_owned()))?;
        headers.push((ASSERTION, statement));
    }
    auth::prove(call, &url, &body, &mut headers)?;
    Ok(HttpRequest {
        agency: call.agency,
        method: call.binding.method,
        url,
        headers,
        body,
        within: call.within,
        at_most: AT_MOST,
    })
}

/// The endpoint's address with the path behind whatever path it has.
fn address(endpoint: &Url, path: &str) -> Result<Url, CallError> {
    let mut url = endpoint.clone();
    let whole = format!("{}{path}", endpoint.path().trim_end_matches('/'));
    url.set_path(&whole);
    url.set_query(None);
    url.set_fragment(None);
    // A path that means another one than is written was not meant well.
    if url.path() == whole { Ok(url) } else { Err(CallError::Impossible("the path is not plain".to_owned())) }
}

fn into_query(url: &mut Url, question: &Value) {
    let Some(fields) = question.as_object().filter(|fields| !fields.is_empty()) else { return };
    let mut pairs = url.query_pairs_mut();
    for (name, value) in fields {
        match value {
            Value::String(text) => pairs.append_pair(name, text),
            other => pairs.append_pair(name, &other.to_string()),
        };
    }
}

/// What the backend said; nothing if it has not decided.
fn understand(answer: HttpAnswer) -> Result<Option<Value>, CallError> {
    let HttpAnswer { status, retry_after, body } = answer;
    match status {
        200 | 201 | 204 if body.trim_ascii().is_empty() => Ok(Some(json!({}))),
        200 | 201 => serde_json::from_slice(&body).map(Some).map_err(|error| {
            // Only where it fails: the text of the answer may be personal.
            CallError::Broken(format!("not JSON from line {}, column {}", error.line(), error.column()))
        }),
        202 => Ok(None),
        401 | 403 | 407 => Err(CallError::Credentials { status }),
        429 | 503 => Err(CallError::Busy { retry_after: retry_after.map(Duration::from_secs) }),
        400..=499 => Err(CallError::Refused { status }),
        500..=599 => Err(CallError::Unknown(format!("the backend answered {status}"))),
        _ => Err(CallError::Broken(format!("the backend answered {status}"))),
    }
}
