//! Whose matter it is: the person in the session, somebody they act for, or a company.

use crate::{
    accounts::acting::{self, CompanyId, Kind, Party, Represented, What},
    db::Conn,
    gateway::{About, Agent},
    ledger::{self, Actor, Basis, CitizenId, LedgerError, Look, Purpose, Warrant},
    platform::{Moment, keys::KeyRing},
};

use super::model::Case;
use yimen_contract::capability::person::{Claim, Relation};

/// Who acts, for whom, and how surely they are signed in.
#[derive(Debug, Clone)]
pub struct Whose {
    pub party: Party,
    pub level: u8,
}

impl Whose {
    /// Whose cases they are, by name in the database: for a company, the legal person who answers for it.
    pub const fn owner(&self) -> CitizenId {
        match self.party.represented {
            Represented::Oneself => self.party.acting,
            Represented::Citizen { citizen, .. } => citizen,
            Represented::Company { legal_person, .. } => legal_person,
        }
    }

    pub const fn company(&self) -> Option<CompanyId> {
        match self.party.represented {
            Represented::Company { company, .. } => Some(company),
            _ => None,
        }
    }

    /// For whom a draft is, if not for whoever types it.
    pub const fn represents(&self) -> Option<CitizenId> {
        match self.party.represented {
            Represented::Citizen { citizen, .. } => Some(citizen),
            _ => None,
        }
    }

    /// By what right, as it is kept.
    pub(crate) const fn relation(&self) -> &'static str {
        match self.party.represented {
            Represented::Oneself => "self",
            Represented::Citizen { kind: Kind::Child, .. } => "guardian",
            Represented::Citizen { .. } => "authorised",
            Represented::Company { .. } => "company",
        }
    }

    /// The right to read what was handed in. Whoever acts for another is on record with it.
    pub(crate) fn warrant(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        now: Moment,
        service: &str,
    ) -> Result<Warrant, LedgerError> {
        let citizen = match self.party.represented {
            Represented::Oneself => return Ok(ledger::own(self.party.acting)),
            Represented::Citizen { citizen, .. } => citizen,
            Represented::Company { legal_person, .. } => legal_person,
        };
        acting::done(c, now, &self.party, What::SawDetails, Some(service))?;
        let look = Look {
            citizen,
            actor: Actor::Citizen(self.party.acting),
            purpose: Purpose::Service,
            basis: Basis::Consent,
            fields: &["answers"],
            detail: Some(service),
        };
        ledger::look(c, ring, now, &look)
    }
}

/// Who acted for whom, as it is kept with what they did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parties<'a> {
    pub owner: CitizenId,
    pub acting: CitizenId,
    pub company: Option<CompanyId>,
    pub relation: &'a str,
    pub level: i32,
}

impl Case {
    /// About whom the agency is told.
    pub(super) fn about<'a>(&self, claims: &'a [Claim]) -> About<'a> {
        let parties = Parties {
            owner: self.citizen_id,
            acting: self.acting_id,
            company: self.company_id,
            relation: &self.relation,
            level: self.level,
        };
        parties.about(claims)
    }
}

impl Parties<'_> {
    /// About whom the agency is told, long after the session in which it was asked for.
    pub(crate) fn about<'a>(&self, claims: &'a [Claim]) -> About<'a> {
        let agent = |relation| Some(Agent { citizen: self.acting, relation });
        let (citizen, agent) = match self.relation {
            "guardian" => (self.owner, agent(Relation::Guardian)),
            "authorised" => (self.owner, agent(Relation::Authorised)),
            // A company's agent is named, and never its legal person.
            "company" => (self.acting, None),
            _ => (self.owner, None),
        };
        About {
            citizen,
            agent,
            company: self.company,
            level: u8::try_from(self.level).unwrap_or_default(),
            purpose: Purpose::Service,
            basis: Basis::Consent,
            fields: &["answers"],
            claims: Some(claims),
        }
    }
}
