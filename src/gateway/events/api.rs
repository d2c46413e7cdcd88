//! `POST /api/v1/agencies/{slug}/events`, and the same for providers.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path, Payload},
};
use serde_json::{Value, json};
use yimen_callback::verify::Request;
use yimen_drivers::rest::signing;

use super::intake::Refusal;
use crate::{gateway::Gateway, web::Failure};

/// The longest body: 500 events of a kilobyte or two.
const LONGEST: usize = 1 << 20;

/// Takes events from an agency's backend.
pub async fn take(
    gateway: Data<Gateway>,
    slug: Path<String>,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Failure> {
    take_from(&gateway, (&slug, false), &request, body).await
}

/// Takes events from a provider: what became of payments, or of messages.
pub async fn take_from_provider(
    gateway: Data<Gateway>,
    slug: Path<String>,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Failure> {
    take_from(&gateway, (&slug, true), &request, body).await
}

async fn take_from(
    gateway: &Gateway,
    (slug, provider): (&str, bool),
    request: &HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Failure> {
    let Ok(body) = body.to_bytes_limited(LONGEST).await else {
        return Ok(told(
            StatusCode::PAYLOAD_TOO_LARGE,
            &json!({ "error": "more than 1 MiB: send fewer events at once" }),
        ));
    };
    let Ok(body) = body else {
        return Ok(told(StatusCode::BAD_REQUEST, &json!({ "error": "the body ended early" })));
    };
    let pushed = request_of(request, &body);
    let (status, said) = match gateway.take(slug, provider, &pushed).await {
        Ok((taken, known)) => (StatusCode::ACCEPTED, json!({ "taken": taken, "known": known })),
        Err(Refusal::Unproved) => (StatusCode::UNAUTHORIZED, json!({ "error": "not proved" })),
        Err(Refusal::Unreadable(why)) => (StatusCode::BAD_REQUEST, json!({ "error": why.to_string() })),
        Err(error @ Refusal::Foreign { .. }) => {
            (StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": error.to_string() }))
        }
        Err(Refusal::Db(error)) => return Err(error.into()),
        Err(Refusal::Gateway(error)) => return Err(error.into()),
        Err(Refusal::Stored(why)) => return Err(Failure::broken(why)),
    };
    Ok(told(status, &said))
}

/// A request as its signature covers it.
pub fn request_of<'r>(request: &'r HttpRequest, body: &'r [u8]) -> Request<'r> {
    let uri = request.uri();
    Request {
        method: request.method().as_str(),
        target: uri.path_and_query().map_or_else(|| uri.path(), |target| target.as_str()),
        body,
        timestamp: only(request, signing::TIMESTAMP),
        nonce: only(request, signing::NONCE),
        signature: only(request, signing::SIGNATURE),
    }
}

/// The value of a header; one that is missing, or there twice, is none.
fn only<'r>(request: &'r HttpRequest, name: &str) -> &'r str {
    let mut values = request.headers().get_all(name);
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().unwrap_or_default(),
        _ => "",
    }
}

fn told(status: StatusCode, said: &Value) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(said)
}
