//! What was handed in about a record before. An agency's list may be behind what the agency decided, or has not got yet:
//! nobody is made to answer for the same thing twice because of it.

use diesel::prelude::*;

use super::{CaseError, Whose, life::State, model::Case, occasion::Occasion, submit};
use crate::{
    db::{Conn, schema::cases},
    platform::{Moment, keys::KeyRing},
};

/// So many of their newest are looked at.
const LOOKED_AT: i64 = 50;

/// Their case about this record: one that is under way, or was decided while the record still stands as it did then. What came
/// to nothing may be handed in again.
pub fn about(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (whose, service): (&Whose, &str),
    occasion: &Occasion,
) -> Result<Option<Case>, CaseError> {
    let counts = State::ALL.into_iter().filter(|state| !state.is_adverse() && *state != State::Withdrawn);
    let mut before: Vec<Case> = cases::table
        .filter(cases::citizen_id.eq(whose.owner()))
        .filter(cases::service.eq(service))
        .filter(cases::occasion.is_not_null())
        .filter(cases::state.eq_any(counts.map(State::tag).collect::<Vec<_>>()))
        .order(cases::submitted_at.desc())
        .limit(LOOKED_AT)
        .select(Case::as_select())
        .load(c)?;
    before.retain(|case| case.company_id == whose.company());
    if before.is_empty() {
        return Ok(None);
    }
    // One key opens them all.
    let warrant = whose.warrant(c, ring, now, service)?;
    for case in before {
        let Some(then) = submit::occasion(c, ring, &case, &warrant)? else { continue };
        let (then, now) = (&then.record, &occasion.record);
        let alike = (&then.state, &then.next) == (&now.state, &now.next);
        if then.reference == now.reference && (alike || !case.state()?.is_decided()) {
            return Ok(Some(case));
        }
    }
    Ok(None)
}
