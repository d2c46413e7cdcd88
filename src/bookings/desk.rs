//! What the staff of an agency do whose calendar the portal keeps: check people in, stop an appointment, let an absence
//! not count.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    BookingError, SessionId, kept,
    life::{Act, By},
    model::{Booking, BookingId},
    queries,
    rules::Session,
    steps::{self, Doer},
};
use crate::{
    db::Conn,
    jobs::{self, Job},
    ledger::CitizenId,
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// Tells one person that what they booked does not take place.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stopped {
    citizen: CitizenId,
    booking: BookingId,
    session: SessionId,
}

impl Job for Stopped {
    const KIND: &'static str = "bookings.stopped";

    fn key(&self) -> Option<String> {
        Some(self.booking.to_string())
    }
}

/// A code as people type it: small letters and letters that look like digits are read as what they stand for.
pub fn code_of(typed: &str) -> String {
    let plain = typed.trim().to_ascii_uppercase().replace(['-', ' '], "");
    plain.replace('O', "0").replace(['I', 'L'], "1")
}

/// Checks somebody in by what they show. A code counts once, on its day.
pub fn check_in(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (service, by): (&str, &str),
    code: &str,
) -> Result<Booking, BookingError> {
    let mut booking = queries::by_code(c, service, &code_of(code))?.ok_or(BookingError::Unknown)?;
    if booking.day != city_day(now) {
        return Err(BookingError::NotNow);
    }
    steps::take(c, ring, now, &mut booking, (Act::Keep, &Doer { by: By::Agency, whom: by }), None)?;
    Ok(booking)
}

/// Lets an absence not count.
pub fn excuse(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (service, by): (&str, &str),
    reference: &str,
) -> Result<Booking, BookingError> {
    let mut booking = queries::by_reference(c, service, reference)?.ok_or(BookingError::Unknown)?;
    let doer = Doer { by: By::Agency, whom: by };
    steps::take(c, ring, now, &mut booking, (Act::Excuse, &doer), None)?;
    Ok(booking)
}

/// Stops an appointment: nobody books it any more, and everybody who did is told why.
pub fn stop(
    c: &mut Conn,
    now: Moment,
    (agency, service, by): (&str, &str, &str),
    session: &Session,
    reason: &str,
) -> Result<usize, BookingError> {
    let id = kept::known(c, (agency, service), session)?;
    if !kept::stop(c, now, id, (reason, by))? {
        return Err(BookingError::NotNow);
    }
    let concerned = queries::of_session(c, id)?;
    let all: Vec<Stopped> =
        concerned.into_iter().map(|(citizen, booking)| Stopped { citizen, booking, session: id }).collect();
    Ok(jobs::enqueue_all(c, now, &all)?)
}

/// Runs [`Stopped`].
pub fn stopped(c: &mut Conn, ring: &KeyRing, now: Moment, job: &Stopped) -> Result<(), BookingError> {
    let Some(mut booking) = queries::of_owner(c, job.citizen, job.booking)? else { return Ok(()) };
    if !booking.state()?.takes_up() {
        return Ok(());
    }
    let session = kept::one(c, &booking.service, job.session)?;
    let why = session.and_then(|session| session.stopped_why);
    let agency = booking.agency.clone();
    let doer = Doer { by: By::Agency, whom: &agency };
    steps::take(c, ring, now, &mut booking, (Act::Stop, &doer), why.as_deref())?;
    Ok(())
}

/// A service's bookings on a day: by time and code, without names. Who somebody is the counter sees from their card.
pub fn of_day(c: &mut Conn, service: &str, day: NaiveDate) -> Result<Vec<Booking>, BookingError> {
    queries::of_day(c, service, day)
}
