//! Reading somebody's dates.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Deadline, DeadlineId, Source, WORDS};
use crate::{
    db::{
        Conn, DbError,
        schema::{deadlines, reminders},
    },
    ledger::{CitizenId, LedgerError, Warrant},
    platform::keys::KeyRing,
    wallet::{self, WalletError, Whose},
};

/// As many dates as one page shows: nobody has more before them.
const MOST: i64 = 300;

/// What lies before somebody, soonest first; and what has just passed and can still be done.
pub fn coming(c: &mut Conn, citizen: CitizenId, today: NaiveDate) -> Result<Vec<Deadline>, DbError> {
    Ok(deadlines::table
        .filter(deadlines::citizen_id.eq(citizen))
        .filter(deadlines::ended.is_null())
        .filter(deadlines::last_chance_on.ge(today))
        .order((deadlines::due_on, deadlines::id))
        .limit(MOST)
        .select(Deadline::as_select())
        .load(c)?)
}

/// One date of somebody's.
pub fn find(c: &mut Conn, citizen: CitizenId, id: DeadlineId) -> Result<Option<Deadline>, DbError> {
    let found = deadlines::table.find((citizen, id)).select(Deadline::as_select()).first(c).optional()?;
    Ok(found.filter(|deadline: &Deadline| deadline.ended.is_none()))
}

/// What became of the reminders of one date: how long before it each was, its state and the reason.
pub fn reminders_of(
    c: &mut Conn,
    deadline: &Deadline,
) -> Result<Vec<(i32, String, Option<String>)>, DbError> {
    Ok(reminders::table
        .filter(reminders::citizen_id.eq(deadline.citizen_id))
        .filter(reminders::deadline_id.eq(deadline.id))
        .filter(reminders::due_on.eq(deadline.due_on))
        .order(reminders::days_before.desc())
        .select((reminders::days_before, reminders::state, reminders::reason))
        .load(c)?)
}

/// What the person calls each of these, where they gave it a name: a date of their own, or a document of no known kind.
pub fn named(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    deadlines: Vec<Deadline>,
) -> Result<Vec<(Deadline, Option<String>)>, LedgerError> {
    let unnamed =
        |deadline: &Deadline| deadline.source == Source::Document.tag() && deadline.about.is_empty();
    let mut names = HashMap::new();
    if deadlines.iter().any(unnamed) {
        let whose = Whose { citizen: warrant.citizen(), company: None };
        for document in wallet::queries::all(c, &whose)?.iter().filter(|document| document.kind.is_empty()) {
            let printed = document.printed(c, ring, warrant).map_err(|error| match error {
                WalletError::Ledger(error) => error,
                WalletError::Db(error) => LedgerError::Db(error),
                _ => LedgerError::Sealed,
            })?;
            names.insert(document.id.to_string(), printed.name);
        }
    }
    let said = deadlines.into_iter().map(|deadline| {
        let words = deadline.words.as_ref().map(|words| warrant.open(c, ring, WORDS, words)).transpose()?;
        let words = words.or_else(|| names.get(&deadline.source_id).cloned().flatten());
        Ok((deadline, words))
    });
    said.collect()
}
