//! `package`

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::json;
use yimen_contract::{Files, Findings, city, package, schema};
use yimen_tools::pack;

use super::{Outcome, Printed, configuration};
use crate::{
    agencies::{self, CITY_SLUG, InstallError},
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    db::Db,
    platform::{Clock, config::Config},
};

fn open(config: &Config) -> Result<Db, Outcome> {
    let db = Portal::database(config)?;
    db.check().map_err(PortalError::from)?;
    Ok(db)
}

/// A package's name and files, whether it is a folder or was packed.
fn opened(path: &Path) -> Result<(String, Files), Outcome> {
    pack::open(path).map_err(|error| Outcome::Usage(format!("{}: {error}", path.display())))
}

pub(in crate::app) async fn package_install(common: &Common, folders: &[PathBuf]) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = open(&config)?;
    let now = Clock::system().now();
    let mut out = Printed::new();
    let mut refused = false;
    for folder in folders {
        let (slug, files) = opened(folder)?;
        let name = slug.clone();
        match db.tx(move |c| agencies::install(c, now, &name, &files)).await {
            Ok(installed) if common.json => out.line(format_args!(
                "{}",
                json!({ "package": slug, "version": installed.version, "change": format!("{:?}", installed.change) })
            )),
            Ok(installed) => out.line(format_args!("{installed}")),
            Err(InstallError::Db(error)) => return Err(Outcome::unavailable(error)),
            Err(error) => {
                refused = true;
                if common.json {
                    out.line(format_args!("{}", json!({ "package": slug, "refused": error.to_string() })));
                } else {
                    out.line(format_args!("{slug}: refused\n{error}"));
                }
            }
        }
    }
    if refused { Err(Outcome::Findings) } else { Ok(()) }
}

pub(in crate::app) fn package_check(json: bool, folders: &[PathBuf]) -> Result<(), Outcome> {
    let mut out = Printed::new();
    let mut errors = false;
    for folder in folders {
        let (slug, files) = opened(folder)?;
        let findings: Findings = if slug == CITY_SLUG {
            city::read(&files).findings
        } else {
            package::read(&slug, &files).findings
        };
        errors |= findings.has_errors();
        if json {
            out.line(format_args!("{}", json!({ "package": slug, "findings": findings })));
        } else if findings.is_empty() {
            out.line(format_args!("{slug}: fine"));
        } else {
            out.line(format_args!("{slug}:\n{findings}"));
        }
    }
    if errors { Err(Outcome::Findings) } else { Ok(()) }
}

pub(in crate::app) async fn package_list(common: &Common) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = open(&config)?;
    let rows = db.read(agencies::list).await.map_err(Outcome::unavailable)?;
    let mut out = Printed::new();
    for row in rows {
        if common.json {
            out.line(format_args!(
                "{}",
                json!({ "package": row.slug, "version": row.version, "fingerprint": row.fingerprint,
                        "installed": row.installed_at })
            ));
        } else {
            let at = row.installed_at.format("%Y-%m-%d %H:%M");
            out.line(format_args!("{:<28} {:>4}  {at}  {}", row.slug, row.version, row.fingerprint));
        }
    }
    Ok(())
}

pub(in crate::app) async fn package_rollback(common: &Common, slug: String) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = open(&config)?;
    let now = Clock::system().now();
    match db.tx(move |c| agencies::rollback(c, now, &slug)).await {
        Ok(installed) => {
            Printed::new()
                .line(format_args!("{}: version {} is live again", installed.slug, installed.version));
            Ok(())
        }
        Err(InstallError::Db(error)) => Err(Outcome::unavailable(error)),
        Err(error) => Err(Outcome::usage(error)),
    }
}

pub(in crate::app) fn package_schema(folder: &Path) -> Result<(), Outcome> {
    fs::create_dir_all(folder).map_err(Outcome::unavailable)?;
    let mut out = Printed::new();
    for (what, name, schema) in schema::files() {
        let text = serde_json::to_string_pretty(&schema).map_err(Outcome::unavailable)?;
        fs::write(folder.join(&name), text).map_err(Outcome::unavailable)?;
        out.line(format_args!("{what} → {}", folder.join(&name).display()));
    }
    Ok(())
}
