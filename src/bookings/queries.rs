//! Reading bookings. The owner stands in every query; what agencies tell is found by agency and number, and the counter
//! finds by agency and code.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    BookingError,
    life::State,
    model::{Booking, BookingId, SessionId},
};
use crate::{
    accounts::acting::Represented,
    cases::Whose,
    db::{Conn, DbError, Stamp, schema::bookings},
    ledger::CitizenId,
    platform::Moment,
};

const TAKES_UP: [&str; 4] =
    [State::Chosen.tag(), State::Asked.tag(), State::Booked.tag(), State::Cancelling.tag()];

/// A booking by its owner and id.
pub fn of_owner(c: &mut Conn, owner: CitizenId, id: BookingId) -> Result<Option<Booking>, BookingError> {
    Ok(bookings::table
        .filter(bookings::citizen_id.eq(owner))
        .filter(bookings::id.eq(id))
        .select(Booking::as_select())
        .first(c)
        .optional()?)
}

/// The same, of whoever acts now or is acted for.
pub fn of_whose(c: &mut Conn, whose: &Whose, id: BookingId) -> Result<Option<Booking>, BookingError> {
    Ok(of_owner(c, whose.owner(), id)?.filter(|booking| booking.company_id == whose.company()))
}

/// A booking by its owner and number.
pub fn of_reference(
    c: &mut Conn,
    owner: CitizenId,
    reference: &str,
) -> Result<Option<Booking>, BookingError> {
    Ok(bookings::table
        .filter(bookings::citizen_id.eq(owner))
        .filter(bookings::reference.eq(reference))
        .select(Booking::as_select())
        .first(c)
        .optional()?)
}

/// A booking that this person, or whom they act for now, has made.
pub fn find(c: &mut Conn, whose: &Whose, reference: &str) -> Result<Booking, BookingError> {
    let booking = of_reference(c, whose.owner(), reference)?;
    booking.filter(|booking| booking.company_id == whose.company()).ok_or(BookingError::Unknown)
}

/// Their bookings: what comes, soonest first, or what was, latest first; and how many there are. What was chosen and
/// never confirmed is none.
pub fn list(
    c: &mut Conn,
    whose: &Whose,
    (now, past): (Moment, bool),
    (skip, limit): (i64, i64),
) -> Result<(Vec<Booking>, i64), BookingError> {
    let of = || {
        let theirs = bookings::table
            .filter(bookings::citizen_id.eq(whose.owner()))
            .filter(bookings::state.ne(State::Lapsed.tag()))
            .into_boxed();
        let theirs = match whose.party.represented {
            Represented::Company { company, .. } => theirs.filter(bookings::company_id.eq(company)),
            _ => theirs.filter(bookings::company_id.is_null()),
        };
        let comes = bookings::ends_at.gt(Stamp::from(now)).and(bookings::state.eq_any(TAKES_UP));
        if past { theirs.filter(diesel::dsl::not(comes)) } else { theirs.filter(comes) }
    };
    let all = of().count().get_result(c)?;
    let some = of().offset(skip).limit(limit).select(Booking::as_select());
    let found = if past {
        some.order((bookings::starts_at.desc(), bookings::id.desc())).load(c)?
    } else {
        some.order((bookings::starts_at, bookings::id)).load(c)?
    };
    Ok((found, all))
}

/// What they have booked and is still to come, soonest first.
pub fn coming(c: &mut Conn, owner: CitizenId, now: Moment) -> Result<Vec<Booking>, BookingError> {
    Ok(bookings::table
        .filter(bookings::citizen_id.eq(owner))
        .filter(bookings::state.eq(State::Booked.tag()))
        .filter(bookings::company_id.is_null())
        .filter(bookings::ends_at.gt(Stamp::from(now)))
        .order((bookings::starts_at, bookings::id))
        .limit(200)
        .select(Booking::as_select())
        .load(c)?)
}

/// How much they have chosen and not confirmed.
pub(super) fn chosen(c: &mut Conn, owner: CitizenId) -> Result<i64, DbError> {
    Ok(bookings::table
        .filter(bookings::citizen_id.eq(owner))
        .filter(bookings::state.eq(State::Chosen.tag()))
        .count()
        .get_result(c)?)
}

/// Whether they have a booking of a service on a day, besides the one that is to be changed and what else was chosen
/// in its place. The index `bookings_once_a_day` has the last word.
pub(super) fn has_that_day(
    c: &mut Conn,
    owner: CitizenId,
    (service, day): (&str, NaiveDate),
    instead: Option<BookingId>,
) -> Result<bool, DbError> {
    let theirs: Vec<(BookingId, Option<BookingId>)> = bookings::table
        .filter(bookings::citizen_id.eq(owner))
        .filter(bookings::service.eq(service))
        .filter(bookings::day.eq(day))
        .filter(bookings::state.eq_any(TAKES_UP))
        .select((bookings::id, bookings::replaces))
        .load(c)?;
    let besides = |(id, replaces): (BookingId, Option<BookingId>)| {
        instead.is_none_or(|old| id != old && replaces != Some(old))
    };
    Ok(theirs.into_iter().any(besides))
}

/// When they did not come to a service.
pub(super) fn missed(c: &mut Conn, owner: CitizenId, service: &str) -> Result<Vec<Moment>, DbError> {
    let at: Vec<Stamp> = bookings::table
        .filter(bookings::citizen_id.eq(owner))
        .filter(bookings::service.eq(service))
        .filter(bookings::state.eq(State::Missed.tag()))
        .order(bookings::starts_at.desc())
        .limit(100)
        .select(bookings::starts_at)
        .load(c)?;
    Ok(at.into_iter().map(Stamp::moment).collect())
}

/// A booking as its agency names it: by our number.
pub(super) fn of_agency(
    c: &mut Conn,
    agency: &str,
    reference: &str,
) -> Result<Option<Booking>, BookingError> {
    Ok(bookings::table
        .filter(bookings::agency.eq(agency))
        .filter(bookings::reference.eq(reference))
        .select(Booking::as_select())
        .first(c)
        .optional()?)
}

/// Everybody who has a slot of an agency's calendar.
pub(super) fn of_slot(
    c: &mut Conn,
    (agency, service): (&str, &str),
    key: &[u8],
) -> Result<Vec<Booking>, BookingError> {
    Ok(bookings::table
        .filter(bookings::agency.eq(agency))
        .filter(bookings::slot_key.eq(key))
        .filter(bookings::service.eq(service))
        .filter(bookings::state.eq_any(TAKES_UP))
        .select(Booking::as_select())
        .load(c)?)
}

/// Everybody who has a place of one of the portal's own appointments.
pub(super) fn of_session(c: &mut Conn, session: SessionId) -> Result<Vec<(CitizenId, BookingId)>, DbError> {
    Ok(bookings::table
        .filter(bookings::session_id.eq(session))
        .filter(bookings::state.eq_any(TAKES_UP))
        .select((bookings::citizen_id, bookings::id))
        .load(c)?)
}

/// What somebody shows at the counter of a service.
pub(super) fn by_code(c: &mut Conn, service: &str, code: &str) -> Result<Option<Booking>, BookingError> {
    Ok(bookings::table
        .filter(bookings::service.eq(service))
        .filter(bookings::code.eq(code))
        .select(Booking::as_select())
        .first(c)
        .optional()?)
}

/// A service's bookings on a day, for its staff: who they are is not among it.
pub(super) fn of_day(c: &mut Conn, service: &str, day: NaiveDate) -> Result<Vec<Booking>, BookingError> {
    Ok(bookings::table
        .filter(bookings::service.eq(service))
        .filter(bookings::day.eq(day))
        .filter(bookings::state.eq_any(["booked", "kept", "missed"]))
        .order((bookings::starts_at, bookings::id))
        .limit(2_000)
        .select(Booking::as_select())
        .load(c)?)
}

/// A booking as its number is read out to the staff of its service.
pub(super) fn by_reference(
    c: &mut Conn,
    service: &str,
    reference: &str,
) -> Result<Option<Booking>, BookingError> {
    Ok(bookings::table
        .filter(bookings::service.eq(service))
        .filter(bookings::reference.eq(reference))
        .select(Booking::as_select())
        .first(c)
        .optional()?)
}
