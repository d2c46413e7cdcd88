//! An entry of the ledger as it is kept, and the bytes that its digest and the chain cover.

use diesel::prelude::*;

use super::{CitizenId, LookId, Private};
use crate::{
    db::{Stamp, schema::looks},
    platform::keys::KeyRing,
};

/// A row of `looks`, without its place on the chain. Texts stay as they are written: what is covered is what
/// is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = looks)]
pub(super) struct Entry {
    pub(super) citizen_id: CitizenId,
    pub(super) id: LookId,
    pub(super) at: Stamp,
    pub(super) actor_kind: String,
    pub(super) actor: String,
    pub(super) purpose: String,
    pub(super) basis: String,
    /// A list in JSON.
    pub(super) fields: String,
    pub(super) detail: Option<Private>,
    pub(super) mac: Vec<u8>,
}

impl Entry {
    /// Everything but the digest, each part after its length, so that no two entries have the same bytes. What
    /// is encrypted is covered as it is kept: erasing the key leaves the bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let at = self.at.moment().timestamp_micros().to_be_bytes();
        let (citizen, id) = (self.citizen_id.uuid(), self.id.uuid());
        let parts: [&[u8]; 8] = [
            citizen.as_bytes(),
            id.as_bytes(),
            &at,
            self.actor_kind.as_bytes(),
            self.actor.as_bytes(),
            self.purpose.as_bytes(),
            self.basis.as_bytes(),
            self.fields.as_bytes(),
        ];
        let mut bytes = b"look 1\n".to_vec();
        let mut put = |part: &[u8]| {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        };
        parts.into_iter().for_each(&mut put);
        // No detail and an empty one are not the same.
        if let Some(detail) = &self.detail {
            put(detail.bytes());
        }
        bytes
    }

    /// The keyed digest that only this portal can make.
    pub(super) fn digest(&self, ring: &KeyRing) -> Vec<u8> {
        ring.sign("look", &self.bytes()).to_vec()
    }

    /// Whether the entry is as this portal wrote it.
    pub(super) fn is_genuine(&self, ring: &KeyRing) -> bool {
        self.digest(ring) == self.mac
    }
}
