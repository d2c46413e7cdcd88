//! Resident identity numbers (GB 11643) in places where they must not stand. Everything in a package is
//! published, so only numbers that belong to nobody may appear in it.

/// The region that no real number has; examples use it.
pub const FICTIONAL_REGION: &str = "9901";

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// Where real-looking identity numbers begin in a text. A number counts when it stands alone, has a
/// possible date of birth and the right check character; order numbers and codes rarely have all three.
pub fn real_numbers(text: &str) -> impl Iterator<Item = usize> {
    let between_words = |c: char| !c.is_ascii_alphanumeric();
    let mut next = 0;
    text.split_inclusive(between_words).filter_map(move |piece| {
        let start = next;
        next += piece.len();
        let word = piece.trim_end_matches(between_words);
        (is_number(word) && !word.starts_with(FICTIONAL_REGION)).then_some(start)
    })
}

/// Whether a text is an identity number: 17 digits with a possible birthday in them, and the check
/// character that belongs to them.
pub fn is_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = CHECKS[(sum % 11) as usize];
    bytes[17].to_ascii_uppercase() == check && has_birthday(&text[6..14])
}

fn has_birthday(digits: &str) -> bool {
    let year_in_reach = ("1850".."2150").contains(&&digits[..4]);
    year_in_reach && chrono::NaiveDate::parse_from_str(digits, "%Y%m%d").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fictional_numbers_are_numbers() {
        for number in ["990101198501010010", "99010120151231003X", "99010120151231003x", "990101200002290046"]
        {
            assert!(is_number(number), "{number}");
        }
        for text in
            ["990101198501010011", "990101198513010010", "119901009900000172", "9901011985010100", "一"]
        {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn only_numbers_outside_the_fictional_region_are_found() {
        let text =
            "例：990101198501010010，又如11010519491231002X。x11010519491231002X 编号-11010519491231002X-1";
        let found: Vec<&str> = real_numbers(text).map(|at| &text[at..at + 18]).collect();
        assert_eq!(found, ["11010519491231002X", "11010519491231002X"]);
    }
}
