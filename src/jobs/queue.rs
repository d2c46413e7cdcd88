//! The queue's table: putting in, claiming, ending.

use std::{collections::HashSet, time::Duration};

use diesel::{define_sql_function, prelude::*, sql_types::Text, upsert::excluded};
use uuid::Uuid;

use super::{Job, Priority, TOPIC, backoff};
use crate::{
    db::{
        Conn, DbError, Stamp, announce,
        schema::{dead_jobs, jobs},
    },
    id, insert_new,
    platform::{Moment, random},
};

id! {
    /// A job.
    JobId
}

id! {
    /// One claim of a job. Who does not hold the newest one may not end it.
    LeaseId
}

define_sql_function! {
    /// A text in which one part takes the place of another, everywhere.
    fn replace(whole: Text, part: Text, by: Text) -> Text;
}

/// What became of the wish to enqueue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queued {
    New(JobId),
    /// A job with the same key waits already.
    Already,
}

/// So many are enqueued with one statement: engines bound how many values it may have.
pub(super) const AT_ONCE: usize = 500;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub(super) struct NewJob {
    pub(super) id: JobId,
    pub(super) kind: String,
    pub(super) payload: String,
    pub(super) unique_key: Option<String>,
    pub(super) priority: i32,
    pub(super) run_at: Stamp,
    pub(super) give_up_at: Stamp,
    pub(super) created_at: Stamp,
}

impl NewJob {
    fn of<J: Job>(now: Moment, run_at: Moment, job: &J) -> Result<Self, DbError> {
        let payload = serde_json::to_string(job)
            .map_err(|error| DbError::Query(diesel::result::Error::SerializationError(error.into())))?;
        Ok(Self {
            id: JobId::new(),
            kind: J::KIND.to_owned(),
            payload,
            unique_key: job.key(),
            priority: J::PRIORITY as i32,
            run_at: run_at.into(),
            give_up_at: (run_at + J::BUDGET).into(),
            created_at: now.into(),
        })
    }
}

/// A job that somebody holds.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub(super) struct Claimed {
    pub(super) id: JobId,
    pub(super) kind: String,
    pub(super) payload: String,
    pub(super) priority: i32,
    pub(super) attempts: i32,
    pub(super) give_up_at: Stamp,
    pub(super) created_at: Stamp,
}

impl Claimed {
    /// When it is tried again, or `None` when its time is over: once `pause` is over where that is known, and else ever more
    /// seldom, spread by `chance`.
    pub(super) fn again(&self, now: Moment, pause: Option<Duration>, chance: f64) -> Option<Moment> {
        let give_up_at = self.give_up_at.moment();
        match pause {
            Some(pause) => backoff::after(now, pause, give_up_at),
            None => backoff::next(now, self.attempts, give_up_at, chance),
        }
    }

    /// The same among the dead, with why.
    pub(super) fn dead(&self, now: Moment, reason: &str) -> DeadJob {
        DeadJob {
            id: self.id,
            kind: self.kind.clone(),
            payload: self.payload.clone(),
            priority: self.priority,
            attempts: self.attempts,
            reason: reason.to_owned(),
            created_at: self.created_at,
            died_at: now.into(),
        }
    }
}

/// A job that was given up.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dead_jobs)]
pub struct DeadJob {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    pub priority: i32,
    pub attempts: i32,
    pub reason: String,
    pub created_at: Stamp,
    pub died_at: Stamp,
}

/// Enqueues a job in the caller's transaction, to run as soon as that commits.
pub fn enqueue<J: Job>(c: &mut Conn, now: Moment, job: &J) -> Result<Queued, DbError> {
    enqueue_at(c, now, now, job)
}

/// Enqueues a job that becomes due at a later moment. Its time budget starts then.
pub fn enqueue_at<J: Job>(c: &mut Conn, now: Moment, run_at: Moment, job: &J) -> Result<Queued, DbError> {
    let new = NewJob::of(now, run_at, job)?;
    let id = new.id;
    let put = put(c, &[new])?;
    announce(c, TOPIC);
    Ok(if put == 1 { Queued::New(id) } else { Queued::Already })
}

/// Enqueues many jobs that are due at once. The answer is how many of them did not wait already.
pub fn enqueue_all<J: Job>(c: &mut Conn, now: Moment, all: &[J]) -> Result<usize, DbError> {
    enqueue_all_at(c, now, now, all)
}

/// The same for jobs that become due at a later moment, all of them at the same.
pub fn enqueue_all_at<J: Job>(
    c: &mut Conn,
    now: Moment,
    run_at: Moment,
    all: &[J],
) -> Result<usize, DbError> {
    let mut new = all.iter().map(|job| NewJob::of(now, run_at, job)).collect::<Result<Vec<_>, _>>()?;
    let mut keys = HashSet::new();
    new.retain(|job| job.unique_key.as_ref().is_none_or(|key| keys.insert(key.clone())));
    let mut inserted = 0;
    for some in new.chunks(AT_ONCE) {
        inserted += put(c, some)?;
    }
    announce(c, TOPIC);
    Ok(inserted)
}

/// Puts jobs in; says how many of them are new. One that has the same key and runs already is to run once more; one that waits
/// is held on to until the caller's change is committed, so that it sees the change. A round is left as it is: the next one
/// comes anyway.
fn put(c: &mut Conn, new: &[NewJob]) -> Result<usize, DbError> {
    let is_round = new.first().is_some_and(|job| job.unique_key.as_deref() == Some(""));
    match c {
        Conn::Pg(c) if !is_round => {
            // In one statement: between two, the one with the same key could come or go.
            let there: Vec<JobId> = diesel::insert_into(jobs::table)
                .values(new)
                .on_conflict((jobs::kind, jobs::unique_key))
                .filter_target(jobs::unique_key.is_not_null())
                .do_update()
                .set((
                    jobs::asked_again.eq(jobs::leased_until.is_not_null()),
                    jobs::give_up_at.eq(excluded(jobs::give_up_at)),
                ))
                .returning(jobs::id)
                .get_results(c)?;
            let ours: HashSet<JobId> = new.iter().map(|job| job.id).collect();
            Ok(there.iter().filter(|id| ours.contains(id)).count())
        }
        // SQLite has one writer: nobody comes between.
        Conn::Sqlite(c) if !is_round => new.iter().try_fold(0, |inserted, job| {
            let same =
                jobs::table.filter(jobs::kind.eq(&job.kind)).filter(jobs::unique_key.eq(&job.unique_key));
            let known = diesel::update(same)
                .set((
                    jobs::asked_again.eq(jobs::leased_until.is_not_null()),
                    jobs::give_up_at.eq(job.give_up_at),
                ))
                .execute(c)?;
            if known > 0 {
                return Ok(inserted);
            }
            Ok(inserted + diesel::insert_into(jobs::table).values(job).execute(c)?)
        }),
        c => Ok(insert_new!(c, jobs::table => new)?),
    }
}

/// How many jobs of a kind wait or are being done.
pub fn queued(c: &mut Conn, kind: &str) -> Result<i64, DbError> {
    Ok(jobs::table.filter(jobs::kind.eq(kind)).count().get_result(c)?)
}

/// Claims up to `limit` due jobs of the given kinds, most urgent and oldest first.
pub(super) fn claim(
    c: &mut Conn,
    now: Moment,
    until: Moment,
    kinds: &[&'static str],
    limit: i64,
) -> Result<(LeaseId, Vec<Claimed>), DbError> {
    let lease = LeaseId::new();
    Ok((lease, claim_for(c, now, (lease, until), kinds, limit)?))
}

/// The same, for a claim that there is already.
pub(super) fn claim_for(
    c: &mut Conn,
    now: Moment,
    (lease, until): (LeaseId, Moment),
    kinds: &[&'static str],
    limit: i64,
) -> Result<Vec<Claimed>, DbError> {
    let at = Stamp::from(now);
    let due = jobs::table
        .filter(jobs::run_at.le(at))
        .filter(jobs::leased_until.is_null().or(jobs::leased_until.lt(at)))
        .filter(jobs::kind.eq_any(kinds))
        .order((jobs::priority, jobs::run_at, jobs::id))
        .limit(limit);
    let mut claimed: Vec<Claimed> = match c {
        // Other nodes claim at the same time and must not wait for one another.
        Conn::Pg(c) => due.select(Claimed::as_select()).for_update().skip_locked().load(c)?,
        Conn::Sqlite(c) => due.select(Claimed::as_select()).load(c)?,
    };
    if claimed.is_empty() {
        return Ok(claimed);
    }
    let ids: Vec<JobId> = claimed.iter().map(|job| job.id).collect();
    diesel::update(jobs::table.filter(jobs::id.eq_any(&ids)))
        .set((
            jobs::lease.eq(lease),
            jobs::leased_until.eq(Stamp::from(until)),
            jobs::attempts.eq(jobs::attempts + 1),
            // Whatever it was asked for so far it sees.
            jobs::asked_again.eq(false),
        ))
        .execute(c)?;
    // As it stands now: nobody else could change it in between.
    for job in &mut claimed {
        job.attempts += 1;
    }
    claimed.sort_by_key(|job| (job.priority, job.id));
    Ok(claimed)
}

/// What becomes of a job whose claim ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Gone,
    /// Another of its kind and key stands in its place: somebody asked for it meanwhile.
    Anew,
    /// Somebody else has it, and its effect must not happen here.
    Lost,
}

/// Ends a job.
pub(super) fn end(c: &mut Conn, id: JobId, lease: LeaseId) -> Result<Ended, DbError> {
    let held = jobs::table.filter(jobs::id.eq(id)).filter(jobs::lease.eq(lease));
    if diesel::delete(held.filter(jobs::asked_again.eq(false))).execute(c)? == 1 {
        return Ok(Ended::Gone);
    }
    // The change takes the row's lock on PostgreSQL.
    if diesel::update(held).set(jobs::asked_again.eq(false)).execute(c)? == 0 {
        return Ok(Ended::Lost);
    }
    let anew: NewJob = jobs::table.filter(jobs::id.eq(id)).select(NewJob::as_select()).first(c)?;
    diesel::delete(jobs::table.filter(jobs::id.eq(id))).execute(c)?;
    // Under another id: what is done outside is no repeat of what was done before.
    let anew = NewJob { id: JobId::new(), ..anew };
    diesel::insert_into(jobs::table).values(anew).execute(c)?;
    announce(c, TOPIC);
    Ok(Ended::Anew)
}

/// Lets go of a job that was not begun, or was interrupted by a stop.
pub(super) fn release(c: &mut Conn, id: JobId, lease: LeaseId) -> Result<(), DbError> {
    diesel::update(jobs::table.filter(jobs::id.eq(id)).filter(jobs::lease.eq(lease)))
        .set((jobs::lease.eq(None::<LeaseId>), jobs::leased_until.eq(None::<Stamp>)))
        .execute(c)?;
    announce(c, TOPIC);
    Ok(())
}

/// Puts a failed job back, or among the dead when its budget is spent.
pub(super) fn put_off(
    c: &mut Conn,
    now: Moment,
    job: &Claimed,
    lease: LeaseId,
    (pause, reason): (Option<Duration>, &str),
) -> Result<(), DbError> {
    let Some(at) = job.again(now, pause, random::fraction()) else {
        return bury(c, now, job, lease, &format!("its time is over; the last failure was: {reason}"));
    };
    diesel::update(jobs::table.filter(jobs::id.eq(job.id)).filter(jobs::lease.eq(lease)))
        .set((
            jobs::run_at.eq(Stamp::from(at)),
            jobs::lease.eq(None::<LeaseId>),
            jobs::leased_until.eq(None::<Stamp>),
            jobs::last_error.eq(reason),
        ))
        .execute(c)?;
    Ok(())
}

/// Moves a job among the dead, with the reason.
pub(super) fn bury(
    c: &mut Conn,
    now: Moment,
    job: &Claimed,
    lease: LeaseId,
    reason: &str,
) -> Result<(), DbError> {
    if end(c, job.id, lease)? != Ended::Gone {
        return Ok(());
    }
    let dead = job.dead(now, reason);
    diesel::insert_into(dead_jobs::table).values(&dead).execute(c)?;
    Ok(())
}

/// What waits for one is for another from now on, what died among it: in what jobs carry, the one id takes the place of
/// the other. A job that runs just now loses its claim, so that what it does for the one comes to nothing and is done
/// again for the other.
pub fn readdress(c: &mut Conn, from: Uuid, to: Uuid) -> Result<usize, DbError> {
    let (from, to) = (from.to_string(), to.to_string());
    let about = format!("%{from}%");
    let waiting = diesel::update(jobs::table.filter(jobs::payload.like(&about)))
        .set((
            jobs::payload.eq(replace(jobs::payload, &from, &to)),
            jobs::lease.eq(None::<LeaseId>),
            jobs::leased_until.eq(None::<Stamp>),
        ))
        .execute(c)?;
    let dead = diesel::update(dead_jobs::table.filter(dead_jobs::payload.like(&about)))
        .set(dead_jobs::payload.eq(replace(dead_jobs::payload, &from, &to)))
        .execute(c)?;
    announce(c, TOPIC);
    Ok(waiting + dead)
}

/// The dead, latest first.
pub fn dead(c: &mut Conn, limit: i64) -> Result<Vec<DeadJob>, DbError> {
    Ok(dead_jobs::table
        .order((dead_jobs::died_at.desc(), dead_jobs::id))
        .limit(limit)
        .select(DeadJob::as_select())
        .load(c)?)
}

/// How many jobs wait or run: (due by now, all).
pub fn waiting(c: &mut Conn, now: Moment) -> Result<(i64, i64), DbError> {
    let due = jobs::table.filter(jobs::run_at.le(Stamp::from(now))).count().get_result(c)?;
    let all = jobs::table.count().get_result(c)?;
    Ok((due, all))
}

/// When the next job comes due, of those that were not due at a moment. Each priority's first stands in the index by which jobs are
/// claimed, so that a long queue is not looked through.
pub(super) fn next_due(c: &mut Conn, looked: Moment) -> Result<Option<Moment>, DbError> {
    let first = |c: &mut Conn, priority: Priority| {
        jobs::table
            .filter(jobs::priority.eq(priority as i32))
            .filter(jobs::run_at.gt(Stamp::from(looked)))
            .order(jobs::run_at)
            .select(jobs::run_at)
            .first::<Stamp>(c)
            .optional()
    };
    let mut next: Option<Moment> = None;
    for priority in Priority::ALL {
        let at = first(c, priority)?.map(Stamp::moment);
        next = next.into_iter().chain(at).min();
    }
    Ok(next)
}
