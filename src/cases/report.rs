//! What an agency says of a case, by answer, by event or by daily file: taken over once, in its order, through the
//! table.

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_contract::capability::{
    EventKind,
    case::{Output, Status},
    event::CaseChanged,
    person::FileRef,
};

use super::{
    CaseError, correct,
    life::{Act, By, State, way},
    model::Case,
    queries,
    steps::{self, Doer, Said},
};
use crate::{
    db::{Conn, DbError, schema::cases},
    gateway::events::{Applies, Inbound, Settled},
    ledger::LedgerError,
    platform::{Moment, clock::city_day, keys::KeyRing},
};

use std::sync::Arc;

/// The days by which a term is lengthened where the agency names none.
pub(super) const EXTENSION: u8 = 10;
const MOST_DOCUMENTS: usize = 20;
const LONGEST_NAME: usize = 200;

/// Where a word of the contract leads. `None`: it says nothing new of the case.
const fn state_of(status: Status) -> Option<State> {
    Some(match status {
        Status::CorrectionRequired => State::CorrectionRequired,
        Status::Accepted => State::Accepted,
        Status::NotAccepted => State::NotAccepted,
        Status::InReview | Status::Extended => State::InReview,
        Status::Suspended => State::Suspended,
        Status::Granted => State::Granted,
        Status::Refused => State::Refused,
        Status::Terminated => State::Terminated,
        Status::Delivering => State::Delivering,
        Status::Delivered => State::Delivered,
        Status::Withdrawn => State::Withdrawn,
        Status::Received | Status::Pending => return None,
    })
}

/// Takes over what an agency says. `false`: it changes nothing, because it is known, or because there is no way from
/// here to there: a decision is not taken back by a message.
pub(super) fn take_over(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    case: &mut Case,
    output: &Output,
) -> Result<bool, CaseError> {
    remember_number(c, case, output.reference.as_deref())?;
    let Some(to) = state_of(output.status) else { return Ok(false) };
    let from = case.state()?;
    // The agency asks for what is on its way to it.
    if to == State::CorrectionRequired && case.is_correcting() {
        return Ok(false);
    }
    if from == State::CorrectionRequired && to == from {
        return correct::more_time(c, now, case, output.due).map(|()| false);
    }
    let agency = case.agency.clone();
    let doer = Doer { by: By::Agency, whom: &agency };
    let said = Said {
        reason: output.reason.clone(),
        words: None,
        corrections: output.corrections.iter().map(|one| (one.about.clone(), one.text.clone())).collect(),
        due: output.due,
        files: documents(output),
        parcel: output.parcel.clone(),
        ..Said::default()
    };
    let Some(way) = way(from, to) else {
        tracing::warn!(agency, from = from.tag(), to = to.tag(), "an agency tells of a case what cannot be");
        return Ok(false);
    };
    let last = way.len().saturating_sub(1);
    for (at, edge) in way.iter().enumerate() {
        let with = if at == last { said.clone() } else { Said::default() };
        steps::take(c, ring, now, case, (edge.act, &doer), &with)?;
    }
    if way.iter().any(|edge| edge.act == Act::Accept) {
        let (handed_in, today) = (city_day(case.handed_at()), city_day(now));
        case.accepted_on = Some(accepted_on(handed_in, output.since, today));
        diesel::update(own(case)).set(cases::accepted_on.eq(case.accepted_on)).execute(c)?;
    }
    let extends = output.status == Status::Extended && case.extended_by == 0;
    if extends {
        steps::take(c, ring, now, case, (Act::Extend, &doer), &said)?;
        case.extended_by = EXTENSION.into();
        diesel::update(own(case)).set(cases::extended_by.eq(case.extended_by)).execute(c)?;
    }
    let changed = extends || !way.is_empty();
    if extends {
        steps::tell_of(c, now, case, steps::EXTENDED)?;
    } else if changed {
        steps::tell(c, now, case)?;
    }
    Ok(changed)
}

/// The day on which an agency took a case on, as it says: some tell of it days later, by a daily file. Not before it was handed
/// in, and not in the days to come.
fn accepted_on(handed_in: NaiveDate, since: Option<Moment>, today: NaiveDate) -> NaiveDate {
    since.map_or(today, |since| city_day(since).min(today).max(handed_in))
}

/// The documents that belong to what an agency says: its decision, a certificate. More of them, or longer names, none has.
fn documents(output: &Output) -> Vec<(String, String)> {
    let fits = |file: &&FileRef| !file.id.is_empty() && file.id.len() <= LONGEST_NAME;
    let called = |file: &FileRef| -> String { file.name.chars().take(LONGEST_NAME).collect() };
    let files = output.files.iter().filter(fits).take(MOST_DOCUMENTS);
    files.map(|file| (file.id.clone(), called(file))).collect()
}

/// The agency's own number is written down when it is first told, and never changed: a case is not another's.
fn remember_number(c: &mut Conn, case: &mut Case, number: Option<&str>) -> Result<(), CaseError> {
    let Some(number) = number.filter(|number| !number.is_empty() && number.len() <= 200) else {
        return Ok(());
    };
    if case.agency_reference.is_none() {
        diesel::update(own(case)).set(cases::agency_reference.eq(number)).execute(c)?;
        case.agency_reference = Some(number.to_owned());
    } else if case.agency_reference.as_deref() != Some(number) {
        tracing::warn!(
            agency = case.agency,
            "an agency gives a case a second number, which is not taken over"
        );
    }
    Ok(())
}

#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn own(case: &Case) -> _ {
    let (citizen, id): (crate::ledger::CitizenId, super::CaseId) = (case.citizen_id, case.id);
    cases::table.filter(cases::citizen_id.eq(citizen)).filter(cases::id.eq(id))
}

/// Events about cases.
pub struct Reports {
    ring: Arc<KeyRing>,
}

impl Reports {
    pub fn new(ring: Arc<KeyRing>) -> Self {
        Self { ring }
    }
}

impl Applies for Reports {
    fn kind(&self) -> EventKind {
        EventKind::CaseChanged
    }

    fn apply(&self, c: &mut Conn, now: Moment, event: &Inbound) -> Result<Settled, DbError> {
        let Ok(CaseChanged { case, now: output, .. }) =
            serde_json::from_value::<CaseChanged>(event.data.clone())
        else {
            return Ok(Settled::Refused("it does not have the form of a case"));
        };
        let applied = queries::of_agency(c, &event.agency, case.as_deref(), output.reference.as_deref())
            .and_then(|found| match found {
                Some(mut case) => take_over(c, &self.ring, now, &mut case, &output).map(Some),
                None => Ok(None),
            });
        match applied {
            Ok(Some(_)) => Ok(Settled::Applied),
            // The answer to the submission, with the agency's number, may still be on its way.
            Ok(None) => Ok(Settled::NotYet),
            Err(CaseError::Db(error) | CaseError::Ledger(LedgerError::Db(error))) => Err(error),
            Err(CaseError::Ledger(LedgerError::Erased)) => Ok(Settled::Refused("the person was erased")),
            Err(error) => {
                tracing::error!(agency = event.agency, %error, "an event about a case cannot be applied");
                Ok(Settled::Refused("it cannot be applied"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_runs_from_the_day_that_the_agency_names_within_reason() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (handed_in, today) = (day("2026-11-20"), day("2026-11-24"));
        for (since, from) in [
            (None, "2026-11-24"),
            // Friday, told on Tuesday; in the city it is a day later than in Greenwich.
            (Some("2026-11-20T08:00:00Z"), "2026-11-20"),
            (Some("2026-11-22T17:00:00Z"), "2026-11-23"),
            (Some("2020-01-01T00:00:00Z"), "2026-11-20"),
            (Some("2031-01-01T00:00:00Z"), "2026-11-24"),
        ] {
            let said = since.map(|since| since.parse::<Moment>().unwrap());
            assert_eq!(accepted_on(handed_in, said, today), day(from), "{since:?}");
        }
    }
}
