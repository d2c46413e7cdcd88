//! Months of the city's districts: how satisfied people were with what was dealt with there, and how much was done in time.
//!
//! What belongs to a district is known where an application asks for an address ([`crate::cases`] keeps the district beside
//! the case). Everything else is counted for its service and for no district.

use chrono::NaiveDate;
use diesel::{dsl::sql, prelude::*, sql_types::BigInt};
use yimen_scores::{Part, Tally};

use super::{model::count, sheet::showable_counts, stage::Month};
use crate::db::{
    Conn, DbError,
    schema::{district_scores, score_districts},
};

/// A month of a district.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = score_districts)]
pub struct District {
    pub district: String,
    pub month: NaiveDate,
    pub finished: i64,
    pub very_dissatisfied: i64,
    pub dissatisfied: i64,
    pub basically_satisfied: i64,
    pub satisfied: i64,
    pub very_satisfied: i64,
    pub decided: i64,
    pub on_time: i64,
    pub on_time_of: i64,
    pub complaints: i64,
}

impl District {
    /// A month in which nothing was counted yet.
    pub fn empty(code: &str, month: Month) -> Self {
        Self {
            district: code.to_owned(),
            month: month.first(),
            finished: 0,
            very_dissatisfied: 0,
            dissatisfied: 0,
            basically_satisfied: 0,
            satisfied: 0,
            very_satisfied: 0,
            decided: 0,
            on_time: 0,
            on_time_of: 0,
            complaints: 0,
        }
    }

    pub fn month(&self) -> Month {
        Month::of(self.month)
    }

    pub fn tally(&self) -> Tally {
        let levels = [
            self.very_dissatisfied,
            self.dissatisfied,
            self.basically_satisfied,
            self.satisfied,
            self.very_satisfied,
        ];
        Tally { finished: count(self.finished), levels: levels.map(count) }
    }

    pub fn on_time(&self) -> Part {
        Part { count: count(self.on_time), of: count(self.on_time_of) }
    }

    /// About how many people it says something: those who rated, or whose matters were finished where nobody did.
    fn people(&self) -> u64 {
        let tally = self.tally();
        if tally.rated() > 0 { tally.rated() } else { tally.finished }
    }
}

/// Which districts of a month may be shown. All of the city's must be among them.
pub fn shown(districts: &[District], least: u64) -> Vec<bool> {
    let people: Vec<u64> = districts.iter().map(District::people).collect();
    showable_counts(&people, least).0
}

/// The same of their complaints.
pub fn complaints_shown(districts: &[District], least: u64) -> Vec<bool> {
    let complaints: Vec<u64> = districts.iter().map(|one| count(one.complaints)).collect();
    showable_counts(&complaints, least).0
}

/// A league: by the lower end of the range in which satisfaction lies, the best first. Whoever nobody rated comes last.
pub fn ranked(districts: &[District]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..districts.len()).collect();
    let low = |at: usize| districts[at].tally().satisfied().map(|interval| interval.low);
    order.sort_by(|one, other| {
        (low(*other), &districts[*one].district).cmp(&(low(*one), &districts[*other].district))
    });
    order
}

/// What ended there and what was said of it, as it was counted when it happened.
pub(super) fn rated(c: &mut Conn, month: Month) -> Result<Vec<District>, DbError> {
    use district_scores as s;
    let sum = |column: &str| sql::<BigInt>(&format!("CAST(SUM({column}) AS BIGINT)"));
    let lines: Vec<(String, i64, i64, i64, i64, i64, i64)> = s::table
        .filter(s::month.eq(month.first()))
        .group_by(s::district)
        .select((
            s::district,
            sum("finished"),
            sum("very_dissatisfied"),
            sum("dissatisfied"),
            sum("basically_satisfied"),
            sum("satisfied"),
            sum("very_satisfied"),
        ))
        .load(c)?;
    let district =
        |(code, finished, worst, bad, fair, good, best): (String, i64, i64, i64, i64, i64, i64)| District {
            finished,
            very_dissatisfied: worst,
            dissatisfied: bad,
            basically_satisfied: fair,
            satisfied: good,
            very_satisfied: best,
            ..District::empty(&code, month)
        };
    Ok(lines.into_iter().map(district).collect())
}

/// Every district in some months, the latest month first. Which of them may be shown depends on the others.
pub fn between(c: &mut Conn, (from, to): (Month, Month)) -> Result<Vec<District>, DbError> {
    Ok(score_districts::table
        .filter(score_districts::month.between(from.first(), to.first()))
        .order((score_districts::month.desc(), score_districts::district))
        .select(District::as_select())
        .load(c)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn district(code: &str, best: i64, worst: i64) -> District {
        let month = Month::named("2026-11").unwrap();
        District {
            finished: best + worst + 10,
            very_satisfied: best,
            very_dissatisfied: worst,
            ..District::empty(code, month)
        }
    }

    #[test]
    fn few_and_good_stand_behind_many_and_good() {
        let all = [district("1", 6, 0), district("2", 600, 0), district("3", 0, 0), district("4", 600, 90)];
        assert_eq!(ranked(&all), [1, 3, 0, 2]);
    }

    #[test]
    fn a_district_with_few_takes_another_with_it() {
        let all = [district("1", 3, 0), district("2", 600, 0), district("3", 40, 0)];
        assert_eq!(shown(&all, 5), [false, true, false]);
        assert_eq!(complaints_shown(&all, 5), [true, true, true], "nobody is nobody");
    }
}
