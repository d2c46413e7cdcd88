//! Where events stand until they are settled, and how far each thing has come.

use chrono::TimeDelta;
use diesel::prelude::*;
use yimen_callback::event::Event;
use yimen_contract::capability::EventKind;
use yimen_drivers::rest::signing;

use super::{Apply, EventId, Inbound, rules::About};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{inbound_events, inbound_nonces, inbound_subjects},
    },
    each, insert_new, jobs,
    platform::{Moment, keys::KeyRing},
};

/// How long it is known that an event was there. An agency that repeats one later tells nothing new: its number in
/// the order of the thing has been passed.
const KNOWN_FOR: TimeDelta = TimeDelta::days(90);
/// So many rows are removed in one transaction.
const AT_ONCE: i64 = 2_000;

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Its number was seen before.
    Replayed,
    Stored {
        new: usize,
        known: usize,
    },
}

#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("an event cannot be encrypted: {0}")]
    Sealed(String),
}

/// Remembers a request by its number. `false`: it was seen before.
pub(super) fn remember(c: &mut Conn, now: Moment, (agency, nonce): (&str, &str)) -> Result<bool, DbError> {
    let row = (
        inbound_nonces::agency.eq(agency),
        inbound_nonces::nonce.eq(nonce),
        inbound_nonces::seen_at.eq(Stamp::from(now)),
    );
    let first = each!(c, |c| diesel::insert_into(inbound_nonces::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c));
    Ok(first.map_err(DbError::from)? == 1)
}

/// Keeps the events of a request, all or none, and has each applied.
pub(super) fn keep(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (agency, nonce): (&str, &str),
    events: &[(Event, About)],
) -> Result<Kept, StoreError> {
    if !remember(c, now, (agency, nonce))? {
        return Ok(Kept::Replayed);
    }
    let rows = events.iter().map(|event| New::of(ring, now, agency, event)).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<EventId> = rows.iter().map(|row| row.id).collect();
    insert_new!(c, inbound_events::table => &rows).map_err(DbError::from)?;
    let new: Vec<EventId> = inbound_events::table
        .filter(inbound_events::id.eq_any(ids))
        .order(inbound_events::id)
        .select(inbound_events::id)
        .load(c)
        .map_err(DbError::from)?;
    let jobs: Vec<Apply> = new.into_iter().map(|event| Apply { event }).collect();
    let new = jobs::enqueue_all(c, now, &jobs)?;
    Ok(Kept::Stored { new, known: events.len() - new })
}

#[derive(Insertable)]
#[diesel(table_name = inbound_events)]
struct New<'a> {
    id: EventId,
    agency: &'a str,
    source: &'a str,
    event_id: &'a str,
    kind: &'static str,
    subject: Vec<u8>,
    sequence: i64,
    happened_at: Stamp,
    received_at: Stamp,
    body: Vec<u8>,
    state: &'static str,
}

impl<'a> New<'a> {
    fn of(
        ring: &KeyRing,
        now: Moment,
        agency: &'a str,
        (event, about): &'a (Event, About),
    ) -> Result<Self, StoreError> {
        let id = EventId::new();
        let body = ring.seal(&place(id), event.data.to_string().as_bytes());
        Ok(Self {
            id,
            agency,
            source: &event.source,
            event_id: &event.id,
            kind: event.kind.name(),
            subject: ring.lookup("gateway.events", about.subject.as_bytes()).to_vec(),
            // Held to the type by the rules.
            sequence: i64::try_from(about.sequence).unwrap_or(i64::MAX),
            happened_at: event.time.into(),
            received_at: now.into(),
            body: body.map_err(|error| StoreError::Sealed(error.to_string()))?,
            state: "waiting",
        })
    }
}

fn place(id: EventId) -> String {
    format!("inbound_events/{id}")
}

/// An event that waits.
pub(super) struct Waiting {
    pub event: Inbound,
    subject: Vec<u8>,
    sequence: i64,
}

#[derive(Queryable)]
struct Row {
    agency: String,
    kind: String,
    subject: Vec<u8>,
    sequence: i64,
    happened_at: Stamp,
    body: Option<Vec<u8>>,
}

/// The event, if it still waits.
pub(super) fn waiting(c: &mut Conn, ring: &KeyRing, id: EventId) -> Result<Option<Waiting>, StoreError> {
    let row: Option<Row> = inbound_events::table
        .filter(inbound_events::id.eq(id))
        .filter(inbound_events::state.eq("waiting"))
        .select((
            inbound_events::agency,
            inbound_events::kind,
            inbound_events::subject,
            inbound_events::sequence,
            inbound_events::happened_at,
            inbound_events::body,
        ))
        .first(c)
        .optional()
        .map_err(DbError::from)?;
    let Some(row) = row else { return Ok(None) };
    let sealed = |why: String| StoreError::Sealed(why);
    let body = row.body.ok_or_else(|| sealed("it has no body".to_owned()))?;
    let plain = ring.open_sealed(&place(id), &body).map_err(|error| sealed(error.to_string()))?;
    let data = serde_json::from_slice(&plain).map_err(|error| sealed(error.to_string()))?;
    let kind = EventKind::named(&row.kind).ok_or_else(|| sealed(format!("its kind is {}", row.kind)))?;
    let event = Inbound {
        agency: row.agency,
        kind,
        sequence: row.sequence.unsigned_abs(),
        happened_at: row.happened_at.moment(),
        data,
    };
    Ok(Some(Waiting { event, subject: row.subject, sequence: row.sequence }))
}

/// Moves the thing on to this event. `false`: a later one was applied before. Of two at the same time, on whatever
/// node, the database lets one wait for the other.
pub(super) fn move_on(c: &mut Conn, waiting: &Waiting) -> Result<bool, DbError> {
    let Waiting { event, subject, sequence } = waiting;
    let first = (
        inbound_subjects::agency.eq(&event.agency),
        inbound_subjects::kind.eq(event.kind.name()),
        inbound_subjects::subject.eq(subject),
        inbound_subjects::sequence.eq(-1),
    );
    each!(c, |c| diesel::insert_into(inbound_subjects::table)
        .values(first)
        .on_conflict_do_nothing()
        .execute(c))?;
    let known = inbound_subjects::table
        .filter(inbound_subjects::agency.eq(&event.agency))
        .filter(inbound_subjects::kind.eq(event.kind.name()))
        .filter(inbound_subjects::subject.eq(subject))
        .filter(inbound_subjects::sequence.lt(sequence));
    Ok(diesel::update(known).set(inbound_subjects::sequence.eq(sequence)).execute(c)? == 1)
}

/// Settles an event. What it said is gone with that.
pub(super) fn settle(
    c: &mut Conn,
    now: Moment,
    id: EventId,
    state: &'static str,
    reason: Option<&'static str>,
) -> Result<(), DbError> {
    diesel::update(inbound_events::table.filter(inbound_events::id.eq(id)))
        .set((
            inbound_events::state.eq(state),
            inbound_events::reason.eq(reason),
            inbound_events::settled_at.eq(Some(Stamp::from(now))),
            inbound_events::body.eq(None::<Vec<u8>>),
        ))
        .execute(c)?;
    Ok(())
}

/// Events that wait, of kinds that a room changes something for.
pub(super) fn missed(
    c: &mut Conn,
    kinds: &[&str],
    (from, before): (Moment, Moment),
) -> Result<Vec<EventId>, DbError> {
    Ok(inbound_events::table
        .filter(inbound_events::state.eq("waiting"))
        .filter(inbound_events::kind.eq_any(kinds))
        .filter(inbound_events::received_at.between(Stamp::from(from), Stamp::from(before)))
        .order(inbound_events::id)
        .select(inbound_events::id)
        .limit(AT_ONCE)
        .load(c)?)
}

/// How many events of an agency stand how.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Counted {
    pub kind: String,
    pub state: String,
    pub count: i64,
}

/// The events of an agency since a moment, and all that wait.
pub fn counted(c: &mut Conn, agency: &str, since: Moment) -> Result<Vec<Counted>, DbError> {
    let lately = inbound_events::received_at.ge(Stamp::from(since));
    Ok(inbound_events::table
        .filter(inbound_events::agency.eq(agency))
        .filter(lately.or(inbound_events::state.eq("waiting")))
        .group_by((inbound_events::kind, inbound_events::state))
        .order((inbound_events::kind, inbound_events::state))
        .select((inbound_events::kind, inbound_events::state, diesel::dsl::count_star()))
        .load(c)?)
}

/// Forgets numbers that cannot come again, and events settled long ago.
pub(super) fn forget(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    let unusable = Stamp::from(now - TimeDelta::seconds(signing::REMEMBERED));
    let numbers =
        diesel::delete(inbound_nonces::table.filter(inbound_nonces::seen_at.lt(unusable))).execute(c)?;
    let old: Vec<EventId> = inbound_events::table
        .filter(inbound_events::settled_at.lt(Stamp::from(now - KNOWN_FOR)))
        .select(inbound_events::id)
        .limit(AT_ONCE)
        .load(c)?;
    let events = diesel::delete(inbound_events::table.filter(inbound_events::id.eq_any(old))).execute(c)?;
    Ok(numbers + events)
}
