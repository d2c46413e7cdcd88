//! Writing into the ledger.

use diesel::prelude::*;

use super::{
    Look,
    entry::Entry,
    vault::{self, LedgerError, Warrant},
};
use crate::{
    db::{Conn, Stamp, schema::looks},
    id,
    platform::{Moment, keys::KeyRing},
};

id! {
    /// An entry of the ledger.
    LookId
}

/// Where the reason given with a look is sealed.
pub(super) const DETAIL: &str = "looks.detail";

/// Writes down a look, in the caller's transaction, and gives the right to it. Undone with the transaction:
/// then nothing was seen either, for what was opened must not leave it.
pub fn look(c: &mut Conn, ring: &KeyRing, now: Moment, look: &Look<'_>) -> Result<Warrant, LedgerError> {
    write(c, ring, now, look)?;
    Ok(Warrant::granted(look.citizen))
}

/// Writes down an act of staff that concerns a person without showing their data.
pub fn act(c: &mut Conn, ring: &KeyRing, now: Moment, look: &Look<'_>) -> Result<(), LedgerError> {
    write(c, ring, now, look)
}

fn write(c: &mut Conn, ring: &KeyRing, now: Moment, look: &Look<'_>) -> Result<(), LedgerError> {
    let detail = match look.detail {
        Some(text) => Some(vault::seal(c, ring, look.citizen, DETAIL, text)?),
        None => None,
    };
    let mut entry = Entry {
        citizen_id: look.citizen,
        id: LookId::new(),
        at: Stamp::from(now),
        actor_kind: look.actor.kind().to_owned(),
        actor: look.actor.name(),
        purpose: look.purpose.tag().to_owned(),
        basis: look.basis.tag().to_owned(),
        fields: serde_json::Value::from(look.fields.to_vec()).to_string(),
        detail,
        mac: Vec::new(),
    };
    entry.mac = entry.digest(ring);
    diesel::insert_into(looks::table).values(&entry).execute(c)?;
    Ok(())
}
