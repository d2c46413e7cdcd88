//! Acting for others: the words and the rules, without the database.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yimen_contract::Bilingual;

use crate::{
    accounts::AccountError,
    db::DbError,
    id,
    ledger::{CitizenId, LedgerError},
    web::Failure,
};

id! {
    /// A delegation, or an offer of one.
    DelegationId
}

id! {
    /// A company.
    CompanyId
}

id! {
    /// Something an agent did.
    DeedId
}

/// By what right somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A parent for a child.
    Child,
    /// Somebody whom a person authorised.
    Person,
    /// Somebody whom a company's legal person named.
    Company,
}

impl Kind {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Person => "person",
            Self::Company => "company",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        [Self::Child, Self::Person, Self::Company].into_iter().find(|kind| kind.tag() == tag)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Offered, or waiting for proof.
    Proposed,
    Active,
    /// Taken back or declined, by either side.
    Revoked,
    /// Its time is over, or another took its place.
    Ended,
}

impl State {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Ended => "ended",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        [Self::Proposed, Self::Active, Self::Revoked, Self::Ended]
            .into_iter()
            .find(|state| state.tag() == tag)
    }
}

/// Which services somebody may do for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    All,
    /// Whole fields, by their codes.
    Domains(BTreeSet<String>),
    /// Single services, by their codes.
    Services(BTreeSet<String>),
}

impl Scope {
    /// Whether it reaches as far as a matter. Seeing whom one acts for is part of every scope.
    pub fn covers(&self, matter: &Matter<'_>) -> bool {
        match (self, matter) {
            (_, Matter::Details) | (Self::All, _) => true,
            (Self::Domains(domains), Matter::Service { domain, .. }) => domains.contains(*domain),
            (Self::Services(services), Matter::Service { code, .. }) => services.contains(*code),
        }
    }
}

/// What an agent is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter<'a> {
    /// See who the represented person is.
    Details,
    /// Carry out a service. Some must be done in person.
    Service { code: &'a str, domain: &'a str, agent_allowed: bool },
}

/// Who acts, and for whom. Every act records both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The person before the screen.
    pub acting: CitizenId,
    pub represented: Represented,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Represented {
    Oneself,
    Citizen {
        delegation: DelegationId,
        citizen: CitizenId,
        /// By what right.
        kind: Kind,
    },
    /// A company, with the legal person who answers for it and is told.
    Company {
        delegation: DelegationId,
        company: CompanyId,
        legal_person: CitizenId,
    },
}

impl Party {
    /// The citizen whose matters these are. A company's are not its legal person's own.
    pub const fn citizen(&self) -> Option<CitizenId> {
        match self.represented {
            Represented::Oneself => Some(self.acting),
            Represented::Citizen { citizen, .. } => Some(citizen),
            Represented::Company { .. } => None,
        }
    }
}

/// Why somebody may not act for another just now.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Db(#[from] DbError),
    /// Revoked, over, not begun, or never there: which of them is nobody else's business.
    #[error("the delegation does not hold")]
    NotHolding,
    #[error("the delegation does not reach this far")]
    OutOfScope,
    /// The service must be done in person.
    #[error("nobody may do this for another")]
    InPerson,
    /// The child is fourteen or older and has not agreed.
    #[error("the child has not agreed")]
    ChildNotAsked,
}

impl From<diesel::result::Error> for Refused {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Db(error) => error.into(),
            _ => Self::Refused,
        }
    }
}

/// Why a delegation was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum ActingError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Account(#[from] AccountError),
    /// None of this person's, or no longer open.
    #[error("there is nothing like that")]
    Unknown,
    #[error("nobody needs to be authorised to act for themself")]
    Oneself,
    #[error("too many are waiting already")]
    TooMany,
    /// The dates are in the wrong order, in the past or too far apart.
    #[error("the time is not possible")]
    Term,
    /// Of age already, or not born yet.
    #[error("not a child")]
    NotAChild,
    /// The name is not known yet: the person has not proved who they are.
    #[error("the person has not proved who they are")]
    Unproved,
}

impl From<diesel::result::Error> for ActingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ActingError> for Failure {
    fn from(error: ActingError) -> Self {
        match error {
            ActingError::Db(error) | ActingError::Ledger(LedgerError::Db(error)) => error.into(),
            ActingError::Account(error) => error.into(),
            ActingError::Ledger(error) => Self::broken(error),
            ActingError::Unknown => Self::NotFound,
            ActingError::Oneself
            | ActingError::TooMany
            | ActingError::Term
            | ActingError::NotAChild
            | ActingError::Unproved => Self::Refused,
        }
    }
}

/// What an agent did. Each is said to the represented person in words, so the list is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Began,
    SawDetails,
    /// Looked at documents, or at the dates of them and of other matters.
    SawDocuments,
    /// Wrote one down, put it aside, showed it to others, or moved its reminders.
    KeptDocuments,
    /// Carried out a service.
    Service,
}

impl What {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::SawDetails => "saw-details",
            Self::SawDocuments => "saw-documents",
            Self::KeptDocuments => "kept-documents",
            Self::Service => "service",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        let all = [Self::Began, Self::SawDetails, Self::SawDocuments, Self::KeptDocuments, Self::Service];
        all.into_iter().find(|what| what.tag() == tag)
    }

    /// What somebody did who looked at these fields.
    pub(super) fn saw(fields: &[&str]) -> Self {
        let documents = fields.iter().any(|field| matches!(*field, "licences" | "dates"));
        if documents { Self::SawDocuments } else { Self::SawDetails }
    }
}

/// What the catalogue knows, for authorising somebody for some services only. Bound in `app`.
pub trait Matters: Send + Sync {
    fn domains(&self) -> Vec<(String, Bilingual)>;
    /// A service's name and whether it may be done for another.
    fn service(&self, code: &str) -> Option<(Bilingual, bool)>;
}

/// Of a session's words: whose matters they are.
pub(super) fn is_principal(named: Uuid, citizen: CitizenId, company: Option<CompanyId>) -> bool {
    named == company.map_or(citizen.uuid(), CompanyId::uuid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_reaches_what_it_names_and_no_further() {
        let matter = Matter::Service { code: "YZ02022", domain: "D02", agent_allowed: true };
        let set = |code: &str| BTreeSet::from([code.to_owned()]);
        assert!(Scope::All.covers(&matter));
        assert!(Scope::Domains(set("D02")).covers(&matter));
        assert!(!Scope::Domains(set("D03")).covers(&matter));
        assert!(Scope::Services(set("YZ02022")).covers(&matter));
        assert!(!Scope::Services(set("YZ02021")).covers(&matter));
        assert!(!Scope::Services(BTreeSet::new()).covers(&matter));
        assert!(Scope::Services(BTreeSet::new()).covers(&Matter::Details));
    }
}
