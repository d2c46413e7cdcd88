//! What an agency says of a booking or of a slot, by answer or by event: taken over once, through the table.

use std::sync::Arc;

use diesel::prelude::*;
use yimen_contract::capability::{
    EventKind,
    event::SlotChanged,
    slots::{Output, Status},
};

use super::{
    BookingError,
    life::{By, State, way},
    model::{Booking, slot_key},
    queries,
    steps::{self, Doer, own},
};
use crate::{
    db::{Conn, DbError, schema::bookings},
    gateway::events::{Applies, Inbound, Settled},
    ledger::LedgerError,
    platform::{Moment, keys::KeyRing},
};

/// The longest word of an agency that is kept.
const LONGEST: usize = 200;

/// Where a word of the contract leads. `None`: it says nothing new of the booking.
const fn state_of(status: Status) -> Option<State> {
    Some(match status {
        Status::Confirmed => State::Booked,
        Status::Full => State::Full,
        Status::Barred => State::Barred,
        Status::Cancelled => State::Cancelled,
        Status::Stopped => State::Stopped,
        Status::Kept => State::Kept,
        Status::Missed => State::Missed,
        Status::Held | Status::NotFound | Status::Pending => return None,
    })
}

/// Takes over what an agency says. `false`: it changes nothing, because it is known, or because there is no way from
/// here to there.
pub(super) fn take_over(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    booking: &mut Booking,
    output: &Output,
    reason: Option<&str>,
) -> Result<bool, BookingError> {
    remember(c, booking, output)?;
    let Some(to) = state_of(output.status) else { return Ok(false) };
    let from = booking.state()?;
    // That it is booked is no news for somebody who is giving it back: the answer to that is on its way.
    if (from, to) == (State::Cancelling, State::Booked) {
        return Ok(false);
    }
    let Some(way) = way(from, to) else {
        let (agency, from, to) = (&booking.agency, from.tag(), to.tag());
        tracing::warn!(agency, from, to, "an agency tells of a booking what cannot be");
        return Ok(false);
    };
    let agency = booking.agency.clone();
    let doer = Doer { by: By::Agency, whom: &agency };
    let last = way.len().saturating_sub(1);
    for (at, edge) in way.iter().enumerate() {
        steps::take(c, ring, now, booking, (edge.act, &doer), reason.filter(|_| at == last))?;
    }
    Ok(!way.is_empty())
}

/// The agency's number and what the person shows there.
fn remember(c: &mut Conn, booking: &mut Booking, output: &Output) -> Result<(), BookingError> {
    let fits = |text: &&String| !text.is_empty() && text.len() <= LONGEST;
    if booking.agency_reference.is_none() {
        booking.agency_reference = output.reference.as_ref().filter(fits).cloned();
    }
    if let Some(ticket) = output.ticket.as_ref().filter(fits) {
        booking.ticket = Some(ticket.clone());
    }
    diesel::update(own(booking))
        .set((bookings::agency_reference.eq(&booking.agency_reference), bookings::ticket.eq(&booking.ticket)))
        .execute(c)?;
    Ok(())
}

/// Events about bookings and slots.
pub struct Reports {
    ring: Arc<KeyRing>,
}

impl Reports {
    pub fn new(ring: Arc<KeyRing>) -> Self {
        Self { ring }
    }

    fn changed(
        &self,
        c: &mut Conn,
        now: Moment,
        agency: &str,
        event: &SlotChanged,
    ) -> Result<Settled, BookingError> {
        let concerned = match (&event.booking, &event.slot) {
            (Some(reference), _) => match queries::of_agency(c, agency, reference)? {
                Some(booking) if booking.service == event.service => vec![booking],
                Some(_) => return Ok(Settled::Refused("the booking is of another service")),
                // Whoever chose it may be about to confirm it: but the agency hears of it only after it is here.
                None => return Ok(Settled::Refused("there is no such booking")),
            },
            (None, Some(slot)) => {
                let key = slot_key(&self.ring, agency, slot);
                queries::of_slot(c, (agency, &event.service), &key)?
            }
            (None, None) => return Ok(Settled::Refused("it names neither a booking nor a slot")),
        };
        let output = Output { status: event.status, reference: None, until: None, ticket: None };
        for mut booking in concerned {
            take_over(c, &self.ring, now, &mut booking, &output, event.reason.as_deref())?;
        }
        Ok(Settled::Applied)
    }
}

impl Applies for Reports {
    fn kind(&self) -> EventKind {
        EventKind::SlotChanged
    }

    fn apply(&self, c: &mut Conn, now: Moment, event: &Inbound) -> Result<Settled, DbError> {
        let Ok(changed) = serde_json::from_value::<SlotChanged>(event.data.clone()) else {
            return Ok(Settled::Refused("it does not have the form of a slot"));
        };
        match self.changed(c, now, &event.agency, &changed) {
            Ok(settled) => Ok(settled),
            Err(BookingError::Db(error) | BookingError::Ledger(LedgerError::Db(error))) => Err(error),
            Err(BookingError::Ledger(LedgerError::Erased)) => Ok(Settled::Refused("the person was erased")),
            Err(error) => {
                tracing::error!(agency = event.agency, %error, "an event about a booking cannot be applied");
                Ok(Settled::Refused("it cannot be applied"))
            }
        }
    }
}
