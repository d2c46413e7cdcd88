//! Reading versions, and moving one from state to state.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::{Files, Package};

use super::model::{ReleaseError, State, Step};
use crate::{
    agencies::{self, Compiled, VersionId, archive, compiled},
    db::{
        Conn, DbError, Json, Stamp,
        schema::{package_versions, packages, releases},
    },
    platform::Moment,
};

/// So many versions of a package are listed.
const MOST: i64 = 50;

/// How far the check of a version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Waiting,
    /// Recorded exchanges are led through the maps.
    Samples,
    /// Recorded answers are broken.
    Faults,
    Done,
    /// The check itself did not work.
    Broken,
}

impl Phase {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Samples => "samples",
            Self::Faults => "faults",
            Self::Done => "done",
            Self::Broken => "broken",
        }
    }

    fn named(tag: &str) -> Self {
        let all = [Self::Waiting, Self::Samples, Self::Faults, Self::Done];
        all.into_iter().find(|phase| phase.tag() == tag).unwrap_or(Self::Broken)
    }

    /// Whether there is more to come by itself.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Waiting | Self::Samples | Self::Faults)
    }
}

/// What a check found, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    pub samples: usize,
    /// Broken answers that were tried.
    pub tried: usize,
    pub findings: Vec<Found>,
}

/// One thing that a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// `critical`, `error` or `warning`.
    pub gravity: String,
    pub file: String,
    #[serde(default)]
    pub line: Option<usize>,
    #[serde(default)]
    pub place: Option<String>,
    pub message: String,
    pub remedy: String,
    #[serde(default)]
    pub curl: Option<String>,
}

impl CheckReport {
    /// Whether the version may not go on.
    pub fn refuses(&self) -> bool {
        self.findings.iter().any(|found| found.gravity != "warning")
    }
}

/// A version of a package.
#[derive(Debug, Clone)]
pub struct Release {
    pub version: VersionId,
    pub slug: String,
    pub number: i32,
    pub fingerprint: String,
    pub state: State,
    pub uploaded_by: String,
    pub uploaded_at: Moment,
    pub submitted_by: Option<String>,
    pub approved_by: Option<String>,
    pub approved_against: Option<VersionId>,
    pub phase: Phase,
    pub changed_at: Moment,
}

#[derive(Queryable)]
struct Row {
    version: VersionId,
    slug: String,
    number: i32,
    fingerprint: String,
    state: String,
    uploaded_by: String,
    uploaded_at: Stamp,
    submitted_by: Option<String>,
    approved_by: Option<String>,
    approved_against: Option<VersionId>,
    phase: String,
    changed_at: Stamp,
}

impl From<Row> for Release {
    fn from(row: Row) -> Self {
        Self {
            version: row.version,
            slug: row.slug,
            number: row.number,
            fingerprint: row.fingerprint,
            // A state that this program does not know is one from which nothing goes on.
            state: State::named(&row.state).unwrap_or(State::Withdrawn),
            uploaded_by: row.uploaded_by,
            uploaded_at: row.uploaded_at.moment(),
            submitted_by: row.submitted_by,
            approved_by: row.approved_by,
            approved_against: row.approved_against,
            phase: Phase::named(&row.phase),
            changed_at: row.changed_at.moment(),
        }
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn all() -> _ {
    releases::table.inner_join(package_versions::table).select((
        releases::version,
        releases::slug,
        package_versions::version,
        package_versions::fingerprint,
        releases::state,
        releases::uploaded_by,
        releases::uploaded_at,
        releases::submitted_by,
        releases::approved_by,
        releases::approved_against,
        releases::phase,
        releases::changed_at,
    ))
}

/// The versions of an agency's package, the latest first.
pub fn versions(c: &mut Conn, slug: &str) -> Result<Vec<Release>, DbError> {
    let of = all().filter(releases::slug.eq(slug)).order(package_versions::version.desc()).limit(MOST);
    Ok(of.load::<Row>(c)?.into_iter().map(Release::from).collect())
}

/// A version by its number.
pub fn numbered(c: &mut Conn, slug: &str, number: i32) -> Result<Release, ReleaseError> {
    let of = all().filter(releases::slug.eq(slug)).filter(package_versions::version.eq(number));
    of.first::<Row>(c).optional()?.map(Release::from).ok_or(ReleaseError::Unknown)
}

pub fn by_id(c: &mut Conn, version: VersionId) -> Result<Release, ReleaseError> {
    let of = all().filter(releases::version.eq(version));
    of.first::<Row>(c).optional()?.map(Release::from).ok_or(ReleaseError::Unknown)
}

/// Every version that waits for a reviewer, the oldest first.
pub fn in_review(c: &mut Conn) -> Result<Vec<Release>, DbError> {
    let of = all().filter(releases::state.eq(State::Review.tag())).order(releases::changed_at).limit(200);
    Ok(of.load::<Row>(c)?.into_iter().map(Release::from).collect())
}

/// The versions of all packages that are under way or live, by name: what the lists show of each agency.
pub fn current(c: &mut Conn) -> Result<Vec<Release>, DbError> {
    let over = [State::Replaced.tag(), State::Withdrawn.tag()];
    let of =
        all().filter(releases::state.ne_all(over)).order((releases::slug, package_versions::version.desc()));
    Ok(of.limit(2_000).load::<Row>(c)?.into_iter().map(Release::from).collect())
}

/// The one of these files, if they were handed in before.
pub(super) fn of_files(c: &mut Conn, slug: &str, fingerprint: &str) -> Result<Option<Release>, DbError> {
    let of = all()
        .filter(releases::slug.eq(slug))
        .filter(package_versions::fingerprint.eq(fingerprint))
        .order(package_versions::version.desc());
    Ok(of.first::<Row>(c).optional()?.map(Release::from))
}

/// The live version, if there is one.
pub(in crate::agencies) fn live(c: &mut Conn, slug: &str) -> Result<Option<Release>, DbError> {
    let of = all().filter(releases::slug.eq(slug)).filter(releases::state.eq(State::Live.tag()));
    Ok(of.first::<Row>(c).optional()?.map(Release::from))
}

/// The version that was live before: the one whose place was taken last.
pub(super) fn before(c: &mut Conn, slug: &str) -> Result<Option<Release>, DbError> {
    let of = all()
        .filter(releases::slug.eq(slug))
        .filter(releases::state.eq(State::Replaced.tag()))
        .order((releases::changed_at.desc(), package_versions::version.desc()));
    Ok(of.first::<Row>(c).optional()?.map(Release::from))
}

/// Whether another version than this one is released to some.
pub(super) fn another_candidate(c: &mut Conn, slug: &str, but: VersionId) -> Result<bool, DbError> {
    let of = releases::table
        .filter(releases::slug.eq(slug))
        .filter(releases::state.eq(State::Released.tag()))
        .filter(releases::version.ne(but));
    Ok(diesel::select(diesel::dsl::exists(of)).get_result(c)?)
}

/// What the check of a version found, if it came to an end.
pub fn report(c: &mut Conn, version: VersionId) -> Result<Option<CheckReport>, DbError> {
    let of = releases::table.filter(releases::version.eq(version)).select(releases::report);
    let kept: Option<Option<Json<CheckReport>>> = of.first(c).optional()?;
    Ok(kept.flatten().map(|Json(report)| report))
}

/// The files of a version, as they came.
pub fn files(c: &mut Conn, version: VersionId) -> Result<Files, ReleaseError> {
    let of = package_versions::table.filter(package_versions::id.eq(version)).select(package_versions::files);
    let packed: Option<Vec<u8>> = of.first(c).optional()?;
    let packed = packed.ok_or(ReleaseError::Unknown)?;
    archive::open(&packed).map_err(|error| ReleaseError::Stored(error.to_string()))
}

/// What a version of an agency's package says.
pub fn package(c: &mut Conn, slug: &str, version: VersionId) -> Result<Package, ReleaseError> {
    Ok(*agencies::package_of(c, slug, version)?.package)
}

/// Takes a step, if it can be taken from the state that the version has now: of two who press at once one does.
pub(super) fn take(c: &mut Conn, now: Moment, release: &Release, step: Step) -> Result<State, ReleaseError> {
    let next = release.state.after(step).ok_or(ReleaseError::NotFrom(release.state))?;
    let from = releases::table
        .filter(releases::version.eq(release.version))
        .filter(releases::state.eq(release.state.tag()));
    let changed = (releases::state.eq(next.tag()), releases::changed_at.eq(Stamp::from(now)));
    if diesel::update(from).set(changed).execute(c)? != 1 {
        let now_is = by_id(c, release.version)?;
        return Err(ReleaseError::NotFrom(now_is.state));
    }
    Ok(next)
}

/// Puts down a version that was handed in just now.
pub(super) fn add(
    c: &mut Conn,
    now: Moment,
    (slug, version): (&str, VersionId),
    state: State,
    by: &str,
    phase: Phase,
) -> Result<(), DbError> {
    diesel::insert_into(releases::table)
        .values((
            releases::version.eq(version),
            releases::slug.eq(slug),
            releases::state.eq(state.tag()),
            releases::uploaded_by.eq(by),
            releases::uploaded_at.eq(Stamp::from(now)),
            releases::phase.eq(phase.tag()),
            releases::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// A version begins anew: by whom, and without what was found and decided before.
pub(super) fn begin_anew(
    c: &mut Conn,
    now: Moment,
    version: VersionId,
    by: &str,
    phase: Phase,
) -> Result<(), DbError> {
    diesel::update(releases::table.filter(releases::version.eq(version)))
        .set((
            releases::approved_by.eq(None::<String>),
            releases::approved_against.eq(None::<VersionId>),
            releases::submitted_by.eq(None::<String>),
            releases::uploaded_by.eq(by),
            releases::uploaded_at.eq(Stamp::from(now)),
            releases::phase.eq(phase.tag()),
            releases::report.eq(None::<String>),
        ))
        .execute(c)?;
    Ok(())
}

pub(super) fn set_phase(c: &mut Conn, version: VersionId, phase: Phase) -> Result<(), DbError> {
    let of = releases::table.filter(releases::version.eq(version));
    diesel::update(of).set(releases::phase.eq(phase.tag())).execute(c)?;
    Ok(())
}

pub(super) fn keep_report(c: &mut Conn, version: VersionId, report: &CheckReport) -> Result<(), DbError> {
    let of = releases::table.filter(releases::version.eq(version));
    let done = (releases::phase.eq(Phase::Done.tag()), releases::report.eq(Some(Json(report.clone()))));
    diesel::update(of).set(done).execute(c)?;
    Ok(())
}

/// The next number of an agency's versions.
pub(in crate::agencies) fn last_number(c: &mut Conn, slug: &str) -> Result<i32, DbError> {
    let last: Option<i32> = package_versions::table
        .filter(package_versions::slug.eq(slug))
        .select(diesel::dsl::max(package_versions::version))
        .get_result(c)?;
    Ok(last.unwrap_or(0))
}

/// A package as it was handed in, read and made ready to be kept. Making it is work and no I/O: it is done before any
/// transaction begins.
#[derive(Debug)]
pub struct Handed {
    pub(in crate::agencies) slug: String,
    pub(in crate::agencies) fingerprint: String,
    pub(in crate::agencies) read: Compiled,
    files: Vec<u8>,
    compiled: Vec<u8>,
}

impl Handed {
    /// Reads a package's files: whole, or refused with everything that is wrong with them.
    pub fn read(slug: &str, files: &Files) -> Result<Self, ReleaseError> {
        let stored = |error: std::io::Error| ReleaseError::Stored(error.to_string());
        let read = Compiled::read(slug, files).map_err(ReleaseError::Refused)?;
        let run = archive::lay_out(files);
        Ok(Self {
            slug: slug.to_owned(),
            fingerprint: archive::fingerprint(&run),
            files: archive::deflate(&run).map_err(stored)?,
            compiled: read.store().map_err(stored)?,
            read,
        })
    }
}

/// Keeps a package under a number: as it came, and in compiled form.
pub(in crate::agencies) fn keep(
    c: &mut Conn,
    now: Moment,
    number: i32,
    handed: &Handed,
) -> Result<VersionId, DbError> {
    let id = VersionId::new();
    diesel::insert_into(package_versions::table)
        .values((
            package_versions::id.eq(id),
            package_versions::slug.eq(&handed.slug),
            package_versions::version.eq(number),
            package_versions::fingerprint.eq(&handed.fingerprint),
            package_versions::files.eq(&handed.files),
            package_versions::compiled.eq(&handed.compiled),
            package_versions::compiled_format.eq(compiled::FORMAT),
            package_versions::installed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(id)
}

/// Which version a share of the citizens gets: none, from now on, if it was this one.
pub(super) fn clear_candidate(c: &mut Conn, slug: &str, version: VersionId) -> Result<(), DbError> {
    let of = packages::table.filter(packages::slug.eq(slug)).filter(packages::candidate_version.eq(version));
    diesel::update(of)
        .set((packages::candidate_version.eq(None::<VersionId>), packages::candidate_percent.eq(0)))
        .execute(c)?;
    Ok(())
}
