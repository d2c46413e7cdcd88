//! What the report on a month is made of, beside the rows of its services: what became of bad ratings and of objections, and
//! how the months before were. Everything is counted for the agencies that whoever reads it is above.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::{
    QueryableByName,
    dsl::{count_star, sql},
    prelude::*,
    sql_query,
    sql_types::{BigInt, Date, Text, Timestamp},
};
use yimen_scores::{Part, Tally};

use super::{
    model::{self, plus},
    stage::Month,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{rating_appeals as a, rating_follow_ups as f, score_rows as r},
    },
    each,
    ratings::{RatingError, RatingId, appeal::Ruling, follow::life::State},
};

/// So many of those that wait are named.
const NAMED: i64 = 100;

/// What became of an agency's bad ratings of a month.
#[derive(Debug, Clone, Default, PartialEq, Eq, QueryableByName)]
pub struct Followed {
    #[diesel(sql_type = Text)]
    pub agency: String,
    /// Without those that came to nothing: set aside, or of people who are gone.
    #[diesel(sql_type = BigInt)]
    pub bad: i64,
    #[diesel(sql_type = BigInt)]
    pub contacted: i64,
    #[diesel(sql_type = BigInt)]
    pub contacted_in_time: i64,
    /// Nobody spoke with them, and it is too late to do so in time.
    #[diesel(sql_type = BigInt)]
    pub late: i64,
    #[diesel(sql_type = BigInt)]
    pub answered: i64,
    #[diesel(sql_type = BigInt)]
    pub answered_in_time: i64,
}

impl Followed {
    /// Everybody was spoken with.
    pub const fn is_whole(&self) -> bool {
        self.contacted == self.bad
    }

    pub fn add(&mut self, other: &Self) {
        self.bad += other.bad;
        self.contacted += other.contacted;
        self.contacted_in_time += other.contacted_in_time;
        self.late += other.late;
        self.answered += other.answered;
        self.answered_in_time += other.answered_in_time;
    }
}

/// How an engine says the moment at which a last day is over in the city, eight hours before it is in the time that is
/// kept.
fn over(c: &Conn, day: &str) -> String {
    match c {
        Conn::Pg(_) => format!("({day} + interval '16 hours')"),
        Conn::Sqlite(_) => format!("datetime({day}, '+16 hours')"),
    }
}

/// What became of the bad ratings of a month, agency by agency.
pub fn followed(
    c: &mut Conn,
    agencies: &[String],
    month: Month,
    today: NaiveDate,
) -> Result<Vec<Followed>, RatingError> {
    let (contact, fix) = (over(c, "contact_by"), over(c, "fix_by"));
    let (opened, dropped) = (State::Opened.tag(), State::Dropped.tag());
    let times = |when: &str| format!("CAST(SUM(CASE WHEN {when} THEN 1 ELSE 0 END) AS BIGINT)");
    let statement = format!(
        "SELECT agency, count(*) AS bad, {} AS contacted, {} AS contacted_in_time, {} AS late, {} AS answered,
                {} AS answered_in_time
         FROM rating_follow_ups WHERE opened_at >= $2 AND opened_at < $3 AND state <> '{dropped}'
         GROUP BY agency ORDER BY agency",
        times("contacted_at IS NOT NULL"),
        times(&format!("contacted_at < {contact}")),
        times(&format!("state = '{opened}' AND contacted_at IS NULL AND contact_by < $1")),
        times("answered_at IS NOT NULL"),
        times(&format!("answered_at < {fix}")),
    );
    let (from, to) = month.span();
    let all: Vec<Followed> = each!(c, |c| sql_query(statement)
        .bind::<Date, _>(today)
        .bind::<Timestamp, _>(Stamp::from(from))
        .bind::<Timestamp, _>(Stamp::from(to))
        .load(c))?;
    Ok(all.into_iter().filter(|one| agencies.contains(&one.agency)).collect())
}

/// A bad rating with whose person nobody spoke yet.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = f)]
pub struct Waiting {
    pub id: RatingId,
    pub agency: String,
    pub service: String,
    pub contact_by: NaiveDate,
}

/// Those of a month, the most urgent first.
pub fn waiting(c: &mut Conn, agencies: &[String], month: Month) -> Result<Vec<Waiting>, RatingError> {
    let (from, to) = month.span();
    Ok(f::table
        .filter(f::opened_at.ge(Stamp::from(from)))
        .filter(f::opened_at.lt(Stamp::from(to)))
        .filter(f::state.eq(State::Opened.tag()))
        .filter(f::agency.eq_any(agencies))
        .order((f::contact_by, f::id))
        .limit(NAMED)
        .select(Waiting::as_select())
        .load(c)?)
}

/// What an agency objected to in a month, and how that was decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Objections {
    pub made: i64,
    pub upheld: i64,
    pub rejected: i64,
}

/// The same of all agencies.
pub fn objections(
    c: &mut Conn,
    agencies: &[String],
    month: Month,
) -> Result<BTreeMap<String, Objections>, RatingError> {
    let (from, to) = month.span();
    let lines: Vec<(String, Option<String>, i64)> = a::table
        .filter(a::asked_at.ge(Stamp::from(from)))
        .filter(a::asked_at.lt(Stamp::from(to)))
        .filter(a::agency.eq_any(agencies))
        .group_by((a::agency, a::outcome))
        .select((a::agency, a::outcome, count_star()))
        .load(c)?;
    let mut all: BTreeMap<String, Objections> = BTreeMap::new();
    for (agency, outcome, times) in lines {
        let one = all.entry(agency).or_default();
        one.made += times;
        match outcome.as_deref().and_then(Ruling::named) {
            Some(Ruling::Upheld) => one.upheld += times,
            Some(Ruling::Rejected) => one.rejected += times,
            None => {}
        }
    }
    Ok(all)
}

/// A month of several agencies, as far as a trend shows it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Past {
    pub tally: Tally,
    pub on_time: Part,
    pub complaints: u64,
}

type Sums = (NaiveDate, i64, i64, i64, i64, i64, i64, i64, i64, i64);

/// The months up to one, the earliest first.
pub fn past(
    c: &mut Conn,
    agencies: &[String],
    (from, to): (Month, Month),
) -> Result<Vec<(Month, Past)>, RatingError> {
    let sum = |column: &str| sql::<BigInt>(&format!("CAST(SUM({column}) AS BIGINT)"));
    let lines: Vec<Sums> = r::table
        .filter(r::month.between(from.first(), to.first()))
        .filter(r::agency.eq_any(agencies))
        .group_by(r::month)
        .order(r::month)
        .select((
            r::month,
            sum("finished"),
            sum("very_dissatisfied"),
            sum("dissatisfied"),
            sum("basically_satisfied"),
            sum("satisfied"),
            sum("very_satisfied"),
            sum("on_time"),
            sum("on_time_of"),
            sum("complaints"),
        ))
        .load(c)?;
    let month = |(month, finished, worst, bad, fair, good, best, on_time, of, complaints): Sums| {
        let levels = [worst, bad, fair, good, best].map(model::count);
        let mut past = Past {
            tally: Tally { finished: model::count(finished), levels },
            complaints: model::count(complaints),
            ..Past::default()
        };
        plus(&mut past.on_time, on_time, of);
        (Month::of(month), past)
    };
    Ok(lines.into_iter().map(month).collect())
}
