//! The ends of many jobs that one claim holds, in few statements. Each job ends as it would alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use super::{
    Failure, TOPIC,
    queue::{Claimed, DeadJob, JobId, LeaseId, NewJob},
};
use crate::{
    db::{
        Conn, DbError, Stamp, announce,
        schema::{dead_jobs, jobs},
    },
    insert_new,
    platform::{Moment, random},
};

/// The jobs of a claim that it still holds, and which of them were asked for once more meanwhile. On PostgreSQL they are held on
/// to until the transaction ends, so that nobody takes one over in between.
pub(super) fn held(c: &mut Conn, lease: LeaseId, ids: &[JobId]) -> Result<HashMap<JobId, bool>, DbError> {
    let ours = jobs::table
        .filter(jobs::id.eq_any(ids))
        .filter(jobs::lease.eq(lease))
        // In one order everywhere: of two who wait for the same rows neither waits for the other.
        .order(jobs::id)
        .select((jobs::id, jobs::asked_again));
    let rows: Vec<(JobId, bool)> = match c {
        Conn::Pg(c) => ours.for_update().load(c)?,
        Conn::Sqlite(c) => ours.load(c)?,
    };
    Ok(rows.into_iter().collect())
}

/// Holds on to jobs for longer; says how many of them the claim still has. The others are somebody else's.
///
/// Their rows are taken in the order in which the end of the same jobs takes them, which may come at this moment: were one of
/// the two broken off because they wait for each other, it could be the end of what went out of the house already.
pub(super) fn extend(c: &mut Conn, lease: LeaseId, ids: &[JobId], until: Moment) -> Result<usize, DbError> {
    let ours: Vec<JobId> = held(c, lease, ids)?.into_keys().collect();
    Ok(diesel::update(jobs::table.filter(jobs::id.eq_any(&ours)).filter(jobs::lease.eq(lease)))
        .set(jobs::leased_until.eq(Stamp::from(until)))
        .execute(c)?)
}

/// Writes how jobs ended that [`held`] says are still held: done, to be done again, or given up with a reason. The others are
/// somebody else's.
pub(super) fn write(
    c: &mut Conn,
    now: Moment,
    held: &HashMap<JobId, bool>,
    ends: &[(&Claimed, Result<(), Failure>)],
) -> Result<(), DbError> {
    let (mut over, mut dead) = (Vec::new(), Vec::new());
    // Those that failed together come back together: so many as one reason had fail stay a set.
    let mut later: BTreeMap<(Moment, &str), Vec<JobId>> = BTreeMap::new();
    let chance = random::fraction();
    for (job, end) in ends.iter().filter(|(job, _)| held.contains_key(&job.id)) {
        match end {
            Ok(()) => over.push(job.id),
            Err(Failure::LeaseLost) => {}
            Err(Failure::GiveUp(reason)) => dead.push((*job, reason.clone())),
            Err(failure @ (Failure::Retry(reason) | Failure::RetryAfter(_, reason))) => {
                match job.again(now, failure.pause(), chance) {
                    Some(at) => later.entry((at, reason.as_str())).or_default().push(job.id),
                    None => dead.push((*job, format!("its time is over; the last failure was: {reason}"))),
                }
            }
        }
    }
    over.extend(dead.iter().map(|(job, _)| job.id));
    end(c, held, &over)?;
    // One that was asked for meanwhile is none of the dead: another stands in its place.
    dead.retain(|(job, _)| held.get(&job.id) == Some(&false));
    bury(c, now, &dead)?;
    // A statement for each time at which some come back: one, where all failed alike.
    for ((at, reason), ids) in later {
        put_off(c, &ids, at, reason)?;
    }
    Ok(())
}

/// Ends jobs. In the place of those that were asked for meanwhile stand others of the same kind and key.
fn end(c: &mut Conn, held: &HashMap<JobId, bool>, ids: &[JobId]) -> Result<(), DbError> {
    if ids.is_empty() {
        return Ok(());
    }
    let asked_again: HashSet<JobId> = ids.iter().copied().filter(|id| held.get(id) == Some(&true)).collect();
    let mut anew: Vec<NewJob> = Vec::new();
    if !asked_again.is_empty() {
        anew = jobs::table
            .filter(jobs::id.eq_any(&asked_again))
            .order(jobs::id)
            .select(NewJob::as_select())
            .load(c)?;
    }
    diesel::delete(jobs::table.filter(jobs::id.eq_any(ids))).execute(c)?;
    if anew.is_empty() {
        return Ok(());
    }
    // Under other ids: what is done outside is no repeat of what was done before.
    for job in &mut anew {
        job.id = JobId::new();
    }
    let anew: &[NewJob] = &anew;
    insert_new!(c, jobs::table => anew)?;
    announce(c, TOPIC);
    Ok(())
}

fn bury(c: &mut Conn, now: Moment, given_up: &[(&Claimed, String)]) -> Result<(), DbError> {
    if given_up.is_empty() {
        return Ok(());
    }
    let dead: Vec<DeadJob> = given_up.iter().map(|(job, reason)| job.dead(now, reason)).collect();
    let dead: &[DeadJob] = &dead;
    insert_new!(c, dead_jobs::table => dead)?;
    Ok(())
}

fn put_off(c: &mut Conn, ids: &[JobId], at: Moment, reason: &str) -> Result<(), DbError> {
    diesel::update(jobs::table.filter(jobs::id.eq_any(ids)))
        .set((
            jobs::run_at.eq(Stamp::from(at)),
            jobs::lease.eq(None::<LeaseId>),
            jobs::leased_until.eq(None::<Stamp>),
            jobs::last_error.eq(reason),
        ))
        .execute(c)?;
    Ok(())
}
