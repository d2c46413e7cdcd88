//! `config`, `doctor`, `migrate`, `keys`, `routes`

use std::{fs, io};

use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    agencies::PackageRow,
    app::{
        cli::Common,
        portal::{Portal, PortalError},
        routes,
    },
    cache::Health,
    db::DbError,
    notices::Courier,
    platform::{
        config::{CarrierConfig, Config, DEFAULTS},
        keys::KeyRing,
    },
    sso::upstream::Providers,
};

pub(in crate::app) fn config_show() {
    Printed::new().line(format_args!("{}", DEFAULTS.trim_end()));
}

pub(in crate::app) fn config_check(common: &Common) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let mut out = Printed::new();
    match leaked(&config) {
        Ok(_) => out.line(format_args!("The configuration is fine.")),
        Err(problem) => {
            out.line(format_args!("{problem}"));
            return Err(Outcome::Findings);
        }
    }
    Ok(())
}

/// Looks through the list of leaked passwords, if there is to be one.
fn leaked(config: &Config) -> Result<Option<String>, PortalError> {
    let (Some(list), Some(path)) = (Portal::leaked(config)?, &config.leaked_passwords) else {
        return Ok(None);
    };
    list.check()?;
    Ok(Some(path.display().to_string()))
}

pub(in crate::app) fn routes() {
    Printed::new().line(format_args!("{}", routes::table().trim_end()));
}

pub(in crate::app) fn migrate(common: &Common) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = Portal::database(&config)?;
    let applied = db.migrate().map_err(PortalError::from)?;
    let mut out = Printed::new();
    for name in &applied.0 {
        out.line(format_args!("{name}"));
    }
    out.line(format_args!("The database {} is up to date.", config.database.url));
    Ok(())
}

pub(in crate::app) fn keys_new(common: &Common) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let path = &config.keys;
    match fs::metadata(path) {
        Ok(_) => Err(Outcome::Usage(format!("{} exists already and is left alone.", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            KeyRing::open_or_create(path).map_err(Outcome::unavailable)?;
            Printed::new().line(format_args!(
                "Wrote {}. Keep a copy where the database's backups are not.",
                path.display()
            ));
            Ok(())
        }
        Err(error) => Err(Outcome::Unavailable(format!("{}: {error}", path.display()))),
    }
}

/// Whether the package that is to carry messages is there. How its backend does is looked after as agencies' are.
fn carried(carrier: &CarrierConfig, installed: &Result<Vec<PackageRow>, String>) -> Result<String, String> {
    let installed = installed.as_ref().map_err(|_| "the database cannot be read".to_owned())?;
    if installed.iter().any(|row| row.slug == carrier.package) {
        return Ok(format!("the package {}", carrier.package));
    }
    Err(format!("there is no package {}: install it and bind its address", carrier.package))
}

/// Looks at everything the portal needs, and says what to do about what is missing.
pub(in crate::app) async fn doctor(common: &Common) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let database = match Portal::database(&config) {
        Ok(db) => match db.check() {
            Ok(()) => db.read(crate::agencies::list).await.map_err(|error: DbError| error.to_string()),
            Err(error) => Err(error.to_string()),
        },
        Err(error) => Err(error.to_string()),
    };
    let cache = match Portal::cache(&config) {
        Ok(cache) => {
            // Redis is looked for in the background: give it a moment.
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            match cache.health() {
                Health::Away { .. } => Err("Redis does not answer. The portal works without it, but slower and with limits per node.".to_owned()),
                health => Ok(format!("{health:?}")),
            }
        }
        Err(error) => Err(error.to_string()),
    };
    let carriers: Vec<_> = config
        .carriers
        .iter()
        .chain(&config.app_carriers)
        .map(|it| (it.section.to_owned(), carried(it, &database)))
        .collect();
    let keys = KeyRing::open(&config.keys).map(|_| ()).map_err(|error| error.to_string());
    let mut checks = vec![
        (
            "database".to_owned(),
            database.map(|packages| format!("{}, {} packages", config.database.url, packages.len())),
        ),
        ("cache".to_owned(), cache),
        ("keys".to_owned(), keys.map(|()| config.keys.display().to_string())),
    ];
    if let Some(leaked) = leaked(&config).transpose() {
        checks.push(("leaked passwords".to_owned(), leaked.map_err(|error| error.to_string())));
    }
    checks.extend(Courier::check(&config).await.into_iter().map(|(name, check)| (name.to_owned(), check)));
    checks.extend(carriers);
    checks.extend(Providers::check(&config.national).await);
    let sound = checks.iter().all(|(_, check)| check.is_ok());
    let mut out = Printed::new();
    if common.json {
        let checks = checks.iter().map(|(name, check)| match check {
            Ok(detail) => json!({ "check": name, "ok": true, "detail": detail }),
            Err(problem) => json!({ "check": name, "ok": false, "problem": problem }),
        });
        out.line(format_args!("{}", json!({ "ok": sound, "checks": checks.collect::<Vec<_>>() })));
    } else {
        for (name, check) in &checks {
            match check {
                Ok(detail) => out.line(format_args!("ok      {name}: {detail}")),
                Err(problem) => out.line(format_args!("missing {name}: {problem}")),
            }
        }
    }
    if sound { Ok(()) } else { Err(Outcome::Findings) }
}
