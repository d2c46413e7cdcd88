//! Telling people of a notice to the public that they follow.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use yimen_contract::{Bilingual, writing::Level};

use super::{
    courier::Courier,
    matter::Matter,
    news::{News, Unreachable},
    say::say,
};
use crate::{
    db::Conn,
    jobs::{Failure, Job, Priority, Settled, Together},
    ledger::CitizenId,
    platform::{Texts, named},
};

/// There is a notice that somebody follows.
#[derive(Debug, Serialize, Deserialize)]
pub struct BulletinNews {
    pub citizen: CitizenId,
    /// Its public id.
    pub bulletin: String,
    pub title: Bilingual,
    /// Who gives it.
    pub agency: Bilingual,
    /// Of a warning.
    pub level: Option<Level>,
}

impl Job for BulletinNews {
    const KIND: &'static str = "notices.bulletin";
    const PRIORITY: Priority = Priority::Normal;
    const BUDGET: TimeDelta = TimeDelta::days(1);
}

/// What a notice of it says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct BulletinTold {
    bulletin: String,
    title: Bilingual,
    agency: Bilingual,
    #[serde(default)]
    pub level: Option<Level>,
}

/// So many people are told in one transaction.
pub const SET: usize = 25;

/// Runs [`BulletinNews`], a set at a time: a warning is for many.
pub async fn bulletin_published(
    courier: Courier,
    jobs: Vec<BulletinNews>,
    together: Together,
) -> Result<Settled, Failure> {
    together
        .finish(move |c, ours| {
            let mut ends = Vec::with_capacity(jobs.len());
            for (job, ours) in jobs.into_iter().zip(ours) {
                if *ours {
                    tell(c, &courier, job).map_err(Failure::from)?;
                }
                ends.push(Ok(()));
            }
            Ok(ends)
        })
        .await
}

fn tell(c: &mut Conn, courier: &Courier, job: BulletinNews) -> Result<(), Unreachable> {
    let BulletinNews { citizen, bulletin, title, agency, level } = job;
    say(c, courier, citizen, &News::Bulletin(BulletinTold { bulletin, title, agency, level }))
}

/// What a notice says, whichever way it goes.
pub(super) fn matter(t: Texts, told: &BulletinTold) -> Matter {
    let (agency, title) = (t.say(&told.agency).text, t.say(&told.title).text);
    let subject = match told.level {
        Some(level) => {
            t.mail_warning_subject(named::Level(t.warning_level(level.tag())), named::Title(title))
        }
        None => t.mail_bulletin_subject(named::Agency(agency), named::Title(title)),
    };
    let lead = t.mail_bulletin_lead(named::Agency(agency), named::Title(title));
    Matter::new(subject, lead, format!("/bulletins/{}", told.bulletin))
}
