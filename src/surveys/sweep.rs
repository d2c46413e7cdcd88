//! Files that answer no survey any more are taken away.

use actix_web::web::Data;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::files::folder;
use crate::{
    cases::papers::{FileId, sweep::clear},
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

/// Runs [`Sweep`].
pub async fn sweep(site: Data<Site>, running: Running) -> Result<Done, Failure> {
    clear(&site, &folder(&site), known).await?;
    running.finish(|_: &mut Conn| Ok::<_, DbError>(())).await
}

/// Those of some files that rows name.
fn known(c: &mut Conn, ids: &[FileId]) -> Result<Vec<FileId>, DbError> {
    let named = survey_files::table.filter(survey_files::id.eq_any(ids.to_vec()));
    Ok(named.select(survey_files::id).load(c)?)
}
