//! From when, until when: ages and terms, counted in days of the city.

use chrono::{Days, Months, NaiveDate, NaiveTime, TimeZone as _};

use crate::platform::{
    Moment,
    clock::{CITY_ZONE, city_day},
};

/// The longest that somebody may be authorised for at once.
pub const LONGEST_MONTHS: u32 = 36;
/// From this age on a child is asked.
pub const ASKED_AT: u32 = 14;
/// At this age nobody acts as a parent any more.
pub const OF_AGE: u32 = 18;

/// The day on which somebody reaches an age. Who was born on 29 February reaches it, in a year without that
/// day, on the last day of the month (Civil Code, article 202).
pub fn turns(birth: NaiveDate, years: u32) -> Option<NaiveDate> {
    birth.checked_add_months(Months::new(years.checked_mul(12)?))
}

/// The beginning of a day in the city.
pub fn beginning(day: NaiveDate) -> Moment {
    // The city's clocks never skip midnight; were there such a day, it would begin in UTC.
    CITY_ZONE
        .from_local_datetime(&day.and_time(NaiveTime::MIN))
        .earliest()
        .map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |at| at.to_utc())
}

/// When nobody acts for a child any more as a parent. `None`: it is of age already, or not born.
pub fn parent_until(birth: NaiveDate, today: NaiveDate) -> Option<Moment> {
    let end = turns(birth, OF_AGE)?;
    (birth <= today && today < end).then(|| beginning(end))
}

/// From when on the child is asked, of a delegation that ends when it is of age. Its birthday is kept nowhere
/// else in the clear: four years before one that fell on the same day.
pub fn asked_from(of_age: Moment) -> Moment {
    let day = city_day(of_age);
    day.checked_sub_months(Months::new((OF_AGE - ASKED_AT) * 12)).map_or(of_age, beginning)
}

/// From the first day to the end of the last, if both are possible.
pub fn term(today: NaiveDate, first: NaiveDate, last: NaiveDate) -> Option<(Moment, Moment)> {
    let latest = first.checked_add_months(Months::new(LONGEST_MONTHS))?.checked_sub_days(Days::new(1))?;
    let fine = today <= first && first <= last && last <= latest;
    fine.then_some(()).and_then(|()| Some((beginning(first), beginning(last.succ_opt()?))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_leap_day_child_comes_of_age_on_the_last_of_february() {
        assert_eq!(turns(day(2008, 2, 29), 18), Some(day(2026, 2, 28)));
        assert_eq!(turns(day(2008, 2, 29), 14), Some(day(2022, 2, 28)));
        assert_eq!(parent_until(day(2008, 2, 29), day(2026, 2, 28)), None);
        let end = parent_until(day(2008, 2, 29), day(2026, 2, 27)).unwrap();
        // Midnight in the city is 16:00 the day before in UTC.
        assert_eq!(end.to_rfc3339(), "2026-02-27T16:00:00+00:00");
    }

    #[test]
    fn the_day_is_the_city_s() {
        let end = parent_until(day(2010, 5, 1), day(2026, 1, 1)).unwrap();
        assert_eq!(city_day(end), day(2028, 5, 1));
        assert_eq!(city_day(end - chrono::TimeDelta::microseconds(1)), day(2028, 4, 30));
    }

    #[test]
    fn three_years_are_the_longest_and_the_past_is_not_to_be_had() {
        let today = day(2026, 11, 20);
        assert!(term(today, today, day(2029, 11, 19)).is_some());
        assert!(term(today, today, day(2029, 11, 20)).is_none());
        assert!(term(today, day(2026, 11, 19), day(2027, 1, 1)).is_none());
        assert!(term(today, day(2027, 1, 2), day(2027, 1, 1)).is_none());
        let (from, until) = term(today, today, today).unwrap();
        assert_eq!((until - from).num_hours(), 24);
    }

    proptest! {
        /// Every birthday of two centuries, leap days included.
        #[test]
        fn a_parent_acts_exactly_until_the_eighteenth_birthday(offset in 0_u64..73_000, age_days in 0_u64..9_000) {
            let birth = day(1900, 1, 1) + Days::new(offset);
            let today = birth + Days::new(age_days);
            let end = turns(birth, OF_AGE).unwrap();
            prop_assert_eq!(parent_until(birth, today).is_some(), today < end);
            prop_assert_eq!(parent_until(birth, birth.pred_opt().unwrap()), None);
        }

        /// The question at fourteen is worked out from the end at eighteen, and must fall on the same day.
        #[test]
        fn the_child_is_asked_from_the_fourteenth_birthday_on(offset in 0_u64..36_500) {
            let birth = day(1995, 1, 1) + Days::new(offset);
            let of_age = parent_until(birth, birth).unwrap();
            prop_assert_eq!(asked_from(of_age), beginning(turns(birth, ASKED_AT).unwrap()));
        }

        #[test]
        fn leap_day_children_are_asked_and_come_of_age_on_time(year in 480_i32..520) {
            let birth = NaiveDate::from_ymd_opt(year * 4, 2, 29);
            prop_assume!(birth.is_some());
            let birth = birth.unwrap();
            let of_age = parent_until(birth, birth).unwrap();
            prop_assert_eq!(city_day(of_age), NaiveDate::from_ymd_opt(year * 4 + 18, 2, 28).unwrap());
            prop_assert_eq!(city_day(asked_from(of_age)), NaiveDate::from_ymd_opt(year * 4 + 14, 2, 28).unwrap());
        }
    }
}
