//! Everything that can be said about a package without its backend.

use std::collections::BTreeSet;

use yimen_contract::{Files, Finding, Findings, Package, Problem, package};
use yimen_forms::check as forms;
use yimen_licences::check as licences;
use yimen_maps::Pool;

use crate::rehearsal;

/// What came of it.
#[derive(Debug, Clone)]
pub struct Checked {
    pub findings: Findings,
    /// How many recorded exchanges were led through the maps. None are where the package itself cannot be read.
    pub samples: usize,
    /// The package, where it can be read at all.
    pub package: Option<Package>,
}

/// Reads a package and leads its samples through its maps.
pub async fn check(slug: &str, files: &Files, maps: &Pool) -> Checked {
    let reading = package::read(slug, files);
    let mut findings = reading.findings;
    // What the loader refused needs no second opinion.
    let refused: BTreeSet<String> = findings.errors().map(|finding| finding.file.clone()).collect();
    findings.extend(forms::forms(files).into_iter().filter(|finding| !refused.contains(&finding.file)));
    let Some(package) = reading.value else {
        if files.iter().any(|(path, _)| path.starts_with("samples/")) {
            let problem = Problem::new(
                "The samples were not tried, because the package has mistakes.",
                "Correct these first; what the maps make of the samples is said then.",
            );
            findings.add(Finding::warning(".", problem));
        }
        return Checked { findings, samples: 0, package: None };
    };
    findings.extend(forms::samples(&package, files));
    findings.extend(licences::licences(&package));
    findings.extend(rehearsal::of(&package, files, maps).await);
    let samples = package.samples.len();
    Checked { findings, samples, package: Some(package) }
}
