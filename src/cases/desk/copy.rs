//! A copy of an application, and of what was decided on it, for somebody who asks for it at the counter. That it was made, by whom
//! and why is on the person's record.

use serde_json::{Map, Value};

use super::{actions::look, model::DeskError, queries, seat::Seat};
use crate::{
    accounts,
    cases::{
        model::Case,
        papers::{Paper, Promise, kept},
        results,
        steps::{self, Step},
        submit,
    },
    db::Conn,
    ledger::{self, Look, Purpose},
    platform::{Moment, keys::KeyRing},
};

/// What stands on a copy.
#[derive(Debug)]
pub struct Copied {
    pub case: Case,
    /// Of the applicant; a company's matter is addressed to the company.
    pub name: Option<String>,
    pub answers: Map<String, Value>,
    pub papers: Vec<Paper>,
    pub promised: Vec<Promise>,
    pub steps: Vec<Step>,
    /// The code of the decision, if there is one.
    pub code: Option<String>,
}

/// Makes a copy, for a reason that the person reads.
pub fn copy(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    (reference, reason): (&str, &str),
) -> Result<Copied, DeskError> {
    seat.worker()?;
    if reason.trim().is_empty() {
        return Err(DeskError::NotWhole);
    }
    let (case, _) = queries::one(c, seat, reference)?;
    let fields = &["name", "answers", "papers"];
    let copying =
        Look { purpose: Purpose::Counter, detail: Some(reason), ..look(&case, seat.member.id, fields) };
    let warrant = ledger::look(c, ring, now, &copying)?;
    let name = if case.company_id.is_some() { None } else { accounts::name(c, ring, &warrant)? };
    let answers = submit::answers(c, ring, &case, &warrant)?;
    let slot = kept::of_case(case.citizen_id, case.id);
    let (papers, promised) = (kept::list(c, ring, slot, &warrant)?, kept::promised(c, slot)?);
    let steps = steps::of_case(c, ring, (case.citizen_id, case.id), &warrant)?;
    let code = results::code(c, ring, &case, &warrant)?;
    Ok(Copied { case, name, answers, papers, promised, steps, code })
}
