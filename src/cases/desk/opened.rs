//! A case opened by an officer, which is a look that the person sees.

use diesel::prelude::*;
use serde_json::{Map, Value};
use yimen_contract::service::Delivery;

use super::{
    actions::look,
    model::{DeskError, Work},
    propose::{self, Proposal},
    queries,
    seat::Seat,
};
use crate::{
    accounts,
    cases::{
        CaseError, correct,
        delivery::{self, Chosen},
        model::Case,
        papers::{FileId, Paper, Promise, kept},
        steps::{self, Step},
        submit,
    },
    db::{Conn, Stamp, schema::desk_work},
    ledger::{self, CitizenId, Look},
    platform::{Moment, keys::KeyRing},
};

/// A case as an officer sees it.
#[derive(Debug)]
pub struct Opened {
    pub case: Case,
    pub work: Work,
    /// Of the applicant; of whoever acts for a company.
    pub name: Option<String>,
    pub answers: Map<String, Value>,
    /// The answers as they were before each correction.
    pub before: Vec<Map<String, Value>>,
    /// How they want the result.
    pub delivery: Option<Chosen>,
    pub papers: Vec<Paper>,
    pub promised: Vec<Promise>,
    pub steps: Vec<Step>,
    pub proposals: Vec<Proposal>,
}

/// Whom a case is about, as officers know it: a company's legal person is not theirs to see.
fn person(case: &Case) -> CitizenId {
    if case.relation == "company" { case.acting_id } else { case.citizen_id }
}

/// Opens a case. The person sees who did.
pub fn open(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    reference: &str,
) -> Result<Opened, DeskError> {
    seat.worker()?;
    let (case, work) = queries::one(c, seat, reference)?;
    let me = seat.member.id;
    let posted = delivery::way(c, &case)? == Some(Delivery::Post);
    let fields: &[&str] =
        if posted { &["name", "answers", "papers", "address"] } else { &["name", "answers", "papers"] };
    let warrant = ledger::look(c, ring, now, &look(&case, me, fields))?;
    let delivery = delivery::chosen(c, ring, &case, &warrant)?;
    let name = if person(&case) == case.citizen_id {
        accounts::name(c, ring, &warrant)?
    } else {
        let agent = Look { citizen: person(&case), ..look(&case, me, &["name"]) };
        let warrant = ledger::look(c, ring, now, &agent)?;
        accounts::name(c, ring, &warrant)?
    };
    let answers = submit::answers(c, ring, &case, &warrant)?;
    let before = correct::replaced(c, ring, &case, &warrant)?;
    let slot = kept::of_case(case.citizen_id, case.id);
    let (papers, promised) = (kept::list(c, ring, slot, &warrant)?, kept::promised(c, slot)?);
    let steps = steps::of_case(c, ring, (case.citizen_id, case.id), &warrant)?;
    let proposals = propose::of_case(c, ring, &case, &warrant)?;
    let own =
        desk_work::table.filter(desk_work::citizen_id.eq(case.citizen_id)).filter(desk_work::id.eq(case.id));
    diesel::update(own).set(desk_work::seen_at.eq(Some(Stamp::from(now)))).execute(c)?;
    Ok(Opened { case, work, name, answers, before, delivery, papers, promised, steps, proposals })
}

/// A paper of a case, with the look that opening it is.
pub fn paper(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    (reference, id): (&str, FileId),
) -> Result<Paper, DeskError> {
    seat.worker()?;
    let (case, _) = queries::one(c, seat, reference)?;
    let warrant = ledger::look(c, ring, now, &look(&case, seat.member.id, &["papers"]))?;
    let paper = kept::find(c, ring, (kept::of_case(case.citizen_id, case.id), id), &warrant)?;
    // What waits for a correction is not handed in yet.
    if paper.handed_in.is_none() {
        return Err(CaseError::Unknown.into());
    }
    Ok(paper)
}

/// The full identity number, for a reason that the person reads.
pub fn number(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    (reference, reason): (&str, &str),
) -> Result<Option<String>, DeskError> {
    seat.worker()?;
    if reason.trim().is_empty() {
        return Err(DeskError::NotWhole);
    }
    let (case, _) = queries::one(c, seat, reference)?;
    let look = Look {
        citizen: person(&case),
        detail: Some(reason),
        ..look(&case, seat.member.id, &["identity-number"])
    };
    let warrant = ledger::look(c, ring, now, &look)?;
    Ok(accounts::details(c, ring, &warrant)?.identity_number)
}
