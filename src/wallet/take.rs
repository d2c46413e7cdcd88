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
    each, jobs,
    ledger::{self, Private},
    platform::{Moment, keys::KeyRing},
};

/// More documents of one issuer nobody holds: an agency that says so is mistaken.
const MOST: usize = 200;

/// What is kept of a document, to compare it with what is said now.
type Kept = (DocumentId, String, Said, Option<Stamp>, Stamp);
/// Until when, since when, when it was checked last, when it is to be done next.
type Said = (Option<NaiveDate>, NaiveDate, Option<NaiveDate>, Option<NaiveDate>);

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
        // It may have been told of anew since it was read.
        let unnamed = wallet_documents::table
            .find((whose.citizen, id))
            .filter(wallet_documents::gone_at.is_null())
            .filter(wallet_documents::seen_at.le(Stamp::from(as_of)));
        let gone = diesel::update(unnamed)
            .set((
                wallet_documents::gone_at.eq(Some(Stamp::from(now))),
                wallet_documents::changed_at.eq(Stamp::from(now)),
            ))
            .execute(c)?;
        if gone == 1 {
            jobs::enqueue(c, now, &Changed { citizen: whose.citizen, document: id })?;
        }
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
    let sealed = seal(c, ring, whose, &printed(licence))?;
    let known = match kept(c, whose, &key)? {
        Some(known) => known,
        None => match begin(c, now, (whose, agency), (licence, as_of), (&key, &sealed))? {
            Some(id) => return Ok(id),
            // It was told of twice at the same moment: of the two the newer counts.
            None => kept(c, whose, &key)?.ok_or(WalletError::Unknown)?,
        },
    };
    let (id, old_status, old, gone, seen) = known;
    if seen.moment() > as_of {
        return Ok(id);
    }
    let status = status_word(licence.status);
    let said = (licence.expires, licence.issued, licence.checked, licence.next);
    let same = (old_status.as_str(), old, gone.is_some()) == (status, said, false);
    diesel::update(wallet_documents::table.find((whose.citizen, id)))
        .set((
            wallet_documents::status.eq(status),
            wallet_documents::expires_on.eq(licence.expires),
            wallet_documents::issued_on.eq(licence.issued),
            wallet_documents::checked_on.eq(licence.checked),
            wallet_documents::next_on.eq(licence.next),
            wallet_documents::gone_at.eq(None::<Stamp>),
            wallet_documents::printed.eq(sealed),
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

/// What is kept of a document, for whoever is about to change it: nobody else does so meanwhile.
fn kept(c: &mut Conn, whose: &Whose, key: &[u8]) -> Result<Option<Kept>, WalletError> {
    let theirs = || {
        wallet_documents::table
            .filter(wallet_documents::citizen_id.eq(whose.citizen))
            .filter(wallet_documents::company.eq(whose.company()))
            .filter(wallet_documents::known_by.eq(key))
    };
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    diesel::update(theirs()).set(wallet_documents::seen_at.eq(wallet_documents::seen_at)).execute(c)?;
    Ok(theirs()
        .select((
            wallet_documents::id,
            wallet_documents::status,
            (
                wallet_documents::expires_on,
                wallet_documents::issued_on,
                wallet_documents::checked_on,
                wallet_documents::next_on,
            ),
            wallet_documents::gone_at,
            wallet_documents::seen_at,
        ))
        .first(c)
        .optional()?)
}

/// Keeps a document that was not known. `None`: it is there by now.
fn begin(
    c: &mut Conn,
    now: Moment,
    (whose, agency): (&Whose, &str),
    (licence, as_of): (&Licence, Moment),
    (key, sealed): (&[u8], &Private),
) -> Result<Option<DocumentId>, WalletError> {
    let (id, at) = (DocumentId::new(), Stamp::from(now));
    let row = (
        wallet_documents::citizen_id.eq(whose.citizen),
        wallet_documents::id.eq(id),
        wallet_documents::company.eq(whose.company()),
        wallet_documents::kind.eq(&licence.kind),
        wallet_documents::agency.eq(Some(agency)),
        wallet_documents::known_by.eq(key),
        wallet_documents::printed.eq(sealed),
        wallet_documents::issued_on.eq(licence.issued),
        wallet_documents::expires_on.eq(licence.expires),
        wallet_documents::checked_on.eq(licence.checked),
        wallet_documents::next_on.eq(licence.next),
        wallet_documents::status.eq(status_word(licence.status)),
        wallet_documents::seen_at.eq(Stamp::from(as_of)),
        wallet_documents::made_at.eq(at),
        wallet_documents::changed_at.eq(at),
    );
    let made = each!(c, |c| diesel::insert_into(wallet_documents::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if made == 0 {
        return Ok(None);
    }
    jobs::enqueue(c, now, &Changed { citizen: whose.citizen, document: id })?;
    Ok(Some(id))
}

fn printed(licence: &Licence) -> Printed {
    Printed { number: licence.number.clone(), remarks: licence.remarks.clone(), name: None }
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
