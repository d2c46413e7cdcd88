//! Leads each recorded exchange through the package's own maps and tables, as the portal would, and compares what
//! comes out with what the sample says. Nothing is sent anywhere.
//!
//! Every exchange is led through twice, with two calls that differ in number, key and time: what changes between the
//! two cannot stand in a sample and is not compared.

mod alike;
mod exchange;
mod story;
mod told;
mod wire;

use std::{collections::BTreeSet, time::Duration};

use yimen_contract::{Files, Finding, Package, Problem, json};
use yimen_drivers::MapError;
use yimen_maps::Pool;

pub use alike::{Difference, Strictness, differences, shown};
pub use exchange::moment;

pub(crate) use story::Story;
pub(crate) use told::Told;

/// Nobody reads more than this about one sample.
const SHOWN: usize = 12;

/// What is wrong with the samples of a package, or with the maps that they try.
pub async fn of(package: &Package, files: &Files, maps: &Pool) -> Vec<Finding> {
    let mut findings = maps_that_are_none(package, maps).await;
    // A map that does not compile would be found again at each of its samples.
    let broken: BTreeSet<String> = findings.iter().map(|finding| finding.file.clone()).collect();
    for (path, sample) in &package.samples {
        let faults = match (Story::of(package, sample), Told::of(package, sample)) {
            (Some(story), _) if !story.maps().any(|map| broken.contains(map)) => story.faults(maps).await,
            (_, Some(told)) if !told.map().is_some_and(|map| broken.contains(map)) => told.faults(maps).await,
            _ => continue,
        };
        let text = files.get(path).unwrap_or_default();
        let more = faults.len().saturating_sub(SHOWN);
        findings.extend(faults.into_iter().take(SHOWN).map(|fault| {
            let place = json::place_in(text, &fault.path);
            Finding::error(path, fault.problem).field(&fault.path).at(Some(place))
        }));
        if more > 0 {
            let problem = Problem::new(format!("There are {more} more differences."), "Correct these first.");
            findings.push(Finding::error(path, problem));
        }
    }
    findings.extend(never_tried(package));
    findings
}

/// Something that came out otherwise than the sample says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the sample.
    pub path: String,
    pub problem: Problem,
}

async fn maps_that_are_none(package: &Package, maps: &Pool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in &package.maps {
        let remedy = "Correct this place; what maps may use stands in the handbook.";
        match maps.check(path, text, Duration::from_secs(5)).await {
            Ok(()) => {}
            Err(MapError::Wrong { line, column, message, .. }) => {
                let problem = Problem::new(format!("This map cannot be run: {message}."), remedy);
                findings.push(Finding::error(path, problem).at(Some((line, column))));
            }
            Err(error) => {
                let problem =
                    Problem::new(format!("This map could not be looked at: {error}."), "Try again.");
                findings.push(Finding::error(path, problem));
            }
        }
    }
    findings
}

/// Maps and tables that no sample leads through: whether they do what they should nobody has seen.
fn never_tried(package: &Package) -> Vec<Finding> {
    let stories = package.samples.values().filter_map(|sample| Story::of(package, sample));
    let tried: BTreeSet<String> = stories.map(|story| story.declared().to_owned()).collect();
    let translates = package.agency.capabilities.iter().filter(|(_, binding)| {
        let maps = binding.request.is_some() || binding.response.is_some();
        maps || !binding.send.is_empty() || !binding.read.is_empty()
    });
    let untried = translates.filter(|(name, _)| !tried.contains(*name));
    let finding = |name: &String| {
        let problem = Problem::new(
            format!(
                "No sample shows an exchange of `{name}`, so that nobody has seen whether its maps or tables are right."
            ),
            "Record one under samples/.",
        );
        Finding::warning("agency.toml", problem).field(&json::joined("capabilities", name))
    };
    let events = package.agency.backend.events.iter().filter(|events| events.map.is_some());
    let told = package.samples.values().any(|sample| Told::of(package, sample).is_some());
    let events = events.filter(|_| !told).map(|_| {
        let message =
            "No sample shows what the backend pushes, so that nobody has seen whether its map is right.";
        let problem = Problem::new(message, "Record one under samples/, with capability = \"events\".");
        Finding::warning("agency.toml", problem).field("backend.events.map")
    });
    untried.map(|(name, _)| finding(name)).chain(events).collect()
}
