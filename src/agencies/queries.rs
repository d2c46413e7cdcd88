//! Reading packages.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{AgencyPackage, Compiled, InstallError, LivePackage, PackageRow, VersionId, archive, compiled};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{package_versions, packages, service_codes},
    },
    platform::Moment,
};

/// Tells one state of all packages from another, cheaply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signature(i64);

/// The state of the packages now.
pub fn signature(c: &mut Conn) -> Result<Signature, DbError> {
    let sum = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(COALESCE(SUM(revision), 0) AS BIGINT)");
    Ok(Signature(packages::table.select(sum).get_result(c)?))
}

#[derive(Queryable)]
struct Stored {
    slug: String,
    version: i32,
    installed_at: Stamp,
    files: Option<Vec<u8>>,
    compiled: Vec<u8>,
    format: i32,
}

/// Every live package with what it says, by name. One that cannot be read, which takes a fault of ours or a
/// damaged disk, is reported and left out; the city goes on without it.
pub fn live(c: &mut Conn) -> Result<Vec<LivePackage>, DbError> {
    let rows: Vec<Stored> = packages::table
        .inner_join(package_versions::table)
        .order(packages::slug)
        .select((
            packages::slug,
            package_versions::version,
            package_versions::installed_at,
            // Files are only needed where the compiled form is not this program's.
            diesel::dsl::case_when(
                package_versions::compiled_format.ne(compiled::FORMAT),
                package_versions::files.nullable(),
            )
            .otherwise(None::<Vec<u8>>),
            package_versions::compiled,
            package_versions::compiled_format,
        ))
        .load(c)?;
    Ok(rows.into_iter().filter_map(Stored::open).collect())
}

impl Stored {
    fn open(self) -> Option<LivePackage> {
        let compiled = if self.format == compiled::FORMAT {
            Compiled::load(&self.compiled).map_err(|error| error.to_string())
        } else {
            archive::open(self.files.as_deref().unwrap_or_default())
                .map_err(|error| error.to_string())
                .and_then(|files| Compiled::read(&self.slug, &files).map_err(|findings| findings.to_string()))
        };
        match compiled {
            Ok(compiled) => Some(LivePackage {
                slug: self.slug,
                version: self.version,
                installed_at: self.installed_at.moment(),
                compiled,
            }),
            Err(error) => {
                tracing::error!(slug = self.slug, error, "a package cannot be read and is left out");
                None
            }
        }
    }
}

/// Which version of an agency's package is live: another answer means that what was read before is out of date.
pub fn version(c: &mut Conn, slug: &str) -> Result<Option<VersionId>, DbError> {
    Ok(packages::table.filter(packages::slug.eq(slug)).select(packages::live_version).first(c).optional()?)
}

/// The live package of one agency.
pub fn agency(c: &mut Conn, slug: &str) -> Result<AgencyPackage, InstallError> {
    let row: Option<(VersionId, Vec<u8>, Vec<u8>, i32)> = packages::table
        .inner_join(package_versions::table)
        .filter(packages::slug.eq(slug))
        .select((
            package_versions::id,
            package_versions::files,
            package_versions::compiled,
            package_versions::compiled_format,
        ))
        .first(c)
        .optional()
        .map_err(DbError::from)?;
    let (version, files, compiled, format) = row.ok_or_else(|| InstallError::Unknown(slug.to_owned()))?;
    let stored = |error: std::io::Error| InstallError::Stored(error.to_string());
    let compiled = if format == compiled::FORMAT {
        Compiled::load(&compiled).map_err(stored)?
    } else {
        Compiled::read(slug, &archive::open(&files).map_err(stored)?).map_err(InstallError::Refused)?
    };
    match compiled {
        Compiled::Agency(package) => Ok(AgencyPackage { version, package }),
        Compiled::City(_) => Err(InstallError::Unknown(slug.to_owned())),
    }
}

/// The list of packages, by name.
pub fn list(c: &mut Conn) -> Result<Vec<PackageRow>, DbError> {
    let rows: Vec<(String, i32, String, Stamp)> = packages::table
        .inner_join(package_versions::table)
        .order(packages::slug)
        .select((
            packages::slug,
            package_versions::version,
            package_versions::fingerprint,
            package_versions::installed_at,
        ))
        .load(c)?;
    let row = |(slug, version, fingerprint, at): (String, i32, String, Stamp)| PackageRow {
        slug,
        version,
        fingerprint,
        installed_at: at.moment(),
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Version and day of publication of every service that was ever published.
pub fn published(c: &mut Conn) -> Result<HashMap<String, (i32, Moment)>, DbError> {
    let rows: Vec<(String, i32, Stamp)> = service_codes::table
        .select((service_codes::code, service_codes::version, service_codes::published_at))
        .load(c)?;
    Ok(rows.into_iter().map(|(code, version, at)| (code, (version, at.moment()))).collect())
}

/// The newest version of a package, and whether those very files are live.
pub(super) struct Latest {
    pub(super) version: i32,
    pub(super) live: Option<VersionId>,
    /// The version with the same files, if there is one.
    pub(super) same: Option<(VersionId, i32)>,
}

pub(super) fn latest(c: &mut Conn, slug: &str, fingerprint: &str) -> Result<Latest, DbError> {
    let version: Option<i32> = package_versions::table
        .filter(package_versions::slug.eq(slug))
        .select(diesel::dsl::max(package_versions::version))
        .get_result(c)?;
    let live =
        packages::table.filter(packages::slug.eq(slug)).select(packages::live_version).first(c).optional()?;
    let same = package_versions::table
        .filter(package_versions::slug.eq(slug))
        .filter(package_versions::fingerprint.eq(fingerprint))
        .order(package_versions::version.desc())
        .select((package_versions::id, package_versions::version))
        .first(c)
        .optional()?;
    Ok(Latest { version: version.unwrap_or(0), live, same })
}

/// The version before the live one.
pub(super) fn earlier(c: &mut Conn, slug: &str) -> Result<(VersionId, i32, Compiled), InstallError> {
    let live: Option<i32> = packages::table
        .inner_join(package_versions::table)
        .filter(packages::slug.eq(slug))
        .select(package_versions::version)
        .first(c)
        .optional()
        .map_err(DbError::from)?;
    let Some(live) = live else { return Err(InstallError::Unknown(slug.to_owned())) };
    let row: Option<(VersionId, i32, Vec<u8>)> = package_versions::table
        .filter(package_versions::slug.eq(slug))
        .filter(package_versions::version.lt(live))
        .order(package_versions::version.desc())
        .select((package_versions::id, package_versions::version, package_versions::files))
        .first(c)
        .optional()
        .map_err(DbError::from)?;
    let (id, version, files) = row.ok_or_else(|| InstallError::NoEarlier(slug.to_owned()))?;
    let files = archive::open(&files).map_err(|error| InstallError::Stored(error.to_string()))?;
    Ok((id, version, Compiled::read(slug, &files).map_err(InstallError::Refused)?))
}
