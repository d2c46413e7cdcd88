//! The record of what was done: by whom, when, why.

use diesel::prelude::*;

use super::model::{ReleaseError, Step};
use crate::{
    accounts::staff::Branch,
    agencies::{VersionId, clients::By},
    db::{
        Conn, DbError, Stamp,
        schema::{package_versions, release_acts},
    },
    id,
    platform::Moment,
};

id! {
    /// An entry in the record of an agency's packages.
    ReleaseActId
}

/// So many entries a page shows.
const MOST: i64 = 100;
/// The longest that somebody's words are kept.
const LONGEST: usize = 2_000;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseAct {
    /// The number of the version it was about, if it was about one.
    pub number: Option<i32>,
    pub act: String,
    pub by: String,
    pub branch: Branch,
    pub words: String,
    pub at: Moment,
}

/// Words that somebody has to give.
pub(super) fn reason(words: &str) -> Result<String, ReleaseError> {
    let words: String = words.trim().chars().take(LONGEST).collect();
    if words.is_empty() { Err(ReleaseError::NoReason) } else { Ok(words) }
}

pub(super) fn record(
    c: &mut Conn,
    now: Moment,
    (slug, version): (&str, Option<VersionId>),
    act: &str,
    by: &By,
    words: &str,
) -> Result<(), DbError> {
    diesel::insert_into(release_acts::table)
        .values((
            release_acts::id.eq(ReleaseActId::new()),
            release_acts::slug.eq(slug),
            release_acts::version.eq(version),
            release_acts::act.eq(act),
            release_acts::actor.eq(by.name.trim()),
            release_acts::branch.eq(by.branch.as_str()),
            release_acts::words.eq(words),
            release_acts::at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    tracing::info!(slug, act, by = by.name, "an agency's packages");
    Ok(())
}

pub(super) fn record_step(
    c: &mut Conn,
    now: Moment,
    (slug, version): (&str, VersionId),
    step: Step,
    by: &By,
    words: &str,
) -> Result<(), DbError> {
    match step.act() {
        Some(act) => record(c, now, (slug, Some(version)), act, by, words),
        None => Ok(()),
    }
}

#[derive(Queryable)]
struct Row {
    number: Option<i32>,
    act: String,
    by: String,
    branch: String,
    words: String,
    at: Stamp,
}

impl From<Row> for ReleaseAct {
    fn from(row: Row) -> Self {
        Self {
            number: row.number,
            act: row.act,
            by: row.by,
            // A path that is none is the city's: then nobody below opens anything.
            branch: Branch::parse(&row.branch).unwrap_or_else(Branch::city),
            words: row.words,
            at: row.at.moment(),
        }
    }
}

/// What was done about an agency's packages, the latest first.
pub fn history(c: &mut Conn, slug: &str) -> Result<Vec<ReleaseAct>, DbError> {
    let rows: Vec<Row> = release_acts::table
        .left_join(package_versions::table.on(release_acts::version.eq(package_versions::id.nullable())))
        .filter(release_acts::slug.eq(slug))
        .order((release_acts::at.desc(), release_acts::id.desc()))
        .limit(MOST)
        .select((
            package_versions::version.nullable(),
            release_acts::act,
            release_acts::actor,
            release_acts::branch,
            release_acts::words,
            release_acts::at,
        ))
        .load(c)?;
    Ok(rows.into_iter().map(ReleaseAct::from).collect())
}

/// Those who shut an agency's services since they were last open, the latest first.
pub(super) fn shutters(c: &mut Conn, slug: &str) -> Result<Vec<Branch>, DbError> {
    let rows: Vec<(String, String)> = release_acts::table
        .filter(release_acts::slug.eq(slug))
        .filter(release_acts::act.eq_any(["suspended", "reopened"]))
        .order((release_acts::at.desc(), release_acts::id.desc()))
        .limit(MOST)
        .select((release_acts::act, release_acts::branch))
        .load(c)?;
    let shut = rows.into_iter().take_while(|(act, _)| act == "suspended");
    Ok(shut.map(|(_, branch)| Branch::parse(&branch).unwrap_or_else(Branch::city)).collect())
}
