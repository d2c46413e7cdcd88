//! One secret from which everything secret in the sandbox follows, so that a demo city that starts again has the
//! same keys, client secrets and pseudonyms as before.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::chance;

#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn fresh() -> Result<Self, getrandom::Error> {
        chance::bytes().map(Self)
    }

    /// What belongs to this name and to no other.
    pub(crate) fn derive(&self, name: &str) -> [u8; 32] {
        keyed(&self.0, name.as_bytes())
    }

    pub(crate) fn word(&self, name: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.derive(name))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// HMAC-SHA-256.
pub(crate) fn keyed(key: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so there is always one; the fallback is never reached.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(message);
        mac.finalize().into_bytes().into()
    })
}
