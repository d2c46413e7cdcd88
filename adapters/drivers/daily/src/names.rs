//! The names of files, which say what is in them and of which day.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

/// The city's zone, in which days begin.
const ZONE: i32 = 8 * 3600;

/// `benefits-20261121-2.csv`, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    day: NaiveDate,
    number: u32,
}

impl Named {
    /// A file of a table, if it is one.
    pub fn of(table: &str, name: &str) -> Option<Self> {
        let rest = name.strip_prefix(table)?.strip_prefix('-')?.strip_suffix(".csv")?;
        let (day, number) = rest.split_once('-').unwrap_or((rest, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = day.len() == 8 && digits(day) && number.len() <= 4 && digits(number);
        let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok().filter(|_| fits)?;
        Some(Self { day, number: number.parse().ok()? })
    }

    /// When the file is from. Copying a file changes when it was written last, so that counts only if it is on
    /// the day that the name says; otherwise the day's beginning does, and later files of it come later.
    pub(crate) fn time(self, modified: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
        let modified = modified.filter(|at| *at <= now && day(*at) == Some(self.day));
        let begins = self.day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::seconds(i64::from(ZONE));
        modified.unwrap_or(begins + TimeDelta::seconds(i64::from(self.number))).min(now)
    }
}

/// The day that it is in the city.
pub fn day(at: DateTime<Utc>) -> Option<NaiveDate> {
    Some(at.with_timezone(&FixedOffset::east_opt(ZONE)?).date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn names_are_understood_or_not() {
        let of = |name| Named::of("benefits", name);
        assert!(of("benefits-20261121.csv") < of("benefits-20261121-2.csv"));
        assert!(of("benefits-20261121-9999.csv") < of("benefits-20261122.csv"));
        for name in [
            "benefits.csv",
            "benefits-2026112.csv",
            "benefits-20261131.csv",
            "benefits-20261121-.csv",
            "benefits-20261121-x.csv",
            "benefits-20261121-1-2.csv",
            "benefits-20261121.csv.part",
            "benefits-20261121.CSV",
            "other-20261121.csv",
            "../benefits-20261121.csv",
            "benefits-old-20261121.csv",
            "benefits-+0261121.csv",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
    }

    #[test]
    fn a_file_is_of_the_day_in_its_name() {
        let named = Named::of("b", "b-20261121.csv").unwrap();
        let now = at("2026-11-25T00:00:00Z");
        let written = Some(at("2026-11-20T18:30:00Z"));
        assert_eq!(named.time(written, now), at("2026-11-20T18:30:00Z"), "02:30 in the city");
        for elsewhere in [None, Some(at("2026-11-24T00:00:00Z")), Some(at("2027-01-01T00:00:00Z"))] {
            assert_eq!(named.time(elsewhere, now), at("2026-11-20T16:00:00Z"));
        }
        assert_eq!(named.time(None, at("2026-11-01T00:00:00Z")), at("2026-11-01T00:00:00Z"), "not yet");
    }
}
