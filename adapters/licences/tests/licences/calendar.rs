//! Working days, counted out and counted one by one.

use proptest::prelude::*;
use yimen_licences::{Calendar, Counted, PlainWeek, Table};

use crate::city::{day, later, published, table};

/// The published calendar without what a table adds.
struct OneByOne(crate::city::Published);

impl Calendar for OneByOne {
    fn is_working(&self, day: chrono::NaiveDate) -> bool {
        self.0.is_working(day)
    }

    fn is_published(&self, year: i32) -> bool {
        self.0.is_published(year)
    }
}

#[test]
fn known_limits_come_out() {
    for (from, count, on) in [
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-12", 20, "2026-03-18"),
        ("2026-04-30", 20, "2026-06-01"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2025-09-26", 5, "2025-10-10"),
    ] {
        let counted = Counted { on: day(on), provisional: false };
        assert_eq!(table().working_days(day(from), count, true), counted, "{from} + {count}");
    }
}

#[test]
fn an_unpublished_year_is_provisional() {
    assert!(!table().working_days(day("2026-12-31"), 5, false).provisional);
    assert!(!table().working_days(day("2027-01-01"), 5, false).provisional);
    assert!(table().working_days(day("2027-01-02"), 5, false).provisional);
    assert!(table().working_days(day("2026-12-30"), 5, true).provisional);
}

proptest! {
    #[test]
    fn a_table_answers_as_counting_does(offset in 0_u64..2_000, count in 0_u16..120, later_on: bool) {
        let from = later(day("2023-01-01"), offset);
        let slowly = OneByOne(published());
        prop_assert_eq!(table().working_days(from, count, later_on), slowly.working_days(from, count, later_on));
        prop_assert_eq!(table().is_working(from), slowly.is_working(from));
        let small = Table::of(&PlainWeek, 2024, 2025);
        prop_assert_eq!(
            small.working_days(from, count, later_on).on,
            PlainWeek.working_days(from, count, later_on).on
        );
    }
}
