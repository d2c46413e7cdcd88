//! Signed ends of the chain, and the keys that sign them.
//!
//! A head says: at this moment the chain reached this position with this hash. It is signed with ES256, so that
//! anybody who kept a published copy can tell later whether the past has been rewritten, without any secret.
//! The private key is sealed with the ring: whoever has the database alone can neither sign nor bring in a key.

use diesel::prelude::*;
use p256::ecdsa::{
    Signature, SigningKey, VerifyingKey,
    signature::{Signer as _, Verifier as _},
};
use sha2::{Digest as _, Sha256};

use super::{LedgerError, base64};
use crate::{
    db::{
        Conn, Stamp,
        schema::{chain_heads, chain_keys},
    },
    platform::{
        Moment,
        keys::{KeyError, KeyRing},
        random,
    },
};

/// A key signs for about a year; older ones stay, to verify what they signed.
const SIGNS_FOR: chrono::TimeDelta = chrono::TimeDelta::days(365);

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = chain_heads)]
pub(super) struct Head {
    pub(super) position: i64,
    pub(super) previous: i64,
    pub(super) hash: Vec<u8>,
    pub(super) at: Stamp,
    pub(super) key_id: String,
    pub(super) signature: Vec<u8>,
}

impl Head {
    /// What is signed: six lines of text, so that others can check it with what they have at hand.
    pub(super) fn spoken(&self) -> String {
        format!(
            "yimen ledger head 1\n{}\n{}\n{}\n{}\n{}\n",
            self.position,
            self.previous,
            base64(&self.hash),
            self.at.moment().timestamp_micros(),
            self.key_id,
        )
    }

    pub(super) fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        Signature::from_slice(&self.signature)
            .is_ok_and(|signature| key.verify(self.spoken().as_bytes(), &signature).is_ok())
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = chain_keys)]
#[expect(clippy::struct_field_names, reason = "named like the columns")]
pub(super) struct Key {
    pub(super) id: String,
    /// An uncompressed point.
    pub(super) public_key: Vec<u8>,
    sealed_key: Vec<u8>,
    pub(super) created_at: Stamp,
}

impl Key {
    fn fresh(ring: &KeyRing, now: Moment) -> Result<(Self, SigningKey), LedgerError> {
        // Hardly any 32 bytes are no key; then others are.
        let signer = loop {
            let bytes: [u8; 32] = random::bytes().map_err(KeyError::from)?;
            if let Ok(key) = SigningKey::from_slice(&bytes) {
                break key;
            }
        };
        let public_key = point(signer.verifying_key());
        let id = name(&public_key);
        let created_at = Stamp::from(now);
        let mut secret = signer.to_bytes().to_vec();
        secret.extend_from_slice(&created_at.moment().timestamp_micros().to_be_bytes());
        let sealed_key = ring.seal(&place(&id), &secret)?;
        Ok((Self { id, public_key, sealed_key, created_at }, signer))
    }

    /// The private half, if this portal made the key and nothing about it has been changed since.
    pub(super) fn open(&self, ring: &KeyRing) -> Option<SigningKey> {
        let secret = ring.open_sealed(&place(&self.id), &self.sealed_key).ok()?;
        let (key, made) = secret.split_first_chunk::<32>()?;
        let signer = SigningKey::from_slice(key).ok()?;
        let same = made == self.created_at.moment().timestamp_micros().to_be_bytes()
            && point(signer.verifying_key()) == self.public_key
            && name(&self.public_key) == self.id;
        same.then_some(signer)
    }
}

/// A key's name is its own digest: a name cannot be given to another key.
pub(super) fn name(public_key: &[u8]) -> String {
    base64(&Sha256::digest(public_key)[..12])
}

fn place(id: &str) -> String {
    format!("chain_keys/{id}")
}

fn point(key: &VerifyingKey) -> Vec<u8> {
    key.to_sec1_point(false).as_bytes().to_vec()
}

/// Every key that ever signed, the newest first.
pub(super) fn keys(c: &mut Conn) -> Result<Vec<Key>, LedgerError> {
    Ok(chain_keys::table
        .order((chain_keys::created_at.desc(), chain_keys::id))
        .select(Key::as_select())
        .load(c)?)
}

/// The key that signs now. One that does not open is passed over and left for the verification to report.
pub(super) fn signer(c: &mut Conn, ring: &KeyRing, now: Moment) -> Result<(String, SigningKey), LedgerError> {
    for key in keys(c)? {
        if key.created_at.moment() + SIGNS_FOR > now
            && let Some(signer) = key.open(ring)
        {
            return Ok((key.id, signer));
        }
    }
    let (key, signer) = Key::fresh(ring, now)?;
    diesel::insert_into(chain_keys::table).values(&key).execute(c)?;
    Ok((key.id, signer))
}

/// Signs the end of the chain as it is now.
pub(super) fn sign(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    position: i64,
    previous: i64,
    hash: &[u8],
) -> Result<(), LedgerError> {
    let (key_id, signer) = signer(c, ring, now)?;
    let hash = hash.to_vec();
    let mut head = Head { position, previous, hash, at: now.into(), key_id, signature: Vec::new() };
    let signature: Signature = signer.sign(head.spoken().as_bytes());
    head.signature = signature.to_bytes().to_vec();
    diesel::insert_into(chain_heads::table).values(&head).execute(c)?;
    Ok(())
}

/// The newest head.
pub(super) fn newest(c: &mut Conn) -> Result<Option<Head>, LedgerError> {
    Ok(chain_heads::table
        .order(chain_heads::position.desc())
        .select(Head::as_select())
        .first(c)
        .optional()?)
}

/// Heads before a position, the newest first.
pub(super) fn before(c: &mut Conn, position: i64, limit: i64) -> Result<Vec<Head>, LedgerError> {
    Ok(chain_heads::table
        .filter(chain_heads::position.lt(position))
        .order(chain_heads::position.desc())
        .limit(limit)
        .select(Head::as_select())
        .load(c)?)
}

/// Heads after a position, the oldest first.
pub(super) fn after(c: &mut Conn, position: i64, limit: i64) -> Result<Vec<Head>, LedgerError> {
    Ok(chain_heads::table
        .filter(chain_heads::position.gt(position))
        .order(chain_heads::position)
        .limit(limit)
        .select(Head::as_select())
        .load(c)?)
}
