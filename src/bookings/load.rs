//! How busy a counter is, hour by hour: who booked and came, who booked and did not, and who came without an appointment. The
//! last are counted by the counter's staff, of nobody; the others by what became of bookings.

use chrono::{NaiveDate, Timelike as _};
use diesel::{dsl::count_star, prelude::*};

use super::{BookingError, life::State};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{bookings, walk_ins as w},
    },
    platform::clock::CITY_ZONE,
    upsert,
};

/// More people than these do not come in an hour.
pub const MOST: i32 = 2_000;

/// An hour of the day, over all days that were asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hour {
    pub hour: u32,
    /// With an appointment: those who came, and those who did not.
    pub came: i64,
    pub missed: i64,
    pub walked_in: i64,
}

/// Writes down how many came in an hour of a day without an appointment. The last word counts, so that sent twice it is once.
pub fn walked_in(
    c: &mut Conn,
    service: &str,
    (day, hour): (NaiveDate, i32),
    people: i32,
) -> Result<(), DbError> {
    let row = (w::service.eq(service), w::day.eq(day), w::hour.eq(hour), w::people.eq(people));
    upsert!(c, w::table => row, on (w::service, w::day, w::hour), set w::people.eq(people))?;
    Ok(())
}

/// The hours in which somebody came or should have, from one day to another.
pub fn by_hour(
    c: &mut Conn,
    service: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Hour>, BookingError> {
    let kept: Vec<(Stamp, String, i64)> = bookings::table
        .filter(bookings::service.eq(service))
        .filter(bookings::day.between(from, to))
        .filter(bookings::state.eq_any([State::Kept.tag(), State::Missed.tag()]))
        .group_by((bookings::starts_at, bookings::state))
        .select((bookings::starts_at, bookings::state, count_star()))
        .load(c)?;
    let walked: Vec<(i32, i32)> = w::table
        .filter(w::service.eq(service))
        .filter(w::day.between(from, to))
        .select((w::hour, w::people))
        .load(c)?;
    let mut day = [Hour::default(); 24];
    for (hour, one) in (0..).zip(&mut day) {
        one.hour = hour;
    }
    for (starts, state, people) in kept {
        let hour = starts.moment().with_timezone(&CITY_ZONE).hour();
        let Some(one) = day.iter_mut().find(|one| one.hour == hour) else { continue };
        if state == State::Kept.tag() {
            one.came += people;
        } else {
            one.missed += people;
        }
    }
    for (hour, people) in walked {
        let Some(one) = day.iter_mut().find(|one| i32::try_from(one.hour) == Ok(hour)) else { continue };
        one.walked_in += i64::from(people);
    }
    Ok(day.into_iter().filter(|one| one.came + one.missed + one.walked_in > 0).collect())
}
