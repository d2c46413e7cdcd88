//! Check digits.

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether 18 characters are an identity number with the right check character (GB 11643), whatever the birthday.
pub fn is_identity(number: &[u8]) -> bool {
    let Some((check, digits)) = number.split_last().filter(|_| number.len() == 18) else { return false };
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize] == check.to_ascii_uppercase()
}

/// Whether 18 characters are a unified credit code with the right check character (GB 32100): the third to eighth are
/// the digits of a region.
pub fn is_credit_code(code: &[u8]) -> bool {
    let Some((check, body)) = code.split_last().filter(|_| code.len() == 18) else { return false };
    if !body[2..8].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let value = |c: u8| ALPHABET.iter().position(|known| *known == c.to_ascii_uppercase());
    let mut sum = 0;
    let mut weight = 1;
    for c in body {
        let Some(value) = value(*c) else { return false };
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    value(*check) == Some((31 - sum % 31) % 31)
}

/// Whether 13 to 19 digits are a card's number with the right check digit (Luhn).
pub fn is_bank_card(number: &[u8]) -> bool {
    if !(13..=19).contains(&number.len()) || !number.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0') << (place % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}
