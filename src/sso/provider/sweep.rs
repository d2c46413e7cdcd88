//! Housekeeping: what is over and proves nothing any more.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{oidc_codes, oidc_grants, oidc_requests, oidc_seen, oidc_tokens},
    },
    jobs::{Job, Priority},
    platform::Moment,
};

/// A used code is kept for as long as a replay could still find something to end.
const CODES: TimeDelta = TimeDelta::hours(12);
/// An ended grant is kept for looking into what happened.
const GRANTS: TimeDelta = TimeDelta::days(7);

/// Removes codes, tokens, requests and grants that are over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "provider.sweep";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::hours(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

pub fn sweep(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let at = Stamp::from(now);
    diesel::delete(oidc_requests::table.filter(oidc_requests::ends_at.le(at))).execute(c)?;
    diesel::delete(oidc_tokens::table.filter(oidc_tokens::ends_at.le(at))).execute(c)?;
    diesel::delete(oidc_seen::table.filter(oidc_seen::ends_at.le(at))).execute(c)?;
    let codes = oidc_codes::table.filter(oidc_codes::ends_at.le(Stamp::from(now - CODES)));
    diesel::delete(codes).execute(c)?;
    let grants = oidc_grants::table.filter(oidc_grants::ended_at.le(Stamp::from(now - GRANTS)));
    diesel::delete(grants).execute(c)?;
    Ok(())
}
