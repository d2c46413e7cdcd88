//! A month of a service as it is kept, and sums of such months.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_scores::{Counted, Part, Row, Tally, quantile::Histogram};

use super::stage::Month;
use crate::{
    db::{Json, schema::score_rows},
    ratings::RatingError,
};

/// How often something took how long.
pub type Times = BTreeMap<u32, u64>;

/// How many drafts were left at a step of their form.
pub type Steps = BTreeMap<String, u64>;

/// What was counted about a service in a month.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = score_rows)]
pub struct Kept {
    pub service: String,
    pub month: NaiveDate,
    pub agency: String,
    pub domain: String,
    pub finished: i64,
    pub very_dissatisfied: i64,
    pub dissatisfied: i64,
    pub basically_satisfied: i64,
    pub satisfied: i64,
    pub very_satisfied: i64,
    pub aside: i64,
    pub decided: i64,
    pub on_time: i64,
    pub on_time_of: i64,
    pub first_pass: i64,
    pub reachable: i64,
    pub reachable_of: i64,
    /// From handing in to the decision, in minutes.
    pub durations: Json<Times>,
    /// Of calls to the agency, in milliseconds.
    pub latency: Json<Times>,
    pub promised_minutes: i64,
    pub guide: i64,
    pub guide_of: i64,
    pub handed_in: i64,
    pub left_lying: i64,
    pub looked_at: i64,
    pub visits: i32,
    pub maturity: String,
    pub complaints: i64,
    pub last_used: Option<NaiveDate>,
    pub left_at: Json<Steps>,
    /// Of what was handed in.
    pub accepted: i64,
}

impl Kept {
    /// A month in which nothing was counted yet.
    pub fn empty(service: &str, month: Month) -> Self {
        Self {
            service: service.to_owned(),
            month: month.first(),
            agency: String::new(),
            domain: String::new(),
            finished: 0,
            very_dissatisfied: 0,
            dissatisfied: 0,
            basically_satisfied: 0,
            satisfied: 0,
            very_satisfied: 0,
            aside: 0,
            decided: 0,
            on_time: 0,
            on_time_of: 0,
            first_pass: 0,
            reachable: 0,
            reachable_of: 0,
            durations: Json(Times::new()),
            latency: Json(Times::new()),
            promised_minutes: 0,
            guide: 0,
            guide_of: 0,
            handed_in: 0,
            left_lying: 0,
            looked_at: 0,
            visits: 0,
            maturity: String::new(),
            complaints: 0,
            last_used: None,
            left_at: Json(Steps::new()),
            accepted: 0,
        }
    }

    /// Somebody used it on a day.
    pub fn used_on(&mut self, day: NaiveDate) {
        self.last_used = self.last_used.max(Some(day));
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

    /// The row that is published, and that its stars follow from.
    pub fn row(&self) -> Result<Row, RatingError> {
        let counted = Counted { promised_minutes: count(self.promised_minutes), ..Sum::of([self]).counted() };
        made(Row::new(&self.service, &self.month().tag(), &counted))
    }
}

/// What was counted of several services, or in several months. Shares are not added up; what they are shares of is.
#[derive(Debug, Clone, Default)]
pub struct Sum {
    pub tally: Tally,
    pub on_time: Part,
    pub first_pass: Part,
    pub reachable: Part,
    pub guide: Part,
    pub durations: Histogram,
    pub latency: Histogram,
    /// Minutes promised for all that was decided.
    promised: u64,
    pub handed_in: u64,
    pub left_lying: u64,
    pub looked_at: u64,
    pub complaints: u64,
    /// Of what was finished, how much at services that take no visit.
    pub unvisited: Part,
    pub services: u64,
}

impl Sum {
    pub fn of<'k>(rows: impl IntoIterator<Item = &'k Kept>) -> Self {
        let mut sum = Self::default();
        rows.into_iter().for_each(|row| sum.add(row));
        sum
    }

    pub fn add(&mut self, row: &Kept) {
        let decided = count(row.decided);
        self.tally = self.tally.plus(&row.tally());
        plus(&mut self.on_time, row.on_time, row.on_time_of);
        plus(&mut self.first_pass, row.first_pass, row.decided);
        plus(&mut self.reachable, row.reachable, row.reachable_of);
        plus(&mut self.guide, row.guide, row.guide_of);
        plus(&mut self.unvisited, if row.visits == 0 { row.finished } else { 0 }, row.finished);
        row.durations.0.iter().for_each(|(minutes, times)| self.durations.add(*minutes, *times));
        row.latency.0.iter().for_each(|(millis, times)| self.latency.add(*millis, *times));
        self.promised += count(row.promised_minutes) * decided;
        self.handed_in += count(row.handed_in);
        self.left_lying += count(row.left_lying);
        self.looked_at += count(row.looked_at);
        self.complaints += count(row.complaints);
        self.services += 1;
    }

    /// What a row is made from. What is promised is the mean of what was promised for each matter.
    pub fn counted(&self) -> Counted {
        let matters = self.durations.total();
        let promised = (2 * self.promised + matters).checked_div(2 * matters);
        Counted {
            ratings: self.tally,
            on_time: self.on_time,
            first_pass: self.first_pass,
            reachable: self.reachable,
            median_minutes: self.durations.at(50).map(u64::from),
            promised_minutes: promised.unwrap_or_default(),
            guide: self.guide,
        }
    }

    /// The row of an agency or a domain: its stars come about as those of a service do.
    pub fn row(&self, name: &str, month: Month) -> Result<Row, RatingError> {
        made(Row::new(name, &month.tag(), &self.counted()))
    }
}

pub(super) fn plus(part: &mut Part, more: i64, of: i64) {
    part.count += count(more);
    part.of += count(of);
}

fn made(row: Result<Row, yimen_scores::BadRow>) -> Result<Row, RatingError> {
    row.map_err(|error| RatingError::Stored(error.to_string()))
}

pub(super) fn count(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(service: &str, finished: i64, promised: i64, durations: &[(u32, u64)]) -> Kept {
        let month = Month::named("2026-11").unwrap();
        let decided = durations.iter().map(|(_, times)| i64::try_from(*times).unwrap()).sum();
        Kept {
            finished,
            very_satisfied: finished / 2,
            decided,
            first_pass: decided,
            promised_minutes: promised,
            durations: Json(durations.iter().copied().collect()),
            ..Kept::empty(service, month)
        }
    }

    #[test]
    fn sums_add_counts_and_not_shares() {
        let (one, other) = (kept("YZ1", 10, 1_000, &[(30, 3)]), kept("YZ2", 30, 4_000, &[(600, 6)]));
        let sum = Sum::of([&one, &other]);
        let counted = sum.counted();
        assert_eq!((counted.ratings.finished, counted.ratings.rated()), (40, 20));
        // The median of all of them, and the mean of what each was promised.
        assert_eq!((counted.median_minutes, counted.promised_minutes), (Some(600), 3_000));
        assert!(sum.row("an-agency", one.month()).is_ok());
        // Of one service it is what it promises, whether anything was decided or not.
        let none = kept("YZ3", 0, 5_000, &[]).row().unwrap();
        assert!(none.to_line().contains(",,5000,"), "{}", none.to_line());
    }
}
