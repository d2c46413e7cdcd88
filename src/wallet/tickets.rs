//! Appointments and their tickets, which stand in the wallet beside the documents. The room that keeps them lies below this
//! one: it answers, and is bound in `app`.

use crate::{
    db::{Conn, DbError},
    ledger::CitizenId,
    platform::Moment,
};

/// An appointment that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Where it is shown, below our own address.
    pub path: String,
    /// The code of its service.
    pub service: String,
    /// The public name of its agency.
    pub agency: String,
    pub starts: Moment,
}

/// Whoever keeps appointments.
pub trait Tickets: Send + Sync {
    /// What somebody has booked for themself and is still to come, soonest first.
    fn coming(&self, c: &mut Conn, citizen: CitizenId, now: Moment) -> Result<Vec<Ticket>, DbError>;
}
