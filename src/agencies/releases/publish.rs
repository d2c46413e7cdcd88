//! From approval to the citizens and back: for some, for everybody, withdrawn, gone back from, shut and opened again.

use std::collections::HashMap;

use diesel::prelude::*;
use yimen_contract::service::Service;

use super::{
    acts::{self, reason, record, record_step},
    model::{Candidate, OPERATOR, ReleaseError, State, Step},
    store::{self, Phase, Release},
};
use crate::{
    agencies::{Compiled, TOPIC, VersionId, clients::By, codes, level_of, queries},
    db::{Conn, DbError, Stamp, announce, schema::packages},
    platform::Moment,
    upsert,
};

/// Releases an approved version to a share of the citizens, or changes the share. The others, and whoever is not
/// signed in, keep what is live.
pub fn release(
    c: &mut Conn,
    now: Moment,
    version: VersionId,
    percent: u8,
    by: &By,
) -> Result<(), ReleaseError> {
    let release = store::by_id(c, version)?;
    let stable = store::live(c, &release.slug)?.ok_or(ReleaseError::NoStable)?;
    fits(c, &release, Some(&stable))?;
    if let Some(code) = not_for_some(c, &release, &stable)? {
        return Err(ReleaseError::NotForSome(code));
    }
    store::take(c, now, &release, Step::Release)?;
    let percent = percent.clamp(1, 99);
    diesel::update(packages::table.filter(packages::slug.eq(&release.slug)))
        .set((
            packages::candidate_version.eq(Some(version)),
            packages::candidate_percent.eq(i32::from(percent)),
        ))
        .execute(c)?;
    changed(c, now, &release.slug)?;
    let words = format!("{percent} %");
    Ok(record_step(c, now, (&release.slug, version), Step::Release, by, &words)?)
}

/// Gives an approved version to everybody. The one before is kept, to go back to.
pub fn go_live(c: &mut Conn, now: Moment, version: VersionId, by: &By) -> Result<(), ReleaseError> {
    let release = store::by_id(c, version)?;
    let stable = store::live(c, &release.slug)?;
    fits(c, &release, stable.as_ref())?;
    if release.state.after(Step::GoLive).is_none() {
        return Err(ReleaseError::NotFrom(release.state));
    }
    if let Some(stable) = &stable {
        store::take(c, now, stable, Step::Replace)?;
    }
    store::take(c, now, &release, Step::GoLive)?;
    show(c, now, &release)?;
    Ok(record_step(c, now, (&release.slug, version), Step::GoLive, by, "")?)
}

/// Takes a version out that is not live.
pub fn withdraw(
    c: &mut Conn,
    now: Moment,
    version: VersionId,
    by: &By,
    words: &str,
) -> Result<(), ReleaseError> {
    let words = reason(words)?;
    let release = store::by_id(c, version)?;
    store::take(c, now, &release, Step::Withdraw)?;
    if release.state == State::Released {
        store::clear_candidate(c, &release.slug, version)?;
        changed(c, now, &release.slug)?;
    }
    Ok(record_step(c, now, (&release.slug, version), Step::Withdraw, by, &words)?)
}

/// Goes back to the version that was live before.
pub fn roll_back(
    c: &mut Conn,
    now: Moment,
    slug: &str,
    by: &By,
    words: &str,
) -> Result<Release, ReleaseError> {
    let live = store::live(c, slug)?.ok_or(ReleaseError::Unknown)?;
    let before = store::before(c, slug)?.ok_or(ReleaseError::NothingBefore)?;
    store::take(c, now, &live, Step::RollBack)?;
    store::take(c, now, &before, Step::Restore)?;
    show(c, now, &before)?;
    record_step(c, now, (slug, live.version), Step::RollBack, by, words.trim())?;
    Ok(before)
}

/// The operator makes files live on their own authority, whatever was on its way.
pub(in crate::agencies) fn install(
    c: &mut Conn,
    now: Moment,
    (slug, version): (&str, VersionId),
    compiled: &Compiled,
) -> Result<(), ReleaseError> {
    match store::by_id(c, version) {
        Ok(known) => {
            // First out of every share, then in: of one package one version is live.
            store::clear_candidate(c, slug, version)?;
            store::begin_anew(c, now, version, OPERATOR, Phase::Done)?;
            replace_live(c, now, slug)?;
            store::take(c, now, &known, Step::Install)?;
        }
        Err(ReleaseError::Unknown) => {
            replace_live(c, now, slug)?;
            store::add(c, now, (slug, version), State::Live, OPERATOR, Phase::Done)?;
        }
        Err(error) => return Err(error),
    }
    make_live(c, now, slug, version, compiled)?;
    Ok(record_step(c, now, (slug, version), Step::Install, &By::operator(OPERATOR), "")?)
}

fn replace_live(c: &mut Conn, now: Moment, slug: &str) -> Result<(), ReleaseError> {
    match store::live(c, slug)? {
        Some(live) => store::take(c, now, &live, Step::Replace).map(|_| ()),
        None => Ok(()),
    }
}

/// Whether a version may still be given to anybody: nothing else went live since it was looked at, and nothing else is
/// on trial.
fn fits(c: &mut Conn, release: &Release, stable: Option<&Release>) -> Result<(), ReleaseError> {
    if matches!(release.state, State::Approved | State::Released)
        && release.approved_against != stable.map(|stable| stable.version)
    {
        return Err(ReleaseError::Stale);
    }
    if store::another_candidate(c, &release.slug, release.version)? {
        return Err(ReleaseError::AnotherCandidate);
    }
    Ok(())
}

/// A service that cannot be one for some and another for the others: the door asks for a sign-in before anybody knows
/// who comes, and what is served otherwise has other pages.
fn not_for_some(c: &mut Conn, release: &Release, stable: &Release) -> Result<Option<String>, ReleaseError> {
    let kind = |service: &Service| (level_of(service), service.served_by);
    let stable = store::package(c, &stable.slug, stable.version)?;
    let kinds: HashMap<&str, _> =
        stable.services.iter().map(|service| (service.code.as_str(), kind(service))).collect();
    let next = store::package(c, &release.slug, release.version)?;
    let other = next
        .services
        .iter()
        .find(|service| kinds.get(service.code.as_str()).is_some_and(|before| *before != kind(service)));
    Ok(other.map(|service| service.code.clone()))
}

fn show(c: &mut Conn, now: Moment, release: &Release) -> Result<(), ReleaseError> {
    store::clear_candidate(c, &release.slug, release.version)?;
    let compiled = queries::compiled_version(c, &release.slug, release.version)?;
    make_live(c, now, &release.slug, release.version, &compiled)
}

fn make_live(
    c: &mut Conn,
    now: Moment,
    slug: &str,
    id: VersionId,
    compiled: &Compiled,
) -> Result<(), ReleaseError> {
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
        codes::register(c, now, slug, &package.services)?;
    }
    announce(c, TOPIC);
    Ok(())
}

/// Tells every node that something about a package is different.
fn changed(c: &mut Conn, now: Moment, slug: &str) -> Result<(), DbError> {
    diesel::update(packages::table.filter(packages::slug.eq(slug)))
        .set((packages::revision.eq(packages::revision + 1), packages::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    announce(c, TOPIC);
    Ok(())
}

/// Shuts an agency's services at once: pages say that they are not available now, why, and where to turn; nothing is
/// asked of the agency. What is shut can be shut again, by a higher branch, so that nobody below opens it.
pub fn suspend(c: &mut Conn, now: Moment, slug: &str, by: &By, words: &str) -> Result<(), ReleaseError> {
    let words = reason(words)?;
    let known = queries::standing(c, slug)?.ok_or(ReleaseError::Unknown)?;
    let since = known.suspended.map_or(now, |suspended| suspended.since);
    diesel::update(packages::table.filter(packages::slug.eq(slug)))
        .set((packages::suspended_at.eq(Some(Stamp::from(since))), packages::suspended_why.eq(Some(&words))))
        .execute(c)?;
    changed(c, now, slug)?;
    Ok(record(c, now, (slug, None), "suspended", by, &words)?)
}

/// Opens an agency's services again: whoever stands at least as high as everybody who shut them.
pub fn reopen(c: &mut Conn, now: Moment, slug: &str, by: &By, words: &str) -> Result<(), ReleaseError> {
    // Writing first takes the row's lock on PostgreSQL: nobody shuts it between the look at who did and the change.
    diesel::update(packages::table.filter(packages::slug.eq(slug)))
        .set(packages::changed_at.eq(packages::changed_at))
        .execute(c)?;
    let known = queries::standing(c, slug)?.ok_or(ReleaseError::Unknown)?;
    if known.suspended.is_none() {
        return Ok(());
    }
    if !may_reopen(c, slug, by)? {
        return Err(ReleaseError::ShutAbove);
    }
    diesel::update(packages::table.filter(packages::slug.eq(slug)))
        .set((packages::suspended_at.eq(None::<Stamp>), packages::suspended_why.eq(None::<String>)))
        .execute(c)?;
    changed(c, now, slug)?;
    Ok(record(c, now, (slug, None), "reopened", by, words.trim())?)
}

/// Whether somebody may open an agency's services again.
pub fn may_reopen(c: &mut Conn, slug: &str, by: &By) -> Result<bool, DbError> {
    let shutters = acts::shutters(c, slug)?;
    Ok(shutters.iter().all(|branch| by.branch.contains(branch)))
}

/// The version that a share of the citizens gets, if there is one.
pub fn candidate(c: &mut Conn, slug: &str) -> Result<Option<Candidate>, DbError> {
    Ok(queries::standing(c, slug)?.and_then(|standing| standing.candidate))
}
