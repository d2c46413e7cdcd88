//! Handing in: the reference and the key by which the agency knows a repeat exist in the transaction that stores the
//! answers, before anybody is called.

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::{
    CaseError, Whose,
    deliver::Deliver,
    desk, drafts,
    life::{By, State},
    model::{Case, CaseId, DraftId, DraftRow, new_reference},
    occasion::Occasion,
    steps::{self, Doer, SUBMIT, Said},
};
use crate::{
    accounts::acting::{self, What},
    db::{Conn, Stamp, schema::cases},
    each, jobs,
    ledger::{self, CitizenId, Private, StaffId, Warrant},
    platform::{
        Moment,
        clock::{CITY_ZONE, city_day},
        keys::KeyRing,
    },
};

/// Where the answers are sealed.
pub(super) const ANSWERS: &str = "cases.answers";
pub(super) const OCCASION: &str = "cases.occasion";
/// So often a reference that is taken already is drawn anew. Once would do for a century.
const DRAWS: usize = 5;

/// What is handed in.
pub struct Submission<'a> {
    pub draft: &'a DraftRow,
    /// The answers, in the form of the schema.
    pub document: &'a Map<String, Value>,
    pub agency: &'a str,
    /// The agency's officers work it in the portal.
    pub desk: bool,
    /// The officer at a counter who filled it in.
    pub by: Option<StaffId>,
    /// The code of the district that it is about.
    pub district: Option<&'a str>,
}

/// Hands a draft in. Handing the same one in again changes nothing and finds the same case.
pub fn submit(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    submission: &Submission<'_>,
) -> Result<Case, CaseError> {
    let Submission { draft, document, agency, desk, by, district } = submission;
    // The case has the draft's id: of two clicks one makes it and the other finds it.
    let (owner, id) = (whose.owner(), CaseId::from(draft.id.uuid()));
    if let Some(case) = super::queries::of_owner(c, owner, id)? {
        return Ok(case);
    }
    let answers = Value::Object((*document).clone()).to_string();
    let answers = ledger::seal(c, ring, owner, ANSWERS, &answers)?;
    let occasion = carried(c, ring, owner, draft)?;
    let year = chrono::Datelike::year(&city_day(now));
    for _ in 0..DRAWS {
        let reference = new_reference(year).map_err(|error| CaseError::Stored(error.to_string()))?;
        let row = (
            (
                cases::citizen_id.eq(owner),
                cases::id.eq(id),
                cases::reference.eq(reference),
                cases::company_id.eq(whose.company()),
                cases::acting_id.eq(whose.party.acting),
                cases::relation.eq(whose.relation()),
                cases::level.eq(i32::from(whose.level)),
            ),
            cases::service.eq(&draft.service),
            cases::agency.eq(agency),
            cases::version.eq(draft.version),
            cases::form.eq(Some(&draft.form)),
            cases::state.eq(State::Submitted.tag()),
            cases::answers.eq(&answers),
            cases::occasion.eq(&occasion),
            cases::submitted_at.eq(Stamp::from(now)),
            cases::changed_at.eq(Stamp::from(now)),
            cases::handover.eq(if *desk { "desk" } else { "queued" }),
            cases::handed_at.eq(Some(Stamp::from(now))),
            cases::district.eq(*district),
        );
        let made =
            each!(c, |c| diesel::insert_into(cases::table).values(row).on_conflict_do_nothing().execute(c))?;
        if made == 1 {
            let case = super::queries::of_owner(c, owner, id)?.ok_or(CaseError::Unknown)?;
            follow(c, ring, now, whose, (&case, *by))?;
            drafts::discard(c, draft.citizen_id, draft.id)?;
            return Ok(case);
        }
        // Of two clicks at the same moment the other was faster.
        if let Some(case) = super::queries::of_owner(c, owner, id)? {
            return Ok(case);
        }
    }
    Err(CaseError::Stored("no reference is free".to_owned()))
}

/// The record from which a draft was begun, sealed for whose the case is.
fn carried(
    c: &mut Conn,
    ring: &KeyRing,
    owner: CitizenId,
    draft: &DraftRow,
) -> Result<Option<Private>, CaseError> {
    let Some(occasion) = drafts::occasion(c, ring, draft)? else { return Ok(None) };
    let text = serde_json::to_string(&occasion).map_err(|error| CaseError::Stored(error.to_string()))?;
    Ok(Some(ledger::seal(c, ring, owner, OCCASION, &text)?))
}

/// The reference under which a draft was handed in already.
pub fn handed_in(c: &mut Conn, whose: &Whose, draft: DraftId) -> Result<Option<String>, CaseError> {
    let case = super::queries::of_owner(c, whose.owner(), CaseId::from(draft.uuid()))?;
    Ok(case.filter(|case| case.company_id == whose.company()).map(|case| case.reference))
}

/// What follows from handing in, in the same transaction.
fn follow(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    (case, by): (&Case, Option<StaffId>),
) -> Result<(), CaseError> {
    let whom = by.map_or_else(|| whose.party.acting.to_string(), |officer| officer.to_string());
    let doer = Doer { by: By::Applicant, whom: &whom };
    steps::write(c, ring, now, case, (SUBMIT, None, State::Submitted), &doer, &Said::default())?;
    acting::done(c, now, &whose.party, What::Service, Some(&case.service))?;
    if case.is_at_desk() {
        desk::arrive(c, case)?;
    } else {
        jobs::enqueue(c, now, &Deliver::of(case))?;
    }
    steps::tell(c, now, case)
}

/// What was handed in.
pub(super) fn answers(
    c: &mut Conn,
    ring: &KeyRing,
    case: &Case,
    warrant: &Warrant,
) -> Result<Map<String, Value>, CaseError> {
    let text = warrant.open(c, ring, ANSWERS, &case.answers)?;
    serde_json::from_str(&text).map_err(|error| CaseError::Stored(error.to_string()))
}

/// The record from which it was begun, as the person saw it.
pub(super) fn occasion(
    c: &mut Conn,
    ring: &KeyRing,
    case: &Case,
    warrant: &Warrant,
) -> Result<Option<Occasion>, CaseError> {
    let Some(sealed) = &case.occasion else { return Ok(None) };
    let text = warrant.open(c, ring, OCCASION, sealed)?;
    serde_json::from_str(&text).map(Some).map_err(|error| CaseError::Stored(error.to_string()))
}

/// The day in the city on which it was handed in.
pub fn day_of(case: &Case) -> chrono::NaiveDate {
    case.submitted_at.moment().with_timezone(&CITY_ZONE).date_naive()
}
