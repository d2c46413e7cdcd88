//! A report comes in: from an account, or without one. Sent twice it is there once.

use chrono::Datelike as _;
use diesel::prelude::*;
use uuid::{Builder, Uuid};

use super::{
    By, Clocks, Kind, Order, OrderId, ReportId, Said, State, VoiceError, Words,
    model::new_number,
    photos::{self, Exhibit},
    steps::{self, Doer},
};
use crate::{
    accounts::staff::branch_of,
    db::{
        Conn, Sealed, Stamp,
        schema::{voice_guests, voice_orders, voice_reports, voice_steps},
    },
    each,
    ledger::{self, CitizenId},
    platform::{Moment, clock::city_day, keys::KeyRing, spoken},
};

/// Where the words of people with accounts are sealed.
pub(super) const WORDS: &str = "voice_reports.words";
/// Where those of others are.
pub(super) const GUESTS: &str = "voice_guests.words";
/// Signs of the code with which somebody without an account follows theirs.
pub(super) const CODE: usize = 12;
/// So often a number that is taken already is drawn anew. Once would do for a century.
const DRAWS: usize = 3;

/// What somebody reports.
#[derive(Debug, Clone)]
pub struct Coming {
    pub kind: Kind,
    pub words: Words,
    pub secret: bool,
    pub topic: Option<String>,
    pub service: Option<String>,
    pub agency: Option<String>,
    pub district: Option<String>,
    pub asset: Option<String>,
    pub picture: Option<Exhibit>,
}

/// Takes a report from an account. `key`: what its form was given, so that the same form makes one order. The number.
pub fn from_citizen(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    clocks: &Clocks,
    (citizen, key): (CitizenId, Uuid),
    coming: &Coming,
) -> Result<String, VoiceError> {
    let id = ReportId::from(key);
    if let Some(number) = number_of(c, citizen, id)? {
        return Ok(number);
    }
    let words = ledger::seal(c, ring, citizen, WORDS, &coming.words.written()?)?;
    let order = put(c, ring, now, clocks, coming)?;
    let row = (
        voice_reports::citizen_id.eq(citizen),
        voice_reports::id.eq(id),
        voice_reports::order_id.eq(order.id),
        voice_reports::words.eq(words),
        voice_reports::made_at.eq(Stamp::from(now)),
    );
    let made = each!(c, |c| diesel::insert_into(voice_reports::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if made == 0 {
        // The same form came in from another window in the same moment.
        drop_order(c, order.id)?;
        return number_of(c, citizen, id)?.ok_or(VoiceError::Unknown);
    }
    photos::put(c, ring, now, (order.id, id), coming.picture.as_ref())?;
    Ok(order.number)
}

/// Takes a report without an account. The number, and the code with which it can be followed.
pub fn from_guest(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    clocks: &Clocks,
    key: Uuid,
    coming: &Coming,
) -> Result<(String, String), VoiceError> {
    let (id, code) = guest(ring, key);
    if let Some(number) = number_of_guest(c, id)? {
        return Ok((number, code));
    }
    let order = put(c, ring, now, clocks, coming)?;
    let row = (
        voice_guests::id.eq(id),
        voice_guests::order_id.eq(order.id),
        voice_guests::code.eq(digest(ring, &code)),
        voice_guests::words.eq(Sealed::new(ring, GUESTS, &coming.words.written()?)?),
        voice_guests::made_at.eq(Stamp::from(now)),
    );
    let made = each!(c, |c| diesel::insert_into(voice_guests::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if made == 0 {
        drop_order(c, order.id)?;
        return Ok((number_of_guest(c, id)?.ok_or(VoiceError::Unknown)?, code));
    }
    photos::put(c, ring, now, (order.id, id), coming.picture.as_ref())?;
    Ok((order.number, code))
}

/// Number and code of what a form without an account becomes: derived from what the form was given, so that sent twice it
/// shows the same, and from the ring, so that nobody else can.
fn guest(ring: &KeyRing, key: Uuid) -> (ReportId, String) {
    let id = ring.lookup("voice_guests.id", key.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&id[..16]);
    let code = ring.lookup("voice_guests.code-of", key.as_bytes());
    (ReportId::from(Builder::from_random_bytes(bytes).into_uuid()), spoken::of(&code[..CODE]))
}

/// As a code is kept.
pub(super) fn digest(ring: &KeyRing, code: &str) -> Vec<u8> {
    ring.lookup("voice_guests.code", code.as_bytes()).to_vec()
}

fn number_of(c: &mut Conn, citizen: CitizenId, id: ReportId) -> Result<Option<String>, VoiceError> {
    Ok(voice_reports::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_reports::order_id)))
        .filter(voice_reports::citizen_id.eq(citizen))
        .filter(voice_reports::id.eq(id))
        .select(voice_orders::number)
        .first(c)
        .optional()?)
}

fn number_of_guest(c: &mut Conn, id: ReportId) -> Result<Option<String>, VoiceError> {
    Ok(voice_guests::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_guests::order_id)))
        .filter(voice_guests::id.eq(id))
        .select(voice_orders::number)
        .first(c)
        .optional()?)
}

/// The order itself, at the city's desk.
pub(super) fn put(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    clocks: &Clocks,
    coming: &Coming,
) -> Result<Order, VoiceError> {
    let branch = branch_of(c, &clocks.policy()?.desk)?;
    let mut order = Order {
        id: OrderId::new(),
        number: String::new(),
        kind: coming.kind.tag().to_owned(),
        state: State::Received.tag().to_owned(),
        topic: coming.topic.clone(),
        service: coming.service.clone(),
        district: coming.district.clone(),
        asset: coming.asset.clone(),
        agency: coming.agency.clone(),
        branch: branch.as_str().to_owned(),
        secret: coming.secret || coming.kind == Kind::TipOff,
        due_on: None,
        provisional: false,
        return_by: None,
        decided: false,
        extended: false,
        reopened: false,
        supervised_at: None,
        merged_into: None,
        made_at: now.into(),
        changed_at: now.into(),
    };
    clocks.wind(&mut order, now)?;
    let year = city_day(now).year();
    for _ in 0..DRAWS {
        order.number = new_number(year)?;
        let row = order.clone();
        let made = each!(c, |c| diesel::insert_into(voice_orders::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
        if made == 1 {
            let doer = Doer::plain(By::Reporter);
            steps::write(c, ring, now, &order, ("report", &doer), &Said::default())?;
            return Ok(order);
        }
    }
    Err(VoiceError::Stored("no number is free".to_owned()))
}

pub(super) fn drop_order(c: &mut Conn, id: OrderId) -> Result<(), VoiceError> {
    diesel::delete(voice_steps::table.filter(voice_steps::order_id.eq(id))).execute(c)?;
    diesel::delete(voice_orders::table.find(id)).execute(c)?;
    Ok(())
}
