//! How often each service's guide is looked at, and each notice and each explanation of a policy.
//!
//! These are answered from memory, so looking is counted in memory too, one counter a page, and added to
//! the day's row in the database every few seconds and at the stop. Only sums are kept, of nobody.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    db::{
        Conn, Db, DbError,
        schema::{service_views, writing_views},
    },
    jobs::{Job, Priority},
    upsert,
};

/// The days over which use is counted for "most used".
pub const WINDOW_DAYS: u32 = 30;

/// How long daily sums are kept: a year and a month, to compare with the year before.
const KEPT_DAYS: u64 = 396;

/// What agencies write, and people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Writing {
    Bulletin,
    Policy,
}

impl Writing {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin",
            Self::Policy => "policy",
        }
    }
}

/// What is counted: a piece of writing by its id, or a guide by its service's code.
type Counted = (Option<Writing>, String);

/// The counters of this process. Clones share them.
#[derive(Clone, Default)]
pub struct Counts {
    counters: Arc<Mutex<HashMap<Counted, Arc<AtomicU64>>>>,
}

impl Counts {
    /// The counter of a service.
    pub fn of(&self, code: &str) -> Arc<AtomicU64> {
        self.counter((None, code.to_owned()))
    }

    /// The counter of something that an agency wrote.
    pub fn of_writing(&self, kind: Writing, id: &str) -> Arc<AtomicU64> {
        self.counter((Some(kind), id.to_owned()))
    }

    fn counter(&self, counted: Counted) -> Arc<AtomicU64> {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(counters.entry(counted).or_default())
    }

    /// Adds what was counted to the day. What cannot be written now is counted on and written next time.
    pub async fn flush(&self, db: &Db, day: NaiveDate) -> Result<(), DbError> {
        let taken: Vec<(Counted, u64, Arc<AtomicU64>)> = {
            let counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
            counters
                .iter()
                .map(|(counted, counter)| {
                    (counted.clone(), counter.swap(0, Ordering::Relaxed), Arc::clone(counter))
                })
                .filter(|(_, views, _)| *views > 0)
                .collect()
        };
        if taken.is_empty() {
            return Ok(());
        }
        let rows: Vec<(Counted, i64)> = taken
            .iter()
            .map(|(counted, views, _)| (counted.clone(), i64::try_from(*views).unwrap_or(i64::MAX)))
            .collect();
        let written = db.tx(move |c| add(c, day, &rows)).await;
        if written.is_err() {
            for (_, views, counter) in taken {
                counter.fetch_add(views, Ordering::Relaxed);
            }
        }
        written
    }
}

fn add(c: &mut Conn, day: NaiveDate, rows: &[(Counted, i64)]) -> Result<(), DbError> {
    // Ascending, so that two nodes never wait for each other's rows in a circle.
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort();
    for ((kind, name), views) in rows {
        match kind {
            None => add_to_service(c, day, name, *views)?,
            Some(kind) => add_to_writing(c, day, (*kind, name), *views)?,
        }
    }
    Ok(())
}

fn add_to_service(c: &mut Conn, day: NaiveDate, code: &str, views: i64) -> Result<(), DbError> {
    let row = (service_views::code.eq(code), service_views::day.eq(day), service_views::views.eq(views));
    upsert!(
        c, service_views::table => row,
        on (service_views::code, service_views::day),
        set service_views::views.eq(service_views::views + views)
    )?;
    Ok(())
}

fn add_to_writing(
    c: &mut Conn,
    day: NaiveDate,
    (kind, id): (Writing, &str),
    views: i64,
) -> Result<(), DbError> {
    let row = (
        writing_views::kind.eq(kind.tag()),
        writing_views::id.eq(id),
        writing_views::day.eq(day),
        writing_views::views.eq(views),
    );
    upsert!(
        c, writing_views::table => row,
        on (writing_views::kind, writing_views::id, writing_views::day),
        set writing_views::views.eq(writing_views::views + views)
    )?;
    Ok(())
}

/// How often something was opened: over the window that ends today, and over all that is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Opened {
    pub lately: i64,
    pub ever: i64,
}

/// How often pieces of one kind were opened. Those that never were are not among them.
pub fn opened(
    c: &mut Conn,
    today: NaiveDate,
    kind: Writing,
    ids: &[String],
) -> Result<HashMap<String, Opened>, DbError> {
    let from = today.checked_sub_days(Days::new(WINDOW_DAYS.into())).unwrap_or(today);
    let sum = || diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(SUM(views) AS BIGINT)");
    let of = || {
        writing_views::table
            .filter(writing_views::kind.eq(kind.tag()))
            .filter(writing_views::id.eq_any(ids))
            .group_by(writing_views::id)
            .select((writing_views::id, sum()))
    };
    let ever: Vec<(String, i64)> = of().load(c)?;
    let lately: Vec<(String, i64)> = of().filter(writing_views::day.gt(from)).load(c)?;
    let mut all: HashMap<String, Opened> =
        ever.into_iter().map(|(id, ever)| (id, Opened { lately: 0, ever })).collect();
    for (id, lately) in lately {
        all.entry(id).or_default().lately = lately;
    }
    Ok(all)
}

/// Services by use over the window that ends today, most used first, ties by code.
pub fn most_used(c: &mut Conn, today: NaiveDate, limit: i64) -> Result<Vec<(String, i64)>, DbError> {
    let from = today.checked_sub_days(Days::new(WINDOW_DAYS.into())).unwrap_or(today);
    let sum = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(SUM(views) AS BIGINT)");
    let rows: Vec<(String, i64)> = service_views::table
        .filter(service_views::day.gt(from))
        .group_by(service_views::code)
        .select((service_views::code, sum.clone()))
        .order((sum.desc(), service_views::code.asc()))
        .limit(limit)
        .load(c)?;
    Ok(rows)
}

/// How often each service was looked at from one day to before another.
pub fn between(c: &mut Conn, from: NaiveDate, to: NaiveDate) -> Result<Vec<(String, i64)>, DbError> {
    let sum = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(SUM(views) AS BIGINT)");
    Ok(service_views::table
        .filter(service_views::day.ge(from))
        .filter(service_views::day.lt(to))
        .group_by(service_views::code)
        .select((service_views::code, sum))
        .load(c)?)
}

/// How often the guides of some services were looked at on each day since one. Days without any are not among them.
pub fn by_day(c: &mut Conn, from: NaiveDate, codes: &[String]) -> Result<Vec<(NaiveDate, i64)>, DbError> {
    let sum = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(SUM(views) AS BIGINT)");
    Ok(service_views::table
        .filter(service_views::day.ge(from))
        .filter(service_views::code.eq_any(codes))
        .group_by(service_views::day)
        .select((service_views::day, sum))
        .load(c)?)
}

/// Housekeeping: removes days that no page counts any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forget;

impl Job for Forget {
    const KIND: &'static str = "views.forget";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Removes views from more than a year ago.
pub fn forget_old(c: &mut Conn, today: NaiveDate) -> Result<usize, DbError> {
    let before = today.checked_sub_days(Days::new(KEPT_DAYS)).unwrap_or(today);
    let writing = diesel::delete(writing_views::table.filter(writing_views::day.lt(before))).execute(c)?;
    Ok(writing + diesel::delete(service_views::table.filter(service_views::day.lt(before))).execute(c)?)
}
