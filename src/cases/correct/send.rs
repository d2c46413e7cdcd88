//! Bringing a correction to the agency, with the same guarantees as the application: its own key, and nothing repeated
//! before it is known that it did not arrive.

use yimen_contract::capability::{
    Capability, Repeat,
    case::{CorrectInput, Output, Status, StatusInput},
    person::{Answers, Claim},
};

use crate::{
    cases::{
        CaseError, Means,
        deliver::{Deliver, begins, give_up, later, settle, taken},
        life::State,
        means::{asking, failure},
        model::Case,
        papers::kept,
        submit,
    },
    db::{Conn, DbError},
    gateway::{GatewayError, Sent},
    jobs::{Done, Failure, Job as _, Running},
    ledger::{self, Actor, Basis, Look, Purpose},
    platform::Moment,
};

/// What to do about a correction whose last call has an unknown end.
enum After {
    Send,
    Arrived(Output),
    Later(Option<Moment>),
    Person,
}

/// The key by which the agency knows a repeat of this correction.
fn key(case: &Case) -> String {
    format!("{}-correct-{}", case.id, case.round)
}

/// Asks before anything is repeated: an agency that still asks for the correction does not have it.
async fn after_unknown(means: &Means, case: &Case, claims: &[Claim]) -> Result<After, Failure> {
    let repeats = means.gateway.repeats(&case.agency, Capability::CaseCorrect, &case.service).await;
    match repeats? {
        Some(Repeat::Yes) => return Ok(After::Send),
        Some(Repeat::After(Capability::CaseStatus)) => {}
        _ => return Ok(After::Person),
    }
    let Some(reference) = case.agency_reference.clone() else { return Ok(After::Person) };
    let question = StatusInput { service: case.service.clone(), reference };
    let asked = format!("{}-asked", key(case));
    let stands = means.gateway.send(asking(case, question, claims), &asked).await;
    if let Err(error @ GatewayError::TooMany { .. }) = &stands {
        return Ok(After::Later(error.until(means.site.clock.now())));
    }
    Ok(match stands? {
        Sent::Done(output) => match output.status {
            Status::CorrectionRequired => After::Send,
            Status::Pending => After::Later(None),
            _ => After::Arrived(output),
        },
        Sent::Impossible(_) => After::Person,
        Sent::NotSent { .. } | Sent::Unknown | Sent::Refused { .. } => After::Later(None),
    })
}

/// The correction as the agency gets it. That the answers leave is on record.
async fn correction(means: &Means, case: &Case, reference: String) -> Result<CorrectInput, Failure> {
    let (case, ring, now) = (case.clone(), means.site.keys.clone(), means.site.clock.now());
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
        let mut papers = kept::list(c, &ring, kept::of_case(case.citizen_id, case.id), &warrant)?;
        papers.retain(|paper| paper.handed_in.is_some());
        let since = case.handed_at();
        let mut files = Vec::new();
        // A question that is answered with a file has the newest.
        for paper in &papers {
            let told = paper.told(&ring, &case.agency, since);
            paper.answer(&mut answers, &told.id);
            // What came with this correction is new.
            if paper.handed_in == Some(since) {
                files.push(told);
            }
        }
        Ok::<_, CaseError>(CorrectInput {
            service: case.service.clone(),
            reference,
            round: u16::try_from(case.round).unwrap_or(u16::MAX),
            answers: Answers(answers.into_iter().collect()),
            files,
        })
    };
    means.site.db.tx(read).await.map_err(failure)
}

/// The part of `Deliver` that is about corrections.
pub(in crate::cases) async fn deliver(
    means: &Means,
    case: Case,
    running: Running,
    claims: &[Claim],
) -> Result<Done, Failure> {
    let nothing = |_: &mut Conn| Ok::<_, DbError>(());
    if case.handover == "unknown" {
        match after_unknown(means, &case, claims).await? {
            After::Send => {}
            After::Arrived(output) => return taken(means, case, running, output).await,
            After::Later(until) => return later(means, case, running, until).await,
            After::Person => {
                return give_up(means, case, running, "nobody knows whether the correction arrived").await;
            }
        }
    }
    if case.state == State::Withdrawn.tag() {
        return running.finish(nothing).await;
    }
    let (declared, reference) = (
        means.gateway.repeats(&case.agency, Capability::CaseCorrect, &case.service).await?,
        case.agency_reference.clone(),
    );
    let (Some(_), Some(reference)) = (declared, reference) else {
        return give_up(means, case, running, "the agency takes no corrections").await;
    };
    let question = correction(means, &case, reference).await?;
    if !begins(means, &case).await? {
        return running.finish(nothing).await;
    }
    let sent = means.gateway.send(asking(&case, question, claims), &key(&case)).await;
    settle(means, case, running, sent).await
}
