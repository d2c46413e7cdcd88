//! Which days are working days, and when a limit counted in days ends.
//!
//! Weekends are off and the rest work, except for the spans that the State Council publishes each autumn for
//! the coming year: holidays, and weekend days worked to make up for them. A year nobody has published yet
//! can only be guessed, so a date that reaches into one is [`Due::provisional`] and must be counted again
//! once the year is known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// The published exceptions to the plain week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    /// Days that differ from the plain week: `true` when worked.
    exceptions: BTreeMap<NaiveDate, bool>,
    published: BTreeSet<i32>,
}

/// The end of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub on: NaiveDate,
    /// Counted through a year whose calendar is not published yet.
    pub provisional: bool,
}

impl WorkingCalendar {
    /// Takes over a published span, both ends included.
    pub fn add_span(&mut self, from: NaiveDate, to: NaiveDate, worked: bool) {
        for day in from.iter_days().take_while(|day| *day <= to) {
            self.published.insert(day.year());
            self.exceptions.insert(day, worked);
        }
    }

    pub fn is_published(&self, year: i32) -> bool {
        self.published.contains(&year)
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.exceptions
            .get(&day)
            .copied()
            .unwrap_or_else(|| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
    }

    /// The last day of a limit of `days` working days that starts counting on the day after `start`.
    pub fn working_days_after(&self, start: NaiveDate, days: u32) -> Due {
        self.working_days_after_pausing(start, days, &[])
    }

    /// The same, with spans in which the clock stands still (both ends included).
    pub fn working_days_after_pausing(
        &self,
        start: NaiveDate,
        days: u32,
        pauses: &[(NaiveDate, NaiveDate)],
    ) -> Due {
        let mut on = start;
        let mut provisional = false;
        let mut left = days;
        while left > 0 {
            let Some(next) = on.succ_opt() else { break };
            on = next;
            provisional |= !self.is_published(on.year());
            let stands_still = pauses.iter().any(|(from, to)| (*from..=*to).contains(&on));
            if !stands_still && self.is_working(on) {
                left -= 1;
            }
        }
        Due { on, provisional }
    }

    /// The last day of a limit of `days` calendar days that starts counting on the day after `start`. When it
    /// is a day off, the limit ends on the next working day.
    pub fn calendar_days_after(&self, start: NaiveDate, days: u32) -> Due {
        let mut day = start.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX);
        while !self.is_working(day) {
            let Some(next) = day.succ_opt() else { break };
            day = next;
        }
        Due { on: day, provisional: !self.is_published(day.year()) }
    }

    /// How many working days lie after `from` and up to `to`, which counts. None when `to` is not later.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| self.is_working(*day)).count()
    }

    /// Working days of a published year.
    pub fn working_days_in(&self, year: i32) -> Option<usize> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        self.is_published(year).then(|| {
            first.iter_days().take_while(|day| day.year() == year).filter(|day| self.is_working(*day)).count()
        })
    }
}
