//! The edges of renewal windows: so many days, working days or months from the expiry, or a day of the year.

use chrono::{Days, Months, NaiveDate};

use crate::days::{Calendar, Counted};
use crate::period::{MonthDay, number};

/// Where a window begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Expiry,
    Days {
        count: u16,
        later: bool,
    },
    WorkingDays {
        count: u16,
        later: bool,
    },
    Months {
        count: u16,
        later: bool,
    },
    /// The last such day that is not after the expiry.
    Fixed(MonthDay),
}

impl Edge {
    /// `expiry`, `fixed(03-01)`, `-90D`, `-90W`, `-3M`, `+30D`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text == "expiry" {
            return Some(Self::Expiry);
        }
        if let Some(day) = text.strip_prefix("fixed(").and_then(|rest| rest.strip_suffix(')')) {
            return MonthDay::read(day).map(Self::Fixed);
        }
        let later = match text.chars().next()? {
            '+' => true,
            '-' => false,
            _ => return None,
        };
        let unit = text.chars().next_back()?;
        let count = number(text[1..].strip_suffix(unit)?).filter(|count| *count <= 9_999)?;
        match unit {
            'D' => Some(Self::Days { count, later }),
            'W' => Some(Self::WorkingDays { count, later }),
            'M' if count <= 1_200 => Some(Self::Months { count, later }),
            _ => None,
        }
    }

    /// Whether it lies after the expiry.
    pub fn is_later(self) -> bool {
        matches!(
            self,
            Self::Days { later: true, .. }
                | Self::WorkingDays { later: true, .. }
                | Self::Months { later: true, .. }
        )
    }

    /// The day it falls on for something that ends on `expiry`.
    pub fn on(self, expiry: NaiveDate, calendar: &impl Calendar) -> Counted {
        let sure = |on| Counted { on, provisional: false };
        let far = |later| if later { NaiveDate::MAX } else { NaiveDate::MIN };
        match self {
            Self::Expiry => sure(expiry),
            Self::Days { count, later } => {
                let days = Days::new(count.into());
                let on = if later { expiry.checked_add_days(days) } else { expiry.checked_sub_days(days) };
                sure(on.unwrap_or(far(later)))
            }
            Self::Months { count, later } => {
                let months = Months::new(count.into());
                let on =
                    if later { expiry.checked_add_months(months) } else { expiry.checked_sub_months(months) };
                sure(on.unwrap_or(far(later)))
            }
            Self::WorkingDays { count, later } => calendar.working_days(expiry, count, later),
            Self::Fixed(day) => sure(day.last_until(expiry)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::days::PlainWeek;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn edges_fall_on_days() {
        for (edge, expiry, on) in [
            ("expiry", "2027-02-18", "2027-02-18"),
            ("-90D", "2027-02-18", "2026-11-20"),
            ("-30D", "2027-01-31", "2027-01-01"),
            ("-3M", "2027-05-31", "2027-02-28"),
            ("-3M", "2028-05-31", "2028-02-29"),
            ("+12M", "2028-02-29", "2029-02-28"),
            ("+30D", "2026-12-15", "2027-01-14"),
            ("-5W", "2026-11-21", "2026-11-16"),
            ("+5W", "2026-11-21", "2026-11-27"),
            ("fixed(03-01)", "2027-05-31", "2027-03-01"),
            ("fixed(11-01)", "2027-01-31", "2026-11-01"),
        ] {
            assert_eq!(
                Edge::read(edge).unwrap().on(day(expiry), &PlainWeek).on,
                day(on),
                "{edge} of {expiry}"
            );
        }
    }

    #[test]
    fn what_is_no_edge_is_refused() {
        for text in
            ["", "-", "90D", "-90", "-90Y", "--9D", "-9DD", "fixed(3-1)", "fixed(02-30)", "-99999D", "天"]
        {
            assert_eq!(Edge::read(text), None, "{text}");
        }
    }
}
