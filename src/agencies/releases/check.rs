//! The check of a version: everything that can be said without the backend, in a job, so that it outlives a restart
//! and nobody waits on an open connection. How far it is stands in the database.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use yimen_maps::Pool;
use yimen_tools::{Checked, faults, report::Report};

use super::{
    actions,
    model::{ReleaseError, State},
    store::{self, CheckReport, Found, Phase},
};
use crate::{
    agencies::VersionId,
    db::{Conn, Db, DbError},
    jobs::{Done, Failure, Job, Priority, Running},
    platform::Clock,
};

/// The series by which answers are broken: always the same, so that the same package has the same report.
const SEED: u64 = 1;

/// Checks a version.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckPackage {
    pub(super) version: VersionId,
}

impl Job for CheckPackage {
    const KIND: &'static str = "agencies.check";
    const PRIORITY: Priority = Priority::Urgent;

    fn key(&self) -> Option<String> {
        Some(self.version.to_string())
    }
}

/// Leads the samples through the maps and breaks the recorded answers, in the portal's own workers, which leave one
/// place for every other agency.
pub async fn check(
    db: Db,
    maps: Arc<Pool>,
    clock: Clock,
    job: CheckPackage,
    running: Running,
) -> Result<Done, Failure> {
    let version = job.version;
    let begin = move |c: &mut Conn| {
        let release = match store::by_id(c, version) {
            Ok(release) if release.state == State::Draft => release,
            Ok(_) | Err(ReleaseError::Unknown) => return Ok(None),
            Err(error) => return Err(error),
        };
        store::set_phase(c, version, Phase::Samples)?;
        Ok(Some((release.slug, store::files(c, version)?)))
    };
    let Some((slug, files)) = db.tx(begin).await.map_err(Failure::retry)? else {
        return running.finish(|_| Ok::<_, DbError>(())).await;
    };
    let Checked { findings, samples, package } = yimen_tools::check(&slug, &files, &maps).await;
    db.tx(move |c| store::set_phase(c, version, Phase::Faults)).await?;
    let run = match &package {
        Some(package) => Some(faults::run(package, maps.as_ref(), SEED).await),
        None => None,
    };
    let report = kept(&Report::new(&slug, samples, &findings, run.as_ref()));
    let now = clock.now();
    running.finish(move |c| actions::checked(c, now, version, &report).map_err(Failure::retry)).await
}

/// A report as it is kept: without what only a program wants to know.
fn kept(report: &Report) -> CheckReport {
    let entry = |entry| {
        let value: Value = serde_json::to_value(entry).ok()?;
        serde_json::from_value::<Found>(value).ok()
    };
    CheckReport {
        samples: report.samples,
        tried: report.tried.values().sum(),
        findings: report.findings.iter().filter_map(entry).collect(),
    }
}

#[cfg(test)]
mod tests {
    use yimen_contract::{Finding, Findings, Problem};
    use yimen_tools::faults::{Fault, Run};

    use super::*;

    #[test]
    fn nothing_of_a_report_is_lost_where_it_is_kept() {
        let mut findings = Findings::default();
        findings.add(Finding::error("agency.toml", Problem::new("Wrong.", "Right it.")).at(Some((3, 1))));
        findings.add(Finding::warning("maps/a.jq", Problem::new("Odd.", "Look.")).field("a.b"));
        let found = faults::Found {
            file: "samples/a.json".to_owned(),
            fault: Fault::Empty,
            place: "status".to_owned(),
            message: "m".to_owned(),
            remedy: "r".to_owned(),
            curl: Some("curl".to_owned()),
        };
        let run = Run { seed: 1, found: vec![found], ..Run::default() };
        let kept = kept(&Report::new("library", 2, &findings, Some(&run)));
        let gravities: Vec<&str> = kept.findings.iter().map(|found| found.gravity.as_str()).collect();
        assert_eq!(gravities, ["critical", "error", "warning"]);
        assert!(kept.refuses());
        assert_eq!((kept.findings[1].line, kept.findings[2].place.as_deref()), (Some(3), Some("a.b")));
    }
}
