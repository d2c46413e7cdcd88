//! Choosing a time: the reference by which the agency will know the booking exists from here on, before anybody is
//! called.

use chrono::{Datelike as _, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    BookingError, kept,
    life::{By, State},
    model::{Booking, BookingId, CHOSEN, SessionId, Slot, slot_key},
    queries,
    rules::Session,
    steps::{self, CHOOSE, Doer},
};
use crate::{
    agencies::VersionId,
    cases::{Whose, new_reference},
    db::{Conn, Stamp, schema::bookings},
    each, jobs,
    jobs::Job,
    ledger::{self, CitizenId},
    platform::{Moment, clock::city_day, keys::KeyRing, spoken},
};

/// Where the calendar is another's, what was chosen and not confirmed is forgotten after this.
const FORGOTTEN: TimeDelta = TimeDelta::hours(2);
/// Nobody chooses more than this at the same time.
const MOST: i64 = 5;
/// So often a reference that is taken already is drawn anew. Once would do for a century.
const DRAWS: usize = 5;

/// Ends what was chosen and not confirmed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lapse {
    pub(super) citizen: CitizenId,
    pub(super) booking: BookingId,
}

impl Job for Lapse {
    const KIND: &'static str = "bookings.lapse";
}

/// What is chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    pub service: String,
    pub agency: String,
    pub version: VersionId,
    pub slot: Slot,
    pub starts: Moment,
    pub ends: Moment,
    /// The appointment, where the portal keeps the calendar, and for how long it is kept.
    pub kept: Option<(Session, TimeDelta)>,
    /// The booking that goes back once this one is sure.
    pub replaces: Option<BookingId>,
}

/// By whom and for whom, as it is kept.
#[derive(Debug, Clone)]
pub(super) struct For<'a> {
    pub owner: CitizenId,
    pub acting: CitizenId,
    pub company: Option<crate::accounts::acting::CompanyId>,
    pub relation: &'a str,
    pub level: i32,
}

/// Chooses a time. Where the portal keeps the calendar, the place is theirs for a while.
pub fn choose(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    choice: &Choice,
) -> Result<Booking, BookingError> {
    let owner = whose.owner();
    if queries::chosen(c, owner)? >= MOST {
        return Err(BookingError::TooMany);
    }
    let session = match &choice.kept {
        Some((session, _)) => {
            let day = session.day;
            if queries::has_that_day(c, owner, (&choice.service, day), choice.replaces)? {
                return Err(BookingError::AlreadyThatDay);
            }
            Some(kept::take(c, (&choice.agency, &choice.service), session)?)
        }
        None => None,
    };
    let whom = For {
        owner,
        acting: whose.party.acting,
        company: whose.company(),
        relation: whose.relation(),
        level: whose.level.into(),
    };
    let hold = choice.kept.as_ref().map(|(_, hold)| (now + *hold).min(choice.starts));
    let booking = make(c, ring, now, &whom, choice, (session, hold))?.ok_or(BookingError::AlreadyThatDay)?;
    let whom = whose.party.acting.to_string();
    let doer = Doer { by: By::Person, whom: &whom };
    steps::write(c, ring, now, &booking, (CHOOSE, None, State::Chosen), &doer, None)?;
    Ok(booking)
}

/// Puts a booking down. `None`: they have one on that day.
pub(super) fn make(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whom: &For<'_>,
    choice: &Choice,
    (session, hold): (Option<SessionId>, Option<Moment>),
) -> Result<Option<Booking>, BookingError> {
    let id = BookingId::new();
    let slot =
        serde_json::to_string(&choice.slot).map_err(|error| BookingError::Stored(error.to_string()))?;
    let chosen = ledger::seal(c, ring, whom.owner, CHOSEN, &slot)?;
    let stored = |error: getrandom::Error| BookingError::Stored(error.to_string());
    for _ in 0..DRAWS {
        let reference = new_reference(city_day(now).year()).map_err(stored)?;
        let row = (
            (
                bookings::citizen_id.eq(whom.owner),
                bookings::id.eq(id),
                bookings::reference.eq(reference),
                bookings::company_id.eq(whom.company),
                bookings::acting_id.eq(whom.acting),
                bookings::relation.eq(whom.relation),
                bookings::level.eq(whom.level),
                bookings::service.eq(&choice.service),
                bookings::agency.eq(&choice.agency),
                bookings::version.eq(choice.version),
            ),
            (
                bookings::state.eq(State::Chosen.tag()),
                bookings::chosen.eq(&chosen),
                bookings::slot_key.eq(slot_key(ring, &choice.agency, &choice.slot.id)),
                bookings::starts_at.eq(Stamp::from(choice.starts)),
                bookings::ends_at.eq(Stamp::from(choice.ends)),
                bookings::day.eq(city_day(choice.starts)),
                bookings::held_until.eq(hold.map(Stamp::from)),
                bookings::handover.eq("idle"),
                bookings::code.eq(new_code().map_err(stored)?),
                bookings::session_id.eq(session),
                bookings::replaces.eq(choice.replaces),
                bookings::made_at.eq(Stamp::from(now)),
                bookings::changed_at.eq(Stamp::from(now)),
            ),
        );
        let made = each!(c, |c| diesel::insert_into(bookings::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
        if made == 1 {
            let over = hold.unwrap_or(now + FORGOTTEN);
            jobs::enqueue_at(c, now, over, &Lapse { citizen: whom.owner, booking: id })?;
            return Ok(Some(queries::of_owner(c, whom.owner, id)?.ok_or(BookingError::Unknown)?));
        }
    }
    if session.is_some() { Ok(None) } else { Err(BookingError::Stored("no reference is free".to_owned())) }
}

/// The word that is shown at the counter: forty bits that nobody guesses.
fn new_code() -> Result<String, getrandom::Error> {
    spoken::new::<8>()
}
