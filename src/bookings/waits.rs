//! Waiting lists of the portal's own calendars: what comes free is kept for the one who waits longest, for a set time;
//! then for the next.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::{
    BookingError, SessionId, Slot,
    choose::{Choice, For, make},
    kept,
    life::{By, State},
    model::{SessionRow, WaitId},
    steps::{self, CHOOSE, Doer},
};
use crate::{
    accounts::acting::CompanyId,
    agencies,
    cases::Whose,
    db::{
        Conn, DbError, Stamp,
        schema::{booking_sessions, booking_waits},
    },
    each,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
};

/// So many who have a booking of their own by now are passed over at once.
const TRIED: i64 = 20;
/// In the notice, in place of a state: something came free and is kept.
pub(super) const OFFERED: &str = "offered";

/// Somebody who waits.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = booking_waits)]
pub struct Wait {
    pub citizen_id: CitizenId,
    pub id: WaitId,
    pub company_id: Option<CompanyId>,
    pub acting_id: CitizenId,
    pub relation: String,
    pub level: i32,
    pub service: String,
    pub place: String,
    pub day: NaiveDate,
    pub offer_minutes: i32,
}

/// For what somebody waits.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    pub service: &'a str,
    pub agency: &'a str,
    pub place: &'a str,
    pub day: NaiveDate,
    pub offer_minutes: u16,
}

/// Puts somebody on the list. Twice is once.
pub fn join(c: &mut Conn, now: Moment, whose: &Whose, what: &Wanted<'_>) -> Result<(), BookingError> {
    let row = (
        booking_waits::citizen_id.eq(whose.owner()),
        booking_waits::id.eq(WaitId::new()),
        booking_waits::company_id.eq(whose.company()),
        booking_waits::acting_id.eq(whose.party.acting),
        booking_waits::relation.eq(whose.relation()),
        booking_waits::level.eq(i32::from(whose.level)),
        booking_waits::service.eq(what.service),
        booking_waits::agency.eq(what.agency),
        booking_waits::place.eq(what.place),
        booking_waits::day.eq(what.day),
        booking_waits::offer_minutes.eq(i32::from(what.offer_minutes)),
        booking_waits::state.eq("waiting"),
        booking_waits::made_at.eq(Stamp::from(now)),
    );
    each!(c, |c| diesel::insert_into(booking_waits::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Takes somebody off the list.
pub fn leave(c: &mut Conn, owner: CitizenId, id: WaitId) -> Result<(), DbError> {
    let own = booking_waits::table
        .filter(booking_waits::citizen_id.eq(owner))
        .filter(booking_waits::id.eq(id))
        .filter(booking_waits::state.eq("waiting"));
    diesel::update(own).set(booking_waits::state.eq("over")).execute(c)?;
    Ok(())
}

/// What somebody waits for, from a day on.
pub fn of(c: &mut Conn, owner: CitizenId, today: NaiveDate) -> Result<Vec<Wait>, DbError> {
    Ok(booking_waits::table
        .filter(booking_waits::citizen_id.eq(owner))
        .filter(booking_waits::state.eq("waiting"))
        .filter(booking_waits::day.ge(today))
        .order((booking_waits::day, booking_waits::id))
        .select(Wait::as_select())
        .load(c)?)
}

/// Keeps what came free for the one who waits longest for that place and day. Nobody waits: it is free for everybody.
pub(super) fn offer_next(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    session: SessionId,
) -> Result<(), BookingError> {
    let session: SessionRow = booking_sessions::table
        .filter(booking_sessions::id.eq(session))
        .select(SessionRow::as_select())
        .first(c)?;
    if session.stopped_at.is_some() || session.starts_at.moment() <= now {
        return Ok(());
    }
    let waiting: Vec<Wait> = booking_waits::table
        .filter(booking_waits::service.eq(&session.service))
        .filter(booking_waits::place.eq(&session.place))
        .filter(booking_waits::day.eq(session.day))
        .filter(booking_waits::state.eq("waiting"))
        .order((booking_waits::made_at, booking_waits::id))
        .limit(TRIED)
        .select(Wait::as_select())
        .load(c)?;
    for wait in waiting {
        if offer(c, ring, now, (&session, &wait))? {
            break;
        }
    }
    Ok(())
}

/// `false`: they have a booking on that day by now, and do not wait any more.
fn offer(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (session, wait): (&SessionRow, &Wait),
) -> Result<bool, BookingError> {
    let settle = |c: &mut Conn, state: &str| {
        let own = booking_waits::table
            .filter(booking_waits::citizen_id.eq(wait.citizen_id))
            .filter(booking_waits::id.eq(wait.id))
            .filter(booking_waits::state.eq("waiting"));
        diesel::update(own).set(booking_waits::state.eq(state)).execute(c)
    };
    if super::queries::has_that_day(c, wait.citizen_id, (&session.service, session.day), None)? {
        settle(c, "over")?;
        return Ok(false);
    }
    let Some(version) = agencies::version(c, &session.agency)? else { return Ok(true) };
    if settle(c, "offered")? != 1 {
        return Ok(false);
    }
    if !kept::take_known(c, session.id)? {
        return Ok(true);
    }
    let (starts, ends) = (session.starts_at.moment(), session.ends_at.moment());
    let choice = Choice {
        service: session.service.clone(),
        agency: session.agency.clone(),
        version,
        slot: Slot {
            id: session.id.to_string(),
            place: Some(session.place.clone()),
            place_name: None,
            fee_fen: None,
        },
        starts,
        ends,
        kept: None,
        replaces: None,
    };
    let whom = For {
        owner: wait.citizen_id,
        acting: wait.acting_id,
        company: wait.company_id,
        relation: &wait.relation,
        level: wait.level,
    };
    let until = (now + TimeDelta::minutes(wait.offer_minutes.into())).min(starts);
    let Some(booking) = make(c, ring, now, &whom, &choice, (Some(session.id), Some(until)))? else {
        // Between the look and now they booked another.
        kept::give_back(c, session.id)?;
        return Ok(false);
    };
    steps::write(
        c,
        ring,
        now,
        &booking,
        (CHOOSE, None, State::Chosen),
        &Doer { by: By::Clock, whom: "waits" },
        None,
    )?;
    steps::tell(c, now, &booking, OFFERED)?;
    Ok(true)
}
