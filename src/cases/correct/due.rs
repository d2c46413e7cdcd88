//! By when a correction is due: if it does not come the case ends by itself. That people are reminded of the day before is
//! `reminders`' business, which hears of it ([`Dated`]).

use chrono::{Days, NaiveDate, NaiveTime, TimeZone as _};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    cases::{
        CaseError, Means,
        follow::TakeBack,
        life::{Act, By, State},
        means::failure,
        model::{Case, CaseId},
        queries, report,
        steps::{self, Doer, Said},
    },
    db::{Conn, schema::cases},
    jobs::{self, Done, Failure, Job, Running},
    ledger::CitizenId,
    platform::{Moment, clock::CITY_ZONE, keys::KeyRing},
};

/// The day of a correction is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct CorrectionDue {
    citizen: CitizenId,
    case: CaseId,
    due: NaiveDate,
}

impl Job for CorrectionDue {
    const KIND: &'static str = "cases.correction-due";

    fn key(&self) -> Option<String> {
        Some(format!("{}-{}", self.case, self.due))
    }
}

/// The day by which an applicant must act is another, or none any more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dated {
    pub citizen: CitizenId,
    pub reference: String,
}

impl Job for Dated {
    const KIND: &'static str = "cases.dated";
}

impl Dated {
    pub(in crate::cases) fn of(case: &Case) -> Self {
        Self { citizen: case.citizen_id, reference: case.reference.clone() }
    }
}

/// The first moment of a day in the city.
fn beginning(day: NaiveDate) -> Moment {
    CITY_ZONE
        .from_local_datetime(&day.and_time(NaiveTime::MIN))
        .earliest()
        .map_or(Moment::MAX_UTC, |at| at.to_utc())
}

/// Has the day watched by which the applicant must act. An agency that names none waits as long as it likes.
pub(in crate::cases) fn watch(c: &mut Conn, now: Moment, case: &Case) -> Result<(), CaseError> {
    let Some(due) = case.due_on else { return Ok(()) };
    let end = beginning(due.checked_add_days(Days::new(1)).unwrap_or(due));
    let over = CorrectionDue { citizen: case.citizen_id, case: case.id, due };
    jobs::enqueue_at(c, now, end.max(now), &over)?;
    Ok(())
}

/// The agency gives more time. Less time than was promised it cannot give.
pub(in crate::cases) fn more_time(
    c: &mut Conn,
    now: Moment,
    case: &mut Case,
    due: Option<NaiveDate>,
) -> Result<(), CaseError> {
    if due.is_none() || due <= case.due_on {
        return Ok(());
    }
    case.due_on = due;
    diesel::update(report::own(case)).set(cases::due_on.eq(due)).execute(c)?;
    jobs::enqueue(c, now, &Dated::of(case))?;
    watch(c, now, case)
}

/// Runs [`CorrectionDue`].
pub async fn come_due(means: Means, job: CorrectionDue, running: Running) -> Result<Done, Failure> {
    let (ring, now) = (means.site.keys.clone(), means.site.clock.now());
    running.finish(move |c| settle(c, &ring, now, &job).map_err(failure)).await
}

fn settle(c: &mut Conn, ring: &KeyRing, now: Moment, job: &CorrectionDue) -> Result<(), CaseError> {
    let Some(mut case) = queries::of_owner(c, job.citizen, job.case)? else { return Ok(()) };
    // Put right meanwhile, ended, or given more time.
    if case.state()? != State::CorrectionRequired || case.due_on != Some(job.due) {
        return Ok(());
    }
    let doer = Doer { by: By::Clock, whom: CorrectionDue::KIND };
    steps::take(c, ring, now, &mut case, (Act::Lapse, &doer), &Said::default())?;
    if !case.is_at_desk() {
        jobs::enqueue(c, now, &TakeBack::of(&case))?;
    }
    steps::tell_of(c, now, &case, "lapsed")
}
