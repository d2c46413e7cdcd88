//! Numbers and amounts as people type them: `1,234.50`, `￥１２３４．５`, `1234.5元`. Amounts are fen; no floating
//! point comes near them.

use crate::entry::{line, narrowed};

/// Numbers that every backend can hold (2^53 - 1).
const LARGEST: i64 = 9_007_199_254_740_991;

/// What a typed number may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misread {
    NotANumber,
    NotWhole,
}

/// A whole number.
pub(crate) fn whole(typed: &str) -> Result<i64, Misread> {
    let (negative, whole, decimals) = parts(typed).ok_or(Misread::NotANumber)?;
    if decimals.bytes().any(|b| b != b'0') {
        return Err(Misread::NotWhole);
    }
    signed(negative, whole.parse().ok()).ok_or(Misread::NotANumber)
}

/// An amount in yuan, as fen.
pub(crate) fn fen(typed: &str) -> Option<i64> {
    let plain = narrowed(&line(typed));
    let plain = plain.trim_start_matches(['¥', '￥']).trim_end_matches('元').trim_end_matches("人民币");
    let (negative, whole, decimals) = parts(plain)?;
    if decimals.len() > 2 {
        return None;
    }
    let yuan: i64 = whole.parse().ok()?;
    let rest: i64 = format!("{decimals:0<2}").parse().ok()?;
    signed(negative, yuan.checked_mul(100)?.checked_add(rest))
}

/// A number with decimals.
pub(crate) fn number(typed: &str) -> Option<f64> {
    let (negative, whole, decimals) = parts(typed)?;
    if whole.len() + decimals.len() > 15 {
        return None;
    }
    let sign = if negative { "-" } else { "" };
    format!("{sign}{whole}.{decimals}0").parse().ok()
}

fn signed(negative: bool, size: Option<i64>) -> Option<i64> {
    size.filter(|size| *size <= LARGEST).map(|size| if negative { -size } else { size })
}

/// Sign, digits before and behind the point. Separators stand between groups of three or not at all.
fn parts(typed: &str) -> Option<(bool, String, String)> {
    let plain: String = narrowed(&line(typed)).chars().filter(|c| *c != ' ').collect();
    let (negative, plain) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() == 1
        || (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let whole = groups.concat();
    let fits = grouped && !whole.is_empty() && whole.len() <= 18 && digits(&whole) && digits(decimals);
    fits.then(|| (negative, whole, decimals.to_owned()))
}

/// Fen as somebody would type them in yuan.
pub(crate) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let size = fen.unsigned_abs();
    match size % 100 {
        0 => format!("{sign}{}", size / 100),
        rest => format!("{sign}{}.{rest:02}", size / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (typed, amount) in [
            ("1,234.50", 123_450),
            ("￥１２３４．５", 123_450),
            ("1 234.5 元", 123_450),
            ("¥0.05", 5),
            ("2400", 240_000),
            ("0", 0),
            ("12.", 1200),
        ] {
            assert_eq!(fen(typed), Some(amount), "{typed}");
        }
        for typed in
            ["", "1.234", "1,23", "12,34.5", ".5", "1.2.3", "一百", "1e5", "￥", "99999999999999999999"]
        {
            assert_eq!(fen(typed), None, "{typed}");
        }
    }

    #[test]
    fn whole_numbers_are_whole() {
        assert_eq!(whole("３"), Ok(3));
        assert_eq!(whole("-12"), Ok(-12));
        assert_eq!(whole("12.0"), Ok(12));
        assert_eq!(whole("1.5"), Err(Misread::NotWhole));
        assert_eq!(whole("9007199254740992"), Err(Misread::NotANumber));
        assert_eq!(number("1,234.75"), Some(1234.75));
        assert_eq!(number("1e3"), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again(amount in -LARGEST..=LARGEST, typed in ".{0,30}") {
            prop_assert_eq!(fen(&yuan(amount)), Some(amount));
            let _ = (fen(&typed), whole(&typed), number(&typed));
        }
    }
}
