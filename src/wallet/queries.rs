//! Reading documents. The holder stands in every query.

use diesel::prelude::*;

use super::{Document, DocumentId, Printed, WalletError, Whose, model::PRINTED};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{wallet_documents, wallet_sources},
    },
    ledger::{CitizenId, Warrant},
    platform::keys::KeyRing,
};

/// As many documents as are shown at once; nobody holds more.
pub(super) const MOST: i64 = 500;

/// What an issuer said when it was asked last.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = wallet_sources)]
pub struct Source {
    pub agency: String,
    pub outcome: String,
    pub asked_at: Stamp,
    pub answered_at: Option<Stamp>,
}

/// Everything somebody holds, what they discarded included.
pub fn all(c: &mut Conn, whose: &Whose) -> Result<Vec<Document>, DbError> {
    Ok(wallet_documents::table
        .filter(wallet_documents::citizen_id.eq(whose.citizen))
        .filter(wallet_documents::company.eq(whose.company()))
        .order(wallet_documents::id)
        .limit(MOST)
        .select(Document::as_select())
        .load(c)?)
}

/// The ids of the same.
pub fn ids(c: &mut Conn, whose: &Whose) -> Result<Vec<DocumentId>, DbError> {
    Ok(wallet_documents::table
        .filter(wallet_documents::citizen_id.eq(whose.citizen))
        .filter(wallet_documents::company.eq(whose.company()))
        .order(wallet_documents::id)
        .limit(MOST)
        .select(wallet_documents::id)
        .load(c)?)
}

/// One document of somebody's.
pub fn find(c: &mut Conn, whose: &Whose, id: DocumentId) -> Result<Document, WalletError> {
    let found = one(c, whose.citizen, id)?;
    found.filter(|document| document.company == whose.company()).ok_or(WalletError::Unknown)
}

/// One document by its holder and id.
pub fn one(c: &mut Conn, citizen: CitizenId, id: DocumentId) -> Result<Option<Document>, DbError> {
    Ok(wallet_documents::table.find((citizen, id)).select(Document::as_select()).first(c).optional()?)
}

/// Which issuers were asked, and what came of it.
pub fn sources(c: &mut Conn, whose: &Whose) -> Result<Vec<Source>, DbError> {
    Ok(wallet_sources::table
        .filter(wallet_sources::citizen_id.eq(whose.citizen))
        .filter(wallet_sources::company.eq(whose.company()))
        .order(wallet_sources::agency)
        .select(Source::as_select())
        .load(c)?)
}

impl Document {
    /// What stands on it.
    pub fn printed(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Printed, WalletError> {
        let text = warrant.open(c, ring, PRINTED, &self.printed)?;
        serde_json::from_str(&text).map_err(|error| WalletError::Stored(error.to_string()))
    }
}
