//! Counting anew: a package has another rule for a kind of document, or the working days of a year are published.

use std::collections::HashMap;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use yimen_drivers::auth::sign::hex;

use super::{Means, documents};
use crate::{
    catalogue::Catalogue,
    db::{Conn, DbError, schema::reminder_rules},
    jobs::{self, Done, Failure, Job, Priority, Running},
    platform::Moment,
    upsert,
    wallet::DocumentId,
};

/// So many documents are counted in one transaction.
const SET: i64 = 200;

/// Compares the rules with those that were counted by.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rules;

impl Job for Rules {
    const KIND: &'static str = "reminders.rules";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Counts the documents of a kind anew, after this one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recount {
    kind: String,
    after: Option<DocumentId>,
}

impl Job for Recount {
    const KIND: &'static str = "reminders.recount";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::days(30);
}

/// What a kind's dates are counted by: its rule and the city's calendar.
fn digests(catalogue: &Catalogue) -> HashMap<String, String> {
    let calendar = format!("{:?}", catalogue.calendar);
    let digest = |rule: &yimen_contract::licence::LicenceType| {
        let rule = serde_json::to_vec(rule).unwrap_or_default();
        hex(&Sha256::new().chain_update(rule).chain_update(&calendar).finalize())
    };
    catalogue.licence_types().map(|rule| (rule.code.clone(), digest(rule))).collect()
}

/// Runs [`Rules`].
pub async fn rules(means: Means, _: Rules, running: Running) -> Result<Done, Failure> {
    let edition = means.wallet.shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let (now, digests) = (means.wallet.site.clock.now(), digests(&edition.catalogue));
    running.finish(move |c| compare(c, now, digests)).await
}

fn compare(c: &mut Conn, now: Moment, digests: HashMap<String, String>) -> Result<(), DbError> {
    let kept: HashMap<String, String> = reminder_rules::table
        .select((reminder_rules::kind, reminder_rules::digest))
        .load(c)?
        .into_iter()
        .collect();
    for (kind, digest) in digests.into_iter().filter(|(kind, digest)| kept.get(kind) != Some(digest)) {
        let row = (reminder_rules::kind.eq(&kind), reminder_rules::digest.eq(&digest));
        let set = reminder_rules::digest.eq(&digest);
        upsert!(c, reminder_rules::table => row, on reminder_rules::kind, set set)?;
        jobs::enqueue(c, now, &Recount { kind, after: None })?;
    }
    Ok(())
}

/// Runs [`Recount`].
pub async fn recount(means: Means, job: Recount, running: Running) -> Result<Done, Failure> {
    let edition = means.wallet.shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let now = means.wallet.site.clock.now();
    let effect = move |c: &mut Conn| {
        let some = documents::of_kind(c, &job.kind, job.after, SET)?;
        for (citizen, id) in &some {
            documents::count(c, now, &edition.catalogue, *citizen, *id)?;
        }
        if let Some((_, last)) = some.last().filter(|_| i64::try_from(some.len()) == Ok(SET)) {
            jobs::enqueue(c, now, &Recount { kind: job.kind, after: Some(*last) })?;
        }
        Ok::<_, DbError>(())
    };
    running.finish(effect).await
}
