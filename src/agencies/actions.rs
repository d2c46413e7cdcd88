//! Installing packages and going back.

use std::collections::HashMap;

use diesel::prelude::*;
use yimen_contract::{Files, service::Service};

use super::{
    Change, Compiled, InstallError, Installed, TOPIC, VersionId, archive, compiled,
    queries::{self, Latest},
};
use crate::{
    db::{
        Conn, DbError, Stamp, announce,
        schema::{package_versions, packages, service_codes},
    },
    each,
    platform::Moment,
    upsert,
};

/// Makes a package live: reads it, checks it, stores it, and announces the change.
pub fn install(c: &mut Conn, now: Moment, slug: &str, files: &Files) -> Result<Installed, InstallError> {
    let run = archive::lay_out(files);
    let fingerprint = archive::fingerprint(&run);
    let Latest { version, live, same } = queries::latest(c, slug, &fingerprint)?;
    if let Some((id, version)) = same {
        let change = if live == Some(id) { Change::Unchanged } else { Change::Updated };
        if change == Change::Updated {
            let compiled = Compiled::read(slug, files).map_err(InstallError::Refused)?;
            make_live(c, now, slug, id, &compiled)?;
        }
        return Ok(Installed { slug: slug.to_owned(), version, change });
    }
    let read = Compiled::read(slug, files).map_err(InstallError::Refused)?;
    let stored = |error: std::io::Error| InstallError::Stored(error.to_string());
    let (id, next) = (VersionId::new(), version + 1);
    diesel::insert_into(package_versions::table)
        .values((
            package_versions::id.eq(id),
            package_versions::slug.eq(slug),
            package_versions::version.eq(next),
            package_versions::fingerprint.eq(&fingerprint),
            package_versions::files.eq(archive::deflate(&run).map_err(stored)?),
            package_versions::compiled.eq(read.store().map_err(stored)?),
            package_versions::compiled_format.eq(compiled::FORMAT),
            package_versions::installed_at.eq(Stamp::from(now)),
        ))
        .execute(c)
        .map_err(DbError::from)?;
    make_live(c, now, slug, id, &read)?;
    let change = if version == 0 { Change::New } else { Change::Updated };
    Ok(Installed { slug: slug.to_owned(), version: next, change })
}

/// Makes the version before the live one live again.
pub fn rollback(c: &mut Conn, now: Moment, slug: &str) -> Result<Installed, InstallError> {
    let (id, version, compiled) = queries::earlier(c, slug)?;
    make_live(c, now, slug, id, &compiled)?;
    Ok(Installed { slug: slug.to_owned(), version, change: Change::Updated })
}

fn make_live(
    c: &mut Conn,
    now: Moment,
    slug: &str,
    id: VersionId,
    compiled: &Compiled,
) -> Result<(), InstallError> {
    let row = (
        packages::slug.eq(slug),
        packages::live_version.eq(id),
        packages::revision.eq(1_i64),
        packages::changed_at.eq(Stamp::from(now)),
    );
    let change = (
        packages::live_version.eq(id),
        packages::revision.eq(packages::revision + 1),
        packages::changed_at.eq(Stamp::from(now)),
    );
    upsert!(c, packages::table => row, on packages::slug, set change).map_err(DbError::from)?;
    if let Compiled::Agency(package) = compiled {
        register(c, now, slug, &package.services)?;
    }
    announce(c, TOPIC);
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = service_codes)]
struct Registered<'a> {
    code: &'a str,
    slug: &'a str,
    fingerprint: String,
    version: i32,
    published_at: Stamp,
}

/// Registers the codes of a package's services. A code stays with its package for good, also after the
/// service is gone; a service whose text changed gets the next version.
fn register(c: &mut Conn, now: Moment, slug: &str, services: &[Service]) -> Result<(), InstallError> {
    let codes: Vec<&str> = services.iter().map(|service| service.code.as_str()).collect();
    let known: Vec<(String, String, String, i32)> = service_codes::table
        .filter(service_codes::code.eq_any(&codes))
        .select((
            service_codes::code,
            service_codes::slug,
            service_codes::fingerprint,
            service_codes::version,
        ))
        .load(c)
        .map_err(DbError::from)?;
    let known: HashMap<_, _> =
        known.into_iter().map(|(code, owner, print, version)| (code, (owner, print, version))).collect();
    let mut changed = Vec::new();
    for service in services {
        let text = serde_json::to_vec(service).map_err(|error| InstallError::Stored(error.to_string()))?;
        let fingerprint = archive::fingerprint(&text);
        let version = match known.get(&service.code) {
            Some((owner, ..)) if owner != slug => {
                return Err(InstallError::CodeTaken { code: service.code.clone(), owner: owner.clone() });
            }
            Some((_, print, _)) if *print == fingerprint => continue,
            Some((.., version)) => version + 1,
            None => 1,
        };
        changed.push(Registered {
            code: &service.code,
            slug,
            fingerprint,
            version,
            published_at: now.into(),
        });
    }
    diesel::delete(service_codes::table)
        .filter(service_codes::code.eq_any(changed.iter().map(|row| row.code).collect::<Vec<_>>()))
        .execute(c)
        .map_err(DbError::from)?;
    each!(c, |c| diesel::insert_into(service_codes::table).values(&changed).execute(c))
        .map_err(DbError::from)?;
    Ok(())
}
