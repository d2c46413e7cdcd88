//! Before a promise is broken: what is due at the desks within a few days is a list of its own, and each morning agencies that
//! left an address are told how much it is.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::{dsl::count_star, prelude::*};
use serde::{Deserialize, Serialize};

use super::queries::WAITING;
use crate::{
    agencies::warnings::{self, News, TellAgency},
    db::{
        Conn, DbError,
        schema::{cases, desk_work},
    },
    jobs::{Job, Priority},
    platform::{Moment, clock::city_day},
};

/// What is due within so many days is due soon.
const AHEAD: u64 = 3;

/// The last day that is soon.
pub(super) fn until(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(AHEAD)).unwrap_or(today)
}

/// Tells agencies what is due soon.
#[derive(Debug, Serialize, Deserialize)]
pub struct WarnSoon;

impl Job for WarnSoon {
    const KIND: &'static str = "cases.warn-soon";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Nothing lies longer than this.
const LONGEST: u64 = 3_650;

/// How many wait at each agency's desk whose last day lies between two days.
fn waiting(c: &mut Conn, from: NaiveDate, to: NaiveDate) -> Result<HashMap<String, i64>, DbError> {
    let of_case = desk_work::citizen_id.eq(cases::citizen_id).and(desk_work::id.eq(cases::id));
    let rows: Vec<(String, i64)> = cases::table
        .inner_join(desk_work::table.on(of_case))
        .filter(cases::handover.eq("desk"))
        .filter(cases::state.eq_any(WAITING))
        .filter(desk_work::clock_on.ge(Some(from)))
        .filter(desk_work::clock_on.le(Some(to)))
        .group_by(cases::agency)
        .select((cases::agency, count_star()))
        .load(c)?;
    Ok(rows.into_iter().collect())
}

/// Runs [`WarnSoon`]. An agency with nothing that is due soon is told nothing: that something is late it was told before.
pub fn warn(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    let today = city_day(now);
    let by = until(today);
    let first = today.checked_sub_days(Days::new(LONGEST)).unwrap_or(today);
    let late = waiting(c, first, today.pred_opt().unwrap_or(today))?;
    let soon = waiting(c, today, by)?;
    let news = soon.into_iter().map(|(agency, cases)| {
        let late = late.get(&agency).copied().unwrap_or_default();
        TellAgency { agency, news: News::DueSoon { cases, late, by } }
    });
    warnings::tell_all(c, now, news.collect())
}
