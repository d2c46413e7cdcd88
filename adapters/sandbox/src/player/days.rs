//! Days: a sample that says when it was recorded goes on being as fresh as it was then. Every date near that day is moved
//! by as many days as have passed since; dates far from it are somebody's birthday, and names that hold one stay.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use serde_json::Value;

/// The city's zone.
const ZONE: i32 = 8 * 3600;
/// What is further from the day of the recording is not about it.
pub const YEAR: i64 = 400;
const WEEKDAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

/// The day that it is in the city.
pub fn day(at: DateTime<Utc>) -> Option<NaiveDate> {
    Some(local(at)?.date_naive())
}

fn local(at: DateTime<Utc>) -> Option<DateTime<FixedOffset>> {
    Some(at.with_timezone(&FixedOffset::east_opt(ZONE)?))
}

/// How days are moved.
#[derive(Debug, Clone, Copy)]
pub struct Move<'m> {
    /// What is at most `within` days from here,
    pub near: NaiveDate,
    pub within: i64,
    /// goes on by so much.
    pub by: TimeDelta,
    /// Names, which stay as they are.
    pub names: &'m [&'m str],
}

impl Move<'_> {
    /// Moves every date that is a value of its own.
    pub fn all(&self, value: &mut Value) {
        if self.by.is_zero() {
            return;
        }
        match value {
            Value::Object(fields) => fields.values_mut().for_each(|value| self.all(value)),
            Value::Array(list) => list.iter_mut().for_each(|value| self.all(value)),
            Value::String(text) => {
                if let Some(moved) = self.text(text) {
                    *text = moved;
                }
            }
            Value::Number(number) => {
                if let Some(at) = number.as_i64().and_then(|at| self.moment(at)) {
                    *value = at.into();
                }
            }
            _ => {}
        }
    }

    /// The text with its date moved; nothing where it is none, or stays.
    pub fn text(&self, text: &str) -> Option<String> {
        if self.by.is_zero() || self.names.contains(&text) {
            return None;
        }
        for (form, width) in [("%Y-%m-%d", 10), ("%Y/%m/%d", 10), ("%Y%m%d", 8)] {
            let Some((head, rest)) = text.split_at_checked(width) else { continue };
            let Ok(day) = NaiveDate::parse_from_str(head, form) else { continue };
            if self.is_near(day) && is_time(rest, width == 8) {
                return Some(format!("{}{rest}", (day + self.by).format(form)));
            }
        }
        let moment = text.parse::<i64>().ok().and_then(|at| self.moment(at));
        moment.map(|at| at.to_string()).or_else(|| self.weekday(text))
    }

    fn is_near(&self, day: NaiveDate) -> bool {
        (day - self.near).num_days().abs() <= self.within
    }

    /// Milliseconds since 1970.
    fn moment(&self, at: i64) -> Option<i64> {
        let moment = day(DateTime::from_timestamp_millis(at)?)?;
        self.is_near(moment).then(|| at + self.by.num_milliseconds())
    }

    fn weekday(&self, text: &str) -> Option<String> {
        let name = ["星期", "周"].into_iter().find(|name| text.starts_with(name))?;
        let mut rest = text[name.len()..].chars();
        let (said, None) = (rest.next()?, rest.next()) else { return None };
        let said = if said == '天' { '日' } else { said };
        let at = WEEKDAYS.iter().position(|one| *one == said)?;
        let on = usize::try_from((i64::try_from(at).ok()? + self.by.num_days()).rem_euclid(7)).ok()?;
        Some(format!("{name}{}", WEEKDAYS.get(on)?))
    }
}

/// What may follow a date: nothing, or a time of the day.
fn is_time(rest: &str, digits: bool) -> bool {
    match rest.chars().next() {
        None | Some('T' | ' ') => true,
        Some(first) if digits && first.is_ascii_digit() => {
            let two = |at: usize| rest.get(at..at + 2).and_then(|two| two.parse::<u8>().ok());
            let all = rest.bytes().all(|byte| byte.is_ascii_digit()) && matches!(rest.len(), 4 | 6);
            all && two(0).is_some_and(|hour| hour < 24)
                && two(2).is_some_and(|minute| minute < 60)
                && (rest.len() == 4 || two(4).is_some_and(|second| second < 60))
        }
        // `2026-11-23上午`, and not `2026-11-23-0017`.
        Some(first) => !first.is_ascii(),
    }
}

/// A moment in the writing of another: its digits in the places of the other's. Nothing where `text` is not `from`.
pub fn rewritten(text: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<String> {
    for zone in [ZONE, 0] {
        let zone = FixedOffset::east_opt(zone)?;
        let digits = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y%m%d%H%M%S").to_string();
        let (old, new) = (digits(from), digits(to));
        let said: String = text.chars().filter(char::is_ascii_digit).collect();
        // To the second or to the minute; the zone's own digits may follow.
        let same = [14, 12].into_iter().find(|count| said.len() >= *count && said[..*count] == old[..*count]);
        let Some(count) = same else { continue };
        let mut fresh = new[..count].chars();
        let put = |c: char| if c.is_ascii_digit() { fresh.next().unwrap_or(c) } else { c };
        return Some(text.chars().map(put).collect());
    }
    (text == from.timestamp().to_string())
        .then(|| to.timestamp().to_string())
        .or_else(|| (text == from.timestamp_millis().to_string()).then(|| to.timestamp_millis().to_string()))
}

/// Puts a moment in the place of another, however it is written.
pub fn rewrite(value: &mut Value, from: DateTime<Utc>, to: DateTime<Utc>) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| rewrite(value, from, to)),
        Value::Array(list) => list.iter_mut().for_each(|value| rewrite(value, from, to)),
        Value::String(text) => {
            if let Some(fresh) = rewritten(text, from, to) {
                *text = fresh;
            }
        }
        Value::Number(number) => {
            let fresh = rewritten(&number.to_string(), from, to).and_then(|fresh| fresh.parse::<i64>().ok());
            if let Some(fresh) = fresh {
                *value = fresh.into();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn days_near_the_recording_move_and_others_stay() {
        let near = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let names = ["20261121001"];
        let a_week_and_a_day = Move { near, within: YEAR, by: TimeDelta::days(8), names: &names };
        let mut value = json!({
            "day": "2026-11-21", "at": "20261123111000", "to": "2026/11/30 08:30", "ms": 1_795_233_600_000_i64,
            "on": "星期六", "also": "周日", "born": "1985-01-01", "name": "20261121001", "no": "20261121-0017",
            "text": "11月21日", "count": 20_261_121, "list": [{ "x": "2026-11-21上午" }],
        });
        a_week_and_a_day.all(&mut value);
        let moved = json!({
            "day": "2026-11-29", "at": "20261201111000", "to": "2026/12/08 08:30", "ms": 1_795_924_800_000_i64,
            "on": "星期日", "also": "周一", "born": "1985-01-01", "name": "20261121001", "no": "20261121-0017",
            "text": "11月21日", "count": 20_261_121, "list": [{ "x": "2026-11-29上午" }],
        });
        assert_eq!(value, moved);
    }

    #[test]
    fn a_moment_keeps_its_writing() {
        let (from, to) = ("2026-11-23T03:10:00Z".parse().unwrap(), "2027-01-02T04:05:06Z".parse().unwrap());
        for (text, fresh) in [
            ("2026-11-23T11:10:00+08:00", "2027-01-02T12:05:06+08:00"),
            ("20261123111000", "20270102120506"),
            ("2026/11/23 11:10", "2027/01/02 12:05"),
            ("2026-11-23T03:10:00Z", "2027-01-02T04:05:06Z"),
            ("1795403400", "1798862706"),
        ] {
            assert_eq!(rewritten(text, from, to).as_deref(), Some(fresh), "{text}");
        }
        assert_eq!(rewritten("2026-11-23", from, to), None);
        assert_eq!(rewritten("H12026112100442", from, to), None);
    }
}
