//! Months, and when their figures are whose to see: the agency's first, then everybody's, counted until nothing of them
//! can change any more.

use std::sync::Arc;

use chrono::{Days, Months, NaiveDate, NaiveTime, TimeZone as _};

use crate::{
    catalogue::scores::month_of,
    platform::{Moment, clock::CITY_ZONE},
    policy::{Book, Rule},
};

/// A month of the city's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    pub fn of(day: NaiveDate) -> Self {
        Self(month_of(day))
    }

    /// From the word in addresses and files: `2026-10`.
    pub fn named(tag: &str) -> Option<Self> {
        let plain = tag.len() == 7 && tag.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let first = NaiveDate::parse_from_str(&format!("{tag}-01"), "%Y-%m-%d").ok();
        first.filter(|_| plain).map(Self)
    }

    pub fn tag(self) -> String {
        self.0.format("%Y-%m").to_string()
    }

    pub const fn first(self) -> NaiveDate {
        self.0
    }

    pub fn last(self) -> NaiveDate {
        self.next().0.pred_opt().unwrap_or(self.0)
    }

    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// So many months before.
    #[must_use]
    pub fn back(self, months: u32) -> Self {
        Self(self.0.checked_sub_months(Months::new(months)).unwrap_or(self.0))
    }

    /// The moments between which it lies.
    pub fn span(self) -> (Moment, Moment) {
        (start_of(self.0), start_of(self.next().0))
    }
}

/// The moment at which a day begins in the city.
pub(super) fn start_of(day: NaiveDate) -> Moment {
    let midnight = CITY_ZONE.from_local_datetime(&day.and_time(NaiveTime::MIN));
    midnight.earliest().map_or(Moment::MAX_UTC, |at| at.to_utc())
}

/// How far a month is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is not over.
    Running,
    /// Its agency sees it, and nobody else.
    Preview,
    /// Everybody sees it, and ratings of it still come in.
    Open,
    /// Nothing of it changes any more.
    Closed,
}

impl Stage {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Preview => "preview",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// A city's terms for its scorecards: of each month those with which it ended.
#[derive(Debug, Clone)]
pub struct Publishing(Arc<Book>);

impl Publishing {
    pub fn of(book: &Arc<Book>) -> Self {
        Self(Arc::clone(book))
    }

    /// The first day on which everybody sees a month.
    pub fn public_from(&self, month: Month) -> NaiveDate {
        let over = month.next().first();
        let preview = Days::new(self.0.on(month.last()).number(Rule::PreviewDays).into());
        over.checked_add_days(preview).unwrap_or(over)
    }

    /// The last day on which a month is counted: until then something that ended in it can be rated.
    pub fn closes(&self, month: Month) -> NaiveDate {
        let days = month.first().iter_days().take_while(|day| *day <= month.last());
        let last = days.map(|day| self.0.last_day(Rule::RateWindow, day)).max();
        self.public_from(month).max(last.unwrap_or(month.last()))
    }

    pub fn stage(&self, month: Month, today: NaiveDate) -> Stage {
        if today <= month.last() {
            Stage::Running
        } else if today < self.public_from(month) {
            Stage::Preview
        } else if today <= self.closes(month) {
            Stage::Open
        } else {
            Stage::Closed
        }
    }

    /// The months that are counted on a day, the latest first. There are none from before the city opened here.
    pub fn counted(&self, today: NaiveDate, opened: Month) -> Vec<Month> {
        let months = std::iter::successors(Some(Month::of(today)), |month| Some(month.back(1)));
        // Where the window was shortened, a month may close before the one that came first.
        months.take(12).filter(|month| *month >= opened && today <= self.closes(*month)).collect()
    }

    /// The latest month that everybody sees.
    pub fn latest(&self, today: NaiveDate) -> Month {
        let before = Month::of(today).back(1);
        if self.public_from(before) <= today { before } else { before.back(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn a_month_is_its_agencys_first_and_then_everybodys() {
        let october = Month::of(day(10, 20));
        let book = Book::first_for_tests([(Rule::PreviewDays, vec![10]), (Rule::RateWindow, vec![30])]);
        let terms = Publishing::of(&Arc::new(book));
        for (on, stage) in [
            (day(10, 31), Stage::Running),
            (day(11, 1), Stage::Preview),
            (day(11, 10), Stage::Preview),
            (day(11, 11), Stage::Open),
            (day(11, 30), Stage::Open),
            (day(12, 1), Stage::Closed),
        ] {
            assert_eq!(terms.stage(october, on), stage, "{on}");
            assert_eq!(terms.counted(on, october.back(3)).contains(&october), stage != Stage::Closed, "{on}");
        }
        assert_eq!(terms.counted(day(11, 20), october.next()), [october.next()]);
        assert_eq!([terms.latest(day(11, 10)), terms.latest(day(11, 11))], [october.back(1), october]);
    }

    #[test]
    fn a_month_is_found_by_its_word() {
        let month = Month::named("2026-10").unwrap();
        assert_eq!((month.tag().as_str(), month.last()), ("2026-10", day(10, 31)));
        for bad in ["2026-13", "2026-1", "2026-10-01", "26-10", "", "+026-10", "二〇二六-十"] {
            assert_eq!(Month::named(bad), None, "{bad}");
        }
    }
}
