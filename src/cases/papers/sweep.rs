//! Papers of drafts that are gone, and files that nobody knows any more, are taken away.

use std::path::Path;

use actix_web::web::Data;
use chrono::TimeDelta;
use diesel::{dsl::exists, prelude::*};
use serde::{Deserialize, Serialize};

use super::{kept::FileId, store::Store};
use crate::{
    cases::life::State,
    db::{
        Conn, DbError,
        schema::{case_files, cases, drafts, promised_papers},
    },
    jobs::{Done, Failure, Job, Priority, Running},
    platform::Moment,
    web::Site,
};

/// A file may lie there for so long before the database knows of it.
const YOUNG: TimeDelta = TimeDelta::days(1);

/// Takes away what nobody hands in any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "cases.sweep-papers";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Sweep`]: first the rows whose draft is gone, then the files without a row.
pub async fn sweep(site: Data<Site>, running: Running) -> Result<Done, Failure> {
    site.db.tx(orphans).await.map_err(Failure::from)?;
    clear(&site, &site.files.folder, known).await?;
    running.finish(|_: &mut Conn| Ok::<_, DbError>(())).await
}

/// Those of some files that rows name.
pub type Known = fn(&mut Conn, &[FileId]) -> Result<Vec<FileId>, DbError>;

/// Takes away what lies in a folder without a row that names it, part by part. Every room that keeps files does so.
pub async fn clear(site: &Site, folder: &Path, known: Known) -> Result<(), Failure> {
    let now = site.clock.now();
    for part in 0..=u8::MAX {
        let store = Store::new(folder);
        let found = tokio::task::spawn_blocking(move || store.part(part)).await;
        let found = found.map_err(Failure::retry)?.map_err(Failure::retry)?;
        let old: Vec<FileId> = found.into_iter().filter(|id| is_old(*id, now)).collect();
        if old.is_empty() {
            continue;
        }
        let gone = site.db.read(move |c| unknown(c, &old, known)).await.map_err(Failure::from)?;
        let store = Store::new(folder);
        let removed =
            tokio::task::spawn_blocking(move || gone.into_iter().try_for_each(|id| store.remove(id))).await;
        removed.map_err(Failure::retry)?.map_err(Failure::retry)?;
    }
    Ok(())
}

/// Its number says when a file was begun.
fn is_old(id: FileId, now: Moment) -> bool {
    let seconds = id.uuid().get_timestamp().and_then(|time| i64::try_from(time.to_unix().0).ok());
    seconds.is_some_and(|seconds| seconds < (now - YOUNG).timestamp())
}

fn orphans(c: &mut Conn) -> Result<(), DbError> {
    let begun = drafts::table
        .filter(drafts::citizen_id.eq(case_files::citizen_id))
        .filter(drafts::id.eq(case_files::matter));
    // What is put there for a correction waits with a case.
    let correcting = cases::table
        .filter(cases::citizen_id.eq(case_files::citizen_id))
        .filter(cases::id.eq(case_files::matter))
        .filter(cases::state.eq(State::CorrectionRequired.tag()));
    let lost = case_files::table
        .filter(case_files::handed_in_at.is_null())
        .filter(diesel::dsl::not(exists(begun)))
        .filter(diesel::dsl::not(exists(correcting)));
    diesel::delete(lost).execute(c)?;
    let begun = drafts::table
        .filter(drafts::citizen_id.eq(promised_papers::citizen_id))
        .filter(drafts::id.eq(promised_papers::matter));
    let lost = promised_papers::table
        .filter(promised_papers::due_on.is_null())
        .filter(diesel::dsl::not(exists(begun)));
    diesel::delete(lost).execute(c)?;
    Ok(())
}

/// Those that no row names.
fn unknown(c: &mut Conn, ids: &[FileId], known: Known) -> Result<Vec<FileId>, DbError> {
    let mut gone = Vec::new();
    for some in ids.chunks(500) {
        let named = known(c, some)?;
        gone.extend(some.iter().copied().filter(|id| !named.contains(id)));
    }
    Ok(gone)
}

fn known(c: &mut Conn, ids: &[FileId]) -> Result<Vec<FileId>, DbError> {
    let named = case_files::table.filter(case_files::id.eq_any(ids.to_vec()));
    Ok(named.select(case_files::id).load(c)?)
}
