//! What the applicant does with a case.

use diesel::prelude::*;

use super::{
    CaseError, Whose,
    follow::TakeBack,
    life::{Act, By, next},
    model::Case,
    queries, report,
    steps::{self, Doer, Said},
};
use crate::{
    accounts::acting::{self, What},
    db::{Conn, schema::cases},
    jobs,
    platform::{Moment, keys::KeyRing},
};

/// Whether the applicant can take it back as it stands.
pub fn can_withdraw(case: &Case) -> bool {
    case.state().is_ok_and(|state| next(state, Act::Withdraw, By::Applicant).is_some())
}

/// Takes a case back. What has not been sent is not sent any more; what has, the agency is told.
pub fn withdraw(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    (reference, reason): (&str, &str),
) -> Result<Case, CaseError> {
    let mut case = queries::find(c, whose, reference)?;
    let whom = whose.party.acting.to_string();
    let doer = Doer { by: By::Applicant, whom: &whom };
    let reason = reason.trim();
    let said = Said { reason: (!reason.is_empty()).then(|| reason.to_owned()), ..Said::default() };
    steps::take(c, ring, now, &mut case, (Act::Withdraw, &doer), &said)?;
    acting::done(c, now, &whose.party, What::Service, Some(&case.service))?;
    // As it is now that nobody begins to hand it over any more: that may have begun since the case was read.
    case.handover = report::own(&case).select(cases::handover).first(c)?;
    // An agency that waits for a correction has had the application for long.
    if matches!(case.handover.as_str(), "taken" | "unknown") || case.round > 0 && !case.is_at_desk() {
        jobs::enqueue(c, now, &TakeBack::of(&case))?;
    } else {
        diesel::update(report::own(&case)).set(cases::next_try_at.eq(None::<crate::db::Stamp>)).execute(c)?;
    }
    steps::tell(c, now, &case)?;
    Ok(case)
}
