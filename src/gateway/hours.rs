//! When a backend is shut by its own hours, and until when.

use chrono::{Datelike as _, Days, NaiveDateTime, NaiveTime, TimeZone as _};
use yimen_contract::agency::{Backend, ClosedSpan, Weekday};

use crate::platform::{Moment, clock::CITY_ZONE};

/// A backend that is shut around the clock for longer than this has nothing to do with hours.
const LOOK_AHEAD: u64 = 15;

/// The moment at which the backend opens again; `None` while it is open.
pub fn shut_until(backend: &Backend, now: Moment) -> Option<Moment> {
    let local = now.with_timezone(&CITY_ZONE).naive_local();
    let mut until = local;
    // One span may begin where another ends, such as an evening and the Saturday behind it.
    while let Some(end) = backend.closed.iter().filter_map(|span| end_of(span, until)).max() {
        if end <= until || end - local > chrono::TimeDelta::days(LOOK_AHEAD.cast_signed()) {
            break;
        }
        until = end;
    }
    (until > local).then(|| CITY_ZONE.from_local_datetime(&until).earliest())?.map(|at| at.to_utc())
}

/// Where the span that holds this moment ends.
fn end_of(span: &ClosedSpan, at: NaiveDateTime) -> Option<NaiveDateTime> {
    let (from, to) = (time(&span.from)?, time(&span.to)?);
    // A span that passes midnight may have begun the day before.
    [at.date().checked_sub_days(Days::new(1))?, at.date()].into_iter().find_map(|day| {
        let on = span.days.is_empty() || span.days.contains(&weekday(day.weekday()));
        let (begins, ends) = (day.and_time(from), if to > from { day } else { day + Days::new(1) });
        let ends = ends.and_time(to);
        (on && begins <= at && at < ends).then_some(ends)
    })
}

/// `24:00` ends a day as `00:00` begins the next.
fn time(text: &str) -> Option<NaiveTime> {
    let text = if text == "24:00" { "00:00" } else { text };
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

const fn weekday(day: chrono::Weekday) -> Weekday {
    match day {
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

    use super::*;

    fn backend(spans: &[(&[Weekday], &str, &str)]) -> Backend {
        let span = |(days, from, to): &(&[Weekday], &str, &str)| ClosedSpan {
            days: days.to_vec(),
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            reason: yimen_contract::Bilingual::default(),
        };
        let plain = serde_json::json!({ "driver": "rest", "auth": "none" });
        let plain: Backend = serde_json::from_value(plain).unwrap();
        Backend { closed: spans.iter().map(span).collect(), ..plain }
    }

    fn city(text: &str) -> Moment {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        CITY_ZONE.from_local_datetime(&local).unwrap().to_utc()
    }

    #[test]
    fn a_night_passes_midnight_and_an_hour_does_not() {
        let night = backend(&[(&[], "23:00", "06:00")]);
        assert_eq!(shut_until(&night, city("2026-11-20 22:59")), None);
        assert_eq!(shut_until(&night, city("2026-11-20 23:00")), Some(city("2026-11-21 06:00")));
        assert_eq!(shut_until(&night, city("2026-11-21 05:59")), Some(city("2026-11-21 06:00")));
        assert_eq!(shut_until(&night, city("2026-11-21 06:00")), None);
        let hour = backend(&[(&[], "01:00", "03:00")]);
        assert_eq!(shut_until(&hour, city("2026-11-21 02:00")), Some(city("2026-11-21 03:00")));
        assert_eq!(shut_until(&hour, city("2026-11-21 03:00")), None);
    }

    #[test]
    fn an_evening_and_a_weekend_are_one_rest() {
        let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
        let end = [Weekday::Sat, Weekday::Sun];
        let office =
            backend(&[(&week, "17:30", "09:00"), (&end, "00:00", "24:00"), (&week, "00:00", "09:00")]);
        // Friday evening: Monday morning.
        assert_eq!(shut_until(&office, city("2026-11-20 18:00")), Some(city("2026-11-23 09:00")));
        assert_eq!(shut_until(&office, city("2026-11-22 23:59")), Some(city("2026-11-23 09:00")));
        assert_eq!(shut_until(&office, city("2026-11-23 09:00")), None);
    }

    #[test]
    fn one_that_never_opens_says_no_moment_far_away() {
        let never = backend(&[(&[], "00:00", "24:00")]);
        let until = shut_until(&never, city("2026-11-20 18:00"));
        assert!(until.is_some_and(|until| until - city("2026-11-20 18:00") <= chrono::TimeDelta::days(16)));
    }

    proptest! {
        #[test]
        fn the_end_is_behind_now_and_open(from in 0_u32..1440, long in 1_u32..1439, at in 0_i64..20_000) {
            let clock = |minute: u32| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
            let one = backend(&[(&[], &clock(from), &clock(from + long))]);
            let now = city("2026-11-20 00:00") + chrono::TimeDelta::minutes(at);
            if let Some(until) = shut_until(&one, now) {
                prop_assert!(until > now && until - now <= chrono::TimeDelta::minutes(i64::from(long)));
                prop_assert_eq!(shut_until(&one, until), None);
            }
        }
    }
}
