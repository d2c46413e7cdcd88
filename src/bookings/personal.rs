//! What bookings hold about people, for the port `PersonalData`.

use diesel::prelude::*;

use super::{
    Booking, SessionId, kept,
    model::{ANSWERS, BookingId, CHOSEN, StepId},
    steps,
};
use crate::{
    db::{
        Conn,
        schema::{booking_steps, booking_waits, bookings},
    },
    hand_over, hand_over_plain,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Bookings, what happened to them, and what somebody waits for.
pub struct Appointments;

impl PersonalData for Appointments {
    fn kind(&self) -> &'static str {
        "bookings"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["bookings", "booking_steps", "booking_waits"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let citizen = warrant.citizen();
        let mut records = Vec::new();
        let all: Vec<Booking> = bookings::table
            .filter(bookings::citizen_id.eq(citizen))
            .order(bookings::id)
            .select(Booking::as_select())
            .load(c)?;
        for booking in all {
            let slot = booking.slot(c, ring, warrant).map_err(|_| LedgerError::Sealed)?;
            let answers = booking.filled(c, ring, warrant).map_err(|_| LedgerError::Sealed)?;
            let steps = steps::of_booking(c, ring, (citizen, booking.id), warrant)
                .map_err(|_| LedgerError::Sealed)?;
            let mut record = vec![
                ("reference", Value::Text(booking.reference)),
                ("service", Value::Text(booking.service)),
                ("actor", Value::Text(booking.agency)),
                ("state", Value::Tag(booking.state)),
                ("made-at", Value::At(booking.made_at.moment())),
                ("at", Value::At(booking.starts_at.moment())),
            ];
            record.extend(slot.place_name.or(slot.place).map(|place| ("place", Value::Text(place))));
            record.push(("answers", Value::Text(serde_json::Value::Object(answers).to_string())));
            records.push(record);
            for step in steps {
                let mut record = vec![("at", Value::At(step.at)), ("done", Value::Tag(step.act))];
                record.extend(step.reason.map(|reason| ("reason", Value::Text(reason))));
                records.push(record);
            }
        }
        let waits: Vec<(String, String, crate::db::Stamp)> = booking_waits::table
            .filter(booking_waits::citizen_id.eq(citizen))
            .order(booking_waits::id)
            .select((booking_waits::service, booking_waits::state, booking_waits::made_at))
            .load(c)?;
        for (service, state, at) in waits {
            records.push(vec![
                ("service", Value::Text(service)),
                ("state", Value::Tag(state)),
                ("made-at", Value::At(at.moment())),
            ]);
        }
        Ok(records)
    }

    /// What an agency knows of a booking is the agency's file; here nothing of it stays.
    /// A place that the portal keeps for them is free again.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        let places: Vec<Option<SessionId>> = bookings::table
            .filter(bookings::citizen_id.eq(citizen))
            .filter(bookings::session_id.is_not_null())
            .filter(bookings::state.eq_any(["chosen", "asked", "booked", "cancelling"]))
            .select(bookings::session_id)
            .load(c)?;
        for place in places.into_iter().flatten() {
            kept::give_back(c, place)?;
        }
        diesel::delete(booking_waits::table.filter(booking_waits::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(booking_steps::table.filter(booking_steps::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(bookings::table.filter(bookings::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, bookings, BookingId, [chosen: CHOSEN], [answers: ANSWERS]);
        hand_over!(c, joining, booking_steps, StepId, [], [reason: steps::REASON]);
        hand_over_plain!(c, joining, booking_waits);
        // Who did something for somebody goes on hearing of it.
        let whose = joining.concerned();
        let theirs = bookings::table.filter(bookings::citizen_id.eq_any(&whose));
        diesel::update(theirs.filter(bookings::acting_id.eq(joining.from())))
            .set(bookings::acting_id.eq(joining.into))
            .execute(c)?;
        let theirs = booking_waits::table.filter(booking_waits::citizen_id.eq_any(&whose));
        diesel::update(theirs.filter(booking_waits::acting_id.eq(joining.from())))
            .set(booking_waits::acting_id.eq(joining.into))
            .execute(c)?;
        Ok(())
    }
}
