//! Signed statements: made with the active key, and taken back only as the kind they were made as.

use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header, encode, jwk::Jwk};
use serde::{Serialize, de::DeserializeOwned};

use super::keys::Signer;

/// Signs a statement of one kind (`typ`).
pub(in crate::sso) fn sign(
    signer: &Signer,
    kind: &str,
    claims: &impl Serialize,
) -> Result<String, jsonwebtoken::errors::Error> {
    let mut header = Header::new(Algorithm::ES256);
    header.typ = Some(kind.to_owned());
    header.kid = Some(signer.kid.clone());
    encode(&header, claims, &signer.key)
}

/// What a statement says, if one of these keys signed it as this kind. Times and names in it are the caller's to
/// check: whether one that is over still counts depends on what it is for.
pub(in crate::sso) fn verified<T: DeserializeOwned>(keys: &[Jwk], kind: &str, token: &str) -> Option<T> {
    let header = decode_header(token).ok()?;
    if header.alg != Algorithm::ES256 || header.typ.as_deref() != Some(kind) || header.crit.is_some() {
        return None;
    }
    let named = header.kid?;
    let key = keys.iter().find(|key| key.common.key_id.as_deref() == Some(&named))?;
    claims(token, key, Algorithm::ES256)
}

/// The claims of a token with a good signature by this key and algorithm, and nothing else checked.
pub(super) fn claims<T: DeserializeOwned>(token: &str, key: &Jwk, algorithm: Algorithm) -> Option<T> {
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_jwk(key).ok()?;
    decode::<T>(token, &key, &validation).ok().map(|token| token.claims)
}
