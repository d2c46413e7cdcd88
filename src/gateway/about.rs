//! About whom a question is, and why it may be asked.

use yimen_contract::capability::{Capability, person};

use crate::{
    accounts::acting::{CompanyId, Kind, Party, Represented},
    ledger::{Basis, CitizenId, Purpose},
};

/// The person a question is about, and why it may be asked. It stands in the ledger before anything leaves.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub citizen: CitizenId,
    /// Whoever acts for them, if somebody does.
    pub agent: Option<Agent>,
    /// The company whose matter it is; `citizen` acts for it then.
    pub company: Option<CompanyId>,
    /// How surely the one who asks is who they say: the session's level.
    pub level: u8,
    pub purpose: Purpose,
    pub basis: Basis,
    /// What the agency learns beside the claims: `name`, `identity-number` …
    pub fields: &'a [&'a str],
    /// What the question says of the person, where the gateway is to fill it in. `None`: the question has a form of
    /// its own for that.
    pub claims: Option<&'a [person::Claim]>,
}

/// Somebody who acts for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agent {
    pub citizen: CitizenId,
    pub relation: person::Relation,
}

impl<'a> About<'a> {
    /// Whose matter a service is, in a session of this level.
    pub const fn service(party: &Party, level: u8, claims: &'a [person::Claim]) -> Self {
        let (citizen, agent, company) = match party.represented {
            Represented::Oneself => (party.acting, None, None),
            Represented::Citizen { citizen, kind, .. } => {
                let relation = match kind {
                    Kind::Child => person::Relation::Guardian,
                    Kind::Person | Kind::Company => person::Relation::Authorised,
                };
                (citizen, Some(Agent { citizen: party.acting, relation }), None)
            }
            // A company's agent is named, and never its legal person.
            Represented::Company { company, .. } => (party.acting, None, Some(company)),
        };
        Self {
            citizen,
            agent,
            company,
            level,
            purpose: Purpose::Service,
            basis: Basis::Consent,
            fields: &["answers"],
            claims: Some(claims),
        }
    }
}

/// What a capability may be used for. A purpose that is not here is not entitled to its answers.
pub(super) const fn may_serve(capability: Capability, purpose: Purpose) -> bool {
    match capability {
        Capability::Health => true,
        Capability::IdentityVerify => matches!(purpose, Purpose::VerifyIdentity | Purpose::Counter),
        Capability::MessageSend | Capability::MessageReceipt => matches!(purpose, Purpose::Notify),
        // Whoever had their documents fetched is reminded of them, after another look.
        Capability::LicencesList => matches!(purpose, Purpose::Service | Purpose::Counter | Purpose::Notify),
        // Everything else is part of a service: for its citizen, or for one whom staff help at a counter.
        _ => matches!(purpose, Purpose::Service | Purpose::Counter),
    }
}

/// What an agency is told by claims, in the words of the record of looks.
pub fn told(claims: &[person::Claim]) -> impl Iterator<Item = &'static str> + '_ {
    claims.iter().map(|claim| claim.field())
}
