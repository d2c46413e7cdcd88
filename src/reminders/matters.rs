//! The dates of appointments, of corrections that an agency waits for, and of what is to be paid.

use yimen_licences::reminders::Reason;

use super::{Hangs, Means, Planned, Source, keep};
use crate::{
    accounts::acting::CompanyId,
    bookings::{self, BookingError, life::State as Booked},
    cases::{self, CaseError, life::State as Stands},
    db::{Conn, DbError},
    jobs::{Done, Failure, Running},
    ledger::CitizenId,
    payments::{self, PayError, ToldId},
    platform::{Moment, clock::city_day},
};

/// Days before an appointment on which people are reminded of it.
const APPOINTMENT: [u16; 2] = [7, 1];
/// Days before the end of a correction.
const CORRECTION: [u16; 2] = [3, 1];

/// Days before the last day on which something can be paid in time.
const PAYMENT: [u16; 3] = [7, 3, 1];

/// Runs [`bookings::Dated`].
pub async fn booked(means: Means, job: bookings::Dated, running: Running) -> Result<Done, Failure> {
    let now = means.wallet.site.clock.now();
    running.finish(move |c| booking(c, now, job.citizen, &job.reference)).await
}

/// Runs [`cases::Dated`].
pub async fn cased(means: Means, job: cases::Dated, running: Running) -> Result<Done, Failure> {
    let now = means.wallet.site.clock.now();
    running.finish(move |c| case(c, now, job.citizen, &job.reference)).await
}

/// Runs [`payments::Owed`].
pub async fn owed(means: Means, job: payments::Owed, running: Running) -> Result<Done, Failure> {
    let now = means.wallet.site.clock.now();
    running.finish(move |c| due(c, now, job.citizen, job.due)).await
}

/// The date of an appointment, as long as it is to be kept.
pub(super) fn booking(c: &mut Conn, now: Moment, citizen: CitizenId, reference: &str) -> Result<(), DbError> {
    let found = bookings::queries::of_reference(c, citizen, reference).map_err(of_booking)?;
    let Some(booking) = found else { return Ok(()) };
    let hangs = Hangs {
        citizen,
        source: Source::Booking,
        id: reference.to_owned(),
        about: booking.service.clone(),
        words: None,
    };
    let stands = booking.state().map_err(of_booking)? == Booked::Booked;
    let day = Planned::on(booking.day, city_day(booking.made_at.moment()), &APPOINTMENT);
    let planned: &[Planned] = if stands { &[day] } else { &[] };
    keep(c, now, city_day(now), &hangs, (planned, Reason::Discarded))
}

/// The last day of a correction, as long as one is asked for.
pub(super) fn case(c: &mut Conn, now: Moment, citizen: CitizenId, reference: &str) -> Result<(), DbError> {
    let found = cases::queries::of_reference(c, citizen, reference).map_err(of_case)?;
    let Some(case) = found else { return Ok(()) };
    let hangs = Hangs {
        citizen,
        source: Source::Case,
        id: reference.to_owned(),
        about: case.service.clone(),
        words: None,
    };
    let asked = case.state().map_err(of_case)? == Stands::CorrectionRequired;
    let since = city_day(case.changed_at.moment());
    let day = case.due_on.filter(|_| asked).map(|due| Planned::on(due, since, &CORRECTION));
    keep(c, now, city_day(now), &hangs, (day.as_slice(), Reason::Discarded))
}

/// The last day on which something can be paid in time, as long as it is owed.
pub(super) fn due(c: &mut Conn, now: Moment, citizen: CitizenId, id: ToldId) -> Result<(), DbError> {
    let Some(dates) = payments::told::dates(c, citizen, id).map_err(of_payment)? else { return Ok(()) };
    let hangs = Hangs { citizen, source: Source::Due, id: id.to_string(), about: dates.service, words: None };
    let day = dates.until.map(|(day, since)| Planned::owed(day, since, &PAYMENT));
    keep(c, now, city_day(now), &hangs, (day.as_slice(), Reason::Discarded))
}

/// Who acted for the owner of something, by what right, and for which company.
pub(super) type Parties = (CitizenId, String, Option<CompanyId>);

/// Those of an appointment.
pub(super) fn parties_of_booking(
    c: &mut Conn,
    citizen: CitizenId,
    reference: &str,
) -> Result<Option<Parties>, DbError> {
    let found = bookings::queries::of_reference(c, citizen, reference).map_err(of_booking)?;
    Ok(found.map(|booking| (booking.acting_id, booking.relation, booking.company_id)))
}

/// Those of an application.
pub(super) fn parties_of_case(
    c: &mut Conn,
    citizen: CitizenId,
    reference: &str,
) -> Result<Option<Parties>, DbError> {
    let found = cases::queries::of_reference(c, citizen, reference).map_err(of_case)?;
    Ok(found.map(|case| (case.acting_id, case.relation, case.company_id)))
}

fn of_booking(error: BookingError) -> DbError {
    match error {
        BookingError::Db(error) => error,
        error => DbError::Query(diesel::result::Error::DeserializationError(error.into())),
    }
}

fn of_payment(error: PayError) -> DbError {
    match error {
        PayError::Db(error) => error,
        error => DbError::Query(diesel::result::Error::DeserializationError(error.into())),
    }
}

fn of_case(error: CaseError) -> DbError {
    match error {
        CaseError::Db(error) => error,
        error => DbError::Query(diesel::result::Error::DeserializationError(error.into())),
    }
}
