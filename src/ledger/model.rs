//! Who looks at whom, for what and by which right.

use serde::{Deserialize, Serialize};

use crate::id;

id! {
    /// A person.
    CitizenId
}

id! {
    /// A member of staff. Never the same as their account as a citizen.
    StaffId
}

/// Who looks or acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Another citizen, who acts for the person.
    Citizen(CitizenId),
    Staff(StaffId),
    /// An agency, by its public name, through its own systems.
    Agency(String),
    /// The portal itself, by the name of what it does.
    Portal(&'static str),
}

impl Actor {
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Citizen(_) => "citizen",
            Self::Staff(_) => "staff",
            Self::Agency(_) => "agency",
            Self::Portal(_) => "portal",
        }
    }

    pub fn name(&self) -> String {
        match self {
            Self::Citizen(id) => id.to_string(),
            Self::Staff(id) => id.to_string(),
            Self::Agency(slug) => slug.clone(),
            Self::Portal(part) => (*part).to_owned(),
        }
    }
}

/// What for. Each is explained to the citizen in plain words, so the list is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Comparing name and number with the population register.
    VerifyIdentity,
    /// Handing details to an agency's own site that the citizen signed in to.
    SignOn,
    /// Carrying out a service the citizen asked for.
    Service,
    /// Sending a code or a notice.
    Notify,
    /// Staff helping at a counter: recovery, correction, merging.
    Counter,
    /// Answering the citizen's own request about their data.
    DataRequest,
    /// A search that a law orders.
    LegalOrder,
    /// An act of staff that concerns the citizen's account without showing data.
    Administration,
}

impl Purpose {
    pub const ALL: [Self; 8] = [
        Self::VerifyIdentity,
        Self::SignOn,
        Self::Service,
        Self::Notify,
        Self::Counter,
        Self::DataRequest,
        Self::LegalOrder,
        Self::Administration,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::VerifyIdentity => "verify-identity",
            Self::SignOn => "sign-on",
            Self::Service => "service",
            Self::Notify => "notify",
            Self::Counter => "counter",
            Self::DataRequest => "data-request",
            Self::LegalOrder => "legal-order",
            Self::Administration => "administration",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.tag() == tag)
    }
}

/// By which right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The person asked for it or agreed.
    Consent,
    /// Needed to do a duty that a law gives the agency.
    Duty,
    /// An order of a court or an authority.
    Order,
}

impl Basis {
    pub const ALL: [Self; 3] = [Self::Consent, Self::Duty, Self::Order];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Duty => "duty",
            Self::Order => "order",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.tag() == tag)
    }
}

/// A look about to be taken.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    pub citizen: CitizenId,
    pub actor: Actor,
    pub purpose: Purpose,
    pub basis: Basis,
    /// What is looked at: `name`, `identity-number`, `phone`, `email`, `birth-date` …
    pub fields: &'a [&'a str],
    /// The reason a member of staff gave, or the service in whose name it happens.
    pub detail: Option<&'a str>,
}
