//! Life events: applications to several agencies that are filled in together. What more than one of them asks is asked
//! once. Each part is a draft and then a case like any other, with the same id.

#[cfg(test)]
mod samples;
pub mod views;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::Value;
use yimen_contract::city::LifeEvent;
use yimen_forms::{Draft, Filled};

use super::{
    CaseError, Whose,
    drafts::{self, Of},
    model::{Case, DraftId, DraftRow},
};
use crate::{
    accounts::acting::CompanyId,
    db::{
        Conn, DbError, Stamp,
        schema::{cases, drafts as drafts_table, together, together_parts},
    },
    id,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
};

id! {
    /// Applications that are filled in together.
    TogetherId
}

/// For so long it is followed on one page.
const FOLLOWED: TimeDelta = TimeDelta::days(2 * 365);
/// As many of them are listed.
const LISTED: i64 = 20;

/// What somebody began for an event of their life.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = together)]
pub struct Together {
    citizen_id: CitizenId,
    pub id: TogetherId,
    for_id: Option<CitizenId>,
    company_id: Option<CompanyId>,
    pub event: String,
    pub begun_at: Stamp,
}

/// One application of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = together_parts)]
pub struct Part {
    pub id: DraftId,
    pub service: String,
}

/// How its parts stand: what is still a draft, and what was handed in. What was thrown away is neither.
pub struct Standing {
    pub together: Together,
    pub parts: Vec<Part>,
    pub drafts: Vec<DraftRow>,
    pub cases: Vec<Case>,
}

/// Begins a draft for each part.
pub fn begin(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    (event, parts): (&str, &[Of]),
) -> Result<TogetherId, CaseError> {
    let (id, citizen) = (TogetherId::new(), whose.party.acting);
    diesel::insert_into(together::table)
        .values((
            together::citizen_id.eq(citizen),
            together::id.eq(id),
            together::for_id.eq(whose.represents()),
            together::company_id.eq(whose.company()),
            together::event.eq(event),
            together::begun_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    for (place, of) in (0_i32..).zip(parts) {
        let draft = drafts::begin(c, ring, now, whose, of, &Draft::default())?;
        diesel::insert_into(together_parts::table)
            .values((
                together_parts::citizen_id.eq(citizen),
                together_parts::id.eq(draft),
                together_parts::together_id.eq(id),
                together_parts::place.eq(place),
                together_parts::service.eq(&of.service),
            ))
            .execute(c)?;
    }
    Ok(id)
}

/// What this person began, for the one they act for now.
pub fn find(c: &mut Conn, whose: &Whose, id: TogetherId) -> Result<Standing, CaseError> {
    let row: Option<Together> = together::table
        .filter(together::citizen_id.eq(whose.party.acting))
        .filter(together::id.eq(id))
        .select(Together::as_select())
        .first(c)
        .optional()?;
    let row = row.filter(|row| is_for(row, whose)).ok_or(CaseError::Unknown)?;
    let parts: Vec<Part> = together_parts::table
        .filter(together_parts::citizen_id.eq(row.citizen_id))
        .filter(together_parts::together_id.eq(id))
        .order(together_parts::place)
        .select(Part::as_select())
        .load(c)?;
    let ids: Vec<DraftId> = parts.iter().map(|part| part.id).collect();
    let drafts = drafts_table::table
        .filter(drafts_table::citizen_id.eq(row.citizen_id))
        .filter(drafts_table::id.eq_any(&ids))
        .select(DraftRow::as_select())
        .load(c)?;
    let cases: Vec<Case> = cases::table
        .filter(cases::citizen_id.eq(whose.owner()))
        .filter(cases::id.eq_any(&ids))
        .select(Case::as_select())
        .load(c)?;
    let cases = cases.into_iter().filter(|case| case.company_id == whose.company()).collect();
    Ok(Standing { together: row, parts, drafts, cases })
}

/// What they began, newest first; for one event only, if it is named.
pub fn begun(c: &mut Conn, whose: &Whose, event: Option<&str>) -> Result<Vec<Together>, CaseError> {
    let rows: Vec<Together> = together::table
        .filter(together::citizen_id.eq(whose.party.acting))
        .order(together::id.desc())
        .limit(LISTED)
        .select(Together::as_select())
        .load(c)?;
    let here = |row: &Together| is_for(row, whose) && event.is_none_or(|event| row.event == event);
    Ok(rows.into_iter().filter(here).collect())
}

fn is_for(row: &Together, whose: &Whose) -> bool {
    (row.for_id, row.company_id) == (whose.represents(), whose.company())
}

/// Of what a draft is a part.
pub fn of_draft(c: &mut Conn, citizen: CitizenId, draft: DraftId) -> Result<Option<TogetherId>, DbError> {
    Ok(together_parts::table
        .filter(together_parts::citizen_id.eq(citizen))
        .filter(together_parts::id.eq(draft))
        .select(together_parts::together_id)
        .first(c)
        .optional()?)
}

/// Forgets what was begun so long ago that nobody follows it any more. Its cases stay.
pub fn sweep(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let old = together::table.filter(together::begun_at.lt(Stamp::from(now - FOLLOWED)));
    let parts = together_parts::table.filter(together_parts::together_id.eq_any(old.select(together::id)));
    diesel::delete(parts).execute(c)?;
    diesel::delete(together::table.filter(together::begun_at.lt(Stamp::from(now - FOLLOWED)))).execute(c)?;
    Ok(())
}

/// What one application tells another: its right answers to what both ask. By the other's service and question.
pub fn told<'e>(
    event: &'e LifeEvent,
    service: &str,
    filled: &Filled<'_, '_>,
) -> Vec<(&'e str, &'e str, Value)> {
    let mut told = Vec::new();
    for same in &event.same {
        let places = || same.answers.iter().filter_map(|at| at.split_once('/'));
        let own = places().find(|(code, _)| *code == service);
        let Some((_, name)) = own.filter(|(_, name)| filled.problem(name).is_none()) else { continue };
        let Some(value) = filled.document().get(name) else { continue };
        let others = places().filter(|(code, _)| *code != service);
        told.extend(others.map(|(code, name)| (code, name, value.clone())));
    }
    told
}
