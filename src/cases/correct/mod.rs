//! What the applicant puts right: only what was asked for, stored with the case before anybody is told, brought to the
//! agency like the application itself, and ended by the clock if it does not come.

mod due;
mod opened;
mod send;

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::{
    CaseError, Whose,
    deliver::Deliver,
    desk::{self, Clocks},
    life::{Act, By, State},
    model::{Case, RoundId},
    papers::kept,
    queries, report,
    steps::{self, Doer, Said, Step},
    submit::ANSWERS,
};
use crate::{
    accounts::acting::{self, What},
    db::{
        Conn, Stamp,
        schema::{case_rounds, cases},
    },
    jobs,
    ledger::{self, Warrant},
    platform::{Moment, keys::KeyRing},
};

pub use due::{CorrectionDue, Dated, come_due};
pub(super) use due::{more_time, watch};
pub(super) use opened::{label, page};
pub(super) use send::deliver;

/// What the agency asked for last.
pub fn asked(steps: &[Step]) -> &[(String, String)] {
    let asks = |step: &&Step| step.act == Act::AskCorrection.tag();
    steps.iter().rev().find(asks).map_or(&[], |step| step.said.corrections.as_slice())
}

/// A correction as it was handed in.
pub struct Correction<'a> {
    pub reference: &'a str,
    /// How often the case had been put right before, as the page said that was filled in.
    pub after: i32,
    /// All answers as they are now.
    pub answers: &'a Map<String, Value>,
    /// The places of papers at which something new must lie.
    pub papers: &'a [String],
}

/// Puts a case right. The second of two clicks changes nothing.
pub fn correct(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    clocks: &Clocks,
    correction: &Correction<'_>,
) -> Result<Case, CaseError> {
    let mut case = queries::find(c, whose, correction.reference)?;
    if case.round == correction.after + 1 && case.state()? != State::CorrectionRequired {
        return Ok(case);
    }
    if case.round != correction.after {
        return Err(CaseError::NotNow);
    }
    if !kept::complete(c, now, &case, correction.papers)? {
        return Err(CaseError::NotNow);
    }
    let (whom, before) = (whose.party.acting.to_string(), case.answers.clone());
    let doer = Doer { by: By::Applicant, whom: &whom };
    steps::take(c, ring, now, &mut case, (Act::Correct, &doer), &Said::default())?;
    diesel::insert_into(case_rounds::table)
        .values((
            case_rounds::citizen_id.eq(case.citizen_id),
            case_rounds::id.eq(RoundId::new()),
            case_rounds::case_id.eq(case.id),
            case_rounds::round.eq(case.round),
            case_rounds::answers.eq(before),
            case_rounds::replaced_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    let text = Value::Object(correction.answers.clone()).to_string();
    case.answers = ledger::seal(c, ring, case.citizen_id, ANSWERS, &text)?;
    case.handed_at = Some(now.into());
    let (none, again) = (None::<Stamp>, !case.is_at_desk());
    if again {
        "queued".clone_into(&mut case.handover);
    }
    diesel::update(report::own(&case))
        .set((
            cases::answers.eq(&case.answers),
            cases::handed_at.eq(case.handed_at),
            cases::handover.eq(&case.handover),
            cases::sent_at.eq(none),
            cases::next_try_at.eq(none),
        ))
        .execute(c)?;
    acting::done(c, now, &whose.party, What::Service, Some(&case.service))?;
    if again {
        jobs::enqueue(c, now, &Deliver::of(&case))?;
    } else {
        desk::wind(c, clocks, &case)?;
    }
    steps::tell(c, now, &case)?;
    Ok(case)
}

/// The answers as they were before each correction, the first first.
pub(super) fn replaced(
    c: &mut Conn,
    ring: &KeyRing,
    case: &Case,
    warrant: &Warrant,
) -> Result<Vec<Map<String, Value>>, CaseError> {
    let rows: Vec<ledger::Private> = case_rounds::table
        .filter(case_rounds::citizen_id.eq(case.citizen_id))
        .filter(case_rounds::case_id.eq(case.id))
        .order(case_rounds::round)
        .select(case_rounds::answers)
        .load(c)?;
    let read = |sealed: &ledger::Private| {
        let text = warrant.open(c, ring, ANSWERS, sealed)?;
        serde_json::from_str(&text).map_err(|error| CaseError::Stored(error.to_string()))
    };
    rows.iter().map(read).collect()
}
