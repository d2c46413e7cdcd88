//! Documents as they are kept, and the errors of this room.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::licences::Status;

use crate::{
    accounts::acting::{CompanyId, Party, Represented},
    db::{DbError, Stamp, schema::wallet_documents},
    gateway::GatewayError,
    id,
    jobs::Job,
    ledger::{CitizenId, LedgerError, Private},
    platform::keys::KeyRing,
    web::Failure,
};

id! {
    /// A document in somebody's hands.
    DocumentId
}
id! {
    /// A code by which a document is checked.
    ProofId
}

/// Where what is printed on a document is sealed.
pub(super) const PRINTED: &str = "wallet_documents.printed";

/// Whose documents they are: a person's, or those of a company for which a person answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    pub citizen: CitizenId,
    pub company: Option<CompanyId>,
}

impl Whose {
    pub const fn of(party: &Party) -> Self {
        match party.represented {
            Represented::Oneself => Self { citizen: party.acting, company: None },
            Represented::Citizen { citizen, .. } => Self { citizen, company: None },
            Represented::Company { company, legal_person, .. } => {
                Self { citizen: legal_person, company: Some(company) }
            }
        }
    }

    /// The company as the tables name it.
    pub(super) fn company(&self) -> String {
        self.company.map(|company| company.to_string()).unwrap_or_default()
    }
}

/// A document.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = wallet_documents)]
pub struct Document {
    pub citizen_id: CitizenId,
    pub id: DocumentId,
    pub company: String,
    pub kind: String,
    pub agency: Option<String>,
    pub known_by: Vec<u8>,
    pub printed: Private,
    pub issued_on: NaiveDate,
    pub expires_on: Option<NaiveDate>,
    pub checked_on: Option<NaiveDate>,
    pub next_on: Option<NaiveDate>,
    pub status: String,
    pub seen_at: Stamp,
    pub gone_at: Option<Stamp>,
    pub discarded_at: Option<Stamp>,
    pub made_at: Stamp,
    pub changed_at: Stamp,
}

/// What stands on a document and is nobody else's business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    pub number: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// What the person calls it, where it is of no known kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Document {
    /// A word that no version of the program wrote says neither that it is in force nor that it is not.
    pub fn status(&self) -> Status {
        serde_json::from_value(serde_json::Value::from(self.status.as_str())).unwrap_or(Status::Pending)
    }

    /// Whose it is.
    pub fn whose(&self) -> Whose {
        Whose { citizen: self.citizen_id, company: self.company.parse().ok() }
    }

    /// Whether the person wrote it down themself.
    pub const fn is_own(&self) -> bool {
        self.agency.is_none()
    }
}

/// The word under which a status is kept.
pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Valid => "valid",
        Status::RenewalPending => "renewal-pending",
        Status::Suspended => "suspended",
        Status::Frozen => "frozen",
        Status::Lost => "lost",
        Status::Expired => "expired",
        Status::Cancelled => "cancelled",
        Status::Revoked => "revoked",
        Status::Pending => "pending",
    }
}

/// The digest by which a document is known again.
pub(super) fn known_by(ring: &KeyRing, agency: &str, kind: &str, number: &str) -> Vec<u8> {
    ring.lookup("wallet.document", format!("{agency}/{kind}/{number}").as_bytes()).to_vec()
}

/// A document came, changed or went. `reminders` carries on from here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Changed {
    pub citizen: CitizenId,
    pub document: DocumentId,
}

impl Job for Changed {
    const KIND: &'static str = "wallet.changed";
    const BUDGET: TimeDelta = TimeDelta::days(30);
}

#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// Not there, or somebody else's: which of the two is not told.
    #[error("there is no such document")]
    Unknown,
    /// The same document is there already.
    #[error("it is there already")]
    Twice,
    #[error("more is written down than one person holds")]
    TooMany,
    #[error("what is kept cannot be read: {0}")]
    Stored(String),
}

impl From<diesel::result::Error> for WalletError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<WalletError> for Failure {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::Db(error) | WalletError::Ledger(LedgerError::Db(error)) => error.into(),
            WalletError::Gateway(error) => error.into(),
            WalletError::Unknown => Self::NotFound,
            WalletError::Twice | WalletError::TooMany => Self::Refused,
            error @ (WalletError::Ledger(_) | WalletError::Stored(_)) => Self::broken(error),
        }
    }
}
