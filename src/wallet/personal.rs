//! What the wallet holds about people, for the port `PersonalData`.

use diesel::prelude::*;

use super::{Changed, Document, DocumentId, WalletError, model::PRINTED};
use crate::{
    db::{
        Conn, Stamp,
        schema::{wallet_documents, wallet_proofs, wallet_sources},
    },
    hand_over, jobs,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

pub struct Documents;

impl PersonalData for Documents {
    fn kind(&self) -> &'static str {
        "wallet"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["wallet_documents", "wallet_sources", "wallet_proofs"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let citizen = warrant.citizen();
        let rows: Vec<Document> = wallet_documents::table
            .filter(wallet_documents::citizen_id.eq(citizen))
            .order(wallet_documents::id)
            .select(Document::as_select())
            .load(c)?;
        let mut records = Vec::with_capacity(rows.len());
        for document in rows {
            let printed = document.printed(c, ring, warrant).map_err(|error| match error {
                WalletError::Ledger(error) => error,
                WalletError::Db(error) => LedgerError::Db(error),
                _ => LedgerError::Sealed,
            })?;
            let mut record = vec![
                ("licence", Value::Text(printed.name.unwrap_or(document.kind))),
                ("number", Value::Text(printed.number)),
                ("issued-on", Value::Text(document.issued_on.to_string())),
            ];
            for (label, day) in [
                ("expires-on", document.expires_on),
                ("checked-on", document.checked_on),
                ("next-on", document.next_on),
            ] {
                record.extend(day.map(|day| (label, Value::Text(day.to_string()))));
            }
            if !printed.remarks.is_empty() {
                record.push(("remarks", Value::Text(printed.remarks.join("; "))));
            }
            record.extend(document.agency.map(|agency| ("actor", Value::Text(agency))));
            record.push(("at", Value::At(document.seen_at.moment())));
            records.push(record);
        }
        let asked: Vec<(String, Stamp)> = wallet_sources::table
            .filter(wallet_sources::citizen_id.eq(citizen))
            .order((wallet_sources::company, wallet_sources::agency))
            .select((wallet_sources::agency, wallet_sources::asked_at))
            .load(c)?;
        for (agency, at) in asked {
            records.push(vec![("actor", Value::Text(agency)), ("made-at", Value::At(at.moment()))]);
        }
        Ok(records)
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(wallet_proofs::table.filter(wallet_proofs::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(wallet_sources::table.filter(wallet_sources::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(wallet_documents::table.filter(wallet_documents::citizen_id.eq(citizen)))
            .execute(c)?;
        Ok(())
    }

    /// What both hold is held once: as the account that stays has it. An issuer speaks of the person under another name
    /// from now on, and so is asked anew.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        let held: Vec<Vec<u8>> = wallet_documents::table
            .filter(wallet_documents::citizen_id.eq(joining.into))
            .filter(wallet_documents::company.eq(""))
            .select(wallet_documents::known_by)
            .load(c)?;
        let from = joining.from();
        let moved: Vec<DocumentId> = wallet_documents::table
            .filter(wallet_documents::citizen_id.eq(from))
            .select(wallet_documents::id)
            .load(c)?;
        diesel::delete(wallet_proofs::table.filter(wallet_proofs::citizen_id.eq(from))).execute(c)?;
        diesel::delete(wallet_sources::table.filter(wallet_sources::citizen_id.eq(from))).execute(c)?;
        diesel::delete(
            wallet_documents::table
                .filter(wallet_documents::citizen_id.eq(from))
                .filter(wallet_documents::known_by.eq_any(held)),
        )
        .execute(c)?;
        hand_over!(c, joining, wallet_documents, DocumentId, [printed: PRINTED]);
        // Their dates come along, and those of what is held once only now end.
        for document in moved {
            jobs::enqueue(c, joining.now, &Changed { citizen: joining.into, document })?;
        }
        Ok(())
    }
}
