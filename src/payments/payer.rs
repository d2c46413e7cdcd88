//! Who pays, and for whom: as somebody is signed in now, and as it is kept with an order.

use yimen_contract::capability::person::{Claim, Relation};

use super::model::Order;
use crate::{
    accounts::acting::{CompanyId, Kind, Party, Represented},
    gateway::{About, Agent},
    ledger::{Basis, CitizenId, Purpose},
};

/// Whoever pays, for whom, and how surely they are signed in.
#[derive(Debug, Clone)]
pub struct Payer {
    pub party: Party,
    pub level: u8,
}

impl Payer {
    /// Whose order it is: the person before the screen, whose money it is.
    pub const fn owner(&self) -> CitizenId {
        self.party.acting
    }

    pub(super) const fn pays_for(&self) -> Option<CitizenId> {
        match self.party.represented {
            Represented::Citizen { citizen, .. } => Some(citizen),
            _ => None,
        }
    }

    pub(super) const fn company(&self) -> Option<CompanyId> {
        match self.party.represented {
            Represented::Company { company, .. } => Some(company),
            _ => None,
        }
    }

    /// By what right, as it is kept.
    pub(super) const fn relation(&self) -> &'static str {
        match self.party.represented {
            Represented::Oneself => "self",
            Represented::Citizen { kind: Kind::Child, .. } => "guardian",
            Represented::Citizen { .. } => "authorised",
            Represented::Company { .. } => "company",
        }
    }
}

/// What agencies learn of a payment: that it was made.
const FIELDS: &[&str] = &["payment"];

impl Order {
    /// About whom the agency is told, long after the session in which it was paid.
    pub(super) fn about<'a>(&self, claims: Option<&'a [Claim]>) -> About<'a> {
        let agent = |relation| Agent { citizen: self.citizen_id, relation };
        let (citizen, agent) = match (self.relation.as_str(), self.for_id) {
            ("guardian", Some(child)) => (child, Some(agent(Relation::Guardian))),
            ("authorised", Some(other)) => (other, Some(agent(Relation::Authorised))),
            _ => (self.citizen_id, None),
        };
        About {
            citizen,
            agent,
            company: self.company_id,
            level: u8::try_from(self.level).unwrap_or_default(),
            purpose: Purpose::Service,
            basis: Basis::Consent,
            fields: FIELDS,
            claims,
        }
    }
}
