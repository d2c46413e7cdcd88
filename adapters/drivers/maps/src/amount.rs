//! Amounts, exactly: they are read as digits and never go through a floating-point number.

use jaq_json::{Num, Val};

/// No amount has more digits before the point.
const DIGITS: usize = 13;

/// `"12.30"`, `12.3`, `12` in yuan, as fen.
pub(crate) fn fen_from_yuan(value: &Val) -> Result<Val, &'static str> {
    let text = digits(value).ok_or("this is no amount in yuan")?;
    let (sign, text) = sign(&text);
    let (yuan, fen) = text.split_once('.').unwrap_or((text, ""));
    // Zeros behind the second decimal say nothing; anything else would be a fraction of a fen.
    let fen = fen.get(..2).filter(|_| fen[2..].bytes().all(|b| b == b'0')).map_or_else(|| whole(fen), whole);
    let short = text.split_once('.').is_none_or(|(_, fen)| !fen.is_empty());
    let fen =
        fen.filter(|fen| fen.len() <= 2 && short).ok_or("an amount in yuan has at most two decimals")?;
    let yuan = whole(yuan).filter(|yuan| (1..=DIGITS).contains(&yuan.len()));
    let yuan: isize = yuan.and_then(|yuan| yuan.parse().ok()).ok_or("this is no amount in yuan")?;
    let fen: isize = format!("{fen:0<2}").parse().unwrap_or(0);
    Ok(Val::from(sign * (yuan * 100 + fen)))
}

/// Fen as yuan with exactly two decimals.
pub(crate) fn yuan_from_fen(value: &Val) -> Result<Val, &'static str> {
    let Val::Num(Num::Int(fen)) = whole_fen(value)? else { return Err("this is no amount in fen") };
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    Ok(Val::from(format!("{sign}{}.{:02}", fen / 100, fen % 100)))
}

/// Fen that are already whole, written as a number or as digits.
pub(crate) fn whole_fen(value: &Val) -> Result<Val, &'static str> {
    let text = digits(value).ok_or("this is no amount in fen")?;
    let (sign, text) = sign(&text);
    let fen = whole(text).filter(|fen| (1..=DIGITS + 2).contains(&fen.len()));
    let fen: isize = fen.and_then(|fen| fen.parse().ok()).ok_or("an amount in fen is a whole number")?;
    Ok(Val::from(sign * fen))
}

fn whole(text: &str) -> Option<&str> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text)
}

fn sign(text: &str) -> (isize, &str) {
    text.strip_prefix('-').map_or((1, text), |rest| (-1, rest))
}

/// The value as it was written.
fn digits(value: &Val) -> Option<String> {
    match value {
        Val::TStr(bytes) => Some(std::str::from_utf8(bytes).ok()?.trim().to_owned()),
        Val::Num(Num::Int(number)) => Some(number.to_string()),
        Val::Num(Num::Dec(text)) if !text.contains(['e', 'E']) => Some(text.to_string()),
        // What was calculated with is taken if it comes out even.
        Val::Num(Num::Float(number)) if number.is_finite() => Some(format!("{number}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fen(text: &str) -> Option<Val> {
        fen_from_yuan(&Val::from(text.to_owned())).ok()
    }

    #[test]
    fn amounts_are_exact_or_refused() {
        for (text, expected) in [
            ("12.30", 1230_i64),
            ("12.3", 1230),
            ("12", 1200),
            ("0.07", 7),
            (" 1.10 ", 110),
            ("-3.05", -305),
            ("-0.05", -5),
            ("1.1000", 110),
            ("9999999999999.99", 999_999_999_999_999_i64),
        ] {
            assert_eq!(fen(text), Some(Val::from(isize::try_from(expected).unwrap())), "{text}");
        }
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1.001",
            "1,200.00",
            "1e3",
            "￥12",
            "１２",
            "--1",
            "12.3.4",
            "99999999999999",
            "1 2",
            "+1",
        ] {
            assert_eq!(fen(text), None, "{text}");
        }
        assert_eq!(fen_from_yuan(&Val::from(0.29)), Ok(Val::from(29_isize)));
        assert!(fen_from_yuan(&Val::from(0.1 + 0.2)).is_err());
        assert!(fen_from_yuan(&Val::from(f64::NAN)).is_err());
        assert!(whole_fen(&Val::from("12.0".to_owned())).is_err());
        assert_eq!(whole_fen(&Val::from("0012".to_owned())), Ok(Val::from(12_isize)));
    }

    proptest! {
        #[test]
        fn there_and_back(amount in -999_999_999_999_999_isize..=999_999_999_999_999) {
            let yuan = yuan_from_fen(&Val::from(amount)).unwrap();
            prop_assert_eq!(fen_from_yuan(&yuan), Ok(Val::from(amount)));
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(text in "\\PC*") {
            let _ = fen(&text);
        }
    }
}
