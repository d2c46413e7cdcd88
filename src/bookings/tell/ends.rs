//! How telling an agency of a booking ends: it has answered, it is clear anyway, it is tried again, or a person looks.

use diesel::prelude::*;
use yimen_contract::capability::slots::Output;

use super::{GiveBack, Reserve, SELDOM, SOON, failure};
use crate::{
    bookings::{
        BookingError,
        life::{Act, By, State},
        model::Booking,
        queries, report,
        steps::{self, Doer, own},
    },
    cases::Means,
    db::{Conn, DbError, Stamp, schema::bookings},
    jobs::{self, Done, Failure, Running},
    platform::Moment,
};

/// Nothing more is to be told.
fn idle(c: &mut Conn, booking: &mut Booking) -> Result<(), BookingError> {
    "idle".clone_into(&mut booking.handover);
    let none = None::<Stamp>;
    let rest = (bookings::handover.eq("idle"), bookings::next_try_at.eq(none));
    diesel::update(own(booking)).set(rest).execute(c)?;
    Ok(())
}

/// The agency has answered.
pub(super) async fn told(
    means: &Means,
    booking: Booking,
    running: Running,
    output: Output,
) -> Result<Done, Failure> {
    let (ring, now) = (means.site.keys.clone(), means.site.clock.now());
    let effect = move |c: &mut Conn| {
        let Some(mut booking) = queries::of_owner(c, booking.citizen_id, booking.id)? else { return Ok(()) };
        idle(c, &mut booking)?;
        report::take_over(c, &ring, now, &mut booking, &output, None).map(|_| ())
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}

/// What is done is clear without words of the agency's.
pub(super) async fn settle(
    means: &Means,
    booking: Booking,
    running: Running,
    (act, by): (Act, By),
) -> Result<Done, Failure> {
    let (ring, now) = (means.site.keys.clone(), means.site.clock.now());
    let effect = move |c: &mut Conn| {
        let Some(mut booking) = queries::of_owner(c, booking.citizen_id, booking.id)? else { return Ok(()) };
        idle(c, &mut booking)?;
        // What was only kept for a moment has no more to become.
        if booking.state()? == State::Lapsed {
            return Ok(());
        }
        let agency = booking.agency.clone();
        let doer = if by == By::Clock { Doer::CLOCK } else { Doer { by, whom: &agency } };
        steps::take(c, &ring, now, &mut booking, (act, &doer), None).map(|_| ())
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}

/// It is tried again, when the agency opens or ever more seldom, but not beyond the time of the appointment.
pub(super) async fn later(
    means: &Means,
    (booking, at_last): (Booking, Act),
    running: Running,
    until: Option<Moment>,
) -> Result<Done, Failure> {
    let now = means.site.clock.now();
    if now >= booking.starts() {
        return settle(means, booking, running, (at_last, By::Clock)).await;
    }
    let waited = now - booking.changed_at.moment();
    let at = until.filter(|until| *until > now).unwrap_or(now + (waited / 4).clamp(SOON, SELDOM));
    let at = at.min(booking.starts());
    let effect = move |c: &mut Conn| {
        diesel::update(own(&booking)).set(bookings::next_try_at.eq(Some(Stamp::from(at)))).execute(c)?;
        match at_last {
            Act::Fail => jobs::enqueue_at(c, now, at, &Reserve::of(&booking)).map(|_| ()),
            _ => jobs::enqueue_at(c, now, at, &GiveBack::of(&booking)).map(|_| ()),
        }
    };
    running.finish(effect).await
}

/// A person looks: nobody knows, and it cannot be asked.
pub(super) async fn give_up(booking: Booking, running: Running) -> Result<Done, Failure> {
    tracing::error!(agency = booking.agency, service = booking.service, "nobody knows how a booking stands");
    metrics::counter!("yimen_bookings_failed_total", "agency" => booking.agency.clone()).increment(1);
    let effect = move |c: &mut Conn| {
        let rest = (bookings::handover.eq("failed"), bookings::next_try_at.eq(None::<Stamp>));
        diesel::update(own(&booking)).set(rest).execute(c).map(|_| ()).map_err(DbError::from)
    };
    running.finish(effect).await
}
