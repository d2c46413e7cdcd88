//! Resident identity numbers that belong to nobody: region 9901xx, with the check character of GB 11643.

use chrono::NaiveDate;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The number of someone registered in district `district` (1 to 99) of the fictional city. An odd `sequence`
/// stands for a man, an even one for a woman.
pub fn identity_number(district: u8, birth: NaiveDate, sequence: u16) -> String {
    let mut number = format!("9901{:02}{}{:03}", district % 100, birth.format("%Y%m%d"), sequence % 1000);
    number.push(check(&number));
    number
}

/// Whether a text is a number with a possible birthday and the right check character.
pub fn is_number(text: &str) -> bool {
    let (Some(body), Some(last)) = (text.get(..17), text.chars().nth(17)) else { return false };
    text.len() == 18
        && body.bytes().all(|byte| byte.is_ascii_digit())
        && NaiveDate::parse_from_str(&body[6..14], "%Y%m%d").is_ok()
        && check(body) == last.to_ascii_uppercase()
}

fn check(body: &str) -> char {
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize]
}
