//! Chance, from the operating system.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

#[expect(
    clippy::disallowed_methods,
    reason = "a program of its own asks for chance itself, here and nowhere else"
)]
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A word nobody can guess: a code, a token, a nonce.
pub fn word() -> Result<String, getrandom::Error> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<24>()?))
}
