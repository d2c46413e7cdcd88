//! Keeping what an issuer says of somebody's documents, and saying what changed.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_contract::capability::licences::Licence;

use super::{
    Changed, DocumentId, Printed, WalletError, Whose,
    model::{PRINTED, known_by, status_word},
};
use crate::{
    db::{Conn, Stamp, schema::wallet_documents},
    jobs,
    ledger::{self, Private},
    platform::{Moment, keys::KeyRing},
};

/// More documents of one issuer nobody holds: an agency that says so is mistaken.
const MOST: usize = 200;

/// What is kept of a document, to compare it with what is said now.
type Kept = (DocumentId, String, Option<NaiveDate>, NaiveDate, Option<Stamp>, Stamp);

/// Takes over what an issuer says of all documents of these kinds that somebody holds: new ones, changed ones, and that it knows
/// nothing more of others. What was said before something newer is passed over.
pub(super) fn take_all(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (whose, agency): (&Whose, &str),
    (licences, as_of): (&[Licence], Moment),
    kinds: &[String],
) -> Result<(), WalletError> {
    let mut named = HashSet::new();
    for licence in licences.iter().filter(|licence| kinds.contains(&licence.kind)).take(MOST) {
        named.insert(take(c, ring, now, (whose, agency), (licence, as_of))?);
    }
    let known: Vec<DocumentId> = wallet_documents::table
        .filter(wallet_documents::citizen_id.eq(whose.citizen))
        .filter(wallet_documents::company.eq(whose.company()))
        .filter(wallet_documents::agency.eq(agency))
        .filter(wallet_documents::kind.eq_any(kinds))
        .filter(wallet_documents::gone_at.is_null())
        .filter(wallet_documents::seen_at.le(Stamp::from(as_of)))
        .select(wallet_documents::id)
        .load(c)?;
    for id in known.into_iter().filter(|id| !named.contains(id)) {
        diesel::update(wallet_documents::table.find((whose.citizen, id)))
            .set((
                wallet_documents::gone_at.eq(Some(Stamp::from(now))),
                wallet_documents::changed_at.eq(Stamp::from(now)),
            ))
            .execute(c)?;
        jobs::enqueue(c, now, &Changed { citizen: whose.citizen, document: id })?;
    }
    Ok(())
}

/// Takes over how one document stands.
pub(super) fn take(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (whose, agency): (&Whose, &str),
    (licence, as_of): (&Licence, Moment),
) -> Result<DocumentId, WalletError> {
    let key = known_by(ring, agency, &licence.kind, &licence.number);
    let kept: Option<Kept> = wallet_documents::table
        .filter(wallet_documents::citizen_id.eq(whose.citizen))
        .filter(wallet_documents::company.eq(whose.company()))
        .filter(wallet_documents::known_by.eq(&key))
        .select((
            wallet_documents::id,
            wallet_documents::status,
            wallet_documents::expires_on,
            wallet_documents::issued_on,
            wallet_documents::gone_at,
            wallet_documents::seen_at,
        ))
        .first(c)
        .optional()?;
    let status = status_word(licence.status);
    let printed = Printed { number: licence.number.clone(), remarks: licence.remarks.clone(), name: None };
    let Some((id, old_status, expires, issued, gone, seen)) = kept else {
        let id = DocumentId::new();
        let sealed = seal(c, ring, whose, &printed)?;
        let at = Stamp::from(now);
        diesel::insert_into(wallet_documents::table)
            .values((
                wallet_documents::citizen_id.eq(whose.citizen),
                wallet_documents::id.eq(id),
                wallet_documents::company.eq(whose.company()),
                wallet_documents::kind.eq(&licence.kind),
                wallet_documents::agency.eq(Some(agency)),
                wallet_documents::known_by.eq(key),
                wallet_documents::printed.eq(sealed),
                wallet_documents::issued_on.eq(licence.issued),
                wallet_documents::expires_on.eq(licence.expires),
                wallet_documents::status.eq(status),
                wallet_documents::seen_at.eq(Stamp::from(as_of)),
                wallet_documents::made_at.eq(at),
                wallet_documents::changed_at.eq(at),
            ))
            .execute(c)?;
        jobs::enqueue(c, now, &Changed { citizen: whose.citizen, document: id })?;
        return Ok(id);
    };
    if seen.moment() > as_of {
        return Ok(id);
    }
    let same = (old_status.as_str(), expires, issued, gone.is_some())
        == (status, licence.expires, licence.issued, false);
    diesel::update(wallet_documents::table.find((whose.citizen, id)))
        .set((
            wallet_documents::status.eq(status),
            wallet_documents::expires_on.eq(licence.expires),
            wallet_documents::issued_on.eq(licence.issued),
            wallet_documents::gone_at.eq(None::<Stamp>),
            wallet_documents::printed.eq(seal(c, ring, whose, &printed)?),
            wallet_documents::seen_at.eq(Stamp::from(as_of)),
        ))
        .execute(c)?;
    if !same {
        diesel::update(wallet_documents::table.find((whose.citizen, id)))
            .set(wallet_documents::changed_at.eq(Stamp::from(now)))
            .execute(c)?;
        jobs::enqueue(c, now, &Changed { citizen: whose.citizen, document: id })?;
    }
    Ok(id)
}

pub(super) fn seal(
    c: &mut Conn,
    ring: &KeyRing,
    whose: &Whose,
    printed: &Printed,
) -> Result<Private, WalletError> {
    let text = serde_json::to_string(printed).map_err(|error| WalletError::Stored(error.to_string()))?;
    Ok(ledger::seal(c, ring, whose.citizen, PRINTED, &text)?)
}
