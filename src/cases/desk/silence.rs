//! Nobody at the desk said anything in time: by the law on permits (article 32) it counts as accepted, from the day on which it
//! was handed in. Every night these are looked for, and each is moved on by a job of its own.

use std::sync::Arc;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::clock::{Clocks, wind};
use crate::{
    cases::{
        CaseError, CaseId, Means,
        life::{Act, By, State},
        means::failure,
        queries,
        steps::{self, Doer, Said},
    },
    catalogue::Edition,
    db::{
        Conn, DbError,
        schema::{cases, desk_work},
    },
    jobs::{self, Done, Failure, Job, Running},
    ledger::CitizenId,
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// In these the agency has to say whether it takes it on.
const UNSAID: [&str; 2] = [State::Submitted.tag(), State::Resubmitted.tag()];
/// More than this no night has.
const AT_ONCE: i64 = 2_000;

/// Takes a case as accepted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Deem {
    citizen: CitizenId,
    case: CaseId,
}

impl Job for Deem {
    const KIND: &'static str = "cases.deem";

    fn key(&self) -> Option<String> {
        Some(self.case.to_string())
    }
}

/// Looks for those whose time to be accepted is over. A day that is a guess is waited for until it is none.
pub fn look(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let of_case = desk_work::citizen_id.eq(cases::citizen_id).and(desk_work::id.eq(cases::id));
    let silent: Vec<(CitizenId, CaseId)> = cases::table
        .inner_join(desk_work::table.on(of_case))
        .filter(cases::handover.eq("desk"))
        .filter(cases::state.eq_any(UNSAID))
        .filter(desk_work::clock_on.lt(Some(city_day(now))))
        .filter(desk_work::provisional.eq(false))
        .order(desk_work::clock_on)
        .limit(AT_ONCE)
        .select((cases::citizen_id, cases::id))
        .load(c)?;
    let jobs: Vec<Deem> = silent.into_iter().map(|(citizen, case)| Deem { citizen, case }).collect();
    jobs::enqueue_all(c, now, &jobs).map(|_| ())
}

/// Runs [`Deem`].
pub async fn deem(means: Means, job: Deem, running: Running) -> Result<Done, Failure> {
    let edition = means.shelf.edition().map_err(|_| Failure::retry("there is no catalogue"))?;
    let (ring, now) = (means.site.keys.clone(), means.site.clock.now());
    running.finish(move |c| settle(c, &ring, now, &edition, &job).map_err(failure)).await
}

fn settle(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    edition: &Arc<Edition>,
    job: &Deem,
) -> Result<(), CaseError> {
    let Some(mut case) = queries::of_owner(c, job.citizen, job.case)? else { return Ok(()) };
    // Somebody said something meanwhile.
    if !case.is_at_desk() || !UNSAID.contains(&case.state.as_str()) {
        return Ok(());
    }
    let doer = Doer { by: By::Clock, whom: Deem::KIND };
    steps::take(c, ring, now, &mut case, (Act::Deem, &doer), &Said::default())?;
    wind(c, &Clocks::of(edition, &case.service), &case)?;
    steps::tell(c, now, &case)
}
