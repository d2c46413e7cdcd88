//! Breaks the recorded answers in the ways in which backends break, and looks what the package makes of them.
//!
//! A failure must never be taken for an answer: not for "nothing found", not for a decision, not for an amount of
//! nothing. Nothing is sent anywhere, and which answers are broken where follows from a seed alone.

mod breaking;
mod curl;
mod verdict;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::Serialize;
use serde_json::json;
use yimen_contract::{Package, capability::Capability, sample::Sample};
use yimen_drivers::Maps;

use crate::rehearsal::{Story, Told};

pub use breaking::Fault;
pub(crate) use breaking::{next, number_of};
pub(crate) use curl::of as curl_of;

/// Broken answers for each sample, at most.
const EACH: usize = 60;

/// One fault that the package does not stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Found {
    /// The sample whose answer was broken.
    pub file: String,
    pub fault: Fault,
    /// Where in the backend's answer.
    pub place: String,
    pub message: String,
    pub remedy: String,
    /// Asks the backend the same question, with names in place of secrets.
    pub curl: Option<String>,
}

/// What came of a fault run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    pub seed: u64,
    /// How often each fault was tried.
    pub tried: BTreeMap<Fault, usize>,
    pub found: Vec<Found>,
}

/// Breaks every answer that the samples show.
pub async fn run(package: &Package, maps: &dyn Maps, seed: u64) -> Run {
    let mut run = Run { seed, ..Run::default() };
    for (path, sample) in &package.samples {
        match (Story::of(package, sample), Told::of(package, sample)) {
            (Some(story), _) => one(package, &story, (path, sample), maps, &mut run).await,
            (None, Some(told)) => pushed(package, told, path, maps, &mut run).await,
            (None, None) => {}
        }
    }
    run.found.sort();
    run.found.dedup();
    run
}

/// What is pushed in a shape of the backend's own breaks too: no broken event may tell of a decision.
async fn pushed(package: &Package, told: Told<'_>, path: &str, maps: &dyn Maps, run: &mut Run) {
    if told.map().is_none() {
        return;
    }
    let body = told.pushed();
    let Ok(whole) = told.read(&body, TimeDelta::zero(), maps).await.map(|events| json!({ "events": events }))
    else {
        return;
    };
    for breaking::Broken { fault, place, status, body } in
        breaking::all(package, &body, run.seed ^ number_of(path), EACH)
    {
        if status.is_some() {
            continue;
        }
        *run.tried.entry(fault).or_default() += 1;
        let made = told.read(&body, TimeDelta::zero(), maps).await.map(|events| json!({ "events": events }));
        let case = verdict::Case { capability: Capability::CaseStatus, fault, lenient: false, whole: &whole };
        if let Some((message, remedy)) = case.of(made.as_ref().ok()) {
            let (file, remedy) = (path.to_owned(), remedy.to_owned());
            run.found.push(Found { file, fault, place, message, remedy, curl: None });
        }
    }
}

async fn one(
    package: &Package,
    story: &Story<'_>,
    (path, sample): (&str, &Sample),
    maps: &dyn Maps,
    run: &mut Run,
) {
    let (Some(_), Some(response)) = (&sample.answer, sample.response.as_ref().or(sample.answer.as_ref()))
    else {
        return;
    };
    let status = sample.status.unwrap_or(200);
    let Ok(whole) = story.made_of(status, response, maps).await else { return };
    let broken = breaking::all(package, response, run.seed ^ number_of(path), EACH);
    let mut curl = None;
    for breaking::Broken { fault, place, status: instead, body } in broken {
        *run.tried.entry(fault).or_default() += 1;
        let made = story.made_of(instead.unwrap_or(status), &body, maps).await;
        let lenient = breaking::is_lenient(package);
        let case = verdict::Case { capability: story.capability(), fault, lenient, whole: &whole };
        let Some((message, remedy)) = case.of(made.as_ref().ok()) else { continue };
        if curl.is_none() {
            let request = story.request(maps).await;
            curl = request.and_then(|request| curl::of(package, story.binding(), &request));
        }
        run.found.push(Found {
            file: path.to_owned(),
            fault,
            place,
            message,
            remedy: remedy.to_owned(),
            curl: curl.clone(),
        });
    }
}
