//! What happens to a case: each step through the one table, on record, and told.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;

use super::{
    CaseError, correct,
    life::{Act, By, State, next},
    model::{Case, CaseId, Ended, StepId, StepRow},
    results,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{case_steps, cases},
    },
    jobs,
    ledger::{self, CitizenId, Warrant},
    notices::{CaseNews, Principal},
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// Where what was said is sealed.
pub(super) const SAID: &str = "case_steps.said";
/// The first step, which leads from nothing.
pub(super) const SUBMIT: &str = "submit";

/// What was said with a step, for the applicant to read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why, in the words that the agency's package has for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Bilingual>,
    /// What is to be put right: the field or paper, and what to do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Documents of the agency: the name by which it gives each, and what it is called.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parcel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// Where it can be picked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Handed over against the code that the person had.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_code: bool,
    /// Who signed for it on paper, where the code was not at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<String>,
    /// The law by which the clock stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Who is responsible instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_to: Option<String>,
    /// Why somebody above asked for a correction of what had been seen before. Shown to officers only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<String>,
}

impl Said {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doer<'a> {
    pub by: By,
    /// A citizen's id, an agency's name, a job's kind: never a person's name.
    pub whom: &'a str,
}

/// A step as it is shown.
#[derive(Debug, Clone)]
pub struct Step {
    pub at: Moment,
    pub by: String,
    /// A citizen's or an officer's id, an agency's name, a job's kind.
    pub whom: String,
    pub act: String,
    pub to: State,
    pub said: Said,
}

/// Does something with a case: through the table, in the caller's transaction, on record. Telling is the caller's,
/// who knows which of several steps the person should hear of.
pub(super) fn take(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    case: &mut Case,
    (act, doer): (Act, &Doer<'_>),
    said: &Said,
) -> Result<State, CaseError> {
    let from = case.state()?;
    let to = next(from, act, doer.by).ok_or(CaseError::NotNow)?;
    if act == Act::Extend && case.extended_by > 0 {
        return Err(CaseError::NotNow);
    }
    write(c, ring, now, case, (act.tag(), Some(from), to), doer, said)?;
    to.tag().clone_into(&mut case.state);
    case.changed_at = now.into();
    if act == Act::Accept {
        case.accepted_on = Some(city_day(now));
    }
    if act == Act::Deem {
        case.accepted_on = Some(city_day(case.handed_at()));
    }
    if act == Act::Correct {
        case.round += 1;
    }
    // A date that was for what is done now is no date for what comes.
    case.due_on = said.due;
    let own = cases::table.filter(cases::citizen_id.eq(case.citizen_id)).filter(cases::id.eq(case.id));
    // Whoever was faster has changed what this was decided by.
    let moved = diesel::update(own.filter(cases::state.eq(from.tag())))
        .set((
            cases::state.eq(to.tag()),
            cases::changed_at.eq(Stamp::from(now)),
            cases::accepted_on.eq(case.accepted_on),
            cases::due_on.eq(case.due_on),
            cases::round.eq(case.round),
        ))
        .execute(c)?;
    if moved != 1 {
        return Err(CaseError::NotNow);
    }
    if act == Act::AskCorrection {
        correct::watch(c, now, case)?;
    }
    if [from, to].contains(&State::CorrectionRequired) {
        jobs::enqueue(c, now, &correct::Dated::of(case))?;
    }
    if to.may_be_rated() {
        let ended = Ended { citizen: case.citizen_id, reference: case.reference.clone() };
        jobs::enqueue(c, now, &ended)?;
    }
    if results::decides(act) {
        results::issue(c, ring, now, case)?;
    }
    Ok(to)
}

/// Writes a step down.
pub(super) fn write(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    case: &Case,
    (act, from, to): (&str, Option<State>, State),
    doer: &Doer<'_>,
    said: &Said,
) -> Result<(), CaseError> {
    let said = if said.is_nothing() {
        None
    } else {
        let text = serde_json::to_string(said).map_err(|error| CaseError::Stored(error.to_string()))?;
        Some(ledger::seal(c, ring, case.citizen_id, SAID, &text)?)
    };
    diesel::insert_into(case_steps::table)
        .values((
            case_steps::citizen_id.eq(case.citizen_id),
            case_steps::id.eq(StepId::new()),
            case_steps::case_id.eq(case.id),
            case_steps::at.eq(Stamp::from(now)),
            case_steps::by_kind.eq(doer.by.tag()),
            case_steps::by_whom.eq(doer.whom),
            case_steps::act.eq(act),
            case_steps::from_state.eq(from.map(State::tag)),
            case_steps::to_state.eq(to.tag()),
            case_steps::said.eq(said),
        ))
        .execute(c)?;
    Ok(())
}

/// The word by which people are told that the term was lengthened, which the law asks for.
pub(super) const EXTENDED: &str = "extended";

/// Has the owner told where the case stands now, and whoever handed it in for them.
pub(super) fn tell(c: &mut Conn, now: Moment, case: &Case) -> Result<(), CaseError> {
    tell_of(c, now, case, &case.state)
}

/// The same with a word of its own for what there is to tell.
pub(super) fn tell_of(c: &mut Conn, now: Moment, case: &Case, word: &str) -> Result<(), CaseError> {
    let news = |citizen: CitizenId| CaseNews {
        citizen,
        principal: Principal::of(case.citizen_id, case.company_id, citizen),
        case: case.id.uuid(),
        reference: case.reference.clone(),
        service: case.service.clone(),
        agency: case.agency.clone(),
        state: word.to_owned(),
    };
    // A company's matters are its agents' to hear of.
    let owner = (case.relation != "company").then_some(case.citizen_id);
    let agent = (Some(case.acting_id) != owner).then_some(case.acting_id);
    for citizen in owner.into_iter().chain(agent) {
        jobs::enqueue(c, now, &news(citizen))?;
    }
    Ok(())
}

/// Everything that happened to a case, oldest first.
pub fn of_case(
    c: &mut Conn,
    ring: &KeyRing,
    case: (CitizenId, CaseId),
    warrant: &Warrant,
) -> Result<Vec<Step>, CaseError> {
    let rows: Vec<StepRow> = case_steps::table
        .filter(case_steps::citizen_id.eq(case.0))
        .filter(case_steps::case_id.eq(case.1))
        .order(case_steps::id)
        .select(StepRow::as_select())
        .load(c)?;
    rows.into_iter()
        .map(|row| {
            let said = match &row.said {
                Some(said) => serde_json::from_str(&warrant.open(c, ring, SAID, said)?)
                    .map_err(|error| CaseError::Stored(error.to_string()))?,
                None => Said::default(),
            };
            let to = State::named(&row.to_state);
            let to = to.ok_or_else(|| CaseError::Stored(format!("the state {}", row.to_state)))?;
            let (at, by, whom) = (row.at.moment(), row.by_kind, row.by_whom);
            Ok(Step { at, by, whom, act: row.act, to, said })
        })
        .collect()
}
