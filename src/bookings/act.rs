//! What the person does with a booking: confirm, leave, give back; and what the clock does when they do nothing.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use yimen_contract::booking::Booking as Rules;

use super::{
    BookingError,
    choose::Lapse,
    life::{Act, By, State},
    model::{ANSWERS, Booking, BookingId},
    queries,
    rules::{barred_until, cancel_until},
    steps::{self, Doer, own},
    tell::{GiveBack, Reserve},
};
use crate::{
    accounts::acting::{self, What},
    agencies::VersionId,
    cases::{DraftId, Whose, drafts},
    db::{Conn, DbError, Stamp, schema::bookings},
    jobs::{self, Job},
    ledger::{self, CitizenId},
    platform::{Moment, keys::KeyRing},
};

/// Writes down that somebody did not come.
#[derive(Debug, Serialize, Deserialize)]
pub struct Miss {
    citizen: CitizenId,
    booking: BookingId,
}

impl Job for Miss {
    const KIND: &'static str = "bookings.miss";
}

/// What is confirmed.
pub struct Confirmation<'a> {
    pub id: BookingId,
    pub version: VersionId,
    pub form: Option<&'a str>,
    /// The answers, in the form of the schema.
    pub document: &'a Map<String, Value>,
    pub rules: &'a Rules,
}

/// Confirms what was chosen. Confirming the same again changes nothing and finds the same booking.
pub fn confirm(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    it: &Confirmation<'_>,
) -> Result<Booking, BookingError> {
    let mut booking = queries::of_whose(c, whose, it.id)?.ok_or(BookingError::Unknown)?;
    if booking.state()? != State::Chosen {
        return if booking.state()? == State::Lapsed { Err(BookingError::NotNow) } else { Ok(booking) };
    }
    if booking.is_over(now) {
        return Err(BookingError::NotNow);
    }
    may_book(c, now, booking.citizen_id, &booking.service, it.rules)?;
    let answers = Value::Object(it.document.clone()).to_string();
    let answers = ledger::seal(c, ring, booking.citizen_id, ANSWERS, &answers)?;
    let kept = booking.session_id.is_some();
    let handover = if kept { "idle" } else { "queued" };
    diesel::update(own(&booking))
        .set((
            bookings::answers.eq(Some(answers)),
            bookings::version.eq(it.version),
            bookings::form.eq(it.form),
            bookings::handover.eq(handover),
            bookings::acting_id.eq(whose.party.acting),
        ))
        .execute(c)?;
    handover.clone_into(&mut booking.handover);
    let whom = whose.party.acting.to_string();
    let doer = Doer { by: By::Person, whom: &whom };
    let act = if kept { Act::Take } else { Act::Confirm };
    steps::take(c, ring, now, &mut booking, (act, &doer), None)?;
    acting::done(c, now, &whose.party, What::Service, Some(&booking.service))?;
    drafts::discard(c, whose.party.acting, DraftId::from(booking.id.uuid()))?;
    if !kept {
        jobs::enqueue(c, now, &Reserve::of(&booking))?;
    } else if let Some(missed) = &it.rules.missed {
        let late = booking.starts() + TimeDelta::minutes(missed.late_minutes.into());
        jobs::enqueue_at(c, now, late, &Miss { citizen: booking.citizen_id, booking: booking.id })?;
    }
    Ok(booking)
}

/// Whoever did not come too often does not book for a while, where the portal keeps the calendar.
pub fn may_book(
    c: &mut Conn,
    now: Moment,
    owner: CitizenId,
    service: &str,
    rules: &Rules,
) -> Result<(), BookingError> {
    let Some(rule) = rules.missed.as_ref().filter(|_| !rules.places.is_empty()) else { return Ok(()) };
    match barred_until(&queries::missed(c, owner, service)?, rule) {
        Some(until) if until > now => Err(BookingError::Barred(until)),
        _ => Ok(()),
    }
}

/// Whether the person can give it back now, by the state it is in and the rules of the service.
pub fn can_cancel(booking: &Booking, rules: &Rules, now: Moment) -> bool {
    match booking.state() {
        Ok(State::Booked) => now < cancel_until(rules, booking.starts()),
        Ok(State::Asked) => booking.handover == "queued",
        _ => false,
    }
}

/// Gives a booking back. What the agency has not heard of it never hears of.
pub fn cancel(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    (reference, rules): (&str, &Rules),
) -> Result<Booking, BookingError> {
    let mut booking = queries::find(c, whose, reference)?;
    if !can_cancel(&booking, rules, now) {
        return Err(BookingError::NotNow);
    }
    let whom = whose.party.acting.to_string();
    let doer = Doer { by: By::Person, whom: &whom };
    if booking.state()? == State::Asked {
        // A call may have begun since: then it is the agency's already.
        let unsent = own(&booking).filter(bookings::handover.eq("queued"));
        if diesel::update(unsent).set(bookings::handover.eq("idle")).execute(c)? != 1 {
            return Err(BookingError::NotNow);
        }
        steps::take(c, ring, now, &mut booking, (Act::Drop, &doer), None)?;
    } else {
        give_back(c, ring, now, &mut booking, &doer)?;
    }
    acting::done(c, now, &whose.party, What::Service, Some(&booking.service))?;
    Ok(booking)
}

fn give_back(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    booking: &mut Booking,
    doer: &Doer<'_>,
) -> Result<(), BookingError> {
    if booking.session_id.is_some() {
        steps::take(c, ring, now, booking, (Act::Return, doer), None)?;
        return Ok(());
    }
    steps::take(c, ring, now, booking, (Act::Cancel, doer), None)?;
    diesel::update(own(booking)).set(bookings::handover.eq("queued")).execute(c)?;
    jobs::enqueue(c, now, &GiveBack::of(booking))?;
    Ok(())
}

/// Gives back what a booking took the place of. What is not booked any more stays as it is.
pub(super) fn return_old(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    booking: &mut Booking,
) -> Result<(), BookingError> {
    let Some(old) = booking.replaces.take() else { return Ok(()) };
    let old = queries::of_owner(c, booking.citizen_id, old)?;
    if let Some(mut old) = old.filter(|old| old.state == State::Booked.tag()) {
        let whom = booking.acting_id.to_string();
        give_back(c, ring, now, &mut old, &Doer { by: By::Person, whom: &whom })?;
    }
    // Only now: of two on one day one may be the other's successor.
    diesel::update(own(booking))
        .set(bookings::replaces.eq(None::<BookingId>))
        .execute(c)
        // They have a third on that day by now.
        .map_err(|error| match DbError::from(error) {
            DbError::Conflict(_) => BookingError::AlreadyThatDay,
            other => other.into(),
        })?;
    Ok(())
}

/// Leaves what was chosen.
pub fn drop_chosen(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    id: BookingId,
) -> Result<Booking, BookingError> {
    let mut booking = queries::of_whose(c, whose, id)?.ok_or(BookingError::Unknown)?;
    drafts::discard(c, whose.party.acting, DraftId::from(id.uuid()))?;
    if booking.state()? == State::Chosen {
        let whom = whose.party.acting.to_string();
        steps::take(c, ring, now, &mut booking, (Act::Drop, &Doer { by: By::Person, whom: &whom }), None)?;
        forget_hold(c, now, &booking)?;
    }
    Ok(booking)
}

/// Runs [`Lapse`].
pub fn lapse(c: &mut Conn, ring: &KeyRing, now: Moment, job: &Lapse) -> Result<(), BookingError> {
    let Some(mut booking) = queries::of_owner(c, job.citizen, job.booking)? else { return Ok(()) };
    if booking.state()? != State::Chosen {
        return Ok(());
    }
    steps::take(c, ring, now, &mut booking, (Act::Lapse, &Doer::CLOCK), None)?;
    drafts::discard(c, booking.acting_id, DraftId::from(booking.id.uuid()))?;
    forget_hold(c, now, &booking)
}

/// What an agency keeps for somebody who does not want it is given back.
fn forget_hold(c: &mut Conn, now: Moment, booking: &Booking) -> Result<(), BookingError> {
    if booking.session_id.is_none() && booking.held_until.is_some_and(|until| until.moment() > now) {
        diesel::update(own(booking)).set(bookings::handover.eq("queued")).execute(c)?;
        jobs::enqueue(c, now, &GiveBack::of(booking))?;
    }
    Ok(())
}

/// Runs [`Miss`].
pub fn miss(c: &mut Conn, ring: &KeyRing, now: Moment, job: &Miss) -> Result<(), BookingError> {
    let Some(mut booking) = queries::of_owner(c, job.citizen, job.booking)? else { return Ok(()) };
    if booking.state()? == State::Booked {
        steps::take(c, ring, now, &mut booking, (Act::Miss, &Doer::CLOCK), None)?;
    }
    Ok(())
}

/// The agency keeps it until then.
pub(super) fn held(c: &mut Conn, booking: &Booking, until: Option<Moment>) -> Result<(), DbError> {
    let chosen = own(booking).filter(bookings::state.eq(State::Chosen.tag()));
    diesel::update(chosen).set(bookings::held_until.eq(until.map(Stamp::from))).execute(c)?;
    Ok(())
}
