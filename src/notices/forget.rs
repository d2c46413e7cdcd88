//! What was said is kept for three years. A matter itself, and the record of who looked, are kept by their own rooms.

use chrono::TimeDelta;
use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use serde::{Deserialize, Serialize};

use super::{courier::Courier, model::NoticeId};
use crate::{
    db::{
        Conn, Db, DbError, Stamp, among,
        schema::{notice_ways, notices},
    },
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::Moment,
};

const KEPT: TimeDelta = TimeDelta::days(3 * 365);
/// So many are forgotten in one transaction.
const SET: i64 = 500;

/// Forgets what was said long ago.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forget;

impl Job for Forget {
    const KIND: &'static str = "notices.forget";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Forget`].
pub async fn forget((db, courier): (Db, Courier), running: Running) -> Result<Done, Failure> {
    let before = courier.clock.now() - KEPT;
    while db.tx(move |c| set(c, before)).await.map_err(Failure::from)? > 0 {}
    running.finish(|_| Ok::<_, DbError>(())).await
}

/// One set, the oldest first; says how many there were. What is still on its way somewhere waits for its end, so that the
/// account never loses what is open.
fn set(c: &mut Conn, before: Moment) -> Result<usize, DbError> {
    let open = notice_ways::table
        .filter(notice_ways::citizen_id.eq(notices::citizen_id))
        .filter(notice_ways::notice_id.eq(notices::id))
        .filter(notice_ways::settled_at.is_null());
    let old: Vec<(CitizenId, NoticeId)> = notices::table
        .filter(notices::said_at.lt(Stamp::from(before)))
        .filter(not(exists(open)))
        .order(notices::said_at)
        .limit(SET)
        .select((notices::citizen_id, notices::id))
        .load(c)?;
    let ways = notice_ways::table.filter(among(notice_ways::citizen_id, notice_ways::notice_id, &old));
    diesel::delete(ways).execute(c)?;
    let said = notices::table.filter(among(notices::citizen_id, notices::id, &old));
    Ok(diesel::delete(said).execute(c)?)
}
