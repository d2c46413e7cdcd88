//! The rules of appointments as packages state them, in numbers and days: how far ahead, until when, how often. Pure.

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _};
use yimen_contract::{
    agency::Weekday,
    booking::{Booking, Missed, Place},
};

use crate::platform::{
    Moment,
    calendar::WorkingCalendar,
    clock::{CITY_ZONE, city_day},
};

/// An appointment that a place's hours make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub place: String,
    pub starts: Moment,
    pub ends: Moment,
    pub day: NaiveDate,
    pub capacity: u16,
}

/// The first and the last day for which people may book now.
pub fn window(rules: &Booking, now: Moment) -> (NaiveDate, NaiveDate) {
    let today = city_day(now);
    let open = rules.release.as_deref().and_then(time).is_none_or(|at| at <= local(now).time());
    let ahead = u64::from(rules.window_days).saturating_sub(1);
    // The last day opens in the morning; before that the one before it is the last.
    (today, today + Days::new(if open { ahead } else { ahead.saturating_sub(1) }))
}

/// Until when a booking can be given back.
pub fn cancel_until(rules: &Booking, starts: Moment) -> Moment {
    let Some(cut_off) = &rules.cancel_until else { return starts };
    let at = time(&cut_off.at).unwrap_or(NaiveTime::MIN);
    let day = city_day(starts) - Days::new(cut_off.days.into());
    moment(day.and_time(at)).unwrap_or(starts).min(starts)
}

/// The appointments of a place on a day.
pub fn sessions(place: &Place, day: NaiveDate, calendar: &WorkingCalendar) -> Vec<Session> {
    let works = calendar.is_working(day);
    let weekday = weekday(day);
    let mut all = Vec::new();
    for hours in &place.hours {
        let open = if hours.days.is_empty() {
            works
        } else {
            // A holiday shuts a weekday; the weekend is open by the place's own word.
            let holiday = !works && !matches!(weekday, Weekday::Sat | Weekday::Sun);
            hours.days.contains(&weekday) && (place.holidays_too || !holiday)
        };
        let (Some(from), Some(to)) = (time(&hours.from), end(&hours.to, day)) else { continue };
        if !open {
            continue;
        }
        let long = TimeDelta::minutes(place.minutes.max(1).into());
        let mut starts = day.and_time(from);
        while starts + long <= to {
            if let (Some(begin), Some(end)) = (moment(starts), moment(starts + long)) {
                let place_id = place.id.clone();
                let capacity = place.capacity;
                all.push(Session { place: place_id, starts: begin, ends: end, day, capacity });
            }
            starts += long;
        }
    }
    all.sort_by_key(|session| session.starts);
    all.dedup_by_key(|session| session.starts);
    all
}

/// Until when somebody who did not come at these times does not book.
pub fn barred_until(missed: &[Moment], rule: &Missed) -> Option<Moment> {
    let mut at: Vec<Moment> = missed.to_vec();
    at.sort_unstable();
    let (times, within) = (usize::from(rule.times.max(1)), TimeDelta::days(rule.within_days.into()));
    let too_often = at.windows(times).filter(|span| {
        let (first, last) = (span.first(), span.last());
        first.zip(last).is_some_and(|(first, last)| *last - *first <= within)
    });
    let last = too_often.filter_map(|span| span.last()).max()?;
    Some(*last + TimeDelta::days(rule.barred_days.into()))
}

/// Whether somebody born on a day is younger than this.
pub fn is_under(born: NaiveDate, years: u8, today: NaiveDate) -> bool {
    let age = today.years_since(born).unwrap_or_default();
    age < u32::from(years)
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

/// `24:00` ends a day.
fn end(text: &str, day: NaiveDate) -> Option<NaiveDateTime> {
    if text == "24:00" {
        Some((day + Days::new(1)).and_time(NaiveTime::MIN))
    } else {
        Some(day.and_time(time(text)?))
    }
}

fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

fn moment(local: NaiveDateTime) -> Option<Moment> {
    CITY_ZONE.from_local_datetime(&local).earliest().map(|at| at.to_utc())
}

fn weekday(day: NaiveDate) -> Weekday {
    match day.weekday() {
        chrono::Weekday::Mon => Weekday::Mon,
        chrono::Weekday::Tue => Weekday::Tue,
        chrono::Weekday::Wed => Weekday::Wed,
        chrono::Weekday::Thu => Weekday::Thu,
        chrono::Weekday::Fri => Weekday::Fri,
        chrono::Weekday::Sat => Weekday::Sat,
        chrono::Weekday::Sun => Weekday::Sun,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use yimen_contract::{
        Bilingual,
        booking::{CutOff, Hours},
    };

    use super::*;

    fn at(text: &str) -> Moment {
        moment(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_day_opens_in_the_morning() {
        let rules = Booking { window_days: 7, release: Some("07:00".to_owned()), ..Booking::default() };
        assert_eq!(window(&rules, at("2026-11-21 06:59")).1, day("2026-11-26"));
        assert_eq!(window(&rules, at("2026-11-21 07:00")).1, day("2026-11-27"));
        let always = Booking { window_days: 1, ..Booking::default() };
        assert_eq!(window(&always, at("2026-11-21 00:00")), (day("2026-11-21"), day("2026-11-21")));
    }

    #[test]
    fn it_is_given_back_until_the_cut_off() {
        let cut_off = |days, at: &str| Booking {
            cancel_until: Some(CutOff { days, at: at.to_owned() }),
            ..Booking::default()
        };
        let starts = at("2026-11-24 09:00");
        assert_eq!(cancel_until(&cut_off(1, "17:00"), starts), at("2026-11-23 17:00"));
        assert_eq!(cancel_until(&cut_off(1, "15:00"), starts), at("2026-11-23 15:00"));
        // Midnight before the day.
        assert_eq!(cancel_until(&cut_off(0, "00:00"), starts), at("2026-11-24 00:00"));
        // Never later than it begins.
        assert_eq!(cancel_until(&cut_off(0, "12:00"), starts), starts);
        assert_eq!(cancel_until(&Booking::default(), starts), starts);
    }

    fn place(days: Vec<Weekday>, holidays_too: bool) -> Place {
        Place {
            id: "hall".to_owned(),
            name: Bilingual::new("大厅", "Hall"),
            address: None,
            minutes: 30,
            capacity: 2,
            hours: vec![Hours { days, from: "09:00".to_owned(), to: "10:40".to_owned() }],
            holidays_too,
        }
    }

    #[test]
    fn hours_make_appointments_on_the_days_on_which_the_place_is_open() {
        let mut calendar = WorkingCalendar::default();
        // A Tuesday off, made up for on the Saturday.
        calendar.add_span(day("2026-11-24"), day("2026-11-24"), false);
        calendar.add_span(day("2026-11-28"), day("2026-11-28"), true);
        let count = |place: &Place, on: &str| sessions(place, day(on), &calendar).len();
        let working = place(Vec::new(), false);
        assert_eq!(
            ["2026-11-23", "2026-11-24", "2026-11-28", "2026-11-29"].map(|on| count(&working, on)),
            [3, 0, 3, 0]
        );
        let weekly = place(vec![Weekday::Tue, Weekday::Sun], false);
        assert_eq!(["2026-11-24", "2026-11-29", "2026-12-01"].map(|on| count(&weekly, on)), [0, 3, 3]);
        assert_eq!(count(&place(vec![Weekday::Tue], true), "2026-11-24"), 3);
        let all = sessions(&working, day("2026-11-23"), &calendar);
        assert_eq!((all[2].starts, all[2].ends), (at("2026-11-23 10:00"), at("2026-11-23 10:30")));
    }

    #[test]
    fn whoever_did_not_come_too_often_waits() {
        let rule = Missed { late_minutes: 30, times: 3, within_days: 180, barred_days: 90 };
        let twice = [at("2026-01-05 09:00"), at("2026-03-05 09:00")];
        assert_eq!(barred_until(&twice, &rule), None);
        let thrice = [twice[1], at("2026-06-05 09:00"), twice[0]];
        assert_eq!(barred_until(&thrice, &rule), Some(at("2026-09-03 09:00")));
        let slowly = [twice[0], twice[1], at("2026-08-05 09:00")];
        assert_eq!(barred_until(&slowly, &rule), None);
    }

    #[test]
    fn a_child_is_one_until_the_birthday() {
        assert!(is_under(day("2012-11-22"), 14, day("2026-11-21")));
        assert!(!is_under(day("2012-11-21"), 14, day("2026-11-21")));
    }

    proptest! {
        /// One more absence never lifts a bar, and never makes it shorter.
        #[test]
        fn not_coming_once_more_never_helps(
            missed in prop::collection::vec(0_i64..1000, 0..12), more in 0_i64..1000, times in 1_u8..5, within in 1_u16..400
        ) {
            let rule = Missed { late_minutes: 30, times, within_days: within, barred_days: 30 };
            let base = at("2026-01-01 09:00");
            let mut at: Vec<Moment> = missed.iter().map(|day| base + TimeDelta::days(*day)).collect();
            let before = barred_until(&at, &rule);
            at.push(base + TimeDelta::days(more));
            prop_assert!(barred_until(&at, &rule) >= before);
        }

        /// Appointments of a place lie within its hours and do not overlap.
        #[test]
        fn appointments_do_not_overlap(minutes in 5_u16..120, offset in 0_u64..400) {
            let mut place = place(Vec::new(), false);
            place.minutes = minutes;
            let day = day("2026-01-01") + Days::new(offset);
            let all = sessions(&place, day, &WorkingCalendar::default());
            prop_assert!(all.windows(2).all(|two| two[0].ends <= two[1].starts));
            prop_assert!(all.iter().all(|one| one.day == day && city_day(one.starts) == day));
        }
    }
}
