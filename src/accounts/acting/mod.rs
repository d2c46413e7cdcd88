//! Acting for others: a parent for a child, an agent for whoever authorised them, somebody for a company.
//!
//! A delegation is offered to a telephone number and a name, never to an account, so that an offer tells nobody
//! who has one; whoever has both sees it and takes it up. Parents and legal persons prove themselves at a
//! counter first. Either side ends it at once.
//!
//! The session only says which delegation somebody acts by. Every act asks [`represented`], which looks it up
//! again, and records both sides: in the ledger what was seen, in `deeds` what was done, for the represented
//! person to read.

mod actions;
mod age;
mod claims;
pub mod desk;
mod joined;
mod model;
pub mod pages;
pub(super) mod personal;
mod queries;
mod standing;
pub mod views;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::jobs::{Job, Priority};

pub use actions::{Offer, accept, agree, end_all_of, end_over, offer, own_digest, revoke};
pub use age::{asked_from, beginning, parent_until, term, turns};
pub use claims::{
    Claim, claim_child, claim_company, confirm_child, confirm_company, look_at_child, look_at_company,
    refuse_child, refuse_company,
};
pub use joined::represented_by;
pub use model::{
    ActingError, CompanyId, DelegationId, Kind, Matter, Matters, Party, Refused, Represented, Scope, State,
    What,
};
pub use queries::{
    Company, Deed, Delegation, companies_of, company, deeds_for, of_agent, of_principal, offered, waiting,
};
pub use standing::{choose, done, in_everything, reach, represented, see};

/// Housekeeping: marks delegations whose time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndOver;

impl Job for EndOver {
    const KIND: &'static str = "acting.end-over";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::hours(12);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}
