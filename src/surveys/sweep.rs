//! Files that answer no survey any more are taken away.

use actix_web::web::Data;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::files::folder;
use crate::{
    cases::papers::{FileId, alone},
    db::{Conn, DbError, schema::survey_files},
    jobs::{Done, Failure, Job, Priority, Running},
    web::Site,
};

/// Takes away files that nobody knows.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "surveys.sweep-files";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Sweep`], part by part of the folder.
pub async fn sweep(site: Data<Site>, running: Running) -> Result<Done, Failure> {
    let now = site.clock.now();
    for part in 0..=u8::MAX {
        let old = alone::old(folder(&site), part, now).await.map_err(Failure::retry)?;
        if old.is_empty() {
            continue;
        }
        let gone = site.db.read(move |c| unknown(c, &old)).await.map_err(Failure::from)?;
        alone::remove(folder(&site), gone).await.map_err(Failure::retry)?;
    }
    running.finish(|_: &mut Conn| Ok::<_, DbError>(())).await
}

/// Those that no row names.
fn unknown(c: &mut Conn, ids: &[FileId]) -> Result<Vec<FileId>, DbError> {
    let mut gone = Vec::new();
    for some in ids.chunks(500) {
        let known: Vec<FileId> = survey_files::table
            .filter(survey_files::id.eq_any(some.to_vec()))
            .select(survey_files::id)
            .load(c)?;
        gone.extend(some.iter().copied().filter(|id| !known.contains(id)));
    }
    Ok(gone)
}
