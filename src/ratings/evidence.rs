//! What an agency brings about a rating, pictures and documents: that something was put right, which whoever rated sees; or what
//! shows that an objection is right, which those see who decide about it. Drawn anew or looked through like papers of
//! applications, encrypted each under a key of its own, in a folder of their own. Files that no row names are taken away.

use actix_web::web::Data;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{RatingError, RatingId, contact, follow::work::Worker, queries};
use crate::{
    cases::papers::{FileId, alone::Exhibit, sweep::clear},
    db::{Conn, DbError, Sealed, Stamp, schema::rating_evidence},
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::{self, Look, StaffId},
    platform::{Moment, keys::KeyRing},
    web::Site,
};

/// Where the keys of files are sealed.
const KEY: &str = "rating_evidence.key";
/// Below the folder of papers.
const FOLDER: &str = "ratings";

/// What a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// That it was put right.
    Fix,
    /// What an objection says.
    Appeal,
}

impl What {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fix => "fix",
            Self::Appeal => "appeal",
        }
    }
}

pub(super) fn folder(site: &Site) -> std::path::PathBuf {
    site.files.folder.join(FOLDER)
}

/// Writes a file down, in the transaction of what it belongs to, which holds the rating. Of a rating whose giver is gone
/// none is kept: nobody's leaving would take it away.
pub(super) fn put(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    worker: Worker<'_>,
    (id, what): (RatingId, What),
    exhibit: &Exhibit,
) -> Result<(), RatingError> {
    if queries::matter_of(c, id)?.is_none() {
        return Err(RatingError::NotNow);
    }
    diesel::insert_into(rating_evidence::table)
        .values((
            rating_evidence::id.eq(exhibit.id),
            rating_evidence::rating_id.eq(id),
            rating_evidence::agency.eq(worker.agency),
            rating_evidence::what.eq(what.tag()),
            rating_evidence::media_type.eq(exhibit.media_type.as_str()),
            rating_evidence::size.eq(i64::try_from(exhibit.size).unwrap_or(i64::MAX)),
            rating_evidence::key.eq(Sealed::new(ring, KEY, &exhibit.key)?),
            rating_evidence::brought_by.eq(worker.staff),
            rating_evidence::made_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// The files about a rating, and what each shows.
pub(super) fn of(c: &mut Conn, id: RatingId) -> Result<Vec<(FileId, String)>, RatingError> {
    Ok(rating_evidence::table
        .filter(rating_evidence::rating_id.eq(id))
        .order(rating_evidence::id)
        .select((rating_evidence::id, rating_evidence::what))
        .load(c)?)
}

/// Those that show one of the two.
pub(super) fn of_what(c: &mut Conn, id: RatingId, what: What) -> Result<Vec<FileId>, RatingError> {
    let all = of(c, id)?.into_iter().filter(|(_, shows)| shows == what.tag());
    Ok(all.map(|(file, _)| file).collect())
}

type Row = (String, i64, Sealed);

fn opened(ring: &KeyRing, file: FileId, row: Option<Row>) -> Result<Exhibit, RatingError> {
    let (media_type, size, key) = row.ok_or(RatingError::Unknown)?;
    let size = u64::try_from(size).unwrap_or_default();
    Ok(Exhibit { id: file, media_type, size, key: key.open(ring, KEY)? })
}

/// A file for staff of the agency or above it, with the look at that person's rating that opening it is.
pub(super) fn seen(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    (staff, agency): (StaffId, &str),
    (id, file): (RatingId, FileId),
) -> Result<Exhibit, RatingError> {
    let row: Option<Row> = rating_evidence::table
        .find(file)
        .filter(rating_evidence::rating_id.eq(id))
        .filter(rating_evidence::agency.eq(agency))
        .select((rating_evidence::media_type, rating_evidence::size, rating_evidence::key))
        .first(c)
        .optional()?;
    let exhibit = opened(ring, file, row)?;
    if let Some(matter) = queries::matter_of(c, id)? {
        let look = Look { detail: None, ..contact::by(staff, &matter, &["evidence"], "") };
        ledger::look(c, ring, now, &look)?;
    }
    Ok(exhibit)
}

/// A file about what was put right, for whoever rated. The caller has the right to the rating.
pub(super) fn of_fix(
    c: &mut Conn,
    ring: &KeyRing,
    (id, file): (RatingId, FileId),
) -> Result<Exhibit, RatingError> {
    let row: Option<Row> = rating_evidence::table
        .find(file)
        .filter(rating_evidence::rating_id.eq(id))
        .filter(rating_evidence::what.eq(What::Fix.tag()))
        .select((rating_evidence::media_type, rating_evidence::size, rating_evidence::key))
        .first(c)
        .optional()?;
    opened(ring, file, row)
}

/// Forgets the files about some ratings; their files go with the next sweep.
pub(super) fn forget(c: &mut Conn, ids: &[RatingId]) -> Result<(), DbError> {
    let theirs = rating_evidence::table.filter(rating_evidence::rating_id.eq_any(ids.to_vec()));
    diesel::delete(theirs).execute(c)?;
    Ok(())
}

/// Takes away files that nobody knows.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "ratings.sweep-evidence";
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
    let named = rating_evidence::table.filter(rating_evidence::id.eq_any(ids.to_vec()));
    Ok(named.select(rating_evidence::id).load(c)?)
}
