//! How satisfied people were with a service, counted by the month in which their matters ended.
//!
//! `ratings` writes here, in the transaction in which a matter ends or is rated, so that no page counts ratings. Pages that
//! are kept ready show what the [`Shelf`](super::Shelf) read last; only sums are kept, of nobody.

use std::collections::HashMap;

use chrono::{Datelike as _, Months, NaiveDate};
use diesel::prelude::*;
use yimen_scores::{Level, Tally};

use crate::{
    db::{
        Conn, DbError,
        schema::{district_scores, service_scores},
    },
    upsert,
};

/// So many months are counted, the current one among them: what was long ago says little about a service.
pub const MONTHS: u32 = 12;

/// Whose month it is.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    pub service: &'a str,
    pub agency: &'a str,
    /// The code of the district that it is about, where that is known.
    pub district: Option<&'a str>,
    /// Any day of it.
    pub month: NaiveDate,
}

/// What is to be added to a month.
#[derive(Debug, Clone, Copy, Default)]
pub struct Change {
    finished: i64,
    levels: [i64; Level::ALL.len()],
    aside: i64,
}

impl Change {
    /// A matter ended.
    pub fn finished() -> Self {
        Self { finished: 1, ..Self::default() }
    }

    /// A rating counts from now on.
    #[must_use]
    pub fn more(mut self, level: Level) -> Self {
        self.levels[level as usize] += 1;
        self
    }

    /// A rating does not count any more.
    #[must_use]
    pub fn less(mut self, level: Level) -> Self {
        self.levels[level as usize] -= 1;
        self
    }

    /// It was set aside after an appeal.
    #[must_use]
    pub fn set_aside(mut self, level: Level) -> Self {
        self.aside += 1;
        self.less(level)
    }

    /// It counts again, after a dispute.
    #[must_use]
    pub fn restored(mut self, level: Level) -> Self {
        self.aside -= 1;
        self.more(level)
    }
}

/// The first day of a day's month.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// Adds a change to one row. What is counted of a service and what is counted of a district have the same columns; a macro,
/// because no type says so of two tables.
macro_rules! add_to {
    ($c:expr, $table:ident, $change:expr, ($($key:ident = $value:expr),+)) => {{
        use $table as s;
        let Change { finished, levels: [worst, bad, fair, good, best], aside } = $change;
        let row = (
            $(s::$key.eq($value),)+
            s::finished.eq(finished),
            s::very_dissatisfied.eq(worst),
            s::dissatisfied.eq(bad),
            s::basically_satisfied.eq(fair),
            s::satisfied.eq(good),
            s::very_satisfied.eq(best),
            s::aside.eq(aside),
        );
        upsert!($c, s::table => row, on ($(s::$key),+), set (
            s::finished.eq(s::finished + finished),
            s::very_dissatisfied.eq(s::very_dissatisfied + worst),
            s::dissatisfied.eq(s::dissatisfied + bad),
            s::basically_satisfied.eq(s::basically_satisfied + fair),
            s::satisfied.eq(s::satisfied + good),
            s::very_satisfied.eq(s::very_satisfied + best),
            s::aside.eq(s::aside + aside),
        ))
    }};
}

/// Adds to a month of a service, and of the district that it is about, in the caller's transaction. The service first, always:
/// whoever waits for the one holds nothing of the other.
pub fn add(c: &mut Conn, of: Of<'_>, change: Change) -> Result<(), DbError> {
    let month = month_of(of.month);
    add_to!(c, service_scores, change, (service = of.service, agency = of.agency, month = month))?;
    if let Some(district) = of.district {
        add_to!(c, district_scores, change, (district = district, service = of.service, month = month))?;
    }
    Ok(())
}

/// What was counted of something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub tally: Tally,
    /// Ratings that do not count, after an appeal.
    pub aside: u64,
}

impl Score {
    fn add(&mut self, row: &Row) {
        let count = |count: i64| u64::try_from(count).unwrap_or_default();
        let levels = [
            row.very_dissatisfied,
            row.dissatisfied,
            row.basically_satisfied,
            row.satisfied,
            row.very_satisfied,
        ];
        let more = Tally { finished: count(row.finished), levels: levels.map(count) };
        self.tally = self.tally.plus(&more);
        self.aside += count(row.aside);
    }
}

/// A month as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = service_scores)]
struct Row {
    service: String,
    agency: String,
    month: NaiveDate,
    finished: i64,
    very_dissatisfied: i64,
    dissatisfied: i64,
    basically_satisfied: i64,
    satisfied: i64,
    very_satisfied: i64,
    aside: i64,
}

/// What pages show, of all services and agencies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    services: HashMap<String, Score>,
    agencies: HashMap<String, Score>,
}

impl Scores {
    pub fn service(&self, code: &str) -> Score {
        self.services.get(code).copied().unwrap_or_default()
    }

    pub fn agency(&self, slug: &str) -> Score {
        self.agencies.get(slug).copied().unwrap_or_default()
    }
}

/// The first month that is counted on a day.
fn since(today: NaiveDate) -> NaiveDate {
    let first = month_of(today);
    first.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(first)
}

/// What was counted of everything: as many rows as there are services, times the months.
pub fn all(c: &mut Conn, today: NaiveDate) -> Result<Scores, DbError> {
    let rows: Vec<Row> = service_scores::table
        .filter(service_scores::month.ge(since(today)))
        .select(Row::as_select())
        .load(c)?;
    let mut scores = Scores::default();
    for row in rows {
        scores.services.entry(row.service.clone()).or_default().add(&row);
        scores.agencies.entry(row.agency.clone()).or_default().add(&row);
    }
    Ok(scores)
}

/// What was counted of something: in all, and month by month, the latest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    pub all: Score,
    pub months: Vec<(NaiveDate, Score)>,
}

impl Counted {
    /// From rows in the order of their months: one service may have two of a month, and an agency one of each service.
    fn of(rows: &[Row]) -> Self {
        let mut counted = Self::default();
        for row in rows {
            counted.all.add(row);
            if counted.months.last().is_none_or(|(month, _)| *month != row.month) {
                counted.months.push((row.month, Score::default()));
            }
            if let Some((_, score)) = counted.months.last_mut() {
                score.add(row);
            }
        }
        counted
    }
}

/// What was counted of one service.
pub fn of_service(c: &mut Conn, today: NaiveDate, code: &str) -> Result<Counted, DbError> {
    let rows: Vec<Row> = service_scores::table
        .filter(service_scores::service.eq(code))
        .filter(service_scores::month.ge(since(today)))
        .order(service_scores::month.desc())
        .select(Row::as_select())
        .load(c)?;
    Ok(Counted::of(&rows))
}

/// What was counted of all services of an agency.
pub fn of_agency(c: &mut Conn, today: NaiveDate, slug: &str) -> Result<Counted, DbError> {
    let rows: Vec<Row> = service_scores::table
        .filter(service_scores::agency.eq(slug))
        .filter(service_scores::month.ge(since(today)))
        .order(service_scores::month.desc())
        .select(Row::as_select())
        .load(c)?;
    Ok(Counted::of(&rows))
}
