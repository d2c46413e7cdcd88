//! How often each service's guide is looked at.
//!
//! Guides are answered from memory, so looking is counted in memory too, one counter a service, and added to
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
    db::{Conn, Db, DbError, schema::service_views},
    jobs::{Job, Priority},
    upsert,
};

/// The days over which use is counted for "most used".
pub const WINDOW_DAYS: u32 = 30;

/// How long daily sums are kept: a year and a month, to compare with the year before.
const KEPT_DAYS: u64 = 396;

/// The counters of this process. Clones share them.
#[derive(Clone, Default)]
pub struct Counts {
    counters: Arc<Mutex<HashMap<String, Arc<AtomicU64>>>>,
}

impl Counts {
    /// The counter of a service.
    pub fn of(&self, code: &str) -> Arc<AtomicU64> {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        match counters.get(code) {
            Some(counter) => Arc::clone(counter),
            None => Arc::clone(counters.entry(code.to_owned()).or_default()),
        }
    }

    /// Adds what was counted to the day. What cannot be written now is counted on and written next time.
    pub async fn flush(&self, db: &Db, day: NaiveDate) -> Result<(), DbError> {
        let taken: Vec<(String, u64, Arc<AtomicU64>)> = {
            let counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
            counters
                .iter()
                .map(|(code, counter)| {
                    (code.clone(), counter.swap(0, Ordering::Relaxed), Arc::clone(counter))
                })
                .filter(|(_, views, _)| *views > 0)
                .collect()
        };
        if taken.is_empty() {
            return Ok(());
        }
        let rows: Vec<(String, i64)> = taken
            .iter()
            .map(|(code, views, _)| (code.clone(), i64::try_from(*views).unwrap_or(i64::MAX)))
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

fn add(c: &mut Conn, day: NaiveDate, rows: &[(String, i64)]) -> Result<(), DbError> {
    // Ascending, so that two nodes never wait for each other's rows in a circle.
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort();
    for (code, views) in rows {
        let row = (service_views::code.eq(code), service_views::day.eq(day), service_views::views.eq(views));
        upsert!(
            c, service_views::table => row,
            on (service_views::code, service_views::day),
            set service_views::views.eq(service_views::views + views)
        )?;
    }
    Ok(())
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
    Ok(diesel::delete(service_views::table.filter(service_views::day.lt(before))).execute(c)?)
}
