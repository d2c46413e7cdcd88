//! Throwing away what was given up. What a job was to do never happens then, so two people agree to it: one asks with a
//! reason, another confirms. A job that is redriven meanwhile takes the wish with it.

use diesel::prelude::*;

use super::{JobId, revive};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{dead_jobs, job_discards},
    },
    each,
    platform::Moment,
};

/// A wish to throw a dead job away.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = job_discards)]
pub struct Discard {
    pub job_id: JobId,
    pub asked_by: String,
    pub reason: String,
    asked_at: Stamp,
}

impl Discard {
    pub fn asked_at(&self) -> Moment {
        self.asked_at.moment()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum DiscardError {
    #[error("there is no such dead job, or nobody asked to throw it away")]
    Gone,
    #[error("{0} asked for it: another person must confirm")]
    SamePerson(String),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for DiscardError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Asks to throw a dead job away. `false`: somebody asked before, and their wish stands.
pub fn ask_discard(
    c: &mut Conn,
    now: Moment,
    id: JobId,
    (by, reason): (&str, &str),
) -> Result<bool, DiscardError> {
    // Writing first takes the row's lock on PostgreSQL: the job stays until the wish is there.
    let this = dead_jobs::table.filter(dead_jobs::id.eq(id));
    if diesel::update(this).set(dead_jobs::attempts.eq(dead_jobs::attempts)).execute(c)? == 0 {
        return Err(DiscardError::Gone);
    }
    let row = (
        job_discards::job_id.eq(id),
        job_discards::asked_by.eq(by),
        job_discards::reason.eq(reason),
        job_discards::asked_at.eq(Stamp::from(now)),
    );
    let new = each!(c, |c| diesel::insert_into(job_discards::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(new == 1)
}

/// Throws a dead job away, by another person's word than whose wish it was. Another wish in the place of the one that they saw
/// they have not agreed to. Says what the wish was.
pub fn confirm_discard(c: &mut Conn, id: JobId, (by, seen): (&str, Moment)) -> Result<Discard, DiscardError> {
    let wish = asked(c, id)?.filter(|wish| wish.asked_at() == seen).ok_or(DiscardError::Gone)?;
    if wish.asked_by.eq_ignore_ascii_case(by) {
        return Err(DiscardError::SamePerson(wish.asked_by));
    }
    // Taken back at this moment, or asked for anew: nobody has confirmed that.
    let same = job_discards::table
        .filter(job_discards::job_id.eq(id))
        .filter(job_discards::asked_by.eq(&wish.asked_by))
        .filter(job_discards::asked_at.eq(wish.asked_at));
    if diesel::delete(same).execute(c)? == 0 || !revive::discard(c, id)? {
        return Err(DiscardError::Gone);
    }
    Ok(wish)
}

/// Takes a wish back: the job stays. `false`: there was none.
pub fn keep(c: &mut Conn, id: JobId) -> Result<bool, DbError> {
    Ok(diesel::delete(job_discards::table.filter(job_discards::job_id.eq(id))).execute(c)? == 1)
}

/// The wish to throw this job away.
pub fn asked(c: &mut Conn, id: JobId) -> Result<Option<Discard>, DbError> {
    let wish = job_discards::table.filter(job_discards::job_id.eq(id)).select(Discard::as_select());
    Ok(wish.first(c).optional()?)
}

/// Those of several jobs that somebody asked to throw away, with who did.
pub fn asked_among(c: &mut Conn, ids: &[JobId]) -> Result<Vec<(JobId, String)>, DbError> {
    Ok(job_discards::table
        .filter(job_discards::job_id.eq_any(ids))
        .select((job_discards::job_id, job_discards::asked_by))
        .load(c)?)
}

/// How many wishes wait for another person than this one.
pub fn waiting_for(c: &mut Conn, login: &str) -> Result<i64, DbError> {
    Ok(job_discards::table.filter(job_discards::asked_by.ne(login)).count().get_result(c)?)
}
