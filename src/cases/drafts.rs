//! Drafts: kept at every step, for whoever types them, on whatever device they go on.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_forms::Draft;

use super::{
    CaseError, Whose,
    model::{DRAFTS_KEPT, DraftId, DraftRow},
    occasion::Occasion,
};
use crate::{
    agencies::VersionId,
    db::{Conn, DbError, Stamp, schema::drafts},
    each,
    jobs::{Job, Priority},
    ledger::{self, CitizenId, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Where what was typed is sealed.
pub(super) const TYPED: &str = "drafts.typed";
pub(super) const OCCASION: &str = "drafts.occasion";
/// More than this nobody has begun at the same time; the oldest makes room.
const MOST: i64 = 50;

/// Removes drafts that nobody goes on with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "cases.sweep-drafts";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Of which form a draft is.
#[derive(Debug, Clone)]
pub struct Of {
    pub service: String,
    pub version: VersionId,
    pub form: String,
}

/// Begins a draft.
pub fn begin(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    of: &Of,
    draft: &Draft,
) -> Result<DraftId, CaseError> {
    let id = DraftId::new();
    begin_as(c, ring, now, whose, (id, of), draft)?;
    Ok(id)
}

/// Begins a draft under an id that something else has already. Twice is once.
pub fn begin_as(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    (id, of): (DraftId, &Of),
    draft: &Draft,
) -> Result<(), CaseError> {
    make_room(c, whose.party.acting)?;
    let citizen = whose.party.acting;
    let typed = ledger::seal(c, ring, citizen, TYPED, &text(draft)?)?;
    let row = (
        drafts::citizen_id.eq(citizen),
        drafts::id.eq(id),
        drafts::for_id.eq(whose.represents()),
        drafts::company_id.eq(whose.company()),
        drafts::service.eq(&of.service),
        drafts::version.eq(of.version),
        drafts::form.eq(&of.form),
        drafts::typed.eq(typed),
        drafts::begun_at.eq(Stamp::from(now)),
        drafts::saved_at.eq(Stamp::from(now)),
    );
    each!(c, |c| diesel::insert_into(drafts::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

fn make_room(c: &mut Conn, citizen: CitizenId) -> Result<(), DbError> {
    let old: Vec<DraftId> = drafts::table
        .filter(drafts::citizen_id.eq(citizen))
        .order(drafts::saved_at.desc())
        .offset(MOST - 1)
        .limit(i64::MAX)
        .select(drafts::id)
        .load(c)?;
    if !old.is_empty() {
        let theirs = drafts::table.filter(drafts::citizen_id.eq(citizen));
        diesel::delete(theirs.filter(drafts::id.eq_any(old))).execute(c)?;
    }
    Ok(())
}

/// A draft of this person for the one they act for now. Whoever stops acting for somebody does not see theirs.
pub fn find(c: &mut Conn, whose: &Whose, id: DraftId) -> Result<DraftRow, CaseError> {
    let row: Option<DraftRow> = drafts::table
        .filter(drafts::citizen_id.eq(whose.party.acting))
        .filter(drafts::id.eq(id))
        .select(DraftRow::as_select())
        .first(c)
        .optional()?;
    let row = row.filter(|row| (row.for_id, row.company_id) == (whose.represents(), whose.company()));
    row.ok_or(CaseError::Unknown)
}

/// What they have begun, newest first; of one service only, if it is named.
pub fn begun(c: &mut Conn, whose: &Whose, service: Option<&str>) -> Result<Vec<DraftRow>, CaseError> {
    let rows: Vec<DraftRow> = drafts::table
        .filter(drafts::citizen_id.eq(whose.party.acting))
        .order(drafts::saved_at.desc())
        .limit(MOST)
        .select(DraftRow::as_select())
        .load(c)?;
    let here = |row: &DraftRow| {
        (row.for_id, row.company_id) == (whose.represents(), whose.company())
            && service.is_none_or(|service| row.service == service)
    };
    Ok(rows.into_iter().filter(here).collect())
}

/// What was typed.
pub fn open(c: &mut Conn, ring: &KeyRing, row: &DraftRow) -> Result<Draft, CaseError> {
    read(c, ring, row, &ledger::own(row.citizen_id))
}

pub(super) fn read(
    c: &mut Conn,
    ring: &KeyRing,
    row: &DraftRow,
    warrant: &Warrant,
) -> Result<Draft, CaseError> {
    let text = warrant.open(c, ring, TYPED, &row.typed)?;
    serde_json::from_str(&text).map_err(|error| CaseError::Stored(error.to_string()))
}

/// The step of a draft of which no page was saved yet, and the one behind the last page. No page of a form has such a name.
pub const BEGUN: &str = "begin.";
pub const FILLED_IN: &str = "end.";

/// Writes down which page of its form is shown next, or that all are done: where it is left if nobody goes on.
pub fn stand_at(c: &mut Conn, row: &DraftRow, step: &str) -> Result<(), DbError> {
    let own = drafts::table.filter(drafts::citizen_id.eq(row.citizen_id)).filter(drafts::id.eq(row.id));
    diesel::update(own).set(drafts::step.eq(Some(step))).execute(c)?;
    Ok(())
}

/// Keeps what was typed, and of which form of which version it is by now.
pub fn save(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    row: &DraftRow,
    (version, draft): (VersionId, &Draft),
) -> Result<(), CaseError> {
    let typed = ledger::seal(c, ring, row.citizen_id, TYPED, &text(draft)?)?;
    let own = drafts::table.filter(drafts::citizen_id.eq(row.citizen_id)).filter(drafts::id.eq(row.id));
    let saved = diesel::update(own)
        .set((
            drafts::version.eq(version),
            drafts::form.eq(&row.form),
            drafts::typed.eq(typed),
            drafts::saved_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    if saved == 1 { Ok(()) } else { Err(CaseError::Unknown) }
}

/// Changes what is kept by now: more may have been typed elsewhere since it was read, as while a file came in.
pub fn alter(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    (row, version, read): (&DraftRow, VersionId, &Draft),
    change: impl FnOnce(&mut Draft),
) -> Result<(), CaseError> {
    let kept = find(c, whose, row.id)?;
    // One of an earlier version was taken over when it was read.
    let mut draft = if kept.version == version { open(c, ring, &kept)? } else { read.clone() };
    change(&mut draft);
    save(c, ring, now, row, (version, &draft))
}

/// The record from which it was begun.
pub fn occasion(c: &mut Conn, ring: &KeyRing, row: &DraftRow) -> Result<Option<Occasion>, CaseError> {
    read_occasion(c, ring, row, &ledger::own(row.citizen_id))
}

pub(super) fn read_occasion(
    c: &mut Conn,
    ring: &KeyRing,
    row: &DraftRow,
    warrant: &Warrant,
) -> Result<Option<Occasion>, CaseError> {
    let Some(sealed) = &row.occasion else { return Ok(None) };
    let text = warrant.open(c, ring, OCCASION, sealed)?;
    serde_json::from_str(&text).map(Some).map_err(|error| CaseError::Stored(error.to_string()))
}

/// Keeps the record from which it was begun, as the person sees it now.
pub fn keep_occasion(
    c: &mut Conn,
    ring: &KeyRing,
    (citizen, id): (CitizenId, DraftId),
    occasion: &Occasion,
) -> Result<(), CaseError> {
    let text = serde_json::to_string(occasion).map_err(|error| CaseError::Stored(error.to_string()))?;
    let sealed = ledger::seal(c, ring, citizen, OCCASION, &text)?;
    let own = drafts::table.filter(drafts::citizen_id.eq(citizen)).filter(drafts::id.eq(id));
    let saved = diesel::update(own).set(drafts::occasion.eq(Some(sealed))).execute(c)?;
    if saved == 1 { Ok(()) } else { Err(CaseError::Unknown) }
}

/// Throws a draft away. `false`: it is gone already.
pub fn discard(c: &mut Conn, citizen: CitizenId, id: DraftId) -> Result<bool, DbError> {
    let own = drafts::table.filter(drafts::citizen_id.eq(citizen)).filter(drafts::id.eq(id));
    Ok(diesel::delete(own).execute(c)? == 1)
}

/// Removes drafts that nobody went on with for a long time.
pub fn sweep(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    let old = drafts::saved_at.lt(Stamp::from(now - DRAFTS_KEPT));
    super::together::sweep(c, now)?;
    Ok(diesel::delete(drafts::table.filter(old)).execute(c)?)
}

fn text(draft: &Draft) -> Result<String, CaseError> {
    serde_json::to_string(draft).map_err(|error| CaseError::Stored(error.to_string()))
}
