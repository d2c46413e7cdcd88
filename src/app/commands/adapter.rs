//! `adapter`: what agencies make and check their packages with.

mod drafts;
mod live;
mod versions;

pub(in crate::app) use drafts::{ImportedPackage, NewPackage, adapter_import, adapter_new};
pub(in crate::app) use live::{TriedPackage, adapter_try};
pub(in crate::app) use versions::{adapter_diff, adapter_pack, adapter_unpack};

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use serde_json::json;
use yimen_contract::{Files, Package, city, package};
use yimen_tools::{
    Checked, check, faults,
    live::{Reach, Troubles},
    pack,
    report::Report,
};

use self::live::RunningBackend;
use super::{Outcome, Printed};
use crate::{agencies::CITY_SLUG, app::drivers};

/// What is checked, and how far.
#[derive(Args)]
pub(in crate::app) struct CheckedPackages {
    /// Folders, or packages made by `pack`
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    /// Also breaks the recorded answers as backends break, and looks what the package makes of them
    #[arg(long)]
    faults: bool,
    /// Begins the series by which answers are broken and samples chosen; the same seed, the same report
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Writes NAME.html and NAME.json for each package
    #[arg(long, value_name = "FOLDER")]
    report: Option<PathBuf>,
    #[command(flatten)]
    backend: RunningBackend,
    /// Also asks the running backend what changes something: only where nothing depends on it
    #[arg(long)]
    writes: bool,
    #[arg(long)]
    json: bool,
}

fn open(path: &Path) -> Result<(String, Files), Outcome> {
    pack::open(path).map_err(|error| Outcome::Usage(format!("{}: {error}", path.display())))
}

fn loaded(path: &Path) -> Result<Package, Outcome> {
    let (slug, files) = open(path)?;
    package::load(&slug, &files)
        .map_err(|findings| Outcome::Usage(format!("{} cannot be compared:\n{findings}", path.display())))
}

/// Reads packages, leads their samples through their maps, and breaks the answers in them if that is wanted.
pub(in crate::app) async fn adapter_check(wanted: &CheckedPackages) -> Result<(), Outcome> {
    let maps = drivers::maps(None);
    let mut out = Printed::new();
    let mut refused = false;
    for folder in &wanted.folders {
        let (slug, files) = open(folder)?;
        if slug == CITY_SLUG {
            let report = Report::new(&slug, 0, &city::read(&files).findings, None);
            refused |= told(wanted, &report, &mut out)?;
            continue;
        }
        let Checked { findings, samples, package } = check(&slug, &files, &maps).await;
        let run = match package.as_ref().filter(|_| wanted.faults) {
            Some(package) => Some(faults::run(package, &maps, wanted.seed).await),
            None => None,
        };
        let mut report = Report::new(&slug, samples, &findings, run.as_ref());
        let asked = |package: &Package| wanted.backend.asks(package.agency.backend.driver);
        if let Some(package) = package.filter(asked) {
            let reach = Reach { writes: wanted.writes, seed: wanted.seed };
            let Troubles { entries, courses } = live::trials(&wanted.backend, &package, reach).await?;
            report = report.with(entries).going(courses);
        }
        refused |= told(wanted, &report, &mut out)?;
    }
    if refused { Err(Outcome::Findings) } else { Ok(()) }
}

/// Says what was found, and whether that refuses the package.
fn told(wanted: &CheckedPackages, report: &Report, out: &mut Printed) -> Result<bool, Outcome> {
    if let Some(folder) = &wanted.report {
        let text = serde_json::to_string_pretty(report).map_err(Outcome::unavailable)?;
        for (ending, text) in [("json", format!("{text}\n")), ("html", report.html())] {
            let file = folder.join(format!("{}.{ending}", report.package));
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&file, text));
            written.map_err(|error| Outcome::Unavailable(format!("{}: {error}", file.display())))?;
        }
    }
    if wanted.json {
        out.line(format_args!("{}", json!(report)));
    } else {
        out.line(format_args!("{report}"));
    }
    Ok(report.refuses())
}
