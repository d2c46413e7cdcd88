//! Telling people what an agency says they owe: once when it is raised, when it changes, and when it is taken back.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;

use super::{
    courier::Courier,
    matter::Matter,
    names::Names,
    news::{News, Unreachable},
    say::say,
};
use crate::{
    db::Conn,
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Texts, named},
    web::frame::Dates as _,
};

/// An agency says something of what somebody owes. Whoever enqueues it does so in the transaction that keeps it.
#[derive(Debug, Serialize, Deserialize)]
pub struct DueNews {
    pub citizen: CitizenId,
    /// Its id, under which the person sees it.
    pub due: String,
    /// Code of the service that pays it.
    pub service: String,
    /// The agency's public name.
    pub agency: String,
    /// `raised`, `changed`, `gone`.
    pub stands: String,
    pub amount_fen: u64,
    pub due_on: Option<NaiveDate>,
}

impl Job for DueNews {
    const KIND: &'static str = "notices.due";
    const PRIORITY: Priority = Priority::Normal;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// What a notice about a due says. What it is for, in the agency's words, only the page says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DueTold {
    due: String,
    service: Bilingual,
    agency: Bilingual,
    stands: String,
    amount_fen: u64,
    due_on: Option<NaiveDate>,
}

/// Runs [`DueNews`].
pub async fn due_told(courier: Courier, job: DueNews, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell(c, &courier, job)).await
}

fn tell(c: &mut Conn, courier: &Courier, job: DueNews) -> Result<(), Unreachable> {
    let Names { service, agency, .. } = Names::of(c, &job.agency, &job.service)?;
    let told = DueTold {
        service,
        agency,
        due: job.due,
        stands: job.stands,
        amount_fen: job.amount_fen,
        due_on: job.due_on,
    };
    say(c, courier, job.citizen, &News::Due(told))
}

/// What a notice says, whichever way it goes.
pub(super) fn matter(t: Texts, told: &DueTold) -> Matter {
    let (yuan, fen) = (told.amount_fen / 100, told.amount_fen % 100);
    let amount = t.amount_yuan(format!("{yuan}.{fen:02}"));
    let (agency, service) = (t.say(&told.agency).text, t.say(&told.service).text);
    let stands = told.stands.as_str();
    let lead = match told.due_on {
        Some(day) => t.due_news_lead_by(
            named::Agency(agency),
            named::Amount(amount),
            named::Day(t.day(&day)),
            named::Service(service),
            named::State(stands),
        ),
        None => t.due_news_lead(
            named::Agency(agency),
            named::Amount(amount),
            named::Service(service),
            named::State(stands),
        ),
    };
    let subject = t.due_news_subject(named::Service(service), named::State(stands));
    Matter::new(subject, lead, format!("/me/payments/owed/{}", told.due))
}
