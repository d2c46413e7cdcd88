//! Exchanging a code or a refresh token for tokens.
//!
//! A code is good once: a second use means that somebody else has it, and ends all that came of the first.
//!
//! Refresh tokens rotate. All tokens of one generation are used up together, at the first exchange of any of
//! them. Because answers get lost and programs ask twice, a used one is still exchanged for half a minute: it
//! gives another token of the newest generation, as good as its siblings. After that, using it again means that
//! two parties hold it, and the whole family ends. So requests that cross one another are safe in every order,
//! and a stolen token is found out at the latest when both parties have gone on.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{
    ProviderError,
    ask::Scope,
    denied::{Code, Denied, Judged},
    grants::{self, Grant, GrantId},
    params::Params,
    sessions,
    tokens::{self, Fresh, Kept, Kind, Press},
};
use crate::{
    agencies::clients::Client,
    db::{
        Conn, DbError, Stamp,
        schema::{oidc_codes, oidc_grants, oidc_tokens},
    },
    ledger::CitizenId,
    platform::Moment,
};

/// For how long a used refresh token is still exchanged.
pub(super) const GRACE: TimeDelta = TimeDelta::seconds(30);

const NOT_GOOD: Denied = Denied::grant("the code or token is not, or not any more, good for this client");

/// Exchanges whatever the request brings.
pub(super) fn exchange(c: &mut Conn, press: &Press<'_>, client: &Client, params: &Params) -> Judged<Fresh> {
    match params.get("grant_type") {
        Some("authorization_code") => code(c, press, client, params),
        Some("refresh_token") => refresh(c, press, client, params),
        Some(_) => Ok(Err(Denied::new(Code::UnsupportedGrantType, "this grant_type is not supported"))),
        None => Ok(Err(Denied::request("grant_type is missing"))),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_codes)]
struct Issued {
    citizen_id: CitizenId,
    grant_id: GrantId,
    redirect_uri: String,
    challenge: String,
    nonce: Option<String>,
    ends_at: Stamp,
}

fn code(c: &mut Conn, press: &Press<'_>, client: &Client, params: &Params) -> Judged<Fresh> {
    let (Some(code), Some(verifier), Some(address)) =
        (params.get("code"), params.get("code_verifier"), params.get("redirect_uri"))
    else {
        return Ok(Err(Denied::request("code, code_verifier and redirect_uri are needed")));
    };
    let digest = grants::digest(code);
    let issued: Option<Issued> = oidc_codes::table
        .filter(oidc_codes::digest.eq(&digest))
        .filter(oidc_codes::client_id.eq(client.id))
        .select(Issued::as_select())
        .first(c)
        .optional()?;
    let Some(issued) = issued else { return Ok(Err(NOT_GOOD)) };
    // One statement decides who is first; whoever is not waits for it and then finds it used.
    let first = diesel::update(
        oidc_codes::table.filter(oidc_codes::digest.eq(&digest)).filter(oidc_codes::used_at.is_null()),
    )
    .set(oidc_codes::used_at.eq(Some(Stamp::from(press.now))))
    .execute(c)?;
    if first != 1 {
        tracing::warn!(client = %client.id, "a code was used twice; what it gave is ended");
        end_family(c, press.now, issued.citizen_id, issued.grant_id)?;
        return Ok(Err(NOT_GOOD));
    }
    let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let proved = bool::from(proof.as_bytes().ct_eq(issued.challenge.as_bytes()));
    let in_time = issued.ends_at.moment() > press.now;
    if !proved || !in_time || issued.redirect_uri != address || !is_verifier(verifier) {
        return Ok(Err(NOT_GOOD));
    }
    let Some(grant) = alive(c, press.now, client, issued.citizen_id, issued.grant_id)? else {
        return Ok(Err(NOT_GOOD));
    };
    let scopes = grant.scopes.clone();
    Ok(Ok(tokens::hand_out(c, press, client, &grant, &scopes, issued.nonce)?))
}

/// RFC 7636, 4.1: long enough not to be guessed.
fn is_verifier(verifier: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&verifier.len()) && verifier.bytes().all(plain)
}

fn refresh(c: &mut Conn, press: &Press<'_>, client: &Client, params: &Params) -> Judged<Fresh> {
    let Some(token) = params.get("refresh_token") else {
        return Ok(Err(Denied::request("refresh_token is needed")));
    };
    let Some(before) = own(c, press.now, client, token)? else { return Ok(Err(NOT_GOOD)) };
    let Some(mut grant) = alive(c, press.now, client, before.citizen_id, before.grant_id)? else {
        return Ok(Err(NOT_GOOD));
    };
    // The grant is held from here on; what the token was before somebody else let go of it does not count.
    let Some(kept) = own(c, press.now, client, token)? else { return Ok(Err(NOT_GOOD)) };
    let scopes = match narrowed(&grant.scopes, params) {
        Ok(scopes) => scopes,
        Err(denied) => return Ok(Err(denied)),
    };
    match kept.used_at {
        None => grant.generation = advance(c, press.now, &grant)?,
        Some(used) if press.now - used.moment() <= GRACE => {}
        Some(_) => {
            tracing::warn!(client = %client.id, "a refresh token was used again; its family is ended");
            end_family(c, press.now, grant.citizen, grant.id)?;
            return Ok(Err(NOT_GOOD));
        }
    }
    Ok(Ok(tokens::hand_out(c, press, client, &grant, &scopes, None)?))
}

/// A refresh token of this client's.
fn own(c: &mut Conn, now: Moment, client: &Client, token: &str) -> Result<Option<Kept>, DbError> {
    let kept = tokens::find(c, now, token)?;
    Ok(kept.filter(|kept| kept.kind == Kind::Refresh.tag() && kept.client_id == client.id))
}

fn alive(
    c: &mut Conn,
    now: Moment,
    client: &Client,
    citizen: CitizenId,
    grant: GrantId,
) -> Result<Option<Grant>, DbError> {
    let Some(grant) = grants::held(c, citizen, grant)? else { return Ok(None) };
    Ok(grants::is_alive(c, now, client, &grant)?.then_some(grant))
}

/// Uses up the newest generation and begins the next.
fn advance(c: &mut Conn, now: Moment, grant: &Grant) -> Result<i32, ProviderError> {
    diesel::update(
        oidc_tokens::table
            .filter(oidc_tokens::citizen_id.eq(grant.citizen))
            .filter(oidc_tokens::grant_id.eq(grant.id))
            .filter(oidc_tokens::kind.eq(Kind::Refresh.tag()))
            .filter(oidc_tokens::used_at.is_null()),
    )
    .set(oidc_tokens::used_at.eq(Some(Stamp::from(now))))
    .execute(c)?;
    let next = grant.generation + 1;
    diesel::update(
        oidc_grants::table
            .filter(oidc_grants::citizen_id.eq(grant.citizen))
            .filter(oidc_grants::id.eq(grant.id)),
    )
    .set(oidc_grants::generation.eq(next))
    .execute(c)?;
    Ok(next)
}

/// Fewer scopes than were agreed to may be asked for, never more.
fn narrowed(agreed: &[Scope], params: &Params) -> Result<Vec<Scope>, Denied> {
    if params.get("scope").is_none() {
        return Ok(agreed.to_vec());
    }
    let mut scopes = Vec::new();
    for word in params.words("scope").filter(|word| *word != "openid") {
        match Scope::named(word).filter(|scope| agreed.contains(scope)) {
            Some(scope) => scopes.push(scope),
            None => return Err(Denied::new(Code::InvalidScope, "this was not agreed to")),
        }
    }
    Ok(scopes)
}

/// Ends a grant of which somebody else may hold a part, and has the site told.
fn end_family(c: &mut Conn, now: Moment, citizen: CitizenId, grant: GrantId) -> Result<(), DbError> {
    sessions::end_one(c, now, citizen, grant)
}
