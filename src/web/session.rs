//! Signed-in sessions: an opaque token in a cookie, its digest and what belongs to it in the database.
//!
//! The token is random and never stored, so a copy of the table signs nobody in. A session ends when it has
//! not been used for a while, at the latest after a fixed time, or at once when it is ended. Who signs in, and
//! what a session holds, is not this room's business.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

use crate::{
    db::{Conn, DbError, Stamp, schema::sessions},
    jobs::{Job, Priority},
    platform::{Moment, random},
};

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Unused for so long, a session is over.
    pub idle: TimeDelta,
    /// However much it is used, it is over after this.
    pub longest: TimeDelta,
}

impl Default for Terms {
    fn default() -> Self {
        Self { idle: TimeDelta::minutes(30), longest: TimeDelta::hours(12) }
    }
}

/// Housekeeping: removes what is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "sessions.sweep";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::hours(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// What the browser holds. Shown to nobody else, so it does not print.
pub struct Token(String);

impl Token {
    pub fn from_cookie(value: &str) -> Self {
        Self(value.to_owned())
    }

    pub fn cookie_value(&self) -> &str {
        &self.0
    }

    fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// Begins a session that holds `data`.
pub fn begin<T: Serialize>(c: &mut Conn, now: Moment, terms: Terms, data: &T) -> Result<Token, DbError> {
    let token = Token(URL_SAFE_NO_PAD.encode(random::bytes::<32>().map_err(chance)?));
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token.digest()),
            sessions::data.eq(text(data)?),
            sessions::created_at.eq(Stamp::from(now)),
            sessions::seen_at.eq(Stamp::from(now)),
            sessions::ends_at.eq(Stamp::from(now + terms.idle.min(terms.longest))),
        ))
        .execute(c)?;
    Ok(token)
}

/// What a running session holds.
pub fn find<T: DeserializeOwned>(c: &mut Conn, now: Moment, token: &Token) -> Result<Option<T>, DbError> {
    let data: Option<String> = sessions::table
        .filter(sessions::token_hash.eq(token.digest()))
        .filter(sessions::ends_at.gt(Stamp::from(now)))
        .select(sessions::data)
        .first(c)
        .optional()?;
    data.map(|data| {
        serde_json::from_str(&data)
            .map_err(|error| DbError::Query(diesel::result::Error::DeserializationError(error.into())))
    })
    .transpose()
}

/// Notes that a session is in use, which moves its end. `false`: it is over.
pub fn touch(c: &mut Conn, now: Moment, terms: Terms, token: &Token) -> Result<bool, DbError> {
    let row = sessions::table
        .filter(sessions::token_hash.eq(token.digest()))
        .filter(sessions::ends_at.gt(Stamp::from(now)));
    let created: Option<Stamp> = row.select(sessions::created_at).first(c).optional()?;
    let Some(created) = created else { return Ok(false) };
    let ends = (now + terms.idle).min(created.moment() + terms.longest);
    let touched = diesel::update(sessions::table.filter(sessions::token_hash.eq(token.digest())))
        .set((sessions::seen_at.eq(Stamp::from(now)), sessions::ends_at.eq(Stamp::from(ends))))
        .execute(c)?;
    Ok(touched == 1)
}

/// Gives a session another token, as must happen whenever what it may do grows. The old one ends.
pub fn renew<T: Serialize>(
    c: &mut Conn,
    now: Moment,
    terms: Terms,
    token: &Token,
    data: &T,
) -> Result<Token, DbError> {
    end(c, token)?;
    begin(c, now, terms, data)
}

/// Ends a session at once.
pub fn end(c: &mut Conn, token: &Token) -> Result<(), DbError> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token.digest()))).execute(c)?;
    Ok(())
}

/// Removes sessions that are over.
pub fn sweep(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    Ok(diesel::delete(sessions::table.filter(sessions::ends_at.le(Stamp::from(now)))).execute(c)?)
}

fn text<T: Serialize>(data: &T) -> Result<String, DbError> {
    serde_json::to_string(data)
        .map_err(|error| DbError::Query(diesel::result::Error::SerializationError(error.into())))
}

fn chance(error: getrandom::Error) -> DbError {
    DbError::Query(diesel::result::Error::QueryBuilderError(error.into()))
}
