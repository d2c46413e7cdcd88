//! Pictures and documents that come with a report: drawn anew or looked through like papers of applications, encrypted each
//! under a key of its own, in a folder of their own. Files that no row names are taken away.

use actix_web::web::Data;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{OrderId, ReportId, VoiceError};
use crate::{
    cases::papers::{FileId, alone, sweep::clear},
    db::{Conn, DbError, Sealed, Stamp, schema::voice_photos},
    jobs::{Done, Failure, Job, Priority, Running},
    platform::{Moment, keys::KeyRing},
    web::Site,
};

pub use alone::Exhibit;

/// Where their keys are sealed.
const KEY: &str = "voice_photos.key";
/// Below the folder of papers.
const FOLDER: &str = "voice";

pub(super) fn folder(site: &Site) -> std::path::PathBuf {
    site.files.folder.join(FOLDER)
}

/// Writes down what came with a report.
pub(super) fn put(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (order, report): (OrderId, ReportId),
    picture: Option<&Exhibit>,
) -> Result<(), VoiceError> {
    let Some(picture) = picture else { return Ok(()) };
    diesel::insert_into(voice_photos::table)
        .values((
            voice_photos::id.eq(picture.id),
            voice_photos::order_id.eq(order),
            voice_photos::report_id.eq(report),
            voice_photos::media_type.eq(picture.media_type.as_str()),
            voice_photos::size.eq(i64::try_from(picture.size).unwrap_or(i64::MAX)),
            voice_photos::key.eq(Sealed::new(ring, KEY, &picture.key)?),
            voice_photos::made_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// What came with some reports.
pub(super) fn of(c: &mut Conn, reports: &[ReportId]) -> Result<Vec<(ReportId, FileId)>, DbError> {
    Ok(voice_photos::table
        .filter(voice_photos::report_id.eq_any(reports.to_vec()))
        .order(voice_photos::id)
        .select((voice_photos::report_id, voice_photos::id))
        .load(c)?)
}

/// What came with one of some reports, with its key. The caller has the right to it.
pub(super) fn opened(
    c: &mut Conn,
    ring: &KeyRing,
    reports: &[ReportId],
    id: FileId,
) -> Result<Exhibit, VoiceError> {
    let row: Option<(String, i64, Sealed)> = voice_photos::table
        .find(id)
        .filter(voice_photos::report_id.eq_any(reports.to_vec()))
        .select((voice_photos::media_type, voice_photos::size, voice_photos::key))
        .first(c)
        .optional()?;
    let (media_type, size, key) = row.ok_or(VoiceError::Unknown)?;
    let size = u64::try_from(size).unwrap_or_default();
    Ok(Exhibit { id, media_type, size, key: key.open(ring, KEY)? })
}

/// Forgets what came with some reports; their files go with the next sweep.
pub(super) fn forget(c: &mut Conn, reports: &[ReportId]) -> Result<(), DbError> {
    let theirs = voice_photos::table.filter(voice_photos::report_id.eq_any(reports.to_vec()));
    diesel::delete(theirs).execute(c)?;
    Ok(())
}

/// Takes away files that nobody knows.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "voice.sweep-photos";
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
    let named = voice_photos::table.filter(voice_photos::id.eq_any(ids.to_vec()));
    Ok(named.select(voice_photos::id).load(c)?)
}
