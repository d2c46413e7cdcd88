//! What citizens ask to have done with their data: that it be erased.
//!
//! An erasure waits a week, in which the person can stop it: whoever got hold of a session cannot destroy a
//! life's papers in a minute.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::CitizenId;
use crate::{
    db::{Conn, DbError, Stamp, schema::data_requests},
    each, id,
    jobs::{self, Job},
    platform::Moment,
};

id! {
    /// A request about one's own data.
    RequestId
}

/// How long a wish to be erased can be taken back.
pub const ERASED_AFTER: TimeDelta = TimeDelta::days(7);

/// Carries out an erasure that was asked for and not taken back.
#[derive(Debug, Serialize, Deserialize)]
pub struct Erase {
    pub citizen: CitizenId,
    pub request: RequestId,
}

impl Job for Erase {
    const KIND: &'static str = "ledger.erase";

    fn key(&self) -> Option<String> {
        Some(self.request.to_string())
    }
}

/// A request as it stands on record.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = data_requests)]
pub struct Request {
    pub id: RequestId,
    /// `erase`.
    pub kind: String,
    pub made_at: Stamp,
    pub due_at: Stamp,
    pub ended_at: Option<Stamp>,
    pub outcome: Option<String>,
}

impl Request {
    pub fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }
}

/// Asks to be erased. Asking again while it waits changes nothing.
pub fn ask_erasure(c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), DbError> {
    let (id, due) = (RequestId::new(), now + ERASED_AFTER);
    let row = (
        data_requests::citizen_id.eq(citizen),
        data_requests::id.eq(id),
        data_requests::kind.eq("erase"),
        data_requests::made_at.eq(Stamp::from(now)),
        data_requests::due_at.eq(Stamp::from(due)),
    );
    let new = each!(c, |c| diesel::insert_into(data_requests::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if new == 1 {
        jobs::enqueue_at(c, now, due, &Erase { citizen, request: id })?;
    }
    Ok(())
}

/// Takes the wish to be erased back. `false`: there is none.
pub fn stop_erasure(c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<bool, DbError> {
    let open: Option<RequestId> = data_requests::table
        .filter(data_requests::citizen_id.eq(citizen))
        .filter(data_requests::kind.eq("erase"))
        .filter(data_requests::ended_at.is_null())
        .select(data_requests::id)
        .first(c)
        .optional()?;
    match open {
        Some(id) => end(c, now, citizen, id, "withdrawn"),
        None => Ok(false),
    }
}

/// Every request of a person, the latest first.
pub fn of(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Request>, DbError> {
    Ok(data_requests::table
        .filter(data_requests::citizen_id.eq(citizen))
        .order((data_requests::made_at.desc(), data_requests::id.desc()))
        .select(Request::as_select())
        .load(c)?)
}

/// Ends an open request. `false`: it is over already, or somebody else's.
pub(super) fn end(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    id: RequestId,
    outcome: &str,
) -> Result<bool, DbError> {
    let ended = diesel::update(
        data_requests::table
            .filter(data_requests::citizen_id.eq(citizen))
            .filter(data_requests::id.eq(id))
            .filter(data_requests::ended_at.is_null()),
    )
    .set((data_requests::ended_at.eq(Some(Stamp::from(now))), data_requests::outcome.eq(Some(outcome))))
    .execute(c)?;
    Ok(ended == 1)
}
