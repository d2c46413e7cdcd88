//! From a package's files to a reviewer's word: handing in, checking, sending to review, approving, returning.

use std::collections::BTreeSet;

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};
use yimen_tools::difference::{self, Change, Weight};

use super::{
    acts::{reason, record_step},
    applications,
    check::CheckPackage,
    model::{ReleaseError, State, Step},
    store::{self, CheckReport, Handed, Phase, Release},
};
use crate::{
    agencies::{
        Compiled, VersionId,
        clients::By,
        codes,
        warnings::{self, Decision},
    },
    db::{Conn, schema::releases},
    jobs,
    platform::Moment,
};

/// Takes a package in: it becomes a version that is checked at once; what is live stays so.
pub fn upload(c: &mut Conn, now: Moment, handed: &Handed, by: &By) -> Result<Release, ReleaseError> {
    let slug = handed.slug.as_str();
    if !applications::is_admitted(c, slug)? {
        return Err(ReleaseError::NotAdmitted);
    }
    if let Compiled::Agency(package) = &handed.read {
        codes::free(c, slug, &package.services)?;
    }
    let version = if let Some(same) = store::of_files(c, slug, &handed.fingerprint)? {
        if same.state.after(Step::Upload).is_none() {
            return Err(ReleaseError::Same(same.number));
        }
        store::take(c, now, &same, Step::Upload)?;
        store::begin_anew(c, now, same.version, by.name.trim(), Phase::Waiting)?;
        same.version
    } else {
        let number = store::last_number(c, slug)? + 1;
        let version = store::keep(c, now, number, handed)?;
        store::add(c, now, (slug, version), State::Draft, by.name.trim(), Phase::Waiting)?;
        version
    };
    record_step(c, now, (slug, version), Step::Upload, by, "")?;
    jobs::enqueue(c, now, &CheckPackage { version })?;
    store::by_id(c, version)
}

/// Has a version checked once more.
pub fn recheck(c: &mut Conn, now: Moment, version: VersionId) -> Result<(), ReleaseError> {
    let release = store::by_id(c, version)?;
    store::take(c, now, &release, Step::Recheck)?;
    store::set_phase(c, version, Phase::Waiting)?;
    jobs::enqueue(c, now, &CheckPackage { version })?;
    Ok(())
}

/// Keeps what a check found. One that nobody waits for any more, because the version was withdrawn meanwhile,
/// changes nothing.
pub fn checked(
    c: &mut Conn,
    now: Moment,
    version: VersionId,
    report: &CheckReport,
) -> Result<(), ReleaseError> {
    let release = store::by_id(c, version)?;
    if release.state != State::Draft {
        return Ok(());
    }
    let step = if report.refuses() { Step::Fail } else { Step::Pass };
    store::take(c, now, &release, step)?;
    store::keep_report(c, version, report)?;
    let portal = By::operator("the portal");
    let words = format!("{}", report.findings.len());
    Ok(record_step(c, now, (&release.slug, version), step, &portal, &words)?)
}

/// Puts a version before the reviewers.
pub fn submit(
    c: &mut Conn,
    now: Moment,
    version: VersionId,
    by: &By,
    words: &str,
) -> Result<(), ReleaseError> {
    let release = store::by_id(c, version)?;
    store::take(c, now, &release, Step::Submit)?;
    diesel::update(releases::table.filter(releases::version.eq(version)))
        .set((
            releases::submitted_by.eq(Some(by.name.trim())),
            releases::approved_by.eq(None::<String>),
            releases::approved_against.eq(None::<VersionId>),
        ))
        .execute(c)?;
    Ok(record_step(c, now, (&release.slug, version), Step::Submit, by, words.trim())?)
}

/// What a version changes beside the live one. Nothing, if none is live: then everything is new.
pub fn changes(c: &mut Conn, release: &Release) -> Result<Vec<Change>, ReleaseError> {
    let live = store::live(c, &release.slug)?.map(|live| live.version);
    changes_beside(c, release, live)
}

fn changes_beside(
    c: &mut Conn,
    release: &Release,
    live: Option<VersionId>,
) -> Result<Vec<Change>, ReleaseError> {
    let Some(live) = live else { return Ok(Vec::new()) };
    let before = store::package(c, &release.slug, live)?;
    Ok(difference::changes(&before, &store::package(c, &release.slug, release.version)?))
}

/// Names a change, so that whoever agrees to it agrees to this one and no other.
pub fn mark(change: &Change) -> String {
    use std::fmt::Write as _;
    let digest = Sha256::digest(change.to_string());
    digest[..8].iter().fold(String::new(), |mut mark, byte| {
        // Writing to a string cannot fail.
        let _ = write!(mark, "{byte:02x}");
        mark
    })
}

/// Approves a version. Whoever handed it in or sent it here does not, and every change that breaks something is
/// agreed to by itself.
pub fn approve(
    c: &mut Conn,
    now: Moment,
    version: VersionId,
    by: &By,
    ticked: &BTreeSet<String>,
    words: &str,
) -> Result<(), ReleaseError> {
    let release = store::by_id(c, version)?;
    foreign(&release, by)?;
    if release.state.after(Step::Approve).is_none() {
        return Err(ReleaseError::NotFrom(release.state));
    }
    // Asked for once: what was compared is what it is approved against.
    let against = store::live(c, &release.slug)?.map(|live| live.version);
    let changes = changes_beside(c, &release, against)?;
    let breaking = changes.into_iter().filter(|change| change.weight == Weight::Breaks);
    let unticked: Vec<Change> = breaking.filter(|change| !ticked.contains(&mark(change))).collect();
    if !unticked.is_empty() {
        return Err(ReleaseError::Unticked(unticked));
    }
    diesel::update(releases::table.filter(releases::version.eq(version)))
        .set((releases::approved_by.eq(Some(by.name.trim())), releases::approved_against.eq(against)))
        .execute(c)?;
    store::take(c, now, &release, Step::Approve)?;
    warnings::tell_decided(c, now, &release.slug, Decision::Approved)?;
    Ok(record_step(c, now, (&release.slug, version), Step::Approve, by, words.trim())?)
}

/// Gives a version back with words: whoever handed it in may explain and send it again, or hand in another.
pub fn give_back(
    c: &mut Conn,
    now: Moment,
    version: VersionId,
    by: &By,
    words: &str,
) -> Result<(), ReleaseError> {
    let release = store::by_id(c, version)?;
    foreign(&release, by)?;
    let words = reason(words)?;
    store::take(c, now, &release, Step::Return)?;
    warnings::tell_decided(c, now, &release.slug, Decision::Returned)?;
    Ok(record_step(c, now, (&release.slug, version), Step::Return, by, &words)?)
}

/// Nobody decides about what they handed in.
fn foreign(release: &Release, by: &By) -> Result<(), ReleaseError> {
    let name = by.name.trim();
    let own = |who: &str| who.trim().eq_ignore_ascii_case(name);
    if name.is_empty() || own(&release.uploaded_by) || release.submitted_by.as_deref().is_some_and(own) {
        return Err(ReleaseError::OwnApproval);
    }
    Ok(())
}
