//! Telling citizens that their data got into wrong hands (PIPL, article 57). Who is affected says the ledger: everybody
//! at whose data an agency looked in a stretch of time. Each is told at the next sign-in, until they have read it.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{counter::Deed, model::StaffError};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{breach_notices, looks},
    },
    hand_over, id,
    ledger::{
        self, Actor, Basis, CitizenId, Joining, LedgerError, Look, PersonalData, Private, Purpose, Record,
        Value, Warrant,
    },
    platform::{Moment, keys::KeyRing},
};

id! {
    /// A notice to one citizen.
    BreachNoticeId
}

/// Where its words are sealed.
const TEXT: &str = "breach_notices.text";

/// A notice that its citizen has not read.
#[derive(Debug, Clone)]
pub struct Unread {
    pub id: BreachNoticeId,
    pub text: String,
    pub told_at: Moment,
}

/// Writes to everybody whose data an agency saw between two moments. Says how many there are. Who was erased in
/// the meantime has nothing left to be told of.
pub fn warn(
    c: &mut Conn,
    ring: &KeyRing,
    deed: &Deed,
    agency: &str,
    between: (Moment, Moment),
    text: &str,
) -> Result<usize, StaffError> {
    let (from, until) = between;
    let seen: Vec<CitizenId> = looks::table
        .filter(looks::actor_kind.eq("agency"))
        .filter(looks::actor.eq(agency))
        .filter(looks::at.ge(Stamp::from(from)))
        .filter(looks::at.lt(Stamp::from(until)))
        .select(looks::citizen_id)
        .distinct()
        .load(c)?;
    let affected: BTreeSet<CitizenId> = seen.into_iter().collect();
    let mut told = 0;
    for citizen in affected {
        let sealed = match ledger::seal(c, ring, citizen, TEXT, text) {
            Ok(sealed) => sealed,
            Err(LedgerError::Erased) => continue,
            Err(error) => return Err(error.into()),
        };
        let act = Look {
            citizen,
            actor: Actor::Staff(deed.staff),
            purpose: Purpose::Administration,
            basis: Basis::Duty,
            fields: &[],
            detail: Some(&deed.reason),
        };
        ledger::act(c, ring, deed.now, &act)?;
        diesel::insert_into(breach_notices::table)
            .values((
                breach_notices::citizen_id.eq(citizen),
                breach_notices::id.eq(BreachNoticeId::new()),
                breach_notices::text.eq(sealed),
                breach_notices::told_at.eq(Stamp::from(deed.now)),
            ))
            .execute(c)?;
        told += 1;
    }
    Ok(told)
}

/// Whether something waits to be read.
pub fn waits(c: &mut Conn, citizen: CitizenId) -> Result<bool, DbError> {
    let count: i64 = breach_notices::table
        .filter(breach_notices::citizen_id.eq(citizen))
        .filter(breach_notices::read_at.is_null())
        .count()
        .get_result(c)?;
    Ok(count > 0)
}

/// What the person has not read.
pub fn unread(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Unread>, LedgerError> {
    let rows: Vec<(BreachNoticeId, Private, Stamp)> = breach_notices::table
        .filter(breach_notices::citizen_id.eq(warrant.citizen()))
        .filter(breach_notices::read_at.is_null())
        .order(breach_notices::id)
        .select((breach_notices::id, breach_notices::text, breach_notices::told_at))
        .load(c)?;
    let open = |(id, text, at): (BreachNoticeId, Private, Stamp)| {
        let text = warrant.open(c, ring, TEXT, &text)?;
        Ok(Unread { id, text, told_at: at.moment() })
    };
    rows.into_iter().map(open).collect()
}

/// The person has read these.
pub fn read(c: &mut Conn, now: Moment, citizen: CitizenId, ids: &[BreachNoticeId]) -> Result<(), DbError> {
    let mine = breach_notices::table
        .filter(breach_notices::citizen_id.eq(citizen))
        .filter(breach_notices::id.eq_any(ids))
        .filter(breach_notices::read_at.is_null());
    diesel::update(mine).set(breach_notices::read_at.eq(Some(Stamp::from(now)))).execute(c)?;
    Ok(())
}

/// What this holds about people, for the port `PersonalData`.
pub struct BreachNotices;

impl PersonalData for BreachNotices {
    fn kind(&self) -> &'static str {
        "breach-notices"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["breach_notices"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let rows: Vec<(Private, Stamp)> = breach_notices::table
            .filter(breach_notices::citizen_id.eq(warrant.citizen()))
            .order(breach_notices::id)
            .select((breach_notices::text, breach_notices::told_at))
            .load(c)?;
        let open = |(text, at): (Private, Stamp)| {
            let text = warrant.open(c, ring, TEXT, &text)?;
            Ok(vec![("notice", Value::Text(text)), ("at", Value::At(at.moment()))])
        };
        rows.into_iter().map(open).collect()
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(breach_notices::table.filter(breach_notices::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, breach_notices, BreachNoticeId, [text: TEXT]);
        Ok(())
    }
}
