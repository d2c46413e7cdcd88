//! Numbers and codes that people read aloud and type in again: of letters and digits that are not taken for one another,
//! on paper or on the telephone.

use super::random;

/// Five bits each.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many signs that nobody can guess.
pub fn new<const N: usize>() -> Result<String, getrandom::Error> {
    let bytes: [u8; N] = random::bytes()?;
    Ok(of(&bytes))
}

/// The same from bytes that are as good as chance, so that they always become the same code.
pub fn of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

/// The signs that were meant: small letters, and letters that look like digits, are read as what they stand for.
/// `None`: so many of these signs it is not.
pub fn read(typed: &str, length: usize) -> Option<String> {
    let plain = typed.trim().to_ascii_uppercase().replace(['-', ' '], "");
    let plain = plain.replace('O', "0").replace(['I', 'L'], "1");
    (plain.len() == length && plain.bytes().all(|byte| LETTERS.contains(&byte))).then_some(plain)
}

/// In groups of four.
pub fn grouped(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_read() {
        let code = new::<16>().unwrap();
        assert_eq!(read(&grouped(&code).to_ascii_lowercase(), 16).as_ref(), Some(&code));
        assert_eq!(read(" 7kq3 mfxd-oil0 ", 12).as_deref(), Some("7KQ3MFXD0110"));
        assert_eq!(read("7KQ3", 5), None);
        assert_eq!(read("7KU3", 4), None, "a U is none of them");
        assert_eq!(read("七KQ3", 6), None);
    }
}
