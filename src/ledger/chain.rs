//! The chain: every entry gets a place after all before it, bound to them by a hash.
//!
//! Writing an entry waits for nobody. One sealer at a time takes the entries that have no place yet and gives
//! each the next one. Should two run at once, as when a lease ran out, the position is the primary key and the
//! later one is undone whole: the chain cannot fork.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{CitizenId, LedgerError, LookId, entry::Entry, heads};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{chain, looks},
    },
    each,
    jobs::{self, Job, Priority},
    platform::{Moment, keys::KeyRing},
};

/// Entries that one run seals: a transaction stays short, and a backlog takes several.
const AT_ONCE: usize = 500;

/// The hash before the first.
pub(super) const BEGINNING: [u8; 32] = [0; 32];

/// Gives every entry without a place the next one. One waits at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seal;

impl Job for Seal {
    const KIND: &'static str = "ledger.seal";
    const PRIORITY: Priority = Priority::Urgent;
    const BUDGET: chrono::TimeDelta = chrono::TimeDelta::hours(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// A link: a row of `chain`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = chain)]
pub(super) struct Link {
    pub(super) position: i64,
    pub(super) citizen_id: CitizenId,
    pub(super) look_id: LookId,
    pub(super) hash: Vec<u8>,
    pub(super) sealed_at: Stamp,
    pub(super) mac: Vec<u8>,
}

impl Link {
    fn new(ring: &KeyRing, now: Moment, position: i64, before: &[u8], entry: &Entry) -> Self {
        let mut link = Self {
            position,
            citizen_id: entry.citizen_id,
            look_id: entry.id,
            hash: hash(before, entry),
            sealed_at: now.into(),
            mac: Vec::new(),
        };
        link.mac = link.digest(ring, &link.hash);
        link
    }

    /// The keyed digest of this row, if it had this hash.
    pub(super) fn digest(&self, ring: &KeyRing, hash: &[u8]) -> Vec<u8> {
        let mut bytes = self.position.to_be_bytes().to_vec();
        bytes.extend_from_slice(self.citizen_id.uuid().as_bytes());
        bytes.extend_from_slice(self.look_id.uuid().as_bytes());
        bytes.extend_from_slice(&self.sealed_at.moment().timestamp_micros().to_be_bytes());
        bytes.extend_from_slice(hash);
        ring.sign("chain", &bytes).to_vec()
    }
}

/// The hash of an entry in its place: of the hash before it, what it says and its digest.
pub(super) fn hash(before: &[u8], entry: &Entry) -> Vec<u8> {
    Sha256::new()
        .chain_update(before)
        .chain_update(entry.bytes())
        .chain_update(&entry.mac)
        .finalize()
        .to_vec()
}

/// Has the sealer run, if there is anything to seal.
pub fn seal_soon(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let waits: Option<LookId> =
        looks::table.filter(looks::position.is_null()).select(looks::id).first(c).optional()?;
    if waits.is_some() {
        jobs::enqueue(c, now, &Seal)?;
    }
    Ok(())
}

/// Seals what waits, the oldest first, and signs the new end. More than one run can take is left to the next,
/// which is enqueued. Says how many were sealed.
pub fn seal_waiting(c: &mut Conn, ring: &KeyRing, now: Moment) -> Result<usize, LedgerError> {
    // The end first: read the other way round, two runs could give the same entries different places.
    let (mut position, mut before, previous) = end(c)?;
    let entries: Vec<Entry> = looks::table
        .filter(looks::position.is_null())
        .order((looks::at, looks::id))
        .limit(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
        .select(Entry::as_select())
        .load(c)?;
    let mut links = Vec::with_capacity(entries.len());
    for entry in &entries {
        position += 1;
        let link = Link::new(ring, now, position, &before, entry);
        before.clone_from(&link.hash);
        diesel::update(looks::table.find((entry.citizen_id, entry.id)))
            .set(looks::position.eq(Some(position)))
            .execute(c)?;
        links.push(link);
    }
    if links.is_empty() {
        return Ok(0);
    }
    each!(c, |c| diesel::insert_into(chain::table).values(&links).execute(c))?;
    heads::sign(c, ring, now, position, previous, &before)?;
    if links.len() == AT_ONCE {
        jobs::enqueue(c, now, &Seal)?;
    }
    Ok(links.len())
}

/// Where the chain goes on: the last position, its hash, and the position of the newest head. Should the chain
/// be shorter than its head says, it goes on after the head, so that the gap stays to be seen.
fn end(c: &mut Conn) -> Result<(i64, Vec<u8>, i64), LedgerError> {
    let last: Option<(i64, Vec<u8>)> = chain::table
        .order(chain::position.desc())
        .select((chain::position, chain::hash))
        .first(c)
        .optional()?;
    let (position, hash) = last.unwrap_or_else(|| (0, BEGINNING.to_vec()));
    Ok(match heads::newest(c)? {
        Some(head) if head.position > position => (head.position, head.hash, head.position),
        Some(head) => (position, hash, head.position),
        None => (position, hash, 0),
    })
}
