//! A key pair that signs tokens (ES256), and its public half as others fetch it.

use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, PublicKeyUse, ThumbprintHash},
};
use p256::{SecretKey, pkcs8::EncodePrivateKey as _};
use serde::Serialize;

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the bytes are no private key: {0}")]
    Bytes(String),
    #[error("signing failed: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
}

pub struct Key {
    signing: EncodingKey,
    public: Jwk,
    id: String,
}

impl Key {
    /// The key that these bytes stand for; all but a few in 2^128 stand for one.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SecretKey::from_slice(bytes).map_err(|error| KeyError::Bytes(error.to_string()))?;
        let der = secret.to_pkcs8_der().map_err(|error| KeyError::Bytes(error.to_string()))?;
        let signing = EncodingKey::from_ec_der(der.as_bytes());
        let mut public = Jwk::from_encoding_key(&signing, Algorithm::ES256)?;
        let id = public.thumbprint(ThumbprintHash::SHA256)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { signing, public, id })
    }

    pub fn public(&self) -> &Jwk {
        &self.public
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn sign(&self, claims: &impl Serialize) -> Result<String, KeyError> {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.id.clone());
        Ok(jsonwebtoken::encode(&header, claims, &self.signing)?)
    }
}
