//! How a request to an agency is signed, and how the agency checks it: the way of signing in called `hmac`.
//!
//! Portal and agency share one secret, the *key*: the bytes of the text that both sides were given, at least
//! 32 characters of chance. It is never sent. Each request carries three headers:
//!
//! | header | value |
//! |---|---|
//! | `X-Yimen-Timestamp` | when it was signed, in whole seconds since 1970-01-01T00:00:00Z, as decimal digits |
//! | `X-Yimen-Nonce` | 1 to 80 letters, digits and dashes, another one for every request, also for a repeat |
//! | `X-Yimen-Signature` | `v1=` and 64 lower-case hexadecimal digits |
//!
//! The signature is HMAC-SHA256 under the key over these five lines, each but the last ended by one line feed
//! (`0x0A`), in UTF-8:
//!
//! ```text
//! METHOD            upper case: POST
//! TARGET            path and query exactly as in the request line, percent-encoding included: /v1/verify?x=1
//! TIMESTAMP         as in the header
//! NONCE             as in the header
//! BODY-DIGEST       SHA-256 of the body's bytes as sent, 64 lower-case hexadecimal digits; of nothing if it is empty
//! ```
//!
//! Example: key `0123456789abcdef0123456789abcdef`, body `{"name":"林晓"}`
//!
//! ```text
//! POST
//! /v1/verify
//! 1795233600
//! 0190a1b2-1
//! 8ef938ca3d08a56118657b86bd336d650518ade68afc4325379257ca48e637e6
//! ```
//!
//! is signed `v1=1aee80818c8fb7ae5c85b8678ff05770f7f23ec72b4cc2334f20da24ec0f770c`.
//!
//! Whoever checks does it in this order and answers `401` at the first failure, without saying which it was:
//!
//! 1. All three headers are there, once each, and have their form.
//! 2. The timestamp is at most 300 seconds away from the own clock, either way.
//! 3. The signature, made anew from the request as received, is the one given. Compare in constant time.
//! 4. The nonce was not seen in the last 600 seconds. Remember it only after step 3, or strangers fill the memory.
//!
//! The address is part of what is signed only by its path: use another key for every environment.
//! `Idempotency-Key` is not signed: a repeat under another key is another request, which step 4 sees.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::auth::sign::hex;

/// Header with the moment of signing.
pub const TIMESTAMP: &str = "x-yimen-timestamp";
/// Header with the value that no two requests share.
pub const NONCE: &str = "x-yimen-nonce";
/// Header with the signature.
pub const SIGNATURE: &str = "x-yimen-signature";
/// How far the two clocks may be apart, in seconds.
pub const TOLERANCE: i64 = 300;
/// How long a receiver remembers nonces, in seconds: whatever is older fails by its timestamp.
pub const REMEMBERED: i64 = 2 * TOLERANCE;

const VERSION: &str = "v1=";

/// What is signed of a request.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    pub method: &'a str,
    /// Path and query as they stand in the request line.
    pub target: &'a str,
    /// Seconds since 1970.
    pub timestamp: i64,
    pub nonce: &'a str,
    pub body: &'a [u8],
}

/// Why a request is not taken. For the log of the receiver; the sender is told none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a header of the signature is missing or malformed")]
    Malformed,
    #[error("the request is too old, or the clocks disagree")]
    Clock,
    #[error("the signature does not fit the request")]
    Signature,
}

impl Signing<'_> {
    /// The value of the header [`SIGNATURE`].
    pub fn sign(&self, key: &[u8]) -> String {
        format!("{VERSION}{}", hex(&self.mac(key)))
    }

    fn mac(&self, key: &[u8]) -> Vec<u8> {
        // HMAC takes keys of any length, so the error cannot happen; an empty code would fit nothing.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
        mac.update(self.text().as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// The five lines that are signed.
    pub(crate) fn text(&self) -> String {
        let digest = hex(&Sha256::digest(self.body));
        format!("{}\n{}\n{}\n{}\n{digest}", self.method, self.target, self.timestamp, self.nonce)
    }

    /// Steps 1 to 3 of checking, for the receiver: the values of the three headers and the request itself.
    /// The receiver still has to refuse a nonce that it has seen.
    pub fn check(
        key: &[u8],
        now: DateTime<Utc>,
        (method, target, body): (&str, &str, &[u8]),
        (timestamp, nonce, signature): (&str, &str, &str),
    ) -> Result<(), Refusal> {
        if key.is_empty() || !signature.starts_with(VERSION) {
            return Err(Refusal::Malformed);
        }
        let signing = Self::fresh(now, (method, target, body), (timestamp, nonce))?;
        let fits = bool::from(signing.sign(key).as_bytes().ct_eq(signature.as_bytes()));
        if fits { Ok(()) } else { Err(Refusal::Signature) }
    }

    /// Steps 1 and 2 for signatures of another kind: the five lines that must have been signed.
    pub fn recent(
        now: DateTime<Utc>,
        request: (&str, &str, &[u8]),
        headers: (&str, &str),
    ) -> Result<String, Refusal> {
        Ok(Self::fresh(now, request, headers)?.text())
    }

    fn fresh<'r>(
        now: DateTime<Utc>,
        (method, target, body): (&'r str, &'r str, &'r [u8]),
        (timestamp, nonce): (&str, &'r str),
    ) -> Result<Signing<'r>, Refusal> {
        let digits = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let seconds: i64 = timestamp.parse().ok().filter(|_| digits).ok_or(Refusal::Malformed)?;
        if !is_nonce(nonce) {
            return Err(Refusal::Malformed);
        }
        if now.timestamp().abs_diff(seconds) > TOLERANCE.unsigned_abs() {
            return Err(Refusal::Clock);
        }
        // `007` and `7` would sign alike and be two nonces' worth of the same request: the text must be ours.
        if seconds.to_string() != timestamp {
            return Err(Refusal::Signature);
        }
        Ok(Signing { method, target, timestamp: seconds, nonce, body })
    }
}

/// 1 to 80 letters, digits and dashes.
pub fn is_nonce(text: &str) -> bool {
    (1..=80).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_233_600, 0).unwrap()
    }

    fn example() -> Signing<'static> {
        Signing {
            method: "POST",
            target: "/v1/verify",
            timestamp: 1_795_233_600,
            nonce: "0190a1b2-1",
            body: "{\"name\":\"林晓\"}".as_bytes(),
        }
    }

    fn check(key: &[u8], request: &Signing<'_>, nonce: &str, at: &str, given: &str) -> Result<(), Refusal> {
        Signing::check(key, now(), (request.method, request.target, request.body), (at, nonce, given))
    }

    #[test]
    fn what_was_signed_is_taken() {
        let signature = example().sign(KEY);
        // The example above, made with another program.
        let expected = "v1=1aee80818c8fb7ae5c85b8678ff05770f7f23ec72b4cc2334f20da24ec0f770c";
        assert_eq!(signature, expected);
        assert_eq!(check(KEY, &example(), "0190a1b2-1", "1795233600", &signature), Ok(()));
    }

    #[test]
    fn any_change_is_refused() {
        let signature = example().sign(KEY);
        let changed = [
            Signing { method: "PUT", ..example() },
            Signing { target: "/v1/verify?x=1", ..example() },
            Signing { body: b"{}", ..example() },
        ];
        for request in changed {
            let answer = check(KEY, &request, "0190a1b2-1", "1795233600", &signature);
            assert_eq!(answer, Err(Refusal::Signature), "{request:?}");
        }
        let of = |key, nonce, at, given| check(key, &example(), nonce, at, given);
        assert_eq!(of(KEY, "0190a1b2-2", "1795233600", &signature), Err(Refusal::Signature));
        assert_eq!(of(KEY, "0190a1b2-1", "1795233601", &signature), Err(Refusal::Signature));
        assert_eq!(of(KEY, "0190a1b2-1", "01795233600", &signature), Err(Refusal::Signature));
        assert_eq!(of(b"another key", "0190a1b2-1", "1795233600", &signature), Err(Refusal::Signature));
        assert_eq!(of(KEY, "0190a1b2-1", "1795233600", &signature[..66]), Err(Refusal::Signature));
        assert_eq!(of(KEY, "0190a1b2-1", "1795233600", &signature[3..]), Err(Refusal::Malformed));
        assert_eq!(of(b"", "0190a1b2-1", "1795233600", &signature), Err(Refusal::Malformed));
        let long = "a".repeat(81);
        for nonce in ["", "a b", "a\nb", &long] {
            assert_eq!(of(KEY, nonce, "1795233600", &signature), Err(Refusal::Malformed), "{nonce:?}");
        }
        for at in ["", "-1795233600", "+1795233600", "1795233600 ", "99999999999999999999"] {
            assert_eq!(of(KEY, "0190a1b2-1", at, &signature), Err(Refusal::Malformed), "{at:?}");
        }
    }

    #[test]
    fn an_old_request_and_one_from_the_future_are_refused() {
        for (away, taken) in [(300, true), (301, false), (-300, true), (-301, false)] {
            let request = Signing { timestamp: 1_795_233_600 + away, ..example() };
            let at = request.timestamp.to_string();
            let answer = check(KEY, &request, "0190a1b2-1", &at, &request.sign(KEY));
            assert_eq!(answer.is_ok(), taken, "{away}");
        }
    }
}
