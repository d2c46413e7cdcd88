//! Appointments in the wallet, beside the documents.

use super::{Booking, BookingError, queries};
use crate::{
    db::{Conn, DbError},
    ledger::CitizenId,
    platform::Moment,
    wallet::{Ticket, Tickets},
};

/// Those of this room.
pub struct Appointments;

impl Tickets for Appointments {
    fn coming(&self, c: &mut Conn, citizen: CitizenId, now: Moment) -> Result<Vec<Ticket>, DbError> {
        let all = queries::coming(c, citizen, now).map_err(|error| match error {
            BookingError::Db(error) => error,
            error => DbError::Query(diesel::result::Error::DeserializationError(error.into())),
        })?;
        let ticket = |booking: Booking| Ticket {
            path: format!("/me/bookings/{}", booking.reference),
            starts: booking.starts(),
            service: booking.service,
            agency: booking.agency,
        };
        Ok(all.into_iter().map(ticket).collect())
    }
}
