//! The way in: what agencies' backends tell by themselves.
//!
//! 1. [`api`] takes a request only if it is signed with a key that the package names and the operator bound, is
//!    recent, and has not been seen before. Who does not prove that hears nothing but `401`.
//! 2. [`rules`] holds each event to the agency's own matters: its services, the kinds of licences it issues.
//! 3. [`store`] keeps all events of a request, encrypted, in the transaction that remembers the request's number;
//!    only then the agency hears that they are taken. An event that is known is taken and changes nothing.
//! 4. [`apply`] hands each to the room whose matter it is, in the transaction that settles it: once in effect. What
//!    a later event of the same thing has overtaken is not applied.

pub mod api;
mod apply;
mod intake;
mod proof;
mod rules;
mod store;

use std::{fmt, sync::Arc};

use serde_json::Value;
use yimen_contract::capability::EventKind;

use crate::{
    db::{Conn, DbError},
    id,
    platform::Moment,
};

pub use api::request_of;
pub use apply::{Apply, Sweep, apply, sweep};
pub use proof::Proof;
pub use store::{Counted, counted};

id! {
    /// An event as the portal keeps it.
    EventId
}

/// An event, on its way to the room whose matter it is.
pub struct Inbound {
    /// Whose word it is. It counts for this agency's matters only.
    pub agency: String,
    pub kind: EventKind,
    pub sequence: u64,
    pub happened_at: Moment,
    /// In the form that the contract has for the kind.
    pub data: Value,
}

/// Without what it says, which may be personal.
impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}, {}", self.kind.name(), self.agency, self.sequence)
    }
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    Applied,
    /// What it is about is not known here yet: the answer to the submission may still be on its way.
    NotYet,
    /// It can never be applied.
    Refused(&'static str),
}

/// A room that events of one kind change something in.
pub trait Applies: Send + Sync {
    fn kind(&self) -> EventKind;

    /// In the transaction that settles the event.
    fn apply(&self, c: &mut Conn, now: Moment, event: &Inbound) -> Result<Settled, DbError>;
}

/// Every room that events change something in. An event of another kind is kept until there is one.
#[derive(Clone)]
pub struct Appliers(Arc<[Arc<dyn Applies>]>);

impl Appliers {
    pub fn new(all: Vec<Arc<dyn Applies>>) -> Self {
        Self(all.into())
    }

    fn of(&self, kind: EventKind) -> Option<&dyn Applies> {
        self.0.iter().find(|one| one.kind() == kind).map(AsRef::as_ref)
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.0.iter().map(|one| one.kind().name()).collect()
    }
}
