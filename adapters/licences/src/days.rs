//! Working days, as far as renewal windows need them. Which days those are is the portal's knowledge: it answers
//! through [`Calendar`], and [`Table`] is an answer that costs no counting.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// Who knows the working days.
pub trait Calendar {
    /// Whether people work on a day. In a year that nobody has published yet, a guess.
    fn is_working(&self, day: NaiveDate) -> bool;

    /// Whether the year's holidays are published.
    fn is_published(&self, year: i32) -> bool;

    /// The day that lies so many working days before or after another, which itself does not count; and whether
    /// the way there led through a year that is not published.
    fn working_days(&self, from: NaiveDate, count: u16, later: bool) -> Counted {
        let (mut on, mut left, mut provisional) = (from, count, false);
        while left > 0 {
            let Some(next) = (if later { on.succ_opt() } else { on.pred_opt() }) else { break };
            on = next;
            provisional |= !self.is_published(on.year());
            left -= u16::from(self.is_working(on));
        }
        Counted { on, provisional }
    }
}

/// Where counting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub on: NaiveDate,
    pub provisional: bool,
}

/// Monday to Friday, and nothing is published: what is left when nobody knows better.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainWeek;

impl Calendar for PlainWeek {
    fn is_working(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    }

    fn is_published(&self, _: i32) -> bool {
        false
    }
}

/// A calendar counted out once, for those who look at millions of documents: ninety working days are one
/// subtraction. Outside its years it falls back on the plain week.
#[derive(Debug, Clone)]
pub struct Table {
    first: NaiveDate,
    /// How many working days lie before each day.
    before: Vec<u32>,
    worked: Vec<NaiveDate>,
    /// For each year whether it is published.
    published: Vec<bool>,
}

impl Table {
    /// Counts the years out, both included.
    pub fn of(calendar: &impl Calendar, from: i32, to: i32) -> Self {
        let first = NaiveDate::from_ymd_opt(from, 1, 1).unwrap_or_default();
        let mut table = Self { first, before: Vec::new(), worked: Vec::new(), published: Vec::new() };
        for day in first.iter_days().take_while(|day| day.year() <= to) {
            table.before.push(u32::try_from(table.worked.len()).unwrap_or(u32::MAX));
            if calendar.is_working(day) {
                table.worked.push(day);
            }
        }
        table.published = (from..=to).map(|year| calendar.is_published(year)).collect();
        table
    }

    fn place(&self, day: NaiveDate) -> Option<usize> {
        usize::try_from((day - self.first).num_days()).ok().filter(|place| *place < self.before.len())
    }

    fn counted(&self, from: NaiveDate, count: u16, later: bool) -> Option<NaiveDate> {
        let place = self.place(from)?;
        let before = usize::try_from(self.before[place]).ok()?;
        let count = usize::from(count);
        let index = if later {
            let after = before + usize::from(self.worked.get(before) == Some(&from));
            (after + count).checked_sub(1)?
        } else {
            before.checked_sub(count)?
        };
        if count == 0 { Some(from) } else { self.worked.get(index).copied() }
    }
}

impl Calendar for Table {
    fn is_working(&self, day: NaiveDate) -> bool {
        match self.place(day) {
            Some(place) => {
                usize::try_from(self.before[place]).ok().and_then(|before| self.worked.get(before))
                    == Some(&day)
            }
            None => PlainWeek.is_working(day),
        }
    }

    fn is_published(&self, year: i32) -> bool {
        usize::try_from(year - self.first.year())
            .ok()
            .and_then(|place| self.published.get(place))
            .copied()
            .unwrap_or(false)
    }

    fn working_days(&self, from: NaiveDate, count: u16, later: bool) -> Counted {
        let Some(on) = self.counted(from, count, later) else {
            return Counted { provisional: true, ..PlainWeek.working_days(from, count, later) };
        };
        // The day that counting starts from is not looked at, so its year alone makes nothing provisional.
        let step = Days::new(u64::from(count > 0));
        let start = if later { from + step } else { from - step };
        let (low, high) = (start.year().min(on.year()), start.year().max(on.year()));
        let provisional = count > 0 && (low..=high).any(|year| !self.is_published(year));
        Counted { on, provisional }
    }
}
