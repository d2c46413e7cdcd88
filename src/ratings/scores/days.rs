//! Days of agencies: what ended on each, and what ratings were given. What is unusual is looked for in these
//! ([`super::alarms`]), so that no page reads ratings.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use diesel::{
    QueryableByName,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Date, Integer, Text, Timestamp},
};

use super::stage::start_of;
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{rating_matters as m, score_days as s},
    },
    each,
};

/// Days that are kept in view: enough to know what is usual before what is looked at.
pub(super) const KEPT: u64 = 180;
/// A matter may be written down a little after it ended. So many of the last days are counted anew each night.
const AGAIN: u64 = 3;
/// Rows in one statement.
const AT_ONCE: usize = 1_000;

/// What was counted of a day of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = s)]
pub(super) struct Sums {
    pub agency: String,
    pub day: NaiveDate,
    pub finished: i64,
    pub very_dissatisfied: i64,
    pub dissatisfied: i64,
    pub basically_satisfied: i64,
    pub satisfied: i64,
    pub very_satisfied: i64,
}

impl Sums {
    fn empty(agency: &str, day: NaiveDate) -> Self {
        Self {
            agency: agency.to_owned(),
            day,
            finished: 0,
            very_dissatisfied: 0,
            dissatisfied: 0,
            basically_satisfied: 0,
            satisfied: 0,
            very_satisfied: 0,
        }
    }

    /// The count of a level, from 1, the worst, to 5.
    fn level(&mut self, degree: i32) -> Option<&mut i64> {
        match degree {
            1 => Some(&mut self.very_dissatisfied),
            2 => Some(&mut self.dissatisfied),
            3 => Some(&mut self.basically_satisfied),
            4 => Some(&mut self.satisfied),
            5 => Some(&mut self.very_satisfied),
            _ => None,
        }
    }
}

/// How many gave a level on a day of the city.
#[derive(Debug, QueryableByName)]
struct Given {
    #[diesel(sql_type = Text)]
    agency: String,
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Integer)]
    level: i32,
    #[diesel(sql_type = BigInt)]
    times: i64,
}

/// Counts the last days anew, and those before that were never counted. Each is read by its index, and no other is.
pub(super) fn count(c: &mut Conn, today: NaiveDate) -> Result<(), DbError> {
    let oldest = today.checked_sub_days(Days::new(KEPT)).unwrap_or(today);
    let last: Option<NaiveDate> = s::table.select(diesel::dsl::max(s::day)).first(c)?;
    let again = last.and_then(|last| last.checked_sub_days(Days::new(AGAIN)));
    let first = again.map_or(oldest, |again| again.max(oldest));
    let days = counted(c, (first, today))?;
    diesel::delete(s::table.filter(s::day.ge(first))).execute(c)?;
    for some in days.chunks(AT_ONCE) {
        each!(c, |c| diesel::insert_into(s::table).values(some).execute(c))?;
    }
    Ok(())
}

fn counted(c: &mut Conn, (first, last): (NaiveDate, NaiveDate)) -> Result<Vec<Sums>, DbError> {
    let mut days: BTreeMap<(String, NaiveDate), Sums> = BTreeMap::new();
    let finished: Vec<(String, NaiveDate, i64)> = m::table
        .filter(m::ended_on.between(first, last))
        .group_by((m::agency, m::ended_on))
        .select((m::agency, m::ended_on, diesel::dsl::count_star()))
        .load(c)?;
    for (agency, day, times) in finished {
        let one = Sums::empty(&agency, day);
        days.entry((agency, day)).or_insert(one).finished += times;
    }
    for Given { agency, day, level, times } in given(c, (first, last))? {
        let one = Sums::empty(&agency, day);
        if let Some(count) = days.entry((agency, day)).or_insert(one).level(level) {
            *count += times;
        }
    }
    Ok(days.into_values().collect())
}

/// Ratings by the day of the city on which they were given, whether they count or not.
fn given(c: &mut Conn, (first, last): (NaiveDate, NaiveDate)) -> Result<Vec<Given>, DbError> {
    let day = match c {
        Conn::Pg(_) => "CAST(given_at + interval '8 hours' AS DATE)",
        Conn::Sqlite(_) => "date(given_at, '+8 hours')",
    };
    let statement = format!(
        "SELECT agency, day, level, count(*) AS times
         FROM (SELECT agency, {day} AS day, level FROM ratings WHERE given_at >= $1 AND given_at < $2) AS one
         GROUP BY agency, day, level"
    );
    let over = last.succ_opt().unwrap_or(last);
    Ok(each!(c, |c| sql_query(statement)
        .bind::<Timestamp, _>(Stamp::from(start_of(first)))
        .bind::<Timestamp, _>(Stamp::from(start_of(over)))
        .load(c))?)
}

/// What was counted from a day on.
pub(super) fn since(c: &mut Conn, first: NaiveDate) -> Result<Vec<Sums>, DbError> {
    Ok(s::table.filter(s::day.ge(first)).select(Sums::as_select()).load(c)?)
}
