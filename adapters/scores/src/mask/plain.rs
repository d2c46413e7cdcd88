//! One way of writing for what people write in many: full-width as plain, Chinese digits as digits, capitals.

/// Character for character, so that places stay the same.
pub(super) fn of(written: &[char]) -> Vec<char> {
    written.iter().map(|c| plain(*c)).collect()
}

fn plain(c: char) -> char {
    let narrow = match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    match narrow {
        '〇' | '零' | '○' => '0',
        '一' | '壹' | '幺' => '1',
        '二' | '贰' | '两' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => digit(narrow).unwrap_or(narrow.to_ascii_uppercase()),
    }
}

/// Digits of other writings: circled, mathematical, Arabic.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '①'..='⑨' => '①' as u32 - 1,
        '\u{1D7CE}'..='\u{1D7FF}' => 0x1D7CE + (c as u32 - 0x1D7CE) / 10 * 10,
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        '⁰' | '⁴'..='⁹' => 0x2070,
        '₀'..='₉' => 0x2080,
        _ => return None,
    };
    char::from_digit(c as u32 - zero, 10)
}

/// What people put between the digits of one number.
pub(super) fn is_between(c: char) -> bool {
    c.is_whitespace() && c != '\n'
        || matches!(c, '-' | '.' | '_' | '/' | '·' | '•' | '–' | '—' | '−' | '‐' | '‑' | '~' | '(' | ')')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

/// As many of them as can stand together inside a number.
pub(super) const MOST_BETWEEN: usize = 3;
