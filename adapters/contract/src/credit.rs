//! Unified social credit codes (GB 32100): 18 characters, the last of which checks the others.

const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether a text is a unified credit code with the right check character.
pub fn is_valid(code: &str) -> bool {
    let Some((check, body)) = code.as_bytes().split_last() else { return false };
    body.len() == 17 && check_character(body) == Some(*check)
}

/// The check character of the first 17: their values weighted by powers of 3, modulo 31.
fn check_character(body: &[u8]) -> Option<u8> {
    let mut sum = 0;
    let mut weight = 1;
    for character in body {
        let value = ALPHABET.iter().position(|known| known == character)?;
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    Some(ALPHABET[(31 - sum % 31) % 31])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_decides() {
        for code in ["119901009900000172", "11990100990000025W", "11990100990000033P", "1199010099000005XA"] {
            assert!(is_valid(code), "{code}");
        }
        for code in [
            "",
            "119901009900000173",
            "11990100990000025w",
            "1199010099000025W",
            "11990100990000O25W",
            "一二三",
        ] {
            assert!(!is_valid(code), "{code}");
        }
    }
}
