//! Who is behind a call: the signed statement that the portal sends with it (`X-Yimen-Assertion`).
//!
//! Whoever knows the portal fetches its keys and takes a statement only if the portal signed it, as this kind, for
//! this agency, for now, and if it was not here before. Who fails hears `401` and not why. Written from the
//! handbook for agencies and not from the portal's code.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use actix_web::http::header::HeaderMap;
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    jwk::{Jwk, JwkSet},
};
use serde::Deserialize;

use crate::signature::Refused;

const HEADER: &str = "x-yimen-assertion";
const KIND: &str = "yimen-assertion+jwt";
/// What the handbook promises, and how far clocks may be apart.
const LASTS: i64 = 60;
const SKEW: i64 = 5;

#[derive(Deserialize)]
struct Statement {
    iss: String,
    aud: String,
    sub: String,
    acr: String,
    purpose: String,
    jti: String,
    iat: i64,
    exp: i64,
}

/// Lets calls in that the portal vouches for.
pub struct Vouched {
    agency: String,
    http: reqwest::Client,
    /// The portal's address, once somebody told it.
    issuer: Mutex<Option<String>>,
    keys: Mutex<Vec<Jwk>>,
    /// Names of statements that came, with the time after which they need not be remembered.
    seen: Mutex<HashMap<String, i64>>,
}

impl Vouched {
    pub fn new(agency: &str, http: reqwest::Client) -> Self {
        Self {
            agency: agency.to_owned(),
            http,
            issuer: Mutex::default(),
            keys: Mutex::default(),
            seen: Mutex::default(),
        }
    }

    /// From now on, nobody is let in without a statement of this portal.
    pub fn expect(&self, issuer: &str) {
        *self.issuer.lock().unwrap_or_else(PoisonError::into_inner) = Some(issuer.to_owned());
    }

    pub async fn check(&self, now: i64, headers: &HeaderMap) -> Result<(), Refused> {
        let Some(issuer) = self.issuer.lock().unwrap_or_else(PoisonError::into_inner).clone() else {
            return Ok(());
        };
        let mut all = headers.get_all(HEADER);
        let (Some(token), None) = (all.next(), all.next()) else { return Err(Refused) };
        let token = token.to_str().map_err(|_| Refused)?;
        let header = decode_header(token).map_err(|_| Refused)?;
        if header.alg != Algorithm::ES256 || header.typ.as_deref() != Some(KIND) {
            return Err(Refused);
        }
        let key = self.key(&issuer, &header.kid.ok_or(Refused)?).await.ok_or(Refused)?;
        let said = read(token, &key).ok_or(Refused)?;
        let in_force = said.iat <= now + SKEW && now < said.exp && said.exp - said.iat <= LASTS;
        let whole = [&said.sub, &said.acr, &said.purpose, &said.jti].iter().all(|part| !part.is_empty());
        if said.iss != issuer || said.aud != self.agency || !in_force || !whole {
            return Err(Refused);
        }
        // Only now, or strangers could fill the memory.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, until| *until >= now);
        match seen.insert(said.jti, said.exp + SKEW) {
            Some(_) => Err(Refused),
            None => Ok(()),
        }
    }

    /// The key of a name. One that is new here may be new at the portal.
    async fn key(&self, issuer: &str, id: &str) -> Option<Jwk> {
        if let Some(key) = self.known(id) {
            return Some(key);
        }
        let answer = self.http.get(format!("{issuer}/oidc/jwks")).send().await.ok()?;
        let set: JwkSet = answer.json().await.ok()?;
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = set.keys;
        self.known(id)
    }

    fn known(&self, id: &str) -> Option<Jwk> {
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.iter().find(|key| key.common.key_id.as_deref() == Some(id)).cloned()
    }
}

fn read(token: &str, key: &Jwk) -> Option<Statement> {
    let mut rules = Validation::new(Algorithm::ES256);
    // Times and names are compared above, by this program's own clock.
    rules.validate_exp = false;
    rules.validate_aud = false;
    rules.required_spec_claims.clear();
    Some(decode::<Statement>(token, &DecodingKey::from_jwk(key).ok()?, &rules).ok()?.claims)
}
