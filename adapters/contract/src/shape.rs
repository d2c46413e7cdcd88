//! What codes, names and small values look like.

/// The public name of an agency and of other things with an address: `traffic-police`.
pub fn is_slug(text: &str) -> bool {
    (2..=40).contains(&text.len()) && is_dashed(text)
}

/// Lower-case words and digits joined by dashes.
pub fn is_dashed(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// `YZ02022`: two letters and five digits.
pub fn is_service_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 7
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..].iter().all(u8::is_ascii_digit)
}

/// `A02`, `L04`, `E01`, `D02`: a few letters, then a few digits.
pub fn is_short_code(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = text.len() - digits.len();
    (1..=3).contains(&letters)
        && (2..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The long code of an item in the national list: capital letters and digits in groups joined by dashes.
pub fn is_item_code(text: &str) -> bool {
    (8..=80).contains(&text.len())
        && text.split('-').all(|group| {
            !group.is_empty() && group.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        })
}

/// Digits with the usual marks between them, at least three, such as `12345` or `0990-6612345`.
pub fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (3..=20).contains(&digits)
        && text.len() <= 30
        && text.trim() == text
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b' ' | b'(' | b')'))
}

pub fn is_email(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic() && b != b'@');
    matches!(text.split_once('@'), Some((user, host)) if plain(user) && plain(host) && host.contains('.'))
        && text.len() <= 200
}

/// An address that may be shown as a link.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    text.len() <= 500
        && rest.is_some_and(|rest| {
            rest.contains('.') && rest.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>".contains(&b))
        })
}

/// Minutes since midnight of `HH:MM`; `24:00` is the end of the day.
pub fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |part: &str| {
        (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (hours, minutes): (u16, u16) = (two(hours)?, two(minutes)?);
    (minutes < 60 && (hours < 24 || (hours, minutes) == (24, 0))).then_some(hours * 60 + minutes)
}

/// Month and day as `03-01`; 29 February counts as a day.
pub fn is_month_day(text: &str) -> bool {
    text.len() == 5 && chrono::NaiveDate::parse_from_str(&format!("2000-{text}"), "%Y-%m-%d").is_ok()
}

/// The edge of a renewal window: `expiry`, `fixed(03-01)`, or a distance from the expiry in days, months or
/// working days such as `-90D`, `-3M`, `-30W`, `+6M`.
pub fn is_window_edge(text: &str) -> bool {
    if text == "expiry" {
        return true;
    }
    if let Some(day) = text.strip_prefix("fixed(").and_then(|rest| rest.strip_suffix(')')) {
        return is_month_day(day);
    }
    let number = text.strip_prefix(['-', '+']).and_then(|rest| rest.strip_suffix(['D', 'M', 'W']));
    number.is_some_and(|n| {
        (1..=4).contains(&n.len())
            && n.bytes().all(|b| b.is_ascii_digit())
            && n.parse::<u16>().is_ok_and(|n| n > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(is: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        for text in yes {
            assert!(is(text), "{text} should be fine");
        }
        for text in no {
            assert!(!is(text), "{text} should not be fine");
        }
    }

    #[test]
    fn names_and_codes() {
        all(is_slug, &["traffic-police", "a1"], &["a", "", "Traffic", "a_b", &"a".repeat(41)]);
        all(is_service_code, &["YZ02022"], &["YZ0202", "yz02022", "Y102022", "YZ0202２", "YZ020222"]);
        all(is_short_code, &["A02", "L04", "B15", "LIC0123"], &["A2", "02", "A", "a02", "ABCD01", "A02-1"]);
        all(
            is_item_code,
            &["990Y01001000-990100000000-000-1199010099000005XA-1-00"],
            &["", "short", "A--BBBBBBB", "990y01001000"],
        );
    }

    #[test]
    fn ways_to_reach_someone() {
        all(
            is_phone,
            &["12345", "0990-6612345", "+86 (990) 6612345"],
            &["", "ask", "12", "12345 ", "0990/1234"],
        );
        all(is_email, &["a@example.cn"], &["a@", "@b.cn", "a@b", "a b@c.cn", "a@@b.cn"]);
        all(
            is_web_address,
            &["https://www.gov.cn/x?y=1"],
            &["www.gov.cn", "javascript:alert(1)", "https://", "https://a.b/\"x"],
        );
    }

    #[test]
    fn times_and_windows() {
        assert_eq!((minutes("08:30"), minutes("24:00"), minutes("24:01")), (Some(510), Some(1440), None));
        assert_eq!((minutes("8:30"), minutes("08:60"), minutes("+8:30")), (None, None, None));
        all(
            is_window_edge,
            &["expiry", "-90D", "-3M", "-90W", "+6M", "fixed(03-01)", "fixed(02-29)"],
            &["", "90D", "-D", "-0D", "-90", "-90Y", "fixed(02-30)", "fixed(3-1)", "-99999D", "-+9D", "- 9D"],
        );
    }
}
