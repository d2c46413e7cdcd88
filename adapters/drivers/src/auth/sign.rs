//! Signatures under a shared secret, and with SM2.
//!
//! `shared-secret` puts the signature into the question itself. To the fields of the question come `timestamp`
//! (seconds since 1970) and `nonce`; then all fields with a value are put in the order of their names as
//! `name=value`, joined by `&` (what is not a text, in JSON without spaces), and the digest over the UTF-8 bytes
//! of that line under the first secret becomes the field `sign`, in lower-case hexadecimal.

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use sha2::Sha256;
use sm2::{
    SecretKey,
    dsa::{Signature, SigningKey, signature::Signer as _},
    pkcs8::DecodePrivateKey as _,
};
use sm3::Sm3;
use yimen_contract::agency::Digest;

use crate::call::{Call, CallError};

/// Who signs, where the two sides have not agreed on anything else (GM/T 0009).
const SIGNER: &str = "1234567812345678";

/// The digest of bytes under a key, in lower-case hexadecimal.
pub fn digest(digest: Digest, key: &[u8], bytes: &[u8]) -> String {
    // These codes take keys of any length, so the errors cannot happen; an empty code would fit nothing.
    let code = match digest {
        Digest::HmacSha256 => Hmac::<Sha256>::new_from_slice(key).map(|mut mac| {
            mac.update(bytes);
            mac.finalize().into_bytes().to_vec()
        }),
        Digest::HmacSm3 => Hmac::<Sm3>::new_from_slice(key).map(|mut mac| {
            mac.update(bytes);
            mac.finalize().into_bytes().to_vec()
        }),
    };
    hex(&code.unwrap_or_default())
}

/// Signs the five lines of a request with SM2 (GM/T 0003.2): `sm2=` and the 64 bytes r and s in hexadecimal.
pub fn sm2(pem: &str, bytes: &[u8]) -> Result<String, CallError> {
    let unusable = || CallError::Impossible("the key for SM2 cannot be read".to_owned());
    let key = SecretKey::from_pkcs8_pem(pem).map_err(|_| unusable())?;
    let key = SigningKey::new(SIGNER, &key).map_err(|_| unusable())?;
    let signature: Signature = key.try_sign(bytes).map_err(|_| unusable())?;
    Ok(format!("sm2={}", hex(&signature.to_bytes())))
}

/// Adds the fields that a question signed by a shared secret carries.
pub fn sign_fields(call: &Call<'_>, question: &mut Value, part: u32) -> Result<(), CallError> {
    let key = call.secret(0)?;
    let fields = question.as_object_mut();
    let fields = fields.ok_or_else(|| CallError::Impossible("only fields can be signed".to_owned()))?;
    fields.insert("timestamp".to_owned(), call.now.timestamp().to_string().into());
    fields.insert("nonce".to_owned(), call.nonce(part).into());
    let mut pairs: Vec<(&String, String)> = fields
        .iter()
        .filter(|(name, _)| *name != "sign")
        .map(|(name, value)| (name, plain(value)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    pairs.sort();
    let line = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let signature = digest(call.backend.digest, key.expose_secret().as_bytes(), line.as_bytes());
    fields.insert("sign".to_owned(), signature.into());
    Ok(())
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
