//! Signed requests: that a holder of the key asks, just now, once, and that nobody changed what is asked.
//!
//! Three headers go with every request:
//!
//! - `X-Yimen-Timestamp`: when, in seconds since 1970; at most 300 s from the receiver's clock;
//! - `X-Yimen-Nonce`: 1 to 80 letters, digits and dashes, never the same twice;
//! - `X-Yimen-Signature`: `v1=` and, in lower-case hexadecimal, HMAC-SHA-256 over five lines joined by line feeds:
//!   the method, the path with its query, the time stamp, the nonce, and the SHA-256 of the body in hexadecimal.
//!
//! Who fails hears `401` and not why. A nonce is remembered only once the signature fits, so that nobody without
//! the key fills the memory. Written from that description and not from the portal's code: two programs that
//! agree by sharing code would prove nothing.

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Mutex, PoisonError},
};

use actix_web::http::header::HeaderMap;
use sha2::{Digest as _, Sha256};
use sm2::dsa::{Signature as Sm2Signature, VerifyingKey as Sm2Key, signature::Verifier as _};
use subtle::ConstantTimeEq as _;

use crate::secret::keyed;

const TOLERANCE: i64 = 300;

/// The value of `X-Yimen-Signature` that belongs to a request.
pub fn sign(key: &str, method: &str, path: &str, timestamp: i64, nonce: &str, body: &[u8]) -> String {
    signed(key, &lines((method, path, body), timestamp, nonce))
}

fn signed(key: &str, lines: &str) -> String {
    format!("v1={}", hex(&keyed(key.as_bytes(), lines.as_bytes())))
}

/// The five lines that are signed.
fn lines((method, path, body): (&str, &str, &[u8]), timestamp: i64, nonce: &str) -> String {
    format!("{method}\n{path}\n{timestamp}\n{nonce}\n{}", hex(&Sha256::digest(body)))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The request is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

/// With what requests are signed.
enum Proof {
    /// HMAC with a key that both have.
    Key(String),
    /// SM2 (GM/T 0003.2): `sm2=` and r and s in hexadecimal.
    Sm2(Box<Sm2Key>),
}

impl Proof {
    fn fits(&self, lines: &str, signature: &str) -> bool {
        match self {
            Self::Key(key) => signed(key, lines).as_bytes().ct_eq(signature.as_bytes()).into(),
            Self::Sm2(key) => signature
                .strip_prefix("sm2=")
                .and_then(unhex)
                .and_then(|bytes| Sm2Signature::from_slice(&bytes).ok())
                .is_some_and(|signature| key.verify(lines.as_bytes(), &signature).is_ok()),
        }
    }
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    plain.then(|| pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect())?
}

/// Lets requests signed with one key in, each once.
pub struct Gate {
    proof: Proof,
    /// Nonces that came, with the time after which they need not be remembered.
    seen: Mutex<HashMap<String, i64>>,
}

impl Gate {
    pub fn new(key: String) -> Self {
        Self { proof: Proof::Key(key), seen: Mutex::default() }
    }

    /// For requests signed with SM2 by whoever has the key to this public one.
    pub fn sm2(key: Sm2Key) -> Self {
        Self { proof: Proof::Sm2(Box::new(key)), seen: Mutex::default() }
    }

    pub fn check(
        &self,
        now: i64,
        headers: &HeaderMap,
        (method, path, body): (&str, &str, &[u8]),
    ) -> Result<(), Refused> {
        let (timestamp, nonce) = (only(headers, "x-yimen-timestamp")?, only(headers, "x-yimen-nonce")?);
        let signature = only(headers, "x-yimen-signature")?;
        let seconds: i64 = timestamp.parse().map_err(|_| Refused)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let fine =
            (1..=80).contains(&nonce.len()) && nonce.bytes().all(plain) && seconds.to_string() == timestamp;
        if !fine || now.abs_diff(seconds) > TOLERANCE.unsigned_abs() {
            return Err(Refused);
        }
        if !self.proof.fits(&lines((method, path, body), seconds, nonce), signature) {
            return Err(Refused);
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, until| *until >= now);
        match seen.insert(nonce.to_owned(), seconds + TOLERANCE) {
            Some(_) => Err(Refused),
            None => Ok(()),
        }
    }
}

/// A header that is there exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, Refused> {
    let mut all = headers.get_all(name);
    match (all.next(), all.next()) {
        (Some(value), None) => value.to_str().map_err(|_| Refused),
        _ => Err(Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example() {
        let key = "0123456789abcdef0123456789abcdef";
        let body = "{\"name\":\"林晓\"}";
        let signature = sign(key, "POST", "/v1/verify", 1_795_233_600, "0190a1b2-1", body.as_bytes());
        assert_eq!(signature, "v1=1aee80818c8fb7ae5c85b8678ff05770f7f23ec72b4cc2334f20da24ec0f770c");
    }
}
