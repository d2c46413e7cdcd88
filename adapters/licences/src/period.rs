//! Lengths of time as rules write them, and days of the year.
//!
//! A month ends no later than its last day: three months before 31 May is 28 February, a year after 29 February is
//! 28 February.

use chrono::{Datelike as _, Days, Months, NaiveDate};

/// Longer than anybody lives, and short enough that no calendar overflows.
const MOST_DAYS: u16 = 36_525;
const MOST_MONTHS: u16 = 1_200;

/// A length that a licence runs for: `5y`, `3M`, `2w`, `14D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Months(u16),
    Days(u16),
}

impl Period {
    /// Years `y`, months `M`, weeks `w` or days `D`, at least one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let digits = &text[..text.len() - unit.len_utf8()];
        let count = number(digits).filter(|count| *count > 0)?;
        match unit {
            'y' => Some(Self::Months(count.checked_mul(12).filter(|months| *months <= MOST_MONTHS)?)),
            'M' if count <= MOST_MONTHS => Some(Self::Months(count)),
            'w' => Some(Self::Days(count.checked_mul(7).filter(|days| *days <= MOST_DAYS)?)),
            'D' if count <= MOST_DAYS => Some(Self::Days(count)),
            _ => None,
        }
    }

    /// The last day of a term that begins on `start`: the same day of the month, or the month's last.
    pub fn after(self, start: NaiveDate) -> NaiveDate {
        self.times_after(1, start)
    }

    /// The same for `times` terms on end. Counted in one step, so that a term from 31 January does not lose days
    /// on its way through February.
    pub(crate) fn times_after(self, times: u32, start: NaiveDate) -> NaiveDate {
        let end = match self {
            Self::Months(count) => start.checked_add_months(Months::new(u32::from(count) * times)),
            Self::Days(count) => start.checked_add_days(Days::new(u64::from(count) * u64::from(times))),
        };
        end.unwrap_or(NaiveDate::MAX)
    }
}

/// Digits and nothing else, in a size that calendars can count with.
pub(crate) fn number(text: &str) -> Option<u16> {
    let plain = (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// A day of every year, such as 03-01. 29 February is 28 February in years without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: u8,
    day: u8,
}

impl MonthDay {
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-').filter(|_| text.len() == 5)?;
        let (month, day) = (u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?);
        // A leap year has every day that any year has.
        NaiveDate::from_ymd_opt(2000, month.into(), day.into()).map(|_| Self { month, day })
    }

    pub fn in_year(self, year: i32) -> NaiveDate {
        let (month, day) = (u32::from(self.month), u32::from(self.day));
        NaiveDate::from_ymd_opt(year, month, day)
            .or_else(|| NaiveDate::from_ymd_opt(year, month, day - 1))
            .unwrap_or(NaiveDate::MAX)
    }

    /// Its first occurrence after `day`.
    pub fn next_after(self, day: NaiveDate) -> NaiveDate {
        let this = self.in_year(day.year());
        if this > day { this } else { self.in_year(day.year() + 1) }
    }

    /// Its last occurrence that is not after `day`.
    pub fn last_until(self, day: NaiveDate) -> NaiveDate {
        let this = self.in_year(day.year());
        if this <= day { this } else { self.in_year(day.year() - 1) }
    }
}

/// Full years between a birthday and a day. Somebody born on 29 February is a year older on 1 March of years without
/// that day.
pub fn age(born: NaiveDate, on: NaiveDate) -> u32 {
    on.years_since(born).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn periods_are_read_strictly() {
        assert_eq!(Period::read("5y"), Some(Period::Months(60)));
        assert_eq!(Period::read("3M"), Some(Period::Months(3)));
        assert_eq!(Period::read("2w"), Some(Period::Days(14)));
        assert_eq!(Period::read("14D"), Some(Period::Days(14)));
        for text in ["", "y", "0y", "5", "5Y", "-5y", "5 y", "+5y", "999y", "99999999y", "5年", "五y"] {
            assert_eq!(Period::read(text), None, "{text}");
        }
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(Period::Months(12).after(day("2024-02-29")), day("2025-02-28"));
        assert_eq!(Period::Months(48).after(day("2024-02-29")), day("2028-02-29"));
        assert_eq!(Period::Months(1).after(day("2026-01-31")), day("2026-02-28"));
        assert_eq!(Period::Months(1).times_after(2, day("2026-01-31")), day("2026-03-31"));
    }

    #[test]
    fn days_of_the_year() {
        let leap = MonthDay::read("02-29").unwrap();
        assert_eq!(leap.in_year(2026), day("2026-02-28"));
        assert_eq!(leap.in_year(2028), day("2028-02-29"));
        let march = MonthDay::read("03-01").unwrap();
        assert_eq!(march.next_after(day("2026-03-01")), day("2027-03-01"));
        assert_eq!(march.last_until(day("2026-03-01")), day("2026-03-01"));
        assert_eq!(march.last_until(day("2026-02-28")), day("2025-03-01"));
        for text in ["3-1", "02-30", "13-01", "00-10", "0301", "03-011", "一-01"] {
            assert_eq!(MonthDay::read(text), None, "{text}");
        }
    }

    #[test]
    fn birthdays_on_a_leap_day() {
        let born = day("2008-02-29");
        assert_eq!((age(born, day("2026-02-28")), age(born, day("2026-03-01"))), (17, 18));
        assert_eq!(age(born, day("2000-01-01")), 0);
    }
}
