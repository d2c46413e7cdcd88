//! What becomes of the dead: another life, or the end for good.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{
    TOPIC,
    queue::{AT_ONCE, DeadJob, JobId, NewJob},
};
use crate::{
    db::{
        Conn, DbError, announce,
        schema::{dead_jobs, jobs},
    },
    insert_new,
    platform::Moment,
};

/// Gives a dead job another life of `budget`. `false`: there is no such dead job.
pub fn redrive(c: &mut Conn, now: Moment, id: JobId, budget: TimeDelta) -> Result<bool, DbError> {
    Ok(revive(c, now, &[id], budget)? == 1)
}

/// The same for those of a kind, as many as are taken at once, those that died first before others. Says how many.
pub fn redrive_kind(c: &mut Conn, now: Moment, kind: &str, budget: TimeDelta) -> Result<usize, DbError> {
    let ids: Vec<JobId> = dead_jobs::table
        .filter(dead_jobs::kind.eq(kind))
        .order((dead_jobs::died_at, dead_jobs::id))
        .limit(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
        .select(dead_jobs::id)
        .load(c)?;
    revive(c, now, &ids, budget)
}

fn revive(c: &mut Conn, now: Moment, ids: &[JobId], budget: TimeDelta) -> Result<usize, DbError> {
    let these = || dead_jobs::table.filter(dead_jobs::id.eq_any(ids));
    // Writing first takes the rows' locks on PostgreSQL: what somebody else revives at the same time is not there after.
    diesel::update(these()).set(dead_jobs::attempts.eq(dead_jobs::attempts)).execute(c)?;
    let dead: Vec<DeadJob> = these().select(DeadJob::as_select()).load(c)?;
    diesel::delete(these()).execute(c)?;
    let again: Vec<NewJob> = dead.into_iter().map(|dead| once_more(now, dead, budget)).collect();
    let again: &[NewJob] = &again;
    if again.is_empty() {
        return Ok(0);
    }
    let revived = insert_new!(c, jobs::table => again)?;
    announce(c, TOPIC);
    Ok(revived)
}

/// Removes a dead job for good. `false`: there is no such dead job.
pub(super) fn discard(c: &mut Conn, id: JobId) -> Result<bool, DbError> {
    Ok(diesel::delete(dead_jobs::table.filter(dead_jobs::id.eq(id))).execute(c)? == 1)
}

/// A dead job as it is put in once more. It has no key: what waits under the same one is another.
fn once_more(now: Moment, dead: DeadJob, budget: TimeDelta) -> NewJob {
    NewJob {
        id: dead.id,
        kind: dead.kind,
        payload: dead.payload,
        unique_key: None,
        priority: dead.priority,
        run_at: now.into(),
        give_up_at: (now + budget).into(),
        created_at: dead.created_at,
    }
}
