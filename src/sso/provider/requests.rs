//! Requests that wait: pushed by a site, or begun and waiting for the person. Each is taken once.

use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{ProviderError, ask::Ask, denied::random_name};
use crate::{
    agencies::clients::ClientId,
    db::{Conn, DbError, Json, Stamp, schema::oidc_requests},
    platform::Moment,
};

/// How the address of a pushed request begins.
pub(super) const PUSHED: &str = "urn:ietf:params:oauth:request_uri:";
/// For how long a pushed request waits to be begun.
pub(super) const PUSHED_FOR: TimeDelta = TimeDelta::seconds(90);
/// For how long a person may take to sign in, prove more and agree.
const BEGUN_FOR: TimeDelta = TimeDelta::minutes(30);

/// A request that was begun.
pub(super) struct Begun {
    pub(super) ask: Ask,
    pub(super) at: Moment,
}

/// Keeps a request that a site pushed. Gives its name.
pub(super) fn push(c: &mut Conn, now: Moment, ask: &Ask) -> Result<String, ProviderError> {
    keep(c, now, ask, true, now + PUSHED_FOR)
}

/// Keeps a request while the person does what it needs. Gives the name that the browser carries.
pub(super) fn begin(c: &mut Conn, now: Moment, ask: &Ask) -> Result<String, ProviderError> {
    keep(c, now, ask, false, now + BEGUN_FOR)
}

fn keep(c: &mut Conn, now: Moment, ask: &Ask, pushed: bool, until: Moment) -> Result<String, ProviderError> {
    let name = random_name()?;
    diesel::insert_into(oidc_requests::table)
        .values((
            oidc_requests::id.eq(digest(&name)),
            oidc_requests::client_id.eq(ask.client),
            oidc_requests::ask.eq(Json(ask.clone())),
            oidc_requests::pushed.eq(pushed),
            oidc_requests::created_at.eq(Stamp::from(now)),
            oidc_requests::ends_at.eq(Stamp::from(until)),
        ))
        .execute(c)?;
    Ok(name)
}

/// Takes a pushed request of this client away. Of two who try, one gets it.
pub(super) fn take_pushed(
    c: &mut Conn,
    now: Moment,
    client: ClientId,
    name: &str,
) -> Result<Option<Ask>, DbError> {
    let ask: Option<Json<Ask>> = oidc_requests::table
        .filter(oidc_requests::id.eq(digest(name)))
        .filter(oidc_requests::client_id.eq(client))
        .filter(oidc_requests::pushed.eq(true))
        .filter(oidc_requests::ends_at.gt(Stamp::from(now)))
        .select(oidc_requests::ask)
        .first(c)
        .optional()?;
    let Some(Json(ask)) = ask else { return Ok(None) };
    Ok(end(c, name)?.then_some(ask))
}

/// A begun request.
pub(super) fn begun(c: &mut Conn, now: Moment, name: &str) -> Result<Option<Begun>, DbError> {
    let row: Option<(Json<Ask>, Stamp)> = oidc_requests::table
        .filter(oidc_requests::id.eq(digest(name)))
        .filter(oidc_requests::pushed.eq(false))
        .filter(oidc_requests::ends_at.gt(Stamp::from(now)))
        .select((oidc_requests::ask, oidc_requests::created_at))
        .first(c)
        .optional()?;
    Ok(row.map(|(Json(ask), at)| Begun { ask, at: at.moment() }))
}

/// Ends a request. `false`: somebody else did.
pub(super) fn end(c: &mut Conn, name: &str) -> Result<bool, DbError> {
    let ended = diesel::delete(oidc_requests::table.filter(oidc_requests::id.eq(digest(name)))).execute(c)?;
    Ok(ended == 1)
}

fn digest(name: &str) -> Vec<u8> {
    Sha256::digest(name.as_bytes()).to_vec()
}
