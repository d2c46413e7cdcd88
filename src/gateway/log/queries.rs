//! Reading the log, and forgetting it. The agency is a parameter of every question.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use diesel::{
    IntoSql as _, QueryableByName,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Binary, Bool, Integer, Text, Timestamp},
};
use uuid::Uuid;

use super::{CallId, Class, KEPT_DAYS};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{agency_calls, package_versions, suspensions},
    },
    each,
    platform::Moment,
};

/// Old lines removed in one transaction.
const FORGOTTEN_AT_ONCE: i64 = 5_000;

/// Which lines somebody wants to see.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub agency: String,
    /// Empty: all of them.
    pub capability: String,
    pub outcome: Option<Class>,
    pub from: Moment,
    pub to: Moment,
    /// Only older ones than this.
    pub before: Option<CallId>,
    pub most: i64,
}

/// A line of the log.
#[derive(Debug, Clone, Queryable)]
pub struct CallLine {
    pub id: CallId,
    pub at: Stamp,
    pub capability: String,
    pub service: Option<String>,
    pub outcome: String,
    pub millis: i32,
    pub attempts: i32,
    /// Of the package; `None` if it is kept no more.
    pub version: Option<i32>,
}

/// Lines of an agency, the latest first.
pub fn lines(c: &mut Conn, wanted: &Wanted) -> Result<Vec<CallLine>, DbError> {
    let every_capability = wanted.capability.is_empty().into_sql::<Bool>();
    let every_outcome = wanted.outcome.is_none().into_sql::<Bool>();
    let outcome = wanted.outcome.map_or("", Class::tag);
    let before = wanted.before.unwrap_or_else(|| CallId::from(Uuid::max()));
    Ok(agency_calls::table
        .left_join(package_versions::table.on(package_versions::id.eq(agency_calls::version)))
        .filter(agency_calls::agency.eq(&wanted.agency))
        .filter(agency_calls::capability.eq(&wanted.capability).or(every_capability))
        .filter(agency_calls::outcome.eq(outcome).or(every_outcome))
        .filter(agency_calls::at.ge(Stamp::from(wanted.from)))
        .filter(agency_calls::at.lt(Stamp::from(wanted.to)))
        .filter(agency_calls::id.lt(before))
        .order(agency_calls::id.desc())
        .limit(wanted.most)
        .select((
            agency_calls::id,
            agency_calls::at,
            agency_calls::capability,
            agency_calls::service,
            agency_calls::outcome,
            agency_calls::millis,
            agency_calls::attempts,
            package_versions::version.nullable(),
        ))
        .load(c)?)
}

/// How often something came of a kind of question, and when last.
#[derive(Debug, Clone, Queryable)]
pub struct Tally {
    pub capability: String,
    outcome: String,
    pub calls: i64,
    last: Option<Stamp>,
}

impl Tally {
    /// `None`: a word of another version of the portal.
    pub fn class(&self) -> Option<Class> {
        Class::named(&self.outcome)
    }

    pub fn last(&self) -> Option<Moment> {
        self.last.map(Stamp::moment)
    }
}

/// What came of an agency's calls since a moment.
pub fn tallies(c: &mut Conn, agency: &str, since: Moment) -> Result<Vec<Tally>, DbError> {
    Ok(agency_calls::table
        .filter(agency_calls::agency.eq(agency))
        .filter(agency_calls::at.ge(Stamp::from(since)))
        .group_by((agency_calls::capability, agency_calls::outcome))
        .order((agency_calls::capability, agency_calls::outcome))
        .select((
            agency_calls::capability,
            agency_calls::outcome,
            diesel::dsl::count_star(),
            diesel::dsl::max(agency_calls::at),
        ))
        .load(c)?)
}

/// How long calls took, in milliseconds: the middle one, and the one that 95 of 100 are not slower than.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Speed {
    pub p50: i32,
    pub p95: i32,
}

#[derive(QueryableByName)]
struct Ranked {
    #[diesel(sql_type = Text)]
    capability: String,
    #[diesel(sql_type = Integer)]
    millis: i32,
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = BigInt)]
    calls: i64,
}

/// How fast an agency was since a moment, by capability. Only what left the portal counts.
pub fn speeds(c: &mut Conn, agency: &str, since: Moment) -> Result<BTreeMap<String, Speed>, DbError> {
    // Both engines number rows within groups, and neither's own functions for percentiles are the other's.
    let ranked: Vec<Ranked> = each!(c, |c| sql_query(
        "SELECT capability, millis, place, calls FROM (
             SELECT capability, millis,
                    row_number() OVER (PARTITION BY capability ORDER BY millis) AS place,
                    count(*) OVER (PARTITION BY capability) AS calls
             FROM agency_calls WHERE agency = $1 AND at >= $2 AND attempts > 0
         ) AS ranked
         WHERE place = (calls * 50 + 99) / 100 OR place = (calls * 95 + 99) / 100"
    )
    .bind::<Text, _>(agency)
    .bind::<Timestamp, _>(Stamp::from(since))
    .load(c))?;
    let mut speeds: BTreeMap<String, Speed> = BTreeMap::new();
    for row in ranked {
        let speed = speeds.entry(row.capability).or_default();
        if row.place == (row.calls * 50 + 99) / 100 {
            speed.p50 = row.millis;
        }
        if row.place == (row.calls * 95 + 99) / 100 {
            speed.p95 = row.millis;
        }
    }
    Ok(speeds)
}

/// What came of calls for a service that took about as long.
#[derive(Debug, Clone, QueryableByName)]
pub struct OfService {
    #[diesel(sql_type = Text)]
    pub service: String,
    #[diesel(sql_type = Text)]
    outcome: String,
    /// In milliseconds, rounded up to fifty.
    #[diesel(sql_type = Integer)]
    pub took: i32,
    #[diesel(sql_type = BigInt)]
    pub calls: i64,
}

impl OfService {
    /// `None`: a word of another version of the portal.
    pub fn class(&self) -> Option<Class> {
        Class::named(&self.outcome)
    }
}

/// What came of all calls for services within a time.
pub fn by_service(c: &mut Conn, from: Moment, to: Moment) -> Result<Vec<OfService>, DbError> {
    Ok(each!(c, |c| sql_query(
        "SELECT service, outcome, (millis + 49) / 50 * 50 AS took, count(*) AS calls FROM agency_calls
         WHERE id >= $1 AND at >= $2 AND at < $3 AND service IS NOT NULL
         GROUP BY service, outcome, (millis + 49) / 50 * 50"
    )
    .bind::<Binary, _>(CallId::first_at(from))
    .bind::<Timestamp, _>(Stamp::from(from))
    .bind::<Timestamp, _>(Stamp::from(to))
    .load(c))?)
}

/// How something did lately: calls that left, and how many of them failed by the agency's fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::gateway) struct Failing {
    pub(in crate::gateway) agency: String,
    pub(in crate::gateway) capability: String,
    pub(in crate::gateway) calls: i64,
    pub(in crate::gateway) faults: i64,
    /// When the first of these failures was.
    pub(in crate::gateway) first: Moment,
}

/// What failed at all since a moment. What is suspended is left out, and what happened before it was last lifted.
pub(in crate::gateway) fn failing(c: &mut Conn, since: Moment) -> Result<Vec<Failing>, DbError> {
    let same = suspensions::agency
        .eq(agency_calls::agency)
        .and(suspensions::capability.eq(agency_calls::capability));
    let counts = suspensions::agency
        .nullable()
        .is_null()
        .or(agency_calls::at.nullable().gt(suspensions::resumed_at.nullable()).assume_not_null());
    let rows: Vec<(String, String, String, i64, Option<Stamp>)> = agency_calls::table
        .left_join(suspensions::table.on(same))
        .filter(agency_calls::id.ge(CallId::first_at(since)))
        .filter(agency_calls::at.ge(Stamp::from(since)))
        .filter(agency_calls::attempts.gt(0))
        .filter(counts)
        .group_by((agency_calls::agency, agency_calls::capability, agency_calls::outcome))
        .select((
            agency_calls::agency,
            agency_calls::capability,
            agency_calls::outcome,
            diesel::dsl::count_star(),
            diesel::dsl::min(agency_calls::at),
        ))
        .load(c)?;
    let mut sums: BTreeMap<(String, String), (i64, i64, Option<Stamp>)> = BTreeMap::new();
    for (agency, capability, outcome, calls, first) in rows {
        let sum = sums.entry((agency, capability)).or_default();
        sum.0 += calls;
        if Class::named(&outcome).is_some_and(Class::is_fault) {
            sum.1 += calls;
            sum.2 = sum.2.into_iter().chain(first).min();
        }
    }
    let failing = sums.into_iter().filter_map(|((agency, capability), (calls, faults, first))| {
        Some(Failing { agency, capability, calls, faults, first: first?.moment() })
    });
    Ok(failing.collect())
}

/// Removes a set of lines older than they are kept. `true`: there may be more.
pub fn forget_old(c: &mut Conn, now: Moment) -> Result<bool, DbError> {
    // Ids are in the order of time, so the oldest are found without an index of their own.
    let oldest: Vec<(CallId, Stamp)> = agency_calls::table
        .order(agency_calls::id)
        .limit(FORGOTTEN_AT_ONCE)
        .select((agency_calls::id, agency_calls::at))
        .load(c)?;
    let end = Stamp::from(now - TimeDelta::days(KEPT_DAYS));
    let old: Vec<CallId> = oldest.iter().filter(|(_, at)| *at < end).map(|(id, _)| *id).collect();
    let more = old.len() == usize::try_from(FORGOTTEN_AT_ONCE).unwrap_or(usize::MAX);
    if let Some(last) = old.last() {
        let old = agency_calls::table.filter(agency_calls::id.le(*last)).filter(agency_calls::at.lt(end));
        diesel::delete(old).execute(c)?;
    }
    Ok(more)
}
