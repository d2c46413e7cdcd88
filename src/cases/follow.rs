//! Asking what became of a case, should the agency not tell by itself, and telling it that one is taken back.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_callback::next_poll;
use yimen_contract::capability::case::{StatusInput, WithdrawInput};

use super::{
    CaseError, Means,
    deliver::SOON,
    means::{asking, failure},
    model::{Case, CaseId},
    queries, report,
};
use crate::{
    db::{Conn, DbError, schema::cases},
    gateway::{GatewayError, Sent},
    jobs::{self, Done, Failure, Job, Running},
    ledger::CitizenId,
    platform::Moment,
};

/// Asks an agency how a case stands, should it not tell by itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ask {
    citizen: CitizenId,
    case: CaseId,
}

impl Job for Ask {
    const KIND: &'static str = "cases.ask";

    fn key(&self) -> Option<String> {
        Some(self.case.to_string())
    }
}

/// Tells an agency that the applicant takes a case back.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeBack {
    citizen: CitizenId,
    case: CaseId,
}

impl TakeBack {
    pub(super) const fn of(case: &Case) -> Self {
        Self { citizen: case.citizen_id, case: case.id }
    }
}

impl Job for TakeBack {
    const KIND: &'static str = "cases.take-back";

    fn key(&self) -> Option<String> {
        Some(self.case.to_string())
    }
}

/// Has the agency asked in a while, unless there is nothing more to come.
pub(super) fn ask_again(c: &mut Conn, now: Moment, case: &Case) -> Result<(), CaseError> {
    if case.state()?.is_final() {
        return Ok(());
    }
    let at = next_poll(case.submitted_at.moment(), u32::try_from(case.asked).unwrap_or_default());
    // After a long wait for the agency the first times lie in the past.
    jobs::enqueue_at(c, now, at.max(now + SOON), &Ask { citizen: case.citizen_id, case: case.id })?;
    Ok(())
}

/// Runs [`Ask`].
pub async fn ask(means: Means, job: Ask, running: Running) -> Result<Done, Failure> {
    let Some(case) = means.case(job.citizen, job.case).await? else {
        return running.finish(|_| Ok::<_, DbError>(())).await;
    };
    let answer = match &case.agency_reference {
        Some(reference) if !case.state().map_err(failure)?.is_final() => {
            let claims = means.claims(&case.service)?;
            let question = StatusInput { service: case.service.clone(), reference: reference.clone() };
            let sent = means
                .gateway
                .send(asking(&case, question, &claims), &format!("{}-ask-{}", case.id, case.asked))
                .await;
            match sent {
                Ok(Sent::Done(output)) => Some(output),
                Ok(_) | Err(GatewayError::Undeclared { .. }) => None,
                Err(error) => return Err(error.into()),
            }
        }
        _ => None,
    };
    let (ring, now) = (means.site.keys.clone(), means.site.clock.now());
    let effect = move |c: &mut Conn| {
        // As it stands now: an event may have come while the agency was asked.
        let Some(mut case) = queries::of_owner(c, job.citizen, job.case)? else { return Ok(()) };
        if let Some(output) = answer {
            report::take_over(c, &ring, now, &mut case, &output)?;
        }
        case.asked = case.asked.saturating_add(1);
        diesel::update(report::own(&case)).set(cases::asked.eq(case.asked)).execute(c)?;
        ask_again(c, now, &case)
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}

/// Runs [`TakeBack`]. The case is withdrawn here; the agency hears of it as long as it takes.
pub async fn take_back(means: Means, job: TakeBack, running: Running) -> Result<Done, Failure> {
    let nothing = |_: &mut Conn| Ok::<_, DbError>(());
    let Some(case) = means.case(job.citizen, job.case).await? else { return running.finish(nothing).await };
    let Some(reference) = case.agency_reference.clone() else {
        // Where it is not known whether the agency has it, that is found out first.
        return if case.handover == "unknown" {
            Err(Failure::retry("it is not known yet whether the agency has it"))
        } else {
            running.finish(nothing).await
        };
    };
    let claims = means.claims(&case.service)?;
    let question = WithdrawInput { service: case.service.clone(), reference, reason: None };
    match means.gateway.send(asking(&case, question, &claims), &format!("{}-back", case.id)).await {
        // Decided meanwhile, or taken back before: either way it knows.
        Ok(Sent::Done(_) | Sent::Refused { .. }) => running.finish(nothing).await,
        Ok(Sent::Impossible(why)) => Err(Failure::give_up(why)),
        Ok(_) => Err(Failure::retry("the agency could not be told")),
        Err(error @ GatewayError::Undeclared { .. }) => Err(Failure::give_up(error)),
        Err(error) => Err(error.into()),
    }
}
