//! Dates and times in the seven ways that backends write them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta};
use jaq_json::{Num, Val};

/// Times without a zone are the city's. It has kept this offset since 1991, and no time of a backend is older.
const CITY: i32 = 8 * 3600;

/// A date, or a moment.
enum When {
    Day(NaiveDate),
    Moment(DateTime<FixedOffset>),
}

/// The backend's writing as `2026-11-21` or `2026-11-21T08:00:00+08:00`.
pub(crate) fn read_date(value: &Val, format: &Val) -> Result<Val, &'static str> {
    let (format, text) = (name(format)?, written(value)?);
    let when = read(&format, text.trim()).ok_or("this is no date of the format that the package declares")?;
    Ok(Val::from(match when {
        When::Day(day) => day.format("%Y-%m-%d").to_string(),
        When::Moment(at) => at.to_rfc3339_opts(SecondsFormat::Secs, false),
    }))
}

/// A date or a time of the contract as the backend writes it. A day as a moment is its first.
pub(crate) fn write_date(value: &Val, format: &Val) -> Result<Val, &'static str> {
    let (format, text) = (name(format)?, written(value)?);
    let when = read("iso", text.trim()).ok_or("this is no date of the contract")?;
    let zone = FixedOffset::east_opt(CITY).ok_or("no zone")?;
    let at = match when {
        When::Moment(at) => at.with_timezone(&zone).naive_local(),
        When::Day(day) => day.and_time(NaiveTime::MIN),
    };
    let pattern = match format.as_str() {
        "iso" => return Ok(Val::from(text.trim().to_owned())),
        "epoch_ms" => {
            let milliseconds = (at - TimeDelta::seconds(i64::from(CITY))).and_utc().timestamp_millis();
            return isize::try_from(milliseconds).map(Val::from).map_err(|_| "too far away");
        }
        "yyyy-MM-dd" => "%Y-%m-%d",
        "yyyy-MM-dd HH:mm:ss" => "%Y-%m-%d %H:%M:%S",
        "yyyy/MM/dd" => "%Y/%m/%d",
        "yyyyMMdd" => "%Y%m%d",
        "yyyyMMddHHmmss" => "%Y%m%d%H%M%S",
        _ => return Err("there is no such format of dates"),
    };
    Ok(Val::from(at.format(pattern).to_string()))
}

fn read(format: &str, text: &str) -> Option<When> {
    let day = |pattern| NaiveDate::parse_from_str(text, pattern).ok().map(When::Day);
    let moment = |pattern| {
        let at = NaiveDateTime::parse_from_str(text, pattern).ok()?;
        at.and_local_timezone(FixedOffset::east_opt(CITY)?).single().map(When::Moment)
    };
    // The library takes days without their zero and years of five digits; backends that write so mean
    // something else.
    let like = |pattern: &str| {
        text.len() == pattern.len()
            && text
                .bytes()
                .zip(pattern.bytes())
                .all(|(b, p)| if p == b'0' { b.is_ascii_digit() } else { b == p })
    };
    match format {
        "iso" | "yyyy-MM-dd" if like("0000-00-00") => day("%Y-%m-%d"),
        "iso" => DateTime::parse_from_rfc3339(text).ok().map(When::Moment),
        "yyyy-MM-dd HH:mm:ss" if like("0000-00-00 00:00:00") => moment("%Y-%m-%d %H:%M:%S"),
        "yyyy/MM/dd" if like("0000/00/00") => day("%Y/%m/%d"),
        "yyyyMMdd" if like("00000000") => day("%Y%m%d"),
        // The library's own pattern stops short between numbers without anything in between.
        "yyyyMMddHHmmss" if like("00000000000000") => {
            let (date, time) = text.split_at(8);
            let date = NaiveDate::parse_from_str(date, "%Y%m%d").ok()?;
            let time = NaiveTime::parse_from_str(time, "%H%M%S").ok()?;
            let at = date.and_time(time).and_local_timezone(FixedOffset::east_opt(CITY)?);
            at.single().map(When::Moment)
        }
        "epoch_ms" => {
            let at = DateTime::from_timestamp_millis(text.parse().ok()?)?;
            Some(When::Moment(at.with_timezone(&FixedOffset::east_opt(CITY)?)))
        }
        _ => None,
    }
}

fn name(format: &Val) -> Result<String, &'static str> {
    match format {
        Val::TStr(bytes) => String::from_utf8(bytes.to_vec()).map_err(|_| "this is no format of dates"),
        _ => Err("the format of dates is a text"),
    }
}

fn written(value: &Val) -> Result<String, &'static str> {
    match value {
        Val::TStr(bytes) => String::from_utf8(bytes.to_vec()).map_err(|_| "this is no date"),
        Val::Num(Num::Int(number)) => Ok(number.to_string()),
        _ => Err("this is no date"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FORMATS: [&str; 7] =
        ["iso", "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd", "yyyyMMdd", "yyyyMMddHHmmss", "epoch_ms"];

    fn val(text: &str) -> Val {
        Val::from(text.to_owned())
    }

    fn into(format: &str, text: &str) -> Option<Val> {
        read_date(&val(text), &val(format)).ok()
    }

    #[test]
    fn each_format_is_read() {
        for (format, text, expected) in [
            ("iso", "2026-11-21", "2026-11-21"),
            ("iso", "2026-11-21T00:00:00Z", "2026-11-21T00:00:00+00:00"),
            ("yyyy-MM-dd", "2026-11-21", "2026-11-21"),
            ("yyyy-MM-dd HH:mm:ss", "2026-11-21 08:30:00", "2026-11-21T08:30:00+08:00"),
            ("yyyy/MM/dd", "2026/11/21", "2026-11-21"),
            ("yyyyMMdd", "20261121", "2026-11-21"),
            ("yyyyMMddHHmmss", "20261121083000", "2026-11-21T08:30:00+08:00"),
            ("epoch_ms", "1795221000000", "2026-11-21T08:30:00+08:00"),
        ] {
            assert_eq!(into(format, text), Some(val(expected)), "{format} {text}");
        }
        assert_eq!(
            read_date(&Val::from(20_261_121_isize), &val("yyyyMMdd")),
            Ok(val("2026-11-21")),
            "as a number"
        );
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for (format, text) in [
            ("yyyyMMdd", "20261131"),
            ("yyyyMMdd", "2026112"),
            ("yyyyMMdd", "00000000"),
            ("yyyy-MM-dd", "2026-2-3"),
            ("yyyy-MM-dd", "20260203"),
            ("yyyy-MM-dd HH:mm:ss", "2026-11-21 24:00:00"),
            ("yyyyMMddHHmmss", "20261121086000"),
            ("iso", "2026-11-21 08:00:00"),
            ("epoch_ms", "yesterday"),
            ("dd.MM.yyyy", "21.11.2026"),
            ("", ""),
        ] {
            assert_eq!(into(format, text), None, "{format} {text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_the_same(seconds in 0_i64..4_102_444_800, format in 0..7_usize) {
            let zone = FixedOffset::east_opt(CITY).unwrap();
            let at = DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&zone);
            let time = val(&at.to_rfc3339_opts(SecondsFormat::Secs, false));
            let written = write_date(&time, &val(FORMATS[format])).unwrap();
            let read = read_date(&written, &val(FORMATS[format])).unwrap();
            let day = val(&at.format("%Y-%m-%d").to_string());
            prop_assert!(read == time || read == day);
        }
    }
}
