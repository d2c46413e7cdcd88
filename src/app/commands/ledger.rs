//! `ledger`

use std::{fs, path::Path, sync::Arc};

use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    ledger::{self, Published, Report},
    platform::keys::KeyRing,
};

/// Findings shown to a person one by one; a machine gets them all.
const SHOWN: usize = 50;

pub(in crate::app) async fn ledger_verify(common: &Common, heads: Option<&Path>) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let published = heads.map(read).transpose()?;
    let ring = Arc::new(KeyRing::open(&config.keys).map_err(PortalError::from)?);
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    let report = ledger::verify(&db, &ring, published).await.map_err(Outcome::unavailable)?;
    let mut out = Printed::new();
    if common.json {
        let mut value = serde_json::to_value(&report).map_err(Outcome::unavailable)?;
        value["ok"] = json!(report.is_fine());
        out.line(format_args!("{value}"));
    } else {
        say(&mut out, &report);
    }
    if report.is_fine() { Ok(()) } else { Err(Outcome::Findings) }
}

fn read(file: &Path) -> Result<Published, Outcome> {
    let wrong = |error: &dyn std::fmt::Display| Outcome::Usage(format!("{}: {error}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| wrong(&error))?;
    serde_json::from_str(&text).map_err(|error| wrong(&error))
}

fn say(out: &mut Printed, report: &Report) {
    for finding in report.findings.iter().take(SHOWN) {
        out.line(format_args!("{finding}"));
    }
    let more = report.findings.len().saturating_sub(SHOWN) + report.more;
    if more > 0 {
        out.line(format_args!("and {more} more"));
    }
    out.line(format_args!(
        "{} entries on the chain up to position {}, {} signed heads, {} entries waiting to be sealed",
        report.sealed, report.position, report.heads, report.waiting,
    ));
    if let Some(since) = report.waiting_since {
        out.line(format_args!("The oldest of them waits since {}.", since.format("%Y-%m-%d %H:%M:%S UTC")));
    }
    if report.compared > 0 {
        out.line(format_args!("{} published heads compared", report.compared));
    }
    let verdict =
        if report.is_fine() { "The ledger is whole." } else { "The ledger has been tampered with." };
    out.line(format_args!("{verdict}"));
}
