//! What happens to a booking: each step through the one table, on record, with all that follows from it.

use diesel::prelude::*;

use super::{
    BookingError,
    act::return_old,
    kept,
    life::{Act, By, State, next},
    model::{Booking, BookingId, Dated, Ended, StepId},
    waits,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{booking_steps, bookings},
    },
    jobs,
    ledger::{self, CitizenId, Private, Warrant},
    notices::{BookingNews, Principal},
    platform::{Moment, keys::KeyRing},
};

/// Where what was said is sealed.
pub(super) const REASON: &str = "booking_steps.reason";
/// The first step, which leads from nothing.
pub(super) const CHOOSE: &str = "choose";

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doer<'a> {
    pub by: By,
    /// A citizen's id, an agency's name, a member of staff's, a job's kind: never a person's name.
    pub whom: &'a str,
}

impl Doer<'static> {
    /// The portal, by the clock.
    pub(super) const CLOCK: Self = Self { by: By::Clock, whom: "clock" };
}

/// A step as it is shown.
#[derive(Debug, Clone)]
pub struct Step {
    pub at: Moment,
    pub by: String,
    pub act: String,
    pub to: State,
    pub reason: Option<String>,
}

/// Does something with a booking: through the table, in the caller's transaction, on record, with what follows.
pub(super) fn take(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    booking: &mut Booking,
    (act, doer): (Act, &Doer<'_>),
    reason: Option<&str>,
) -> Result<State, BookingError> {
    let from = booking.state()?;
    let to = next(from, act, doer.by).ok_or(BookingError::NotNow)?;
    // Paid or not is the business of payments: what was sure and is stopped is to be looked at.
    let refund = booking.refund || (from == State::Booked && to == State::Stopped);
    // Whoever was faster has changed what this was decided by.
    let moved = diesel::update(own(booking).filter(bookings::state.eq(from.tag())))
        .set((
            bookings::state.eq(to.tag()),
            bookings::refund.eq(refund),
            bookings::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    if moved != 1 {
        return Err(BookingError::NotNow);
    }
    write(c, ring, now, booking, (act.tag(), Some(from), to), doer, reason)?;
    to.tag().clone_into(&mut booking.state);
    booking.refund = refund;
    booking.changed_at = now.into();
    follow(c, ring, now, booking, (from, to))?;
    Ok(to)
}

/// What follows from a step, in the same transaction: the place is free for the next, the old booking goes back, people
/// are told.
fn follow(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    booking: &mut Booking,
    (from, to): (State, State),
) -> Result<(), BookingError> {
    if to == State::Booked && booking.replaces.is_some() {
        return_old(c, ring, now, booking)?;
    }
    if to.is_news() {
        tell(c, now, booking, to.tag())?;
    }
    if (from == State::Booked) != (to == State::Booked) {
        let dated = Dated { citizen: booking.citizen_id, reference: booking.reference.clone() };
        jobs::enqueue(c, now, &dated)?;
    }
    if to == State::Kept {
        let ended = Ended { citizen: booking.citizen_id, reference: booking.reference.clone() };
        jobs::enqueue(c, now, &ended)?;
    }
    let frees = from.takes_up() && !to.takes_up() && !matches!(to, State::Kept | State::Missed);
    if let Some(session) = booking.session_id.filter(|_| frees) {
        kept::give_back(c, session)?;
        waits::offer_next(c, ring, now, session)?;
    }
    Ok(())
}

/// Writes a step down.
pub(super) fn write(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    booking: &Booking,
    (act, from, to): (&str, Option<State>, State),
    doer: &Doer<'_>,
    reason: Option<&str>,
) -> Result<(), BookingError> {
    let reason =
        reason.map(|reason| ledger::seal(c, ring, booking.citizen_id, REASON, reason)).transpose()?;
    diesel::insert_into(booking_steps::table)
        .values((
            booking_steps::citizen_id.eq(booking.citizen_id),
            booking_steps::id.eq(StepId::new()),
            booking_steps::booking_id.eq(booking.id),
            booking_steps::at.eq(Stamp::from(now)),
            booking_steps::by_kind.eq(doer.by.tag()),
            booking_steps::by_whom.eq(doer.whom),
            booking_steps::act.eq(act),
            booking_steps::from_state.eq(from.map(State::tag)),
            booking_steps::to_state.eq(to.tag()),
            booking_steps::reason.eq(reason),
        ))
        .execute(c)?;
    Ok(())
}

/// Has the owner told, and whoever booked for them.
pub(super) fn tell(c: &mut Conn, now: Moment, booking: &Booking, state: &str) -> Result<(), BookingError> {
    let news = |citizen: CitizenId| BookingNews {
        citizen,
        principal: Principal::of(booking.citizen_id, booking.company_id, citizen),
        reference: booking.reference.clone(),
        service: booking.service.clone(),
        agency: booking.agency.clone(),
        state: state.to_owned(),
        starts: booking.starts(),
        ends: booking.ends_at.moment(),
        until: booking.held_until.map(Stamp::moment),
    };
    // A company's matters are its agents' to hear of.
    let owner = (booking.relation != "company").then_some(booking.citizen_id);
    let agent = (Some(booking.acting_id) != owner).then_some(booking.acting_id);
    for citizen in owner.into_iter().chain(agent) {
        jobs::enqueue(c, now, &news(citizen))?;
    }
    Ok(())
}

/// Everything that happened to a booking, oldest first.
pub fn of_booking(
    c: &mut Conn,
    ring: &KeyRing,
    (citizen, booking): (CitizenId, BookingId),
    warrant: &Warrant,
) -> Result<Vec<Step>, BookingError> {
    type Row = (Stamp, String, String, String, Option<Private>);
    let rows: Vec<Row> = booking_steps::table
        .filter(booking_steps::citizen_id.eq(citizen))
        .filter(booking_steps::booking_id.eq(booking))
        .order(booking_steps::id)
        .select((
            booking_steps::at,
            booking_steps::by_kind,
            booking_steps::act,
            booking_steps::to_state,
            booking_steps::reason,
        ))
        .load(c)?;
    rows.into_iter()
        .map(|(at, by, act, to, reason)| {
            let reason = reason.map(|reason| warrant.open(c, ring, REASON, &reason)).transpose()?;
            let to = State::named(&to).ok_or_else(|| BookingError::Stored(format!("the state {to}")))?;
            Ok(Step { at: at.moment(), by, act, to, reason })
        })
        .collect()
}

#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn own(booking: &Booking) -> _ {
    let (citizen, id): (CitizenId, BookingId) = (booking.citizen_id, booking.id);
    bookings::table.filter(bookings::citizen_id.eq(citizen)).filter(bookings::id.eq(id))
}
