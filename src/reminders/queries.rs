//! Reading somebody's dates.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Deadline, DeadlineId, Source, WORDS};
use crate::{
    db::{
        Conn, DbError,
        schema::{deadlines, reminders},
    },
    ledger::{LedgerError, Warrant},
    platform::keys::KeyRing,
    wallet::{self, DocumentId, WalletError, Whose},
};

/// As many dates as one page shows: nobody has more before them.
const MOST: i64 = 300;

/// What lies before somebody, soonest first; and what has just passed and can still be done. A company has the dates of its
/// documents, which are none of its legal person's own.
pub fn coming(c: &mut Conn, whose: &Whose, today: NaiveDate) -> Result<Vec<Deadline>, DbError> {
    let held = wallet::queries::ids(c, whose)?.into_iter().map(|id| id.to_string());
    let held: HashSet<String> = held.collect();
    let mut all: Vec<Deadline> = deadlines::table
        .filter(deadlines::citizen_id.eq(whose.citizen))
        .filter(deadlines::ended.is_null())
        .filter(deadlines::last_chance_on.ge(today))
        .order((deadlines::due_on, deadlines::id))
        .limit(MOST)
        .select(Deadline::as_select())
        .load(c)?;
    all.retain(|deadline| match Source::named(&deadline.source) {
        Some(Source::Document) => held.contains(&deadline.source_id),
        _ => whose.company.is_none(),
    });
    Ok(all)
}

/// One date of somebody's.
pub fn find(c: &mut Conn, whose: &Whose, id: DeadlineId) -> Result<Option<Deadline>, DbError> {
    let found =
        deadlines::table.find((whose.citizen, id)).select(Deadline::as_select()).first(c).optional()?;
    let Some(deadline) = found.filter(|deadline: &Deadline| deadline.ended.is_none()) else {
        return Ok(None);
    };
    let document =
        deadline.source_id.parse::<DocumentId>().ok().filter(|_| deadline.source == Source::Document.tag());
    let document = match document {
        Some(document) => wallet::queries::one(c, whose.citizen, document)?,
        None => None,
    };
    let company = document.and_then(|document| document.whose().company);
    Ok(Some(deadline).filter(|_| company == whose.company))
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
    (warrant, whose): (&Warrant, &Whose),
    deadlines: Vec<Deadline>,
) -> Result<Vec<(Deadline, Option<String>)>, LedgerError> {
    let unnamed =
        |deadline: &Deadline| deadline.source == Source::Document.tag() && deadline.about.is_empty();
    let mut names = HashMap::new();
    if deadlines.iter().any(unnamed) {
        for document in wallet::queries::all(c, whose)?.iter().filter(|document| document.kind.is_empty()) {
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
