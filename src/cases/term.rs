//! By when an agency must decide: promised and legal terms, in the days that the law counts, with pauses and the one
//! extension.

use chrono::NaiveDate;
use yimen_contract::service::{DayUnit, Days, TimeLimits};

use crate::platform::calendar::{Due, WorkingCalendar};

/// What a term runs by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    days: u32,
    unit: DayUnit,
}

impl Term {
    /// The term that the agency promises. An instant service is done the same day.
    pub fn promised(limits: &TimeLimits) -> Self {
        limits.promised.into()
    }

    /// The longest that the law allows; where it says nothing, what the agency promises.
    pub fn legal(limits: &TimeLimits) -> Self {
        limits.legal.unwrap_or(limits.promised).into()
    }

    /// The term with its one extension.
    #[must_use]
    pub const fn extended(self, by: u32) -> Self {
        Self { days: self.days + by, unit: self.unit }
    }

    /// The last day, counted from the day after `start`, without the days of the pauses (both ends included). A pause
    /// that has not ended is one up to `today`: what is still to come of it moves the day further.
    pub fn due(self, calendar: &WorkingCalendar, start: NaiveDate, pauses: &[(NaiveDate, NaiveDate)]) -> Due {
        match self.unit {
            DayUnit::Working => calendar.working_days_after_pausing(start, self.days, pauses),
            DayUnit::Calendar => {
                let last = start + chrono::Days::new(u64::from(self.days));
                let mut due = calendar.calendar_days_after(start, self.days);
                // Each paused day before the end moves it by one, and may bring more of a pause before it.
                let (mut counted, mut end) = (0, last);
                loop {
                    let within = paused(start, end, pauses);
                    if within == counted {
                        break;
                    }
                    counted = within;
                    end = last + chrono::Days::new(u64::from(within));
                }
                if counted > 0 {
                    due = calendar.calendar_days_after(start, self.days + counted);
                }
                due
            }
        }
    }
}

impl From<Days> for Term {
    fn from(days: Days) -> Self {
        Self { days: days.days.into(), unit: days.unit }
    }
}

/// How many days after `start` and up to `end` belong to a pause.
fn paused(start: NaiveDate, end: NaiveDate, pauses: &[(NaiveDate, NaiveDate)]) -> u32 {
    let days = start.iter_days().skip(1).take_while(|day| *day <= end);
    let stands_still = |day: &NaiveDate| pauses.iter().any(|(from, to)| (*from..=*to).contains(day));
    u32::try_from(days.filter(stands_still).count()).unwrap_or(u32::MAX)
}

/// The days on which the clock stood still: from the day of suspending to the day before going on.
pub fn pauses<'s>(steps: impl Iterator<Item = (NaiveDate, &'s str)>) -> Vec<(NaiveDate, NaiveDate)> {
    let mut pauses = Vec::new();
    let mut from = None;
    for (day, act) in steps {
        match (act, from) {
            ("suspend", _) => from = Some(day),
            ("resume", Some(began)) => {
                pauses.extend(day.pred_opt().map(|last| (began, last)));
                from = None;
            }
            _ => {}
        }
    }
    pauses
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use proptest::prelude::*;
    use yimen_contract::{
        Files,
        city::{self, SpanKind},
    };

    use super::*;

    fn calendar() -> &'static WorkingCalendar {
        static CALENDAR: OnceLock<WorkingCalendar> = OnceLock::new();
        CALENDAR.get_or_init(|| {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/adapters/city");
            let city = city::load(&Files::read_folder(std::path::Path::new(folder))).unwrap();
            let mut calendar = WorkingCalendar::default();
            for span in &city.calendar.spans {
                calendar.add_span(span.from, span.to, span.kind == SpanKind::Work);
            }
            calendar
        })
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn working(days: u32) -> Term {
        Term { days, unit: DayUnit::Working }
    }

    #[test]
    fn terms_end_when_the_law_says() {
        for (start, days, due) in [
            ("2026-02-13", 1, "2026-02-14"),
            ("2026-02-13", 5, "2026-02-27"),
            ("2026-02-12", 20, "2026-03-18"),
            ("2026-04-30", 20, "2026-06-01"),
            ("2026-09-18", 5, "2026-09-24"),
            ("2026-09-24", 5, "2026-10-09"),
            ("2026-09-30", 1, "2026-10-08"),
            ("2025-09-26", 5, "2025-10-10"),
        ] {
            assert_eq!(working(days).due(calendar(), day(start), &[]).on, day(due), "{start} +{days}");
        }
    }

    #[test]
    fn a_pause_is_not_counted() {
        let pause = [(day("2026-06-08"), day("2026-06-17"))];
        let (start, twenty) = (day("2026-06-01"), working(20));
        assert_eq!(twenty.due(calendar(), start, &[]).on, day("2026-06-30"));
        assert_eq!(twenty.due(calendar(), start, &pause).on, day("2026-07-10"));
        let thirty = Term { days: 30, unit: DayUnit::Calendar };
        assert_eq!(thirty.due(calendar(), start, &[]).on, day("2026-07-01"));
        // Ten days later is a Saturday: the next working day.
        assert_eq!(thirty.due(calendar(), start, &pause).on, day("2026-07-13"));
    }

    #[test]
    fn a_year_that_nobody_has_published_is_provisional() {
        let due = working(30).due(calendar(), day("2026-12-01"), &[]);
        assert!(due.provisional && due.on > day("2027-01-01"));
        assert!(!working(5).due(calendar(), day("2026-12-01"), &[]).provisional);
    }

    proptest! {
        #[test]
        fn a_pause_never_brings_the_end_nearer(
            start in 0_u64..300, days in 1_u32..60, from in 0_u64..90, long in 0_u64..40, calendar_days: bool,
        ) {
            let start = day("2025-03-01") + chrono::Days::new(start);
            let from = start + chrono::Days::new(from);
            let pause = (from, from + chrono::Days::new(long));
            let unit = if calendar_days { DayUnit::Calendar } else { DayUnit::Working };
            let term = Term { days, unit };
            let (plain, paused) = (term.due(calendar(), start, &[]).on, term.due(calendar(), start, &[pause]).on);
            prop_assert!(paused >= plain);
            // Ten days are more than any holiday, so that they cannot vanish in one; a pause that begins after the last
            // counted day moves nothing, even where the end itself had to wait for a working day.
            let counted = if calendar_days { start + chrono::Days::new(u64::from(days)) } else { plain };
            prop_assert!(paused > plain || from >= counted || long < 10);
            prop_assert!(term.extended(10).due(calendar(), start, &[]).on > plain);
            // The same pause told in two parts is the same pause.
            let middle = from + chrono::Days::new(long / 2);
            let parts = [(from, middle), (middle, pause.1)];
            prop_assert_eq!(term.due(calendar(), start, &parts).on, paused);
        }
    }
}
