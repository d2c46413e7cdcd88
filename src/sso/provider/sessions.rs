//! The end of what sites hold: with the portal's session, with the citizen's consent, or because something is
//! wrong. Sites that asked to be told are told by a job, enqueued in the same transaction.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use diesel::{dsl::exists, prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    backchannel::Tell,
    grants::{self, GrantId},
};
use crate::{
    agencies::clients::ClientId,
    db::{
        Conn, DbError, Stamp,
        schema::{oidc_clients, oidc_grants, sessions},
    },
    jobs::{self, Job, Priority},
    ledger::CitizenId,
    platform::Moment,
    web::session::SessionId,
};

/// How many are closed at once. What is left over is closed at the next tick.
const BATCH: i64 = 5000;

/// Looks for sessions that ended by themselves, and closes what sites still hold of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseEnded;

impl Job for CloseEnded {
    const KIND: &'static str = "provider.close-ended";
    const PRIORITY: Priority = Priority::Urgent;
    const BUDGET: TimeDelta = TimeDelta::hours(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

type Held = (CitizenId, GrantId, ClientId, SessionId, Option<String>);

/// The grants that are not ended yet and fulfil a condition, with where their site wants to be told.
macro_rules! held {
    ($condition:expr) => {
        oidc_grants::table
            .inner_join(oidc_clients::table)
            .filter(oidc_grants::ended_at.is_null())
            .filter($condition)
            .select((
                oidc_grants::citizen_id,
                oidc_grants::id,
                oidc_grants::client_id,
                oidc_grants::session_id,
                oidc_clients::backchannel_logout_uri,
            ))
    };
}

/// Portal sessions ended: nothing that came of them opens anything any more, and the sites are told. Whoever
/// ends sessions calls this in the same transaction.
pub fn ended(c: &mut Conn, now: Moment, sessions: &[SessionId]) -> Result<(), DbError> {
    let held: Vec<Held> = held!(oidc_grants::session_id.eq_any(sessions)).load(c)?;
    close(c, now, &held)
}

/// A citizen withdrew what they had agreed to for an agency's sites.
pub fn withdrawn(c: &mut Conn, now: Moment, citizen: CitizenId, agency: &str) -> Result<(), DbError> {
    let held: Vec<Held> =
        held!(oidc_grants::citizen_id.eq(citizen).and(oidc_clients::agency.eq(agency))).load(c)?;
    close(c, now, &held)
}

/// Ends one grant because something is wrong with it.
pub(super) fn end_one(c: &mut Conn, now: Moment, citizen: CitizenId, grant: GrantId) -> Result<(), DbError> {
    let held: Vec<Held> =
        held!(oidc_grants::citizen_id.eq(citizen).and(oidc_grants::id.eq(grant))).load(c)?;
    close(c, now, &held)
}

/// Ends everything that sites hold of a person.
pub(super) fn end_all(c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), DbError> {
    let held: Vec<Held> = held!(oidc_grants::citizen_id.eq(citizen)).load(c)?;
    close(c, now, &held)
}

/// Closes what sites hold of sessions that ended by themselves.
pub fn close_ended(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let running = sessions::table
        .filter(sessions::id.eq(oidc_grants::session_id))
        .filter(sessions::ends_at.gt(Stamp::from(now)));
    let held: Vec<Held> = held!(diesel::dsl::not(exists(running))).limit(BATCH).load(c)?;
    close(c, now, &held)
}

fn close(c: &mut Conn, now: Moment, held: &[Held]) -> Result<(), DbError> {
    let mut told = BTreeSet::new();
    for (citizen, grant, client, session, address) in held {
        grants::end(c, now, *citizen, *grant)?;
        if address.is_some() && told.insert((*client, *session)) {
            jobs::enqueue(c, now, &Tell { citizen: *citizen, client: *client, session: *session })?;
        }
    }
    Ok(())
}
