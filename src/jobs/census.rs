//! The queue as a person looks at it: how much there is of each kind, and what was given up. What a job carries is never
//! read here: it may be somebody's own.

use std::collections::BTreeMap;

use diesel::{
    dsl::{count_star, min},
    prelude::*,
    sql_types::Bool,
};

use super::JobId;
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{dead_jobs, jobs},
    },
    platform::Moment,
};

/// How the jobs of one kind stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kind {
    pub kind: String,
    /// Due, and nobody has begun them.
    pub waiting: i64,
    /// Since when the one is due that waits longest.
    pub oldest: Option<Moment>,
    /// Not due yet, or put off after a failure.
    pub later: i64,
    pub running: i64,
    /// Given up.
    pub dead: i64,
}

/// A job that was given up, without what it carries.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = dead_jobs)]
pub struct Dead {
    pub id: JobId,
    pub kind: String,
    pub attempts: i32,
    pub reason: String,
    created_at: Stamp,
    died_at: Stamp,
}

impl Dead {
    pub fn made_at(&self) -> Moment {
        self.created_at.moment()
    }

    pub fn died_at(&self) -> Moment {
        self.died_at.moment()
    }
}

/// Every kind of which there is a job. What is counted agrees if it is read from a snapshot.
pub fn census(c: &mut Conn, now: Moment) -> Result<Vec<Kind>, DbError> {
    let at = Stamp::from(now);
    let waiting: Vec<(String, i64, Option<Stamp>)> = jobs::table
        .filter(jobs::run_at.le(at))
        .filter(jobs::leased_until.is_null().or(jobs::leased_until.lt(at)))
        .group_by(jobs::kind)
        .select((jobs::kind, count_star(), min(jobs::run_at)))
        .load(c)?;
    let later: Vec<(String, i64)> = jobs::table
        .filter(jobs::run_at.gt(at))
        .filter(jobs::leased_until.is_null().or(jobs::leased_until.lt(at)))
        .group_by(jobs::kind)
        .select((jobs::kind, count_star()))
        .load(c)?;
    let running: Vec<(String, i64)> = jobs::table
        .filter(jobs::leased_until.ge(at))
        .group_by(jobs::kind)
        .select((jobs::kind, count_star()))
        .load(c)?;
    let dead: Vec<(String, i64)> =
        dead_jobs::table.group_by(dead_jobs::kind).select((dead_jobs::kind, count_star())).load(c)?;
    let mut kinds = BTreeMap::new();
    for (kind, count, oldest) in waiting {
        let known = of(&mut kinds, kind);
        (known.waiting, known.oldest) = (count, oldest.map(Stamp::moment));
    }
    for (kind, count) in later {
        of(&mut kinds, kind).later = count;
    }
    for (kind, count) in running {
        of(&mut kinds, kind).running = count;
    }
    for (kind, count) in dead {
        of(&mut kinds, kind).dead = count;
    }
    Ok(kinds.into_values().collect())
}

fn of(kinds: &mut BTreeMap<String, Kind>, kind: String) -> &mut Kind {
    kinds.entry(kind.clone()).or_insert_with(|| Kind { kind, ..Kind::default() })
}

/// How many were given up.
pub fn dead_count(c: &mut Conn) -> Result<i64, DbError> {
    Ok(dead_jobs::table.count().get_result(c)?)
}

/// Those that were given up, of one kind or of all, the latest first: a stretch of them, and how many there are.
pub fn dead_of(
    c: &mut Conn,
    kind: Option<&str>,
    (skip, most): (i64, i64),
) -> Result<(Vec<Dead>, i64), DbError> {
    let (all, kind) = (kind.is_none(), kind.unwrap_or_default());
    let count =
        dead_jobs::table.filter(all.into_sql::<Bool>().or(dead_jobs::kind.eq(kind))).count().get_result(c)?;
    let found = dead_jobs::table
        .filter(all.into_sql::<Bool>().or(dead_jobs::kind.eq(kind)))
        .order((dead_jobs::died_at.desc(), dead_jobs::id.desc()))
        .offset(skip)
        .limit(most)
        .select(Dead::as_select())
        .load(c)?;
    Ok((found, count))
}

/// One of them.
pub fn dead_one(c: &mut Conn, id: JobId) -> Result<Option<Dead>, DbError> {
    let one = dead_jobs::table.filter(dead_jobs::id.eq(id)).select(Dead::as_select());
    Ok(one.first(c).optional()?)
}
