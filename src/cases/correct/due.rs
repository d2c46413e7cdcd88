//! By when a correction is due: the applicant is reminded of it, and if it does not come the case ends by itself.

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

/// So many days before the end the applicant is reminded.
const BEFORE: Days = Days::new(3);
/// Nobody is woken by it.
const MORNING: u32 = 9;

/// The day of a correction comes near, or is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct CorrectionDue {
    citizen: CitizenId,
    case: CaseId,
    due: NaiveDate,
    /// It is over.
    over: bool,
}

impl Job for CorrectionDue {
    const KIND: &'static str = "cases.correction-due";

    fn key(&self) -> Option<String> {
        Some(format!("{}-{}-{}", self.case, self.due, self.over))
    }
}

/// The moment at an hour of a day in the city.
fn at(day: NaiveDate, hour: u32) -> Moment {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
    CITY_ZONE.from_local_datetime(&day.and_time(time)).earliest().map_or(Moment::MAX_UTC, |at| at.to_utc())
}

/// Has the day watched by which the applicant must act. An agency that names none waits as long as it likes.
pub(in crate::cases) fn watch(c: &mut Conn, now: Moment, case: &Case) -> Result<(), CaseError> {
    let Some(due) = case.due_on else { return Ok(()) };
    let of = |over| CorrectionDue { citizen: case.citizen_id, case: case.id, due, over };
    let reminder = at(due.checked_sub_days(BEFORE).unwrap_or(due), MORNING);
    // Whoever was told today needs no reminder today.
    if reminder > now {
        jobs::enqueue_at(c, now, reminder, &of(false))?;
    }
    let end = at(due.checked_add_days(Days::new(1)).unwrap_or(due), 0);
    jobs::enqueue_at(c, now, end.max(now), &of(true))?;
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
    if !job.over {
        return steps::tell_of(c, now, &case, "correction-soon");
    }
    let doer = Doer { by: By::Clock, whom: CorrectionDue::KIND };
    steps::take(c, ring, now, &mut case, (Act::Lapse, &doer), &Said::default())?;
    if !case.is_at_desk() {
        jobs::enqueue(c, now, &TakeBack::of(&case))?;
    }
    steps::tell_of(c, now, &case, "lapsed")
}
