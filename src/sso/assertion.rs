//! Who is behind a call to an agency's backend: a signed statement for that one call, to that one agency, good
//! for a minute.
//!
//! It names the person by the agency's own pseudonym and says only what the service declared and the citizen
//! saw. Whoever receives it checks the signature, the kind, the audience and the time, and takes each name
//! (`jti`) once; [`accept`] does that for agencies inside the portal and for tests.

use std::fmt;

use chrono::{DateTime, TimeDelta};
use jsonwebtoken::jwk::Jwk;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::provider::{self, ProviderError, keys};
use crate::{
    db::Conn,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
};

/// The kind of statement (`typ`): never taken for a sign-in or the other way round.
const KIND: &str = "yimen-assertion+jwt";
const LASTS: TimeDelta = TimeDelta::seconds(60);
/// How far clocks may be apart.
const SKEW: TimeDelta = TimeDelta::seconds(5);

/// What to say about whom.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    /// The portal's public address.
    pub issuer: &'a str,
    /// The agency's public name: the only one that may take the statement.
    pub agency: &'a str,
    /// Whose call it is.
    pub citizen: CitizenId,
    /// On whose behalf, where somebody acts for another.
    pub represented: Option<CitizenId>,
    pub level: u8,
    /// What for: the service or capability.
    pub purpose: &'a str,
    pub claims: Map<String, Value>,
}

/// A statement as the receiver reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    pub iss: String,
    pub aud: String,
    /// The person under the agency's pseudonym; the represented one, where somebody acts for another.
    pub sub: String,
    /// Who acts, where somebody acts for another (RFC 8693).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Actor>,
    pub acr: String,
    pub purpose: String,
    pub claims: Map<String, Value>,
    pub jti: String,
    pub iat: i64,
    pub exp: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub sub: String,
}

/// The person as an agency knows them: another agency's name for them is another.
pub fn pseudonym(ring: &KeyRing, agency: &str, citizen: CitizenId) -> String {
    provider::subject(ring, agency, citizen)
}

/// What is needed to make statements about one call without asking the database again.
pub struct Voucher {
    signer: keys::Signer,
    said: Assertion,
}

impl Voucher {
    pub fn new(c: &mut Conn, ring: &KeyRing, now: Moment, said: &Said<'_>) -> Result<Self, ProviderError> {
        let name = |citizen| provider::subject(ring, said.agency, citizen);
        let assertion = Assertion {
            iss: said.issuer.to_owned(),
            aud: said.agency.to_owned(),
            sub: name(said.represented.unwrap_or(said.citizen)),
            act: said.represented.map(|_| Actor { sub: name(said.citizen) }),
            acr: provider::acr(said.level),
            purpose: said.purpose.to_owned(),
            claims: said.claims.clone(),
            jti: String::new(),
            iat: 0,
            exp: 0,
        };
        Ok(Self { signer: keys::signer(c, ring, now)?, said: assertion })
    }

    /// A statement good for one use from now on.
    pub fn statement(&self, now: Moment) -> Result<String, ProviderError> {
        let (jti, iat, exp) = (provider::random_name()?, now.timestamp(), (now + LASTS).timestamp());
        let said = Assertion { jti, iat, exp, ..self.said.clone() };
        Ok(provider::sign(&self.signer, KIND, &said)?)
    }
}

/// Without what it says: that is about a person.
impl fmt::Debug for Voucher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Voucher").finish_non_exhaustive()
    }
}

/// Makes a statement.
pub fn make(c: &mut Conn, ring: &KeyRing, now: Moment, said: &Said<'_>) -> Result<String, ProviderError> {
    Voucher::new(c, ring, now, said)?.statement(now)
}

/// Reads a statement: signed by one of these keys, by this portal, for this agency, in force now. Whether it was
/// here before is for the receiver to know.
pub fn verify(keys: &[Jwk], issuer: &str, agency: &str, now: Moment, token: &str) -> Option<Assertion> {
    let read: Assertion = provider::verified(keys, KIND, token)?;
    let (from, until) = (DateTime::from_timestamp(read.iat, 0)?, DateTime::from_timestamp(read.exp, 0)?);
    let in_force = from <= now + SKEW && now < until && until - from <= LASTS;
    (read.iss == issuer && read.aud == agency && in_force).then_some(read)
}

/// Reads a statement and takes it once.
pub fn accept(
    c: &mut Conn,
    issuer: &str,
    agency: &str,
    now: Moment,
    token: &str,
) -> Result<Option<Assertion>, ProviderError> {
    let keys = keys::published(c)?;
    let Some(read) = verify(&keys, issuer, agency, now, token) else { return Ok(None) };
    let first = provider::first_time(c, now + LASTS + SKEW, &format!("assertion {agency}"), &read.jti)?;
    Ok(first.then_some(read))
}
