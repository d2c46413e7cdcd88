//! Ratings that nobody gave freely: days of agencies, looked through by `yimen_scores::alarm`. It accuses nobody.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use yimen_scores::alarm::{self, Day, Kind, Limits};

use super::days::{self, KEPT};
use crate::{
    db::Conn,
    policy::{Rule, Rules},
    ratings::RatingError,
};

/// Something for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub agency: String,
    pub kind: Kind,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// The first day that is looked through.
pub fn first(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(KEPT)).unwrap_or(today)
}

/// How far from usual is too far, as the city sets it; the rest is as it was measured.
pub fn limits(rules: Rules<'_>) -> Limits {
    let percent = |rule| f64::from(rules.number(rule)) / 100.0;
    Limits {
        burst_excess: f64::from(rules.number(Rule::BurstExcess)),
        burst_best: percent(Rule::BurstBest),
        saturated_ratings: rules.number(Rule::SaturatedRatings),
        saturated_best: percent(Rule::SaturatedBest),
        ..Limits::default()
    }
}

/// What there is to look at, the latest first.
pub fn found(c: &mut Conn, today: NaiveDate, limits: &Limits) -> Result<Vec<Found>, RatingError> {
    let first = first(today);
    let mut all = Vec::new();
    for (agency, days) in series(c, first, today)? {
        for found in alarm::watch(&days, limits) {
            let day = |at: usize| {
                let days = Days::new(u64::try_from(at).unwrap_or_default());
                first.checked_add_days(days).unwrap_or(first)
            };
            let (from, to) = (day(found.from), day(found.to));
            all.push(Found { agency: agency.clone(), kind: found.kind, from, to });
        }
    }
    all.sort_by(|one, other| (other.to, &one.agency).cmp(&(one.to, &other.agency)));
    Ok(all)
}

/// Every agency's days, from the first to today.
fn series(
    c: &mut Conn,
    first: NaiveDate,
    today: NaiveDate,
) -> Result<BTreeMap<String, Vec<Day>>, RatingError> {
    let place = |day: NaiveDate| usize::try_from((day - first).num_days()).ok();
    let length = place(today).map_or(1, |last| last + 1);
    let mut all: BTreeMap<String, Vec<Day>> = BTreeMap::new();
    for kept in days::since(c, first)? {
        let series = all.entry(kept.agency).or_insert_with(|| vec![Day::default(); length]);
        let levels = [
            kept.very_dissatisfied,
            kept.dissatisfied,
            kept.basically_satisfied,
            kept.satisfied,
            kept.very_satisfied,
        ];
        if let Some(day) = place(kept.day).and_then(|at| series.get_mut(at)) {
            *day = Day { finished: number(kept.finished), levels: levels.map(number) };
        }
    }
    Ok(all)
}

fn number(times: i64) -> u32 {
    u32::try_from(times).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Book;

    #[test]
    fn as_long_as_nobody_changed_them_the_limits_are_those_that_were_measured() {
        let set = [Rule::BurstExcess, Rule::BurstBest, Rule::SaturatedRatings, Rule::SaturatedBest];
        let book = Book::first_for_tests(set.map(|rule| (rule, rule.of_program().unwrap())));
        assert_eq!(limits(book.on(NaiveDate::from_ymd_opt(2026, 11, 20).unwrap())), Limits::default());
    }
}
