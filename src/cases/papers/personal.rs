//! What papers hold about people, for the port `PersonalData`: part of their applications.

use diesel::prelude::*;

use super::kept::{ABOUT, FileId, Promise, Row};
use crate::{
    db::{
        Conn,
        schema::{case_files, promised_papers},
    },
    hand_over, hand_over_plain,
    ledger::{CitizenId, Joining, LedgerError, Record, Value, Warrant},
    platform::keys::KeyRing,
};

/// The papers, by name and digest. The files themselves are downloaded where they were handed in.
pub fn export(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
    let rows: Vec<Row> = case_files::table
        .filter(case_files::citizen_id.eq(warrant.citizen()))
        .order(case_files::id)
        .select(Row::as_select())
        .load(c)?;
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let paper = row.opened(c, ring, warrant).map_err(|_| LedgerError::Sealed)?;
        records.push(vec![
            ("paper", Value::Text(said(&paper.place).to_owned())),
            ("file", Value::Text(paper.name)),
            ("made-at", Value::At(paper.added_at)),
            ("digest", Value::Text(paper.sha256)),
        ]);
    }
    let promised: Vec<Promise> = promised_papers::table
        .filter(promised_papers::citizen_id.eq(warrant.citizen()))
        .order(promised_papers::id)
        .select(Promise::as_select())
        .load(c)?;
    records.extend(promised.into_iter().map(|promise| {
        let due = promise.due_on.map(|day| ("due", Value::Text(day.to_string())));
        let paper = ("paper", Value::Text(said(&promise.place).to_owned()));
        [Some(paper), due].into_iter().flatten().collect()
    }));
    Ok(records)
}

fn said(place: &str) -> &str {
    place.split_once(':').map_or(place, |(_, name)| name)
}

/// Everything goes. The files lose their keys with the rows, and are swept.
pub fn erase(c: &mut Conn, citizen: CitizenId) -> Result<(), LedgerError> {
    diesel::delete(case_files::table.filter(case_files::citizen_id.eq(citizen))).execute(c)?;
    diesel::delete(promised_papers::table.filter(promised_papers::citizen_id.eq(citizen))).execute(c)?;
    Ok(())
}

/// Goes over with the applications. The files stay where they are; their keys are sealed anew.
pub fn join(c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
    hand_over!(c, joining, case_files, FileId, [about: ABOUT]);
    hand_over_plain!(c, joining, promised_papers);
    Ok(())
}
