//! New names in the shape of old ones: so many digits at the end are others, everything else stays.

use crate::secret::{Secret, keyed};

/// Fewer digits than these do not tell things apart.
const FEWEST: usize = 4;
const MOST: usize = 9;

/// Another name in the shape of `model`, always the same for the same seed.
pub fn like(model: &str, secret: &Secret, seed: &str) -> String {
    let digest = keyed(&secret.derive("player/names"), format!("{model}\n{seed}").as_bytes());
    let mut digits = digest.iter().map(|byte| char::from(b'0' + byte % 10));
    let count = model.bytes().filter(u8::is_ascii_digit).count();
    if count < FEWEST {
        let longer: String = digits.take(MOST).collect();
        return format!("{model}-{longer}");
    }
    let mut name: Vec<char> = model.chars().collect();
    let last = name.iter_mut().rev().filter(|c| c.is_ascii_digit()).take(count.min(MOST));
    for (place, digit) in last.zip(digits.by_ref()) {
        *place = digit;
    }
    name.into_iter().collect()
}

/// The same for a name that people share in the samples: one that is too short to change stays.
pub fn of_their_own(model: &str, secret: &Secret, who: &str) -> String {
    let count = model.bytes().filter(u8::is_ascii_digit).count();
    if count < FEWEST { model.to_owned() } else { like(model, secret, who) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_stays_and_the_name_is_new() {
        let secret = Secret::new([7; 32]);
        let name = like("测车2026-00017号", &secret, "a");
        assert!(name.starts_with("测车") && name.ends_with('号') && name.len() == "测车2026-00017号".len());
        assert_eq!(name, like("测车2026-00017号", &secret, "a"));
        assert_ne!(name, like("测车2026-00017号", &secret, "b"));
        assert!(like("17", &secret, "a").starts_with("17-"));
        assert_eq!(of_their_own("17", &secret, "a"), "17");
    }
}
