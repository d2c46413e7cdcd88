//! Dates that people set themselves: a year's window, a vaccination, anything.

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_licences::reminders::Reason;

use super::{
    Hangs, Planned, Source, keep,
    model::{DeadlineId, WORDS},
};
use crate::{
    db::{
        Conn, DbError,
        schema::{deadlines, reminders},
    },
    ledger::{self, CitizenId, LedgerError},
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// More dates of their own nobody keeps here.
const MOST: i64 = 200;

/// A date as somebody sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    pub words: String,
    pub due: NaiveDate,
    pub plan: Vec<u16>,
}

/// Keeps it. `false`: there are too many.
pub fn set(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    set: &Set,
) -> Result<bool, LedgerError> {
    let own = deadlines::table
        .filter(deadlines::citizen_id.eq(citizen))
        .filter(deadlines::source.eq(Source::Own.tag()));
    if own.count().get_result::<i64>(c)? >= MOST {
        return Ok(false);
    }
    let today = city_day(now);
    let hangs = Hangs {
        citizen,
        source: Source::Own,
        id: DeadlineId::new().to_string(),
        about: String::new(),
        words: Some(ledger::seal(c, ring, citizen, WORDS, &set.words)?),
    };
    let planned = [Planned::on(set.due, today, &set.plan)];
    keep(c, now, today, &hangs, (&planned, Reason::Discarded))?;
    Ok(true)
}

/// Forgets one. Its reminders stay in the account until they are of no interest to anybody: what waits is suppressed.
pub fn forget(c: &mut Conn, now: Moment, citizen: CitizenId, id: DeadlineId) -> Result<bool, DbError> {
    let found: Option<String> = deadlines::table
        .find((citizen, id))
        .filter(deadlines::source.eq(Source::Own.tag()))
        .select(deadlines::source_id)
        .first(c)
        .optional()?;
    let Some(source) = found else { return Ok(false) };
    let hangs = Hangs { citizen, source: Source::Own, id: source, about: String::new(), words: None };
    keep(c, now, city_day(now), &hangs, (&[], Reason::Discarded))?;
    // Nothing in the account leads to it any more but for what was counted.
    let counted = reminders::table
        .filter(reminders::citizen_id.eq(citizen))
        .filter(reminders::deadline_id.eq(id))
        .count()
        .get_result::<i64>(c)?;
    if counted == 0 {
        diesel::delete(deadlines::table.find((citizen, id))).execute(c)?;
    }
    Ok(true)
}
