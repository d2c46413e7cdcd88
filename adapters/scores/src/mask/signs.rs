//! Mailboxes and plates.

use super::{Hidden, Span};

/// The first character of plates; 测 is that of examples, 使 and 领 those of embassies and consulates.
const PLACES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领测";
/// The last character of some plates.
const ENDINGS: &str = "学警挂港澳领使";

/// Everything around a sign that only mailboxes have.
pub(super) fn mails(text: &[char]) -> Vec<Span> {
    let local = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let domain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let ascii = |c: &&char| c.is_ascii() && local(c);
    let signs = text.iter().enumerate().filter(|(_, c)| **c == '@').map(|(place, _)| place);
    let around = signs.map(|sign| {
        let before = text[..sign].iter().rev().take_while(ascii).count();
        let after = text[sign + 1..].iter().take_while(|c| domain(c)).count();
        (sign, before, after)
    });
    let whole = around.filter(|(_, before, after)| *before > 0 && *after > 0);
    whole
        .map(|(sign, before, after)| Span { from: sign - before, to: sign + 1 + after, kind: Hidden::Mail })
        .collect()
}

/// A place, a letter, and five or six characters of which one is a digit.
pub(super) fn plates(text: &[char]) -> Vec<Span> {
    let starts = text.iter().enumerate().filter(|(_, c)| PLACES.contains(**c)).map(|(place, _)| place);
    starts.filter_map(|from| Some(Span { from, to: plate_end(text, from)?, kind: Hidden::Plate })).collect()
}

fn plate_end(text: &[char], from: usize) -> Option<usize> {
    text.get(from + 1).filter(|c| c.is_ascii_uppercase())?;
    let rest =
        from + 2 + text[from + 2..].iter().take_while(|c| matches!(c, ' ' | '·' | '•' | '.' | '-')).count();
    let sequence = text[rest..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
    let to = rest + sequence;
    let ending = text.get(to).is_some_and(|c| ENDINGS.contains(*c));
    let digits = text[rest..to].iter().filter(|c| c.is_ascii_digit()).count();
    match sequence {
        5 | 6 if digits > 0 => Some(to),
        4 if digits > 0 && ending => Some(to + 1),
        _ => None,
    }
}
