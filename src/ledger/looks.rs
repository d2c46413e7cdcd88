//! Writing into the ledger.

use diesel::prelude::*;

use super::{
    Look,
    vault::{self, LedgerError, Warrant},
};
use crate::{
    db::{Conn, Json, Stamp, schema::looks},
    id,
    platform::{Moment, keys::KeyRing},
};

id! {
    /// An entry of the ledger.
    LookId
}

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
    let id = LookId::new();
    let at = Stamp::from(now);
    let detail = match look.detail {
        Some(text) => Some(vault::seal(c, ring, look.citizen, "looks.detail", text)?),
        None => None,
    };
    let fields: Vec<String> = look.fields.iter().map(|field| (*field).to_owned()).collect();
    let spoken = [
        id.to_string(),
        look.citizen.to_string(),
        at.moment().timestamp_micros().to_string(),
        look.actor.kind().to_owned(),
        look.actor.name(),
        look.purpose.tag().to_owned(),
        look.basis.tag().to_owned(),
        fields.join(","),
    ]
    .join("\n");
    let mut covered = spoken.into_bytes();
    covered.push(b'\n');
    covered.extend_from_slice(detail.as_ref().map_or(&[], |detail| detail.bytes()));
    diesel::insert_into(looks::table)
        .values((
            looks::citizen_id.eq(look.citizen),
            looks::id.eq(id),
            looks::at.eq(at),
            looks::actor_kind.eq(look.actor.kind()),
            looks::actor.eq(look.actor.name()),
            looks::purpose.eq(look.purpose.tag()),
            looks::basis.eq(look.basis.tag()),
            looks::fields.eq(Json(fields)),
            looks::detail.eq(detail),
            looks::mac.eq(ring.sign("look", &covered).to_vec()),
        ))
        .execute(c)?;
    Ok(())
}
