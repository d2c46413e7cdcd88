//! Reading packages.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use yimen_contract::Package;

use super::{
    AgencyPackage, Compiled, InstallError, LivePackage, PackageRow, Trial, VersionId, archive, compiled,
    releases::{self, Candidate, Suspension},
};
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

/// When the first package came in: before that the city had nothing here.
pub fn opened_at(c: &mut Conn) -> Result<Option<Moment>, DbError> {
    let first: Option<Stamp> =
        package_versions::table.select(diesel::dsl::min(package_versions::installed_at)).get_result(c)?;
    Ok(first.map(Stamp::moment))
}

#[derive(Queryable)]
struct Stored {
    slug: String,
    version: i32,
    installed_at: Stamp,
    files: Option<Vec<u8>>,
    compiled: Vec<u8>,
    format: i32,
    candidate: Option<VersionId>,
    percent: i32,
    suspended_at: Option<Stamp>,
    suspended_why: Option<String>,
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
            packages::candidate_version,
            packages::candidate_percent,
            packages::suspended_at,
            packages::suspended_why,
        ))
        .load(c)?;
    let wanted: Vec<VersionId> = rows.iter().filter_map(|row| row.candidate).collect();
    let mut candidates = compiled_of(c, &wanted)?;
    let admitted: HashSet<String> = releases::admitted(c)?.into_iter().map(|(slug, ..)| slug).collect();
    Ok(rows.into_iter().filter_map(|row| row.open(&mut candidates, &admitted)).collect())
}

/// A version: its id, whose it is, its files, its compiled form and the format of that.
type Kept = (VersionId, String, Vec<u8>, Vec<u8>, i32);

/// What versions say that are on trial, by version.
fn compiled_of(c: &mut Conn, versions: &[VersionId]) -> Result<HashMap<VersionId, Compiled>, DbError> {
    if versions.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Kept> = package_versions::table
        .filter(package_versions::id.eq_any(versions))
        .select((
            package_versions::id,
            package_versions::slug,
            package_versions::files,
            package_versions::compiled,
            package_versions::compiled_format,
        ))
        .load(c)?;
    let read = |(id, slug, files, compiled, format): Kept| {
        let read = opened(&slug, &files, &compiled, format);
        read.inspect_err(|error| tracing::error!(slug, error, "a version on trial cannot be read"))
            .ok()
            .map(|compiled| (id, compiled))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The compiled form, made anew where it is not this program's.
fn opened(slug: &str, files: &[u8], compiled: &[u8], format: i32) -> Result<Compiled, String> {
    if format == compiled::FORMAT {
        return Compiled::load(compiled).map_err(|error| error.to_string());
    }
    let files = archive::open(files).map_err(|error| error.to_string())?;
    Compiled::read(slug, &files).map_err(|findings| findings.to_string())
}

impl Stored {
    fn open(
        self,
        candidates: &mut HashMap<VersionId, Compiled>,
        admitted: &HashSet<String>,
    ) -> Option<LivePackage> {
        let files = self.files.as_deref().unwrap_or_default();
        let suspended = suspension(self.suspended_at, self.suspended_why);
        let on_trial = self.candidate.and_then(|version| match candidates.remove(&version)? {
            Compiled::Agency(package) => {
                let candidate = Candidate { version, percent: u8::try_from(self.percent).unwrap_or(0) };
                Some(Trial { candidate, package })
            }
            Compiled::City(_) => None,
        });
        match opened(&self.slug, files, &self.compiled, self.format) {
            Ok(compiled) => Some(LivePackage {
                verified: admitted.contains(&self.slug),
                slug: self.slug,
                version: self.version,
                installed_at: self.installed_at.moment(),
                compiled,
                on_trial,
                suspended,
            }),
            Err(error) => {
                tracing::error!(slug = self.slug, error, "a package cannot be read and is left out");
                None
            }
        }
    }
}

fn suspension(since: Option<Stamp>, why: Option<String>) -> Option<Suspension> {
    since.map(|since| Suspension { since: since.moment(), why: why.unwrap_or_default() })
}

/// How an agency's package stands: what is live, what is on trial, and whether its services are shut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub live: VersionId,
    pub candidate: Option<Candidate>,
    pub suspended: Option<Suspension>,
}

/// The live version, the one on trial and for how many, and since when and why it is shut.
type Stands = (VersionId, Option<VersionId>, i32, Option<Stamp>, Option<String>);

/// How an agency's package stands now: another answer means that what was read before is out of date.
pub fn standing(c: &mut Conn, slug: &str) -> Result<Option<Standing>, DbError> {
    let row: Option<Stands> = packages::table
        .filter(packages::slug.eq(slug))
        .select((
            packages::live_version,
            packages::candidate_version,
            packages::candidate_percent,
            packages::suspended_at,
            packages::suspended_why,
        ))
        .first(c)
        .optional()?;
    Ok(row.map(|(live, candidate, percent, since, why)| Standing {
        live,
        candidate: candidate
            .map(|version| Candidate { version, percent: u8::try_from(percent).unwrap_or(0) }),
        suspended: suspension(since, why),
    }))
}

/// Which version of an agency's package is live: another answer means that what was read before is out of date.
pub fn version(c: &mut Conn, slug: &str) -> Result<Option<VersionId>, DbError> {
    Ok(packages::table.filter(packages::slug.eq(slug)).select(packages::live_version).first(c).optional()?)
}

/// Every agency whose services are shut.
pub(super) fn suspended(c: &mut Conn) -> Result<HashSet<String>, DbError> {
    let shut = packages::table.filter(packages::suspended_at.is_not_null()).select(packages::slug);
    Ok(shut.load::<String>(c)?.into_iter().collect())
}

/// The live package of one agency.
pub fn agency(c: &mut Conn, slug: &str) -> Result<AgencyPackage, InstallError> {
    let live = version(c, slug)?.ok_or_else(|| InstallError::Unknown(slug.to_owned()))?;
    package_of(c, slug, live)
}

/// One version of an agency's package.
pub fn package_of(c: &mut Conn, slug: &str, version: VersionId) -> Result<AgencyPackage, InstallError> {
    match compiled_version(c, slug, version)? {
        Compiled::Agency(package) => Ok(AgencyPackage { version, package }),
        Compiled::City(_) => Err(InstallError::Unknown(slug.to_owned())),
    }
}

/// What one version of a package says.
pub(super) fn compiled_version(
    c: &mut Conn,
    slug: &str,
    version: VersionId,
) -> Result<Compiled, InstallError> {
    let row: Option<(Vec<u8>, Vec<u8>, i32)> = package_versions::table
        .filter(package_versions::slug.eq(slug))
        .filter(package_versions::id.eq(version))
        .select((package_versions::files, package_versions::compiled, package_versions::compiled_format))
        .first(c)
        .optional()
        .map_err(DbError::from)?;
    let (files, compiled, format) = row.ok_or_else(|| InstallError::Unknown(slug.to_owned()))?;
    opened(slug, &files, &compiled, format).map_err(InstallError::Stored)
}

/// An agency's package as it was in one of its versions.
pub fn at_version(c: &mut Conn, version: VersionId) -> Result<Package, InstallError> {
    let slug: Option<String> = package_versions::table
        .filter(package_versions::id.eq(version))
        .select(package_versions::slug)
        .first(c)
        .optional()
        .map_err(DbError::from)?;
    let slug = slug.ok_or_else(|| InstallError::Unknown(version.to_string()))?;
    Ok(*package_of(c, &slug, version)?.package)
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
