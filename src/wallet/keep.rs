//! What people do with their documents: write one down, put one aside, take it back.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    Changed, Document, DocumentId, Printed, WalletError, Whose,
    model::known_by,
    queries::{self, MOST},
    take::seal,
};
use crate::{
    db::{Conn, DbError, Stamp, schema::wallet_documents},
    each, jobs,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
};

/// What somebody writes down of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The code of its kind; empty where it has none.
    pub kind: String,
    pub printed: Printed,
    pub issued: NaiveDate,
    pub expires: Option<NaiveDate>,
    pub checked: Option<NaiveDate>,
    pub next: Option<NaiveDate>,
}

/// Keeps a document that its holder writes down; or, with an id, what is to stand there instead.
pub fn write_down(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    (written, instead): (&Written, Option<DocumentId>),
) -> Result<DocumentId, WalletError> {
    let name = written.printed.name.clone().unwrap_or_default();
    let key = known_by(ring, &format!("own/{name}"), &written.kind, &written.printed.number);
    let (sealed, at) = (seal(c, ring, whose, &written.printed)?, Stamp::from(now));
    let dates = (
        wallet_documents::kind.eq(&written.kind),
        wallet_documents::known_by.eq(&key),
        wallet_documents::printed.eq(sealed),
        wallet_documents::issued_on.eq(written.issued),
        wallet_documents::expires_on.eq(written.expires),
        wallet_documents::checked_on.eq(written.checked),
        wallet_documents::next_on.eq(written.next),
        wallet_documents::seen_at.eq(at),
        wallet_documents::changed_at.eq(at),
    );
    let id = if let Some(id) = instead {
        let document = queries::find(c, whose, id)?;
        // What an issuer says is changed by the issuer.
        if !document.is_own() {
            return Err(WalletError::Unknown);
        }
        let place = wallet_documents::table.find((whose.citizen, id));
        match diesel::update(place).set(dates).execute(c).map_err(DbError::from) {
            Err(DbError::Conflict(_)) => return Err(WalletError::Twice),
            done => done?,
        };
        id
    } else {
        let held = wallet_documents::table.filter(wallet_documents::citizen_id.eq(whose.citizen));
        if held.count().get_result::<i64>(c)? >= MOST {
            return Err(WalletError::TooMany);
        }
        let id = DocumentId::new();
        let row = (
            wallet_documents::citizen_id.eq(whose.citizen),
            wallet_documents::id.eq(id),
            wallet_documents::company.eq(whose.company()),
            wallet_documents::status.eq("valid"),
            wallet_documents::made_at.eq(at),
            dates,
        );
        let new = each!(c, |c| diesel::insert_into(wallet_documents::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
        if new == 0 {
            return Err(WalletError::Twice);
        }
        id
    };
    changed(c, now, whose.citizen, id)?;
    Ok(id)
}

/// Puts a document aside: it is shown no more, and nobody is reminded of it. One that a person wrote down is gone.
pub fn discard(c: &mut Conn, now: Moment, whose: &Whose, id: DocumentId) -> Result<Document, WalletError> {
    let document = queries::find(c, whose, id)?;
    let place = wallet_documents::table.find((whose.citizen, id));
    if document.is_own() {
        diesel::delete(place).execute(c)?;
    } else {
        diesel::update(place)
            .set((
                wallet_documents::discarded_at.eq(Some(Stamp::from(now))),
                wallet_documents::changed_at.eq(Stamp::from(now)),
            ))
            .execute(c)?;
    }
    super::proofs::end_all_of(c, whose.citizen, id)?;
    changed(c, now, whose.citizen, id)?;
    Ok(document)
}

/// Takes back what was put aside.
pub fn restore(c: &mut Conn, now: Moment, whose: &Whose, id: DocumentId) -> Result<(), WalletError> {
    queries::find(c, whose, id)?;
    diesel::update(wallet_documents::table.find((whose.citizen, id)))
        .set((
            wallet_documents::discarded_at.eq(None::<Stamp>),
            wallet_documents::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    changed(c, now, whose.citizen, id)
}

fn changed(c: &mut Conn, now: Moment, citizen: CitizenId, document: DocumentId) -> Result<(), WalletError> {
    jobs::enqueue(c, now, &Changed { citizen, document })?;
    Ok(())
}
