//! Telling people where their application stands: once for each change.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yimen_contract::Bilingual;

use super::{
    courier::Courier,
    matter::Matter,
    model::Principal,
    names::Names,
    news::{News, Unreachable},
    say::say_of,
};
use crate::{
    db::Conn,
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Texts, named},
};

/// A case stands differently. Whoever enqueues it does so in the transaction that changes the case.
#[derive(Debug, Serialize, Deserialize)]
pub struct CaseNews {
    pub citizen: CitizenId,
    /// For whom they act in it, if they do.
    #[serde(default)]
    pub principal: Option<Principal>,
    pub case: Uuid,
    pub reference: String,
    /// The service's code.
    pub service: String,
    /// The agency's public name.
    pub agency: String,
    /// The state's name in the table of cases.
    pub state: String,
}

impl Job for CaseNews {
    const KIND: &'static str = "notices.case";
    const PRIORITY: Priority = Priority::Normal;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// What a notice about a case says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CaseTold {
    reference: String,
    service: Bilingual,
    state: String,
    /// What comes of it, once it is granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<Bilingual>,
}

/// The states in which there is something to get.
const GRANTED: [&str; 4] = ["granted", "delivering", "ready", "delivered"];

/// Runs [`CaseNews`].
pub async fn case_changed(courier: Courier, job: CaseNews, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell(c, &courier, job)).await
}

fn tell(c: &mut Conn, courier: &Courier, job: CaseNews) -> Result<(), Unreachable> {
    let Names { service, outcome, imposes, .. } = Names::of(c, &job.agency, &job.service)?;
    let reader = (job.citizen, job.principal);
    // Whoever is told that there is something to pay was granted nothing.
    let state = if imposes && job.state == "granted" { "decided".to_owned() } else { job.state };
    let outcome = outcome.filter(|_| GRANTED.contains(&state.as_str()));
    let told = CaseTold { reference: job.reference, service, state, outcome };
    say_of(c, courier, reader, &News::Case(told))
}

/// What the law says that an applicant must be told: that something is missing, that it was taken on or not, that the clock stands or
/// the term was lengthened, what was decided, and that it counts as withdrawn. Terms can begin with it.
const BY_LAW: [&str; 10] = [
    "correction-required",
    "accepted",
    "not-accepted",
    "suspended",
    "extended",
    "granted",
    "decided",
    "refused",
    "terminated",
    "lapsed",
];

fn said(t: Texts, told: &CaseTold) -> String {
    t.mail_case_subject(named::Service(t.say(&told.service).text), named::State(t.case_state(&told.state)))
}

fn lead(t: Texts, told: &CaseTold) -> String {
    let reference = named::Reference(told.reference.as_str());
    let service = named::Service(t.say(&told.service).text);
    let state = named::State(t.case_state(&told.state));
    match &told.outcome {
        Some(outcome) => {
            t.mail_case_lead_outcome(named::Outcome(t.say(outcome).text), reference, service, state)
        }
        None => t.mail_case_lead(reference, service, state),
    }
}

/// What a notice says, whichever way it goes.
pub(super) fn matter(t: Texts, told: &CaseTold) -> Matter {
    let by_law = BY_LAW.contains(&told.state.as_str());
    let path = format!("/me/cases/{}", told.reference);
    Matter { by_law, ..Matter::new(said(t, told), lead(t, told), path) }
}
