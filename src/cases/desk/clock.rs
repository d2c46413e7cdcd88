//! By when the agency has to do the next step. Whose turn it is decides which clock runs, and none runs while the
//! applicant corrects.

use std::sync::Arc;

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_contract::service::Service;

use crate::{
    cases::{
        CaseError,
        life::State,
        model::Case,
        term::{self, Term},
    },
    catalogue::Edition,
    db::{
        Conn, Stamp,
        schema::{case_steps, desk_work},
    },
    platform::{
        calendar::{Due, WorkingCalendar},
        clock::city_day,
    },
};

/// Working days to accept what was handed in, or to say everything that is missing. The law on permits, article 32.
const TO_ACCEPT: u32 = 5;
/// Working days to hand over what was granted. The same law, article 44.
const TO_DELIVER: u32 = 10;

/// What terms are counted by: the calendar, and what the service promises.
#[derive(Clone)]
pub struct Clocks {
    edition: Arc<Edition>,
    code: String,
}

impl Clocks {
    pub fn of(edition: &Arc<Edition>, service: &str) -> Self {
        Self { edition: Arc::clone(edition), code: service.to_owned() }
    }

    /// The service, unless it has left the city.
    pub fn service(&self) -> Option<&Service> {
        self.edition.catalogue.service(&self.code).map(|entry| &entry.service)
    }

    fn due(&self, c: &mut Conn, case: &Case) -> Result<Option<Due>, CaseError> {
        let runs = matches!(case.state()?, State::Accepted | State::InReview);
        let pauses = if runs { pauses(c, case)? } else { Vec::new() };
        due(&self.edition.catalogue.calendar, self.service(), case, &pauses)
    }
}

/// By when somebody has to do something with a case as it stands. The pauses count only while the term runs.
pub(super) fn due(
    calendar: &WorkingCalendar,
    service: Option<&Service>,
    case: &Case,
    pauses: &[(NaiveDate, NaiveDate)],
) -> Result<Option<Due>, CaseError> {
    Ok(match case.state()? {
        State::Submitted | State::Resubmitted => {
            Some(calendar.working_days_after(city_day(case.handed_at()), TO_ACCEPT))
        }
        State::Accepted | State::InReview => {
            let Some((service, start)) = service.zip(case.accepted_on) else { return Ok(None) };
            let extra = u32::try_from(case.extended_by).unwrap_or_default();
            Some(Term::promised(&service.time).extended(extra).due(calendar, start, pauses))
        }
        State::Granted | State::Delivering => {
            Some(calendar.working_days_after(city_day(case.changed_at.moment()), TO_DELIVER))
        }
        // The day until which it was said to stand still: then somebody has to look.
        State::Suspended => case.due_on.map(|on| Due { on, provisional: false }),
        _ => None,
    })
}

/// The days on which a case's clock stood still.
pub(in crate::cases) fn pauses(c: &mut Conn, case: &Case) -> Result<Vec<(NaiveDate, NaiveDate)>, CaseError> {
    let steps: Vec<(Stamp, String)> = case_steps::table
        .filter(case_steps::citizen_id.eq(case.citizen_id))
        .filter(case_steps::case_id.eq(case.id))
        .order(case_steps::id)
        .select((case_steps::at, case_steps::act))
        .load(c)?;
    Ok(term::pauses(steps.iter().map(|(at, act)| (city_day(at.moment()), act.as_str()))))
}

/// Sets the clock of a case as it stands now. One that the desk does not have has none.
pub fn wind(c: &mut Conn, clocks: &Clocks, case: &Case) -> Result<(), CaseError> {
    let due = clocks.due(c, case)?;
    let own =
        desk_work::table.filter(desk_work::citizen_id.eq(case.citizen_id)).filter(desk_work::id.eq(case.id));
    diesel::update(own)
        .set((
            desk_work::clock_on.eq(due.map(|due| due.on)),
            desk_work::provisional.eq(due.is_some_and(|due| due.provisional)),
        ))
        .execute(c)?;
    Ok(())
}
