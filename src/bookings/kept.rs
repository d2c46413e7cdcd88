//! Calendars that the portal keeps: how many places of an appointment are given.
//!
//! A place is given by one statement that counts up only while there is room, and the database refuses a count beyond
//! the capacity whatever statement makes it. So there is one winner of the last place, on either engine, from any node.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    BookingError,
    model::{SessionId, SessionRow},
    rules::Session,
};
use crate::{
    db::{Conn, DbError, Stamp, schema::booking_sessions},
    each,
    platform::Moment,
};

/// Gives one place of an appointment, if there is one.
pub fn take(
    c: &mut Conn,
    (agency, service): (&str, &str),
    session: &Session,
) -> Result<SessionId, BookingError> {
    let row = (
        booking_sessions::id.eq(SessionId::new()),
        booking_sessions::service.eq(service),
        booking_sessions::agency.eq(agency),
        booking_sessions::place.eq(&session.place),
        booking_sessions::starts_at.eq(Stamp::from(session.starts)),
        booking_sessions::ends_at.eq(Stamp::from(session.ends)),
        booking_sessions::day.eq(session.day),
        booking_sessions::capacity.eq(i32::from(session.capacity)),
    );
    each!(c, |c| diesel::insert_into(booking_sessions::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    let id: SessionId = booking_sessions::table
        .filter(booking_sessions::service.eq(service))
        .filter(booking_sessions::place.eq(&session.place))
        .filter(booking_sessions::starts_at.eq(Stamp::from(session.starts)))
        .select(booking_sessions::id)
        .first(c)?;
    if take_known(c, id)? { Ok(id) } else { Err(BookingError::Full) }
}

/// The same of an appointment of which somebody had a place before.
pub(super) fn take_known(c: &mut Conn, id: SessionId) -> Result<bool, DbError> {
    let room = booking_sessions::table
        .filter(booking_sessions::id.eq(id))
        .filter(booking_sessions::taken.lt(booking_sessions::capacity))
        .filter(booking_sessions::stopped_at.is_null());
    let given =
        diesel::update(room).set(booking_sessions::taken.eq(booking_sessions::taken + 1)).execute(c)?;
    Ok(given == 1)
}

/// Takes a place back.
pub(super) fn give_back(c: &mut Conn, id: SessionId) -> Result<(), DbError> {
    let some =
        booking_sessions::table.filter(booking_sessions::id.eq(id)).filter(booking_sessions::taken.gt(0));
    diesel::update(some).set(booking_sessions::taken.eq(booking_sessions::taken - 1)).execute(c)?;
    Ok(())
}

/// What is known of a service's appointments on these days. Those that nobody wanted yet are not there.
pub fn between(
    c: &mut Conn,
    service: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<SessionRow>, DbError> {
    Ok(booking_sessions::table
        .filter(booking_sessions::service.eq(service))
        .filter(booking_sessions::day.between(from, to))
        .order((booking_sessions::starts_at, booking_sessions::place))
        .select(SessionRow::as_select())
        .load(c)?)
}

/// One of a service's appointments.
pub fn one(c: &mut Conn, service: &str, id: SessionId) -> Result<Option<SessionRow>, DbError> {
    Ok(booking_sessions::table
        .filter(booking_sessions::service.eq(service))
        .filter(booking_sessions::id.eq(id))
        .select(SessionRow::as_select())
        .first(c)
        .optional()?)
}

/// Stops an appointment: nobody books it any more. `false`: it was stopped before.
pub(super) fn stop(
    c: &mut Conn,
    now: Moment,
    id: SessionId,
    (why, by): (&str, &str),
) -> Result<bool, DbError> {
    let row = booking_sessions::table
        .filter(booking_sessions::id.eq(id))
        .filter(booking_sessions::stopped_at.is_null());
    let stopped = diesel::update(row)
        .set((
            booking_sessions::stopped_at.eq(Some(Stamp::from(now))),
            booking_sessions::stopped_why.eq(Some(why)),
            booking_sessions::stopped_by.eq(Some(by)),
        ))
        .execute(c)?;
    Ok(stopped == 1)
}

/// Makes sure that an appointment nobody wanted yet can be stopped too.
pub(super) fn known(
    c: &mut Conn,
    (agency, service): (&str, &str),
    session: &Session,
) -> Result<SessionId, BookingError> {
    let id = take(c, (agency, service), session);
    match id {
        Ok(id) => {
            give_back(c, id)?;
            Ok(id)
        }
        Err(BookingError::Full) => Ok(booking_sessions::table
            .filter(booking_sessions::service.eq(service))
            .filter(booking_sessions::place.eq(&session.place))
            .filter(booking_sessions::starts_at.eq(Stamp::from(session.starts)))
            .select(booking_sessions::id)
            .first(c)?),
        Err(error) => Err(error),
    }
}
