//! Whether a request comes from the agency that it names.
//!
//! Agencies sign what they push as the portal signs what it sends (`yimen_drivers::rest::signing`): three headers
//! over five lines. The signature is one of
//!
//! | value | secret that the package names under `backend.events.secrets` |
//! |---|---|
//! | `v1=` and 64 hexadecimal digits: HMAC-SHA256 | the shared key, at least 32 characters |
//! | `es256=` and 128 digits: ECDSA over P-256 and SHA-256, r and s | the agency's public key, in PEM |
//! | `sm2=` and 128 digits: SM2 with SM3, r and s | the agency's public key, in PEM |
//!
//! Two secrets may be named while keys are changed; either is good. Whoever calls this still has to refuse a
//! nonce that came within [`REMEMBERED`](yimen_drivers::rest::signing::REMEMBERED) seconds, and tells the sender
//! nothing but `401`.

use chrono::{DateTime, Utc};
use p256::{
    ecdsa::{Signature as P256Signature, VerifyingKey as P256Key, signature::Verifier as _},
    pkcs8::DecodePublicKey as _,
};
use secrecy::{ExposeSecret as _, SecretString};
use sm2::dsa::{Signature as Sm2Signature, VerifyingKey as Sm2Key};
use yimen_contract::agency::Backend;
use yimen_drivers::{
    Endpoint,
    rest::signing::{Refusal, Signing},
};

/// Who signs with SM2 where nothing else was agreed (GM/T 0009).
const SIGNER: &str = "1234567812345678";
/// Shorter keys are guessed.
const SHORTEST: usize = 32;

/// A request as it came.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    pub method: &'r str,
    /// Path and query as in the request line.
    pub target: &'r str,
    pub body: &'r [u8],
    /// The values of the three headers; what is missing or there twice is empty.
    pub timestamp: &'r str,
    pub nonce: &'r str,
    pub signature: &'r str,
}

/// Why an event is not taken. For the log; the sender is told none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    #[error("the package says nothing about events, so none can be proved")]
    NoVerifier,
    #[error("no key for events is bound")]
    NoKey,
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// An event that comes from the agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// By which a repeat of the request is known.
    pub nonce: String,
    /// Which of the named secrets it was, so that the operator sees when the old one is not used any more.
    pub secret: String,
}

/// Whether a request was signed by the agency just now.
pub fn verify(
    backend: &Backend,
    endpoint: &Endpoint,
    now: DateTime<Utc>,
    request: &Request<'_>,
) -> Result<Proved, NotTaken> {
    let events = backend.events.as_ref().ok_or(NotTaken::NoVerifier)?;
    let keys: Vec<(&String, &SecretString)> =
        events.secrets.iter().filter_map(|name| Some((name, endpoint.secrets.get(name)?))).collect();
    if keys.is_empty() {
        return Err(NotTaken::NoKey);
    }
    let mut refusal = Refusal::Signature;
    for (name, key) in keys {
        match check(key.expose_secret(), now, request) {
            Ok(()) => return Ok(Proved { nonce: request.nonce.to_owned(), secret: name.clone() }),
            Err(why) => refusal = why,
        }
    }
    Err(refusal.into())
}

fn check(key: &str, now: DateTime<Utc>, request: &Request<'_>) -> Result<(), Refusal> {
    let Request { method, target, body, timestamp, nonce, signature } = *request;
    if !key.trim_start().starts_with("-----BEGIN") {
        // What is public for anybody to read is no key to share.
        if key.len() < SHORTEST {
            return Err(Refusal::Signature);
        }
        return Signing::check(key.as_bytes(), now, (method, target, body), (timestamp, nonce, signature));
    }
    let lines = Signing::recent(now, (method, target, body), (timestamp, nonce))?;
    let (kind, digits) = signature.split_once('=').ok_or(Refusal::Malformed)?;
    let bytes = bytes(digits).ok_or(Refusal::Malformed)?;
    let fits = match kind {
        "es256" => es256(key, lines.as_bytes(), &bytes),
        "sm2" => sm2(key, lines.as_bytes(), &bytes),
        _ => None,
    };
    fits.ok_or(Refusal::Signature)
}

fn es256(key: &str, lines: &[u8], signature: &[u8]) -> Option<()> {
    let key = P256Key::from_public_key_pem(key).ok()?;
    key.verify(lines, &P256Signature::from_slice(signature).ok()?).ok()
}

fn sm2(key: &str, lines: &[u8], signature: &[u8]) -> Option<()> {
    let key = Sm2Key::new(SIGNER, sm2::PublicKey::from_public_key_pem(key).ok()?).ok()?;
    key.verify(lines, &Sm2Signature::from_slice(signature).ok()?).ok()
}

/// Lower-case hexadecimal digits only: of each signature there is one writing.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if digits.len() != 128 || !plain {
        return None;
    }
    (0..64).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()).collect()
}
