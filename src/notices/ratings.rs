//! Telling people what became of their rating: once for each step that is theirs to know.

use chrono::TimeDelta;
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
};

/// Something was done about a rating. Whoever enqueues it does so in the transaction that does it.
#[derive(Debug, Serialize, Deserialize)]
pub struct RatingNews {
    pub citizen: CitizenId,
    /// The kind and the number of the matter that was rated.
    pub kind: String,
    pub reference: String,
    /// The service's code.
    pub service: String,
    /// The agency's public name.
    pub agency: String,
    /// The word for what was done.
    pub what: String,
}

impl Job for RatingNews {
    const KIND: &'static str = "notices.rating";
    const PRIORITY: Priority = Priority::Normal;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// What a notice about a rating says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RatingTold {
    /// Kind and number of the matter.
    rated: String,
    service: Bilingual,
    agency: Bilingual,
    what: String,
}

/// Runs [`RatingNews`].
pub async fn rating_followed(courier: Courier, job: RatingNews, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell(c, &courier, job)).await
}

fn tell(c: &mut Conn, courier: &Courier, job: RatingNews) -> Result<(), Unreachable> {
    let Names { service, agency, .. } = Names::of(c, &job.agency, &job.service)?;
    let rated = format!("{}/{}", job.kind, job.reference);
    say(c, courier, job.citizen, &News::Rating(RatingTold { rated, service, agency, what: job.what }))
}

/// What a notice says, whichever way it goes.
pub(super) fn matter(t: Texts, told: &RatingTold) -> Matter {
    let (agency, service) = (t.say(&told.agency).text, t.say(&told.service).text);
    Matter::new(
        t.rating_news_subject(named::Service(service), named::What(told.what.as_str())),
        t.rating_news_lead(named::Agency(agency), named::Service(service), named::What(told.what.as_str())),
        format!("/me/ratings/{}", told.rated),
    )
}
