//! How well agencies' backends could be reached, day by day: the log of calls is kept for a month, a day's sums for good.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::{model::Times, stage::start_of};
use crate::{
    db::{Conn, DbError, Json, schema::score_calls},
    gateway::log::{self, Class, KEPT_DAYS},
    insert_new,
};

/// A day of a service's calls.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = score_calls)]
pub(super) struct Calls {
    pub service: String,
    pub day: NaiveDate,
    pub reachable: i64,
    pub reachable_of: i64,
    pub latency: Json<Times>,
}

/// Writes down every day that is over and was not written down, as far as the log goes back. A day without calls is
/// looked at again, and costs nothing.
pub(super) fn count(c: &mut Conn, today: NaiveDate) -> Result<(), DbError> {
    let kept = Days::new(KEPT_DAYS.unsigned_abs().saturating_sub(1));
    let oldest = today.checked_sub_days(kept).unwrap_or(today);
    let last: Option<NaiveDate> = score_calls::table.select(diesel::dsl::max(score_calls::day)).first(c)?;
    let first = last.and_then(|last| last.succ_opt()).map_or(oldest, |next| next.max(oldest));
    // One statement a day: on most nights it is one.
    for day in first.iter_days().take_while(|day| *day < today) {
        let days = of_day(c, day)?;
        insert_new!(c, score_calls::table => &days)?;
    }
    Ok(())
}

fn of_day(c: &mut Conn, day: NaiveDate) -> Result<Vec<Calls>, DbError> {
    let next = day.succ_opt().unwrap_or(day);
    let mut days: BTreeMap<String, Calls> = BTreeMap::new();
    for line in log::by_service(c, start_of(day), start_of(next))? {
        let Some(class) = line.class().filter(|class| class.is_answer() || class.is_away()) else { continue };
        let one = days.entry(line.service.clone()).or_insert_with(|| Calls {
            service: line.service.clone(),
            day,
            reachable: 0,
            reachable_of: 0,
            latency: Json(Times::new()),
        });
        one.reachable_of += line.calls;
        if class.is_answer() {
            one.reachable += line.calls;
        }
        // What came from a file waited for nobody.
        if matches!(class, Class::Answered | Class::Refused) {
            let took = u32::try_from(line.took).unwrap_or_default();
            *one.latency.0.entry(took).or_default() += u64::try_from(line.calls).unwrap_or_default();
        }
    }
    Ok(days.into_values().collect())
}

/// The days of a month.
pub(super) fn between(c: &mut Conn, from: NaiveDate, to: NaiveDate) -> Result<Vec<Calls>, DbError> {
    Ok(score_calls::table
        .filter(score_calls::day.ge(from))
        .filter(score_calls::day.lt(to))
        .select(Calls::as_select())
        .load(c)?)
}
