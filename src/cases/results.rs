//! Decisions as documents: each has a code by which anybody can see that it is the city's own.

use diesel::prelude::*;

use super::{
    CaseError,
    life::Act,
    model::{Case, CaseId},
    steps::Step,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{case_results, cases},
    },
    each,
    ledger::{self, CitizenId, Private, Warrant},
    platform::{Moment, keys::KeyRing, spoken},
};

pub(super) const CODE: &str = "case_results.code";
/// Five bits each: a hundred in all.
const LENGTH: usize = 20;

/// What is a decision.
pub const fn decides(act: Act) -> bool {
    matches!(act, Act::NotAccept | Act::Grant | Act::Refuse | Act::Terminate)
}

/// The step by which a case was decided.
pub fn decision(steps: &[Step]) -> Option<(&Step, Act)> {
    let decided = |step: &Step| Act::named(&step.act).filter(|act| decides(*act));
    steps.iter().rev().find_map(|step| decided(step).map(|act| (step, act)))
}

pub fn is_decision(steps: &[Step]) -> bool {
    decision(steps).is_some()
}

/// Gives a decision its code. It keeps the first it got.
pub(super) fn issue(c: &mut Conn, ring: &KeyRing, now: Moment, case: &Case) -> Result<(), CaseError> {
    let code = spoken::new::<LENGTH>().map_err(|error| CaseError::Stored(error.to_string()))?;
    let row = (
        case_results::citizen_id.eq(case.citizen_id),
        case_results::id.eq(case.id),
        case_results::code.eq(ledger::seal(c, ring, case.citizen_id, CODE, &code)?),
        case_results::code_hash.eq(ring.lookup(CODE, code.as_bytes()).to_vec()),
        case_results::made_at.eq(Stamp::from(now)),
    );
    each!(c, |c| diesel::insert_into(case_results::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// The code of a decision, as it is printed.
pub fn code(
    c: &mut Conn,
    ring: &KeyRing,
    case: &Case,
    warrant: &Warrant,
) -> Result<Option<String>, CaseError> {
    let sealed: Option<Private> = case_results::table
        .filter(case_results::citizen_id.eq(case.citizen_id))
        .filter(case_results::id.eq(case.id))
        .select(case_results::code)
        .first(c)
        .optional()?;
    let code = sealed.map(|sealed| warrant.open(c, ring, CODE, &sealed)).transpose()?;
    Ok(code.map(|code| spoken::grouped(&code)))
}

/// The case whose decision has this code, and when it got it. Nothing of it that is personal is opened.
pub fn find(c: &mut Conn, ring: &KeyRing, typed: &str) -> Result<Option<(Case, Moment)>, CaseError> {
    let Some(code) = spoken::read(typed, LENGTH) else { return Ok(None) };
    let hash = ring.lookup(CODE, code.as_bytes()).to_vec();
    let found: Option<(CitizenId, CaseId, Stamp)> = case_results::table
        .filter(case_results::code_hash.eq(hash))
        .select((case_results::citizen_id, case_results::id, case_results::made_at))
        .first(c)
        .optional()?;
    let Some((citizen, id, at)) = found else { return Ok(None) };
    let case = cases::table
        .filter(cases::citizen_id.eq(citizen))
        .filter(cases::id.eq(id))
        .select(Case::as_select())
        .first(c)
        .optional()?;
    Ok(case.map(|case| (case, at.moment())))
}
