//! `/api/v1/devices`: the city's app says how it is reached, for whoever is signed in within it. docs/apps.md says it to
//! those who write the app.
//!
//! It refuses whoever is not signed in, and whoever has not proved themselves just now: a telephone left lying about must
//! not lead somebody's notices elsewhere. It takes JSON only, which no page of another site can send along with our cookies.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Payload},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::outlets::{self, Added, Target};
use crate::{
    accounts::{self, AccountError, Tell, What, throttle},
    db::Conn,
    ledger::{self, CitizenId},
    web::{Failure, Site, Visitor, is_fresh, session::Realm},
};

/// The longest body.
const LONGEST: usize = 8 * 1024;
/// The longest token that carriers give out, and the longest name of a telephone.
const TOKEN: usize = 4096;
const NAME: usize = 80;

/// An app on a telephone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Device {
    token: String,
    /// What its owner knows the telephone by.
    #[serde(default)]
    name: String,
}

impl Device {
    fn read(body: &[u8]) -> Result<Self, String> {
        let device: Self = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let fits = !device.token.is_empty() && device.token.len() <= TOKEN;
        if fits && device.token.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(device)
        } else {
            Err(format!("token: 1 to {TOKEN} letters, digits and signs without spaces"))
        }
    }
}

/// `POST /api/v1/devices`
pub async fn register(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Failure> {
    if !site.channels.outlets.apps {
        return Ok(told(StatusCode::NOT_FOUND, &json!({ "error": "notices go to no apps here" })));
    }
    let Some(session) = visitor.session(Realm::Citizen) else {
        return Ok(told(StatusCode::UNAUTHORIZED, &json!({ "error": "not signed in", "go": "/sign-in" })));
    };
    if !is_fresh(&site, &session.signed) {
        return Ok(told(StatusCode::FORBIDDEN, &json!({ "error": "prove who you are", "go": "/me/prove" })));
    }
    if !is_json(&request) {
        let error = "content-type: application/json";
        return Ok(told(StatusCode::UNSUPPORTED_MEDIA_TYPE, &json!({ "error": error })));
    }
    let citizen = CitizenId::from(session.signed.subject);
    let Ok(body) = body.to_bytes_limited(LONGEST).await else {
        return Ok(told(StatusCode::PAYLOAD_TOO_LARGE, &json!({ "error": "more than 8 KiB" })));
    };
    let Ok(body) = body else {
        return Ok(told(StatusCode::BAD_REQUEST, &json!({ "error": "the body ended early" })));
    };
    let device = match Device::read(&body) {
        Ok(device) => device,
        Err(error) => return Ok(told(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "error": error }))),
    };
    throttle::attempt(&site, &visitor, "outlet", &citizen.to_string()).await?;
    let named = if device.name.trim().is_empty() { visitor.device() } else { device.name.trim() };
    let name: String = named.chars().filter(|letter| !letter.is_control()).take(NAME).collect();
    let (ring, now, target) = (Arc::clone(&site.keys), site.clock.now(), Target::App { token: device.token });
    let add = move |c: &mut Conn| {
        let added = outlets::add(c, &ring, now, &ledger::own(citizen), (&target, &name))?;
        if matches!(added, Added::New(_)) {
            accounts::tell(c, now, &Tell::new(citizen, What::OutletAdded, now).on(&name))?;
        }
        Ok::<_, AccountError>(added)
    };
    Ok(match site.db.tx(add).await? {
        Added::New(id) => told(StatusCode::CREATED, &json!({ "id": id.to_string() })),
        Added::Known(_) => told(StatusCode::OK, &json!({})),
        Added::Full => {
            let said = json!({ "error": "too many", "most": outlets::MOST, "go": "/me/notices/outlets" });
            told(StatusCode::CONFLICT, &said)
        }
    })
}

fn is_json(request: &HttpRequest) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn told(status: StatusCode, said: &Value) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_is_one() {
        let read = |text: &str| Device::read(text.as_bytes());
        let fine = read(r#"{"token":"fB-3:APA91","name":"Lin’s telephone"}"#).unwrap();
        assert_eq!((fine.token.as_str(), fine.name.as_str()), ("fB-3:APA91", "Lin’s telephone"));
        assert!(read(r#"{"token":"fB-3"}"#).is_ok());
        let long = format!(r#"{{"token":"{}"}}"#, "x".repeat(TOKEN + 1));
        for wrong in [r#"{"token":""}"#, r#"{"token":"a b"}"#, r#"{"token":"令牌"}"#, long.as_str()] {
            assert!(read(wrong).unwrap_err().starts_with("token: "), "{wrong}");
        }
        assert!(read(r#"{"name":"x"}"#).unwrap_err().contains("missing field `token`"));
        assert!(read(r#"{"token":"a","to":"x"}"#).unwrap_err().contains("unknown field `to`"));
    }
}
