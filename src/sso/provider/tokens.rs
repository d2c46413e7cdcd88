//! What a site is handed: an opaque key to details, another to renew it, and a signed statement who this is.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    ProviderError, acr,
    ask::Scope,
    denied::random_name,
    grants::{self, Grant, GrantId},
    keys, pseudonym, signing,
};
use crate::{
    agencies::clients::{Client, ClientId},
    db::{Conn, DbError, Json, Stamp, schema::oidc_tokens},
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
};

/// Access is short: it is checked at every use, but nobody needs it for longer.
const ACCESS: TimeDelta = TimeDelta::minutes(10);
/// No portal session lasts longer, and nothing outlives its session.
const REFRESH: TimeDelta = TimeDelta::hours(12);
const ID_TOKEN: TimeDelta = TimeDelta::minutes(10);
/// The kind of statement an ID token is.
pub(super) const ID_TOKEN_TYPE: &str = "JWT";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Access,
    Refresh,
}

impl Kind {
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

/// The answer to an exchange.
#[derive(Debug, Serialize)]
pub(super) struct Fresh {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: String,
    scope: String,
    id_token: String,
}

/// A statement who somebody is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct IdClaims {
    pub(super) iss: String,
    pub(super) sub: String,
    pub(super) aud: String,
    pub(super) exp: i64,
    pub(super) iat: i64,
    pub(super) auth_time: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) nonce: Option<String>,
    pub(super) acr: String,
    pub(super) amr: Vec<String>,
    pub(super) sid: String,
    pub(super) at_hash: String,
}

/// A token as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = oidc_tokens)]
pub(super) struct Kept {
    pub(super) kind: String,
    pub(super) citizen_id: CitizenId,
    pub(super) grant_id: GrantId,
    pub(super) client_id: ClientId,
    pub(super) scopes: Json<Vec<Scope>>,
    pub(super) created_at: Stamp,
    pub(super) ends_at: Stamp,
    pub(super) used_at: Option<Stamp>,
}

/// What to make tokens with.
pub(super) struct Press<'a> {
    pub(super) ring: &'a KeyRing,
    pub(super) issuer: &'a str,
    pub(super) now: Moment,
}

/// Hands out a set of tokens of the grant's newest generation.
pub(super) fn hand_out(
    c: &mut Conn,
    press: &Press<'_>,
    client: &Client,
    grant: &Grant,
    scopes: &[Scope],
    nonce: Option<String>,
) -> Result<Fresh, ProviderError> {
    let Press { ring, issuer, now } = *press;
    let access_token = keep(c, now, Kind::Access, grant, scopes, ACCESS)?;
    // Renewing gives back all that was agreed to, also after a narrower key was asked for.
    let refresh_token = keep(c, now, Kind::Refresh, grant, &grant.scopes, REFRESH)?;
    let claims = IdClaims {
        iss: issuer.to_owned(),
        sub: pseudonym::subject(ring, &client.sector, grant.citizen),
        aud: client.id.to_string(),
        exp: (now + ID_TOKEN).timestamp(),
        iat: now.timestamp(),
        auth_time: grant.proved_at.timestamp(),
        nonce,
        acr: acr(grant.level),
        amr: methods(&grant.methods),
        sid: pseudonym::session(ring, client.id, grant.session),
        at_hash: URL_SAFE_NO_PAD.encode(&Sha256::digest(access_token.as_bytes())[..16]),
    };
    let id_token = signing::sign(&keys::signer(c, ring, now)?, ID_TOKEN_TYPE, &claims)?;
    Ok(Fresh {
        access_token,
        token_type: "Bearer",
        expires_in: ACCESS.num_seconds(),
        refresh_token,
        scope: Scope::list(scopes),
        id_token,
    })
}

fn keep(
    c: &mut Conn,
    now: Moment,
    kind: Kind,
    grant: &Grant,
    scopes: &[Scope],
    for_long: TimeDelta,
) -> Result<String, ProviderError> {
    let token = random_name()?;
    diesel::insert_into(oidc_tokens::table)
        .values((
            oidc_tokens::digest.eq(grants::digest(&token)),
            oidc_tokens::kind.eq(kind.tag()),
            oidc_tokens::citizen_id.eq(grant.citizen),
            oidc_tokens::grant_id.eq(grant.id),
            oidc_tokens::client_id.eq(grant.client),
            oidc_tokens::scopes.eq(Json(scopes.to_vec())),
            oidc_tokens::generation.eq(grant.generation),
            oidc_tokens::created_at.eq(Stamp::from(now)),
            oidc_tokens::ends_at.eq(Stamp::from(now + for_long)),
        ))
        .execute(c)?;
    Ok(token)
}

/// A token that is not over yet. Whether it opens anything is its grant's to say.
pub(super) fn find(c: &mut Conn, now: Moment, token: &str) -> Result<Option<Kept>, DbError> {
    Ok(oidc_tokens::table
        .filter(oidc_tokens::digest.eq(grants::digest(token)))
        .filter(oidc_tokens::ends_at.gt(Stamp::from(now)))
        .select(Kept::as_select())
        .first(c)
        .optional()?)
}

/// Forgets one token.
pub(super) fn forget(c: &mut Conn, token: &str) -> Result<(), DbError> {
    diesel::delete(oidc_tokens::table.filter(oidc_tokens::digest.eq(grants::digest(token)))).execute(c)?;
    Ok(())
}

/// The ways of proving as RFC 8176 calls them.
fn methods(said: &[String]) -> Vec<String> {
    let mut all: Vec<String> = said
        .iter()
        .map(|method| match method.as_str() {
            "passkey" => "pop".to_owned(),
            "totp" => "otp".to_owned(),
            other => other.to_owned(),
        })
        .collect();
    all.dedup();
    if all.len() > 1 {
        all.push("mfa".to_owned());
    }
    all
}
