//! How a site proves itself with its own key (`private_key_jwt`, RFC 7523).

use openidconnect::{ClientId, IssuerUrl};
use serde_json::json;

use super::portal::PortalError;
use crate::{chance, key::Key};

pub const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const SECONDS: i64 = 60;

pub fn sign(key: &Key, client: &ClientId, portal: &IssuerUrl, now: i64) -> Result<String, PortalError> {
    let claims = json!({
        "iss": client.as_str(),
        "sub": client.as_str(),
        "aud": portal.as_str(),
        "jti": chance::word()?,
        "iat": now,
        "exp": now + SECONDS,
    });
    key.sign(&claims).map_err(|error| PortalError::Token(error.to_string()))
}
