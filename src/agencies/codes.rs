//! Codes of services: each belongs to one package for good, and its text has a version of its own.

use std::collections::HashMap;

use diesel::prelude::*;
use yimen_contract::service::Service;

use super::{InstallError, archive};
use crate::{
    db::{Conn, DbError, Stamp, schema::service_codes},
    each,
    platform::Moment,
};

#[derive(Insertable)]
#[diesel(table_name = service_codes)]
struct Registered<'a> {
    code: &'a str,
    slug: &'a str,
    fingerprint: String,
    version: i32,
    published_at: Stamp,
}

/// Owner, digest and version of the codes that are known.
type Known = HashMap<String, (String, String, i32)>;

fn known(c: &mut Conn, services: &[Service]) -> Result<Known, DbError> {
    let codes: Vec<&str> = services.iter().map(|service| service.code.as_str()).collect();
    let rows: Vec<(String, String, String, i32)> = service_codes::table
        .filter(service_codes::code.eq_any(&codes))
        .select((
            service_codes::code,
            service_codes::slug,
            service_codes::fingerprint,
            service_codes::version,
        ))
        .load(c)?;
    Ok(rows.into_iter().map(|(code, owner, print, version)| (code, (owner, print, version))).collect())
}

/// Refuses services whose code is another package's.
pub(super) fn free(c: &mut Conn, slug: &str, services: &[Service]) -> Result<(), InstallError> {
    match known(c, services)?.into_iter().find(|(_, (owner, ..))| owner != slug) {
        Some((code, (owner, ..))) => Err(InstallError::CodeTaken { code, owner }),
        None => Ok(()),
    }
}

/// Registers the codes of a package's services. A code stays with its package for good, also after the
/// service is gone; a service whose text changed gets the next version.
pub(super) fn register(
    c: &mut Conn,
    now: Moment,
    slug: &str,
    services: &[Service],
) -> Result<(), InstallError> {
    free(c, slug, services)?;
    let known = known(c, services)?;
    let mut changed = Vec::new();
    for service in services {
        let text = serde_json::to_vec(service).map_err(|error| InstallError::Stored(error.to_string()))?;
        let fingerprint = archive::fingerprint(&text);
        let version = match known.get(&service.code) {
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
