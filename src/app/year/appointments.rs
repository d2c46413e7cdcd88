//! Appointments of the simulated year, from the calendar to the counter: by the functions that pages and staff use.

use chrono::TimeDelta;

use super::{YearError, answers, counters::Calendar, matters::own};
use crate::{
    bookings::{
        Booking, BookingError, Slot,
        act::{self, Confirmation},
        choose::{Choice, choose},
        desk,
        life::State,
        queries,
        rules::{Session, window},
    },
    cases::{
        DraftId,
        drafts::{self, Of},
    },
    db::Conn,
    ledger::CitizenId,
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// Somebody chooses an appointment, fills in the form and confirms. `None`: it is taken, or they may not book it.
pub(super) fn book(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    calendar: &Calendar,
    (citizen, session): (CitizenId, &Session),
) -> Result<Option<Booking>, YearError> {
    let (whose, today) = (own(citizen), city_day(now));
    let (_, last) = window(&calendar.rules, now);
    let Some(draft) = answers::typed(&calendar.form, today).filter(|_| session.day <= last) else {
        return Ok(None);
    };
    let Ok(document) = calendar.form.fill(&draft, today).submission() else { return Ok(None) };
    let hold = TimeDelta::minutes(calendar.rules.hold_minutes.into());
    let choice = Choice {
        service: calendar.service.clone(),
        agency: calendar.agency.clone(),
        version: calendar.version,
        slot: Slot {
            id: format!("{}@{}", session.place, session.starts.timestamp()),
            place: Some(session.place.clone()),
            place_name: None,
            fee_fen: None,
        },
        starts: session.starts,
        ends: session.ends,
        kept: Some((session.clone(), hold)),
        replaces: None,
    };
    let chosen = act::may_book(c, now, citizen, &calendar.service, &calendar.rules)
        .and_then(|()| choose(c, ring, now, &whose, &choice));
    let booking = match chosen {
        Ok(booking) => booking,
        Err(
            BookingError::Full
            | BookingError::AlreadyThatDay
            | BookingError::TooMany
            | BookingError::Barred(_),
        ) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let of = Of { service: calendar.service.clone(), version: calendar.version, form: calendar.path.clone() };
    drafts::begin_as(c, ring, now, &whose, (DraftId::from(booking.id.uuid()), &of), &draft)?;
    let it = Confirmation {
        id: booking.id,
        version: calendar.version,
        form: Some(calendar.path.as_str()),
        document: &document,
        rules: &calendar.rules,
    };
    Ok(Some(act::confirm(c, ring, now, &whose, &it)?))
}

/// Somebody comes and shows their code at the counter. `false`: it is none of that day.
pub(super) fn come(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    at: (&str, &str),
    code: &str,
) -> Result<bool, YearError> {
    happened(desk::check_in(c, ring, now, at, code))
}

/// Somebody gives back what they booked. `false`: it is too late for that.
pub(super) fn give_back(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    calendar: &Calendar,
    (citizen, reference): (CitizenId, &str),
) -> Result<bool, YearError> {
    happened(act::cancel(c, ring, now, &own(citizen), (reference, &calendar.rules)))
}

/// Whether somebody did not come. The counter lets it not count for whoever has an excuse.
pub(super) fn stayed_away(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    (service, by): (&str, &str),
    (citizen, reference, excused): (CitizenId, &str, bool),
) -> Result<bool, YearError> {
    let booking = queries::of_reference(c, citizen, reference)?;
    let missed = booking.is_some_and(|booking| booking.state == State::Missed.tag());
    if missed && excused {
        desk::excuse(c, ring, now, (service, by), reference)?;
    }
    Ok(missed)
}

fn happened(done: Result<Booking, BookingError>) -> Result<bool, YearError> {
    match done {
        Ok(_) => Ok(true),
        Err(BookingError::NotNow) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
