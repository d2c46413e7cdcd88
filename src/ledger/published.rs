//! `/open/ledger-heads.json`: heads and the public keys they are signed with, for anyone to keep. Whoever has
//! an old copy can tell whether the past has been rewritten.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::DateTime;
use serde::{Deserialize, Serialize};

use super::{
    LedgerError, base64,
    heads::{self, Head, Key},
};
use crate::{
    db::{Conn, Stamp},
    platform::Moment,
};

/// Heads in one answer.
const AT_ONCE: i64 = 1000;

/// The published file. Every binary value is base64url without padding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// `ES256` over six lines: `yimen ledger head 1`, position, previous, hash, the moment in microseconds
    /// since 1970, key; each ended by a line feed.
    pub algorithm: String,
    pub keys: Vec<PublishedKey>,
    /// The newest first.
    pub heads: Vec<PublishedHead>,
    /// Where the heads before these are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedKey {
    /// The first twelve bytes of the SHA-256 of the public key.
    pub id: String,
    /// A point of P-256, uncompressed.
    pub public: String,
    pub since: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedHead {
    pub position: i64,
    pub previous: i64,
    pub hash: String,
    pub at: Moment,
    pub micros: i64,
    pub key: String,
    pub signature: String,
}

/// The newest heads, or those before a position, with all keys.
pub fn published(c: &mut Conn, before: Option<i64>) -> Result<Published, LedgerError> {
    let heads = heads::before(c, before.unwrap_or(i64::MAX), AT_ONCE)?;
    let earlier = heads.last().filter(|head| head.previous > 0);
    let earlier = earlier.map(|head| format!("/open/ledger-heads.json?before={}", head.position));
    Ok(Published {
        algorithm: "ES256".to_owned(),
        keys: heads::keys(c)?.into_iter().map(PublishedKey::from).collect(),
        heads: heads.into_iter().map(PublishedHead::from).collect(),
        earlier,
    })
}

impl From<Key> for PublishedKey {
    fn from(key: Key) -> Self {
        Self { id: key.id, public: base64(&key.public_key), since: key.created_at.moment() }
    }
}

impl From<Head> for PublishedHead {
    fn from(head: Head) -> Self {
        let at = head.at.moment();
        Self {
            position: head.position,
            previous: head.previous,
            hash: base64(&head.hash),
            at,
            micros: at.timestamp_micros(),
            key: head.key_id,
            signature: base64(&head.signature),
        }
    }
}

impl PublishedHead {
    /// The head as it stood in the table, if it can be read.
    pub(super) fn head(&self) -> Option<Head> {
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
        Some(Head {
            position: self.position,
            previous: self.previous,
            hash: decode(&self.hash)?,
            at: Stamp::from(DateTime::from_timestamp_micros(self.micros)?),
            key_id: self.key.clone(),
            signature: decode(&self.signature)?,
        })
    }
}

impl PublishedKey {
    /// The key, if its name is really its own.
    pub(super) fn verifying(&self) -> Option<p256::ecdsa::VerifyingKey> {
        let point = URL_SAFE_NO_PAD.decode(&self.public).ok()?;
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok()?;
        (heads::name(&point) == self.id).then_some(key)
    }
}
