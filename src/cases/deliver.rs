//! Bringing a case to its agency, once in effect.
//!
//! Before a call is made the case says `unknown`, in a transaction of its own: a process that dies in the middle leaves
//! behind that it does not know. What is unknown is asked for first (`case.find`), and repeated only where the agency
//! says that nothing came, or has promised that twice is once. Otherwise a person looks.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::{
    Bilingual,
    capability::{
        Capability, Repeat,
        case::{FindInput, Found, Output, SubmitInput},
        person::{Answers, Claim, FileRef, Person},
    },
};

use super::{
    CaseError, Means, correct, desk,
    follow::ask_again,
    life::{Act, By, State},
    means::{asking, failure},
    model::{Case, CaseId},
    papers::{Promise, kept},
    report,
    steps::{self, Doer, Said},
    submit,
};
use crate::{
    db::{Conn, DbError, Stamp, schema::cases},
    gateway::{GatewayError, Sent, maintenance},
    jobs::{self, Done, Failure, Job, Running},
    ledger::{self, Actor, Basis, CitizenId, Look, Purpose},
    platform::Moment,
};

/// For so long a case is tried to be handed over; then a person looks. It outlasts the longest holidays.
pub const PATIENCE: TimeDelta = TimeDelta::days(12);
/// How often an agency is asked how a case stands, at the most.
pub(super) const SOON: TimeDelta = TimeDelta::minutes(2);
/// When to try again after the first time that nothing came of it.
const AT_ONCE: TimeDelta = TimeDelta::seconds(10);
/// When to try again at last, where the agency does not say.
const SELDOM: TimeDelta = TimeDelta::hours(1);

/// Brings a case to its agency.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Deliver {
    citizen: CitizenId,
    case: CaseId,
}

impl Deliver {
    pub(super) const fn of(case: &Case) -> Self {
        Self { citizen: case.citizen_id, case: case.id }
    }
}

impl Job for Deliver {
    const KIND: &'static str = "cases.deliver";
    const BUDGET: TimeDelta = TimeDelta::days(14);

    fn key(&self) -> Option<String> {
        Some(self.case.to_string())
    }
}

/// What to do about a case whose last call has an unknown end.
enum After {
    Send,
    Arrived(Option<String>),
    Later(Option<Moment>),
    Person,
}

impl Means {
    /// Whether an agency could not be reached for too long, not counting that it was away until further notice.
    async fn waited_long(&self, case: &Case) -> Result<bool, Failure> {
        let (now, agency) = (self.site.clock.now(), case.agency.clone());
        let back = self.site.db.read(move |c: &mut Conn| maintenance::back_since(c, now, &agency)).await?;
        Ok(back.is_none_or(|since| now - since > PATIENCE))
    }

    /// Asks before anything is repeated.
    async fn after_unknown(&self, case: &Case, claims: &[Claim]) -> Result<After, Failure> {
        let repeats = self.gateway.repeats(&case.agency, Capability::CaseSubmit, &case.service).await;
        match repeats? {
            Some(Repeat::Yes) => return Ok(After::Send),
            Some(Repeat::After(Capability::CaseFind)) => {}
            _ => return Ok(After::Person),
        }
        let question = FindInput { service: case.service.clone(), case: case.reference.clone() };
        // A backend that knows a repeat by its key must not take the question for the submission.
        let found = self.gateway.send(asking(case, question, claims), &format!("{}-find", case.id)).await;
        if let Err(error @ GatewayError::TooMany { .. }) = &found {
            return Ok(After::Later(error.until(self.site.clock.now())));
        }
        Ok(match found? {
            Sent::Done(found) => match found.outcome {
                Found::Found => After::Arrived(found.reference),
                Found::NotFound => After::Send,
                Found::Pending => After::Later(None),
            },
            Sent::Impossible(_) => After::Person,
            Sent::NotSent { .. } | Sent::Unknown | Sent::Refused { .. } => After::Later(None),
        })
    }

    /// The question as the agency gets it. That the answers leave is on record, with the reading.
    async fn submission(&self, case: &Case) -> Result<SubmitInput, Failure> {
        let (case, ring, now) = (case.clone(), self.site.keys.clone(), self.site.clock.now());
        let read = move |c: &mut Conn| {
            let look = Look {
                citizen: case.citizen_id,
                actor: Actor::Portal(Deliver::KIND),
                purpose: Purpose::Service,
                basis: Basis::Consent,
                fields: &["answers", "papers"],
                detail: Some(&case.service),
            };
            let warrant = ledger::look(c, &ring, now, &look)?;
            let mut answers = submit::answers(c, &ring, &case, &warrant)?;
            let slot = kept::of_case(case.citizen_id, case.id);
            let mut papers = kept::list(c, &ring, slot, &warrant)?;
            papers.retain(|paper| paper.handed_in.is_some());
            let since = case.submitted_at.moment();
            let files: Vec<FileRef> =
                papers.iter().map(|paper| paper.told(&ring, &case.agency, since)).collect();
            for (paper, file) in papers.iter().zip(&files) {
                paper.answer(&mut answers, &file.id);
            }
            let promised = kept::promised(c, slot)?.iter().filter_map(Promise::told).collect();
            Ok::<_, CaseError>(SubmitInput {
                service: case.service.clone(),
                case: case.reference.clone(),
                // The gateway says who it is, from the claims.
                person: Person::default(),
                answers: Answers(answers.into_iter().collect()),
                files,
                promised,
                submitted: case.submitted_at.moment(),
            })
        };
        self.site.db.tx(read).await.map_err(failure)
    }
}

/// Runs [`Deliver`].
pub async fn deliver(means: Means, job: Deliver, running: Running) -> Result<Done, Failure> {
    let nothing = |_: &mut Conn| Ok::<_, DbError>(());
    let Some(case) = means.case(job.citizen, job.case).await? else { return running.finish(nothing).await };
    let withdrawn = case.state == State::Withdrawn.tag();
    if !matches!(case.handover.as_str(), "queued" | "unknown") || (withdrawn && case.handover == "queued") {
        return running.finish(nothing).await;
    }
    let now = means.site.clock.now();
    if now - case.handed_at() > PATIENCE && means.waited_long(&case).await? {
        return give_up(&means, case, running, "the agency could not be reached for too long").await;
    }
    let claims = means.claims(&case.service)?;
    if case.round > 0 {
        return correct::deliver(&means, case, running, &claims).await;
    }
    if case.handover == "unknown" {
        match means.after_unknown(&case, &claims).await? {
            After::Send => {}
            After::Arrived(reference) => {
                let output = Output { reference, ..Output::received() };
                return taken(&means, case, running, output).await;
            }
            After::Later(until) => return later(&means, case, running, until).await,
            After::Person => return give_up(&means, case, running, "nobody knows whether it arrived").await,
        }
    }
    if withdrawn {
        return running.finish(nothing).await;
    }
    let question = means.submission(&case).await?;
    if !begins(&means, &case).await? {
        return running.finish(nothing).await;
    }
    let sent = means.gateway.send(asking(&case, question, &claims), &case.id.to_string()).await;
    settle(&means, case, running, sent).await
}

/// What follows from what came of a call.
pub(super) async fn settle(
    means: &Means,
    case: Case,
    running: Running,
    sent: Result<Sent<Output>, GatewayError>,
) -> Result<Done, Failure> {
    match sent {
        Ok(Sent::Done(output)) => taken(means, case, running, output).await,
        // Only whoever has not looked at it yet can refuse to take it on.
        Ok(Sent::Refused { .. }) if case.round > 0 => {
            give_up(means, case, running, "the agency does not take the correction").await
        }
        Ok(Sent::Refused { reason }) => refused(means, case, running, reason).await,
        Ok(Sent::NotSent { until }) => {
            not_sent(means, &case).await?;
            later(means, case, running, until).await
        }
        Ok(Sent::Impossible(why)) => {
            not_sent(means, &case).await?;
            tracing::error!(
                agency = case.agency,
                service = case.service,
                why,
                "a case cannot be handed over"
            );
            later(means, case, running, None).await
        }
        Ok(Sent::Unknown) => later(means, case, running, None).await,
        // The person's share of the hour is used up. It goes when the next begins, however often it was tried before.
        Err(error @ GatewayError::TooMany { .. }) => {
            not_sent(means, &case).await?;
            later(means, case, running, error.until(means.site.clock.now())).await
        }
        // Refused by the gateway itself, before anything left.
        Err(error) => {
            not_sent(means, &case).await?;
            Err(error.into())
        }
    }
}

/// From now on it is not known whether the agency has it. `false`: it was taken back meanwhile.
pub(super) async fn begins(means: &Means, case: &Case) -> Result<bool, Failure> {
    let (case, now) = (case.clone(), means.site.clock.now());
    let mark = move |c: &mut Conn| {
        let still = report::own(&case)
            .filter(cases::handover.eq_any(["queued", "unknown"]))
            .filter(cases::state.ne(State::Withdrawn.tag()));
        let marked = diesel::update(still)
            .set((cases::handover.eq("unknown"), cases::sent_at.eq(Some(Stamp::from(now)))))
            .execute(c)?;
        Ok::<_, DbError>(marked == 1)
    };
    Ok(means.site.db.tx(mark).await?)
}

/// It is known again that the agency does not have it.
async fn not_sent(means: &Means, case: &Case) -> Result<(), Failure> {
    let case = case.clone();
    let mark = move |c: &mut Conn| {
        let row = report::own(&case).filter(cases::handover.eq("unknown"));
        diesel::update(row).set(cases::handover.eq("queued")).execute(c).map(|_| ()).map_err(DbError::from)
    };
    Ok(means.site.db.tx(mark).await?)
}

/// Writes down that it arrived. `false`: the applicant corrected it meanwhile, and that has still to be handed over.
fn arrived(c: &mut Conn, case: &Case) -> Result<bool, DbError> {
    let sent = report::own(case)
        .filter(cases::round.eq(case.round))
        .filter(cases::handover.eq_any(["queued", "unknown"]));
    let noted = diesel::update(sent)
        .set((cases::handover.eq("taken"), cases::next_try_at.eq(None::<Stamp>)))
        .execute(c)?;
    Ok(noted == 1)
}

/// The agency has it.
pub(super) async fn taken(
    means: &Means,
    mut case: Case,
    running: Running,
    output: Output,
) -> Result<Done, Failure> {
    let (ring, now) = (means.site.keys.clone(), means.site.clock.now());
    let mut effect = move |c: &mut Conn| {
        if !arrived(c, &case)? {
            return Ok(());
        }
        "taken".clone_into(&mut case.handover);
        report::take_over(c, &ring, now, &mut case, &output)?;
        ask_again(c, now, &case)
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}

/// The agency's system says no before anybody there has looked.
async fn refused(
    means: &Means,
    mut case: Case,
    running: Running,
    words: Option<Bilingual>,
) -> Result<Done, Failure> {
    let (ring, now) = (means.site.keys.clone(), means.site.clock.now());
    let mut effect = move |c: &mut Conn| {
        if !arrived(c, &case)? {
            return Ok(());
        }
        let agency = case.agency.clone();
        let doer = Doer { by: By::Agency, whom: &agency };
        let said = Said { words: words.clone(), ..Said::default() };
        steps::take(c, &ring, now, &mut case, (Act::NotAccept, &doer), &said)?;
        steps::tell(c, now, &case)
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}

/// It is tried again: when the agency opens, or ever more seldom.
pub(super) async fn later(
    means: &Means,
    case: Case,
    running: Running,
    until: Option<Moment>,
) -> Result<Done, Failure> {
    let now = means.site.clock.now();
    let waited = now - case.handed_at();
    let pause = (waited / 4).clamp(AT_ONCE, SELDOM);
    let at = until.filter(|until| *until > now).unwrap_or(now + pause);
    let effect = move |c: &mut Conn| {
        diesel::update(report::own(&case)).set(cases::next_try_at.eq(Some(Stamp::from(at)))).execute(c)?;
        jobs::enqueue_at(c, now, at, &Deliver::of(&case)).map(|_| ())
    };
    running.finish(effect).await
}

/// A person looks: it stands on the agency's list of what could not be handed over, and the applicant is told.
pub(super) async fn give_up(means: &Means, case: Case, running: Running, why: &str) -> Result<Done, Failure> {
    tracing::error!(agency = case.agency, service = case.service, why, "a case was not handed over");
    metrics::counter!("yimen_cases_failed_total", "agency" => case.agency.clone()).increment(1);
    let now = means.site.clock.now();
    let effect = move |c: &mut Conn| {
        let none = None::<Stamp>;
        diesel::update(report::own(&case))
            .set((cases::handover.eq("failed"), cases::next_try_at.eq(none)))
            .execute(c)?;
        desk::arrive(c, &case)?;
        steps::tell_of(c, now, &case, "handover-failed")
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}
