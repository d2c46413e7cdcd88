//! A date that is none any more is forgotten two years after it ended, with its reminders. Until then it can be seen why
//! somebody was reminded, or was not.

use actix_web::web::Data;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::DeadlineId;
use crate::{
    db::{
        Conn, DbError, Stamp, among,
        schema::{deadlines, reminders},
    },
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::Moment,
    web::Site,
};

const KEPT: TimeDelta = TimeDelta::days(2 * 365);
/// So many are forgotten in one transaction.
const SET: i64 = 500;

/// Forgets dates that ended long ago.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forget;

impl Job for Forget {
    const KIND: &'static str = "reminders.forget";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Forget`].
pub async fn forget(site: Data<Site>, running: Running) -> Result<Done, Failure> {
    let before = site.clock.now() - KEPT;
    while site.db.tx(move |c| set(c, before)).await.map_err(Failure::from)? > 0 {}
    running.finish(|_| Ok::<_, DbError>(())).await
}

/// One set, the oldest first; says how many there were. A date that ended has nothing that waits.
fn set(c: &mut Conn, before: Moment) -> Result<usize, DbError> {
    let old: Vec<(CitizenId, DeadlineId)> = deadlines::table
        .filter(deadlines::ended.is_not_null())
        .filter(deadlines::changed_at.lt(Stamp::from(before)))
        .order(deadlines::changed_at)
        .limit(SET)
        .select((deadlines::citizen_id, deadlines::id))
        .load(c)?;
    let counted = reminders::table.filter(among(reminders::citizen_id, reminders::deadline_id, &old));
    diesel::delete(counted).execute(c)?;
    let ended = deadlines::table.filter(among(deadlines::citizen_id, deadlines::id, &old));
    Ok(diesel::delete(ended).execute(c)?)
}
