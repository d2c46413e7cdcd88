//! What agencies that exchange files have sent, and what waits for the next file to them, kept in the database.
//!
//! A file is taken over in one transaction. Its lines are about people: each is encrypted for its place, and found
//! by a keyed digest of what it is asked for by. Sent lines leave their key behind, so that a repeat stays one.

use std::{collections::BTreeMap, sync::Arc};

use diesel::prelude::*;
use serde_json::Value;
use yimen_drivers::{Arrived, Found, Future, Store, StoreError, Waiting, Whose};

use crate::{
    db::{
        Conn, Db, DbError, Stamp,
        schema::{daily_files, daily_lines, daily_waiting},
    },
    each,
    platform::{
        Clock, Moment,
        keys::{KeyError, KeyRing},
    },
};

/// Rows in one statement, and keys in one condition: SQLite takes no more than some 30,000 values at once.
const AT_ONCE: usize = 500;

/// The drivers' store, in the database.
pub struct Files {
    db: Db,
    clock: Clock,
    ring: Arc<KeyRing>,
}

/// Why something is not kept or not found.
#[derive(Debug, thiserror::Error)]
enum FilesError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("a line that is kept cannot be read: {0}")]
    Line(#[from] serde_json::Error),
}

impl From<diesel::result::Error> for FilesError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<FilesError> for StoreError {
    fn from(error: FilesError) -> Self {
        Self(error.to_string())
    }
}

/// Whose lines, as they go to a database thread.
#[derive(Clone)]
struct Place {
    agency: String,
    table: String,
}

impl From<Whose<'_>> for Place {
    fn from(whose: Whose<'_>) -> Self {
        Self { agency: whose.agency.to_owned(), table: whose.table.to_owned() }
    }
}

impl Place {
    fn seal(&self) -> String {
        format!("daily/{}/{}", self.agency, self.table)
    }

    fn found_by(&self, ring: &KeyRing, key: &str) -> Vec<u8> {
        ring.lookup(&self.seal(), key.as_bytes()).to_vec()
    }
}

impl Files {
    pub fn new(db: Db, clock: Clock, ring: Arc<KeyRing>) -> Self {
        Self { db, clock, ring }
    }
}

/// When the agency wrote its newest file.
fn newest(c: &mut Conn, place: &Place) -> Result<Option<Moment>, DbError> {
    let newest: Option<Stamp> = daily_files::table
        .filter(daily_files::agency.eq(&place.agency))
        .filter(daily_files::file_table.eq(&place.table))
        .select(diesel::dsl::max(daily_files::written_at))
        .first(c)?;
    Ok(newest.map(Stamp::moment))
}

fn apply(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    place: &Place,
    file: &Arrived,
) -> Result<bool, FilesError> {
    let before = newest(c, place)?;
    let row = (
        daily_files::agency.eq(&place.agency),
        daily_files::file_table.eq(&place.table),
        daily_files::digest.eq(&file.digest),
        daily_files::name.eq(&file.name),
        daily_files::written_at.eq(Stamp::from(file.time)),
        daily_files::taken_at.eq(Stamp::from(now)),
        daily_files::lines.eq(i32::try_from(file.lines.len()).unwrap_or(i32::MAX)),
    );
    let taken = each!(c, |c| diesel::insert_into(daily_files::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if taken == 0 {
        return Ok(false);
    }
    // One of an earlier day that comes late takes nothing back.
    if before.is_some_and(|before| file.time < before) {
        return Ok(true);
    }
    let mut lines: BTreeMap<Vec<u8>, Vec<Vec<u8>>> = BTreeMap::new();
    for (key, line) in &file.lines {
        let sealed = ring.seal(&place.seal(), &serde_json::to_vec(line)?)?;
        lines.entry(place.found_by(ring, key)).or_default().push(sealed);
    }
    clear(c, place, file.whole, &lines)?;
    let rows: Vec<_> = lines
        .iter()
        .flat_map(|(key, lines)| (0..).zip(lines).map(move |(at, line)| (key, at, line)))
        .map(|(key, at, line): (_, i32, _)| {
            (
                daily_lines::agency.eq(&place.agency),
                daily_lines::file_table.eq(&place.table),
                daily_lines::found_by.eq(key),
                daily_lines::place.eq(at),
                daily_lines::line.eq(line),
            )
        })
        .collect();
    for some in rows.chunks(AT_ONCE) {
        each!(c, |c| diesel::insert_into(daily_lines::table).values(some).execute(c))?;
    }
    Ok(true)
}

/// Makes room: for everything, or for the keys that the file names.
fn clear(
    c: &mut Conn,
    place: &Place,
    whole: bool,
    lines: &BTreeMap<Vec<u8>, Vec<Vec<u8>>>,
) -> Result<(), FilesError> {
    let of = || {
        daily_lines::table
            .filter(daily_lines::agency.eq(&place.agency))
            .filter(daily_lines::file_table.eq(&place.table))
    };
    if whole {
        diesel::delete(of()).execute(c)?;
        return Ok(());
    }
    let keys: Vec<&Vec<u8>> = lines.keys().collect();
    for some in keys.chunks(AT_ONCE) {
        diesel::delete(of().filter(daily_lines::found_by.eq_any(some.iter().copied()))).execute(c)?;
    }
    Ok(())
}

fn find(c: &mut Conn, ring: &KeyRing, place: &Place, key: &str) -> Result<Option<Found>, FilesError> {
    let Some(since) = newest(c, place)? else { return Ok(None) };
    let sealed: Vec<Vec<u8>> = daily_lines::table
        .filter(daily_lines::agency.eq(&place.agency))
        .filter(daily_lines::file_table.eq(&place.table))
        .filter(daily_lines::found_by.eq(place.found_by(ring, key)))
        .order(daily_lines::place)
        .select(daily_lines::line)
        .load(c)?;
    let lines: Result<Vec<Value>, FilesError> = sealed.iter().map(|line| opened(ring, place, line)).collect();
    Ok(Some(Found { since, lines: lines? }))
}

fn opened(ring: &KeyRing, place: &Place, sealed: &[u8]) -> Result<Value, FilesError> {
    Ok(serde_json::from_slice(&ring.open_sealed(&place.seal(), sealed)?)?)
}

fn queue(c: &mut Conn, ring: &KeyRing, now: Moment, place: &Place, line: &Waiting) -> Result<(), FilesError> {
    let sealed = ring.seal(&place.seal(), &serde_json::to_vec(&line.line)?)?;
    let row = (
        daily_waiting::agency.eq(&place.agency),
        daily_waiting::file_table.eq(&place.table),
        daily_waiting::call_key.eq(&line.key),
        daily_waiting::queued_at.eq(Stamp::from(now)),
        daily_waiting::line.eq(sealed),
    );
    each!(c, |c| diesel::insert_into(daily_waiting::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

fn waiting(c: &mut Conn, ring: &KeyRing, place: &Place, most: usize) -> Result<Vec<Waiting>, FilesError> {
    let rows: Vec<(String, Option<Vec<u8>>)> = daily_waiting::table
        .filter(daily_waiting::agency.eq(&place.agency))
        .filter(daily_waiting::file_table.eq(&place.table))
        .filter(daily_waiting::sent_at.is_null())
        .order((daily_waiting::queued_at, daily_waiting::call_key))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((daily_waiting::call_key, daily_waiting::line))
        .load(c)?;
    let waiting = |(key, line): (String, Option<Vec<u8>>)| {
        Ok(Waiting { key, line: opened(ring, place, &line.unwrap_or_default())? })
    };
    rows.into_iter().map(waiting).collect()
}

fn sent(c: &mut Conn, now: Moment, place: &Place, keys: &[String]) -> Result<(), FilesError> {
    for some in keys.chunks(AT_ONCE) {
        let of = daily_waiting::table
            .filter(daily_waiting::agency.eq(&place.agency))
            .filter(daily_waiting::file_table.eq(&place.table))
            .filter(daily_waiting::call_key.eq_any(some));
        diesel::update(of)
            .set((daily_waiting::sent_at.eq(Stamp::from(now)), daily_waiting::line.eq(None::<Vec<u8>>)))
            .execute(c)?;
    }
    Ok(())
}

impl Store for Files {
    fn apply<'a>(&'a self, whose: Whose<'a>, file: Arrived) -> Future<'a, Result<bool, StoreError>> {
        let (place, ring, now) = (Place::from(whose), Arc::clone(&self.ring), self.clock.now());
        Box::pin(async move { Ok(self.db.tx(move |c| apply(c, &ring, now, &place, &file)).await?) })
    }

    fn knows<'a>(&'a self, whose: Whose<'a>, digest: &'a str) -> Future<'a, Result<bool, StoreError>> {
        let (place, digest) = (Place::from(whose), digest.to_owned());
        let known = move |c: &mut Conn| -> Result<bool, FilesError> {
            let of = daily_files::table.find((&place.agency, &place.table, &digest));
            Ok(diesel::select(diesel::dsl::exists(of)).get_result(c)?)
        };
        Box::pin(async move { Ok(self.db.read(known).await?) })
    }

    fn find<'a>(&'a self, whose: Whose<'a>, key: &'a str) -> Future<'a, Result<Option<Found>, StoreError>> {
        let (place, ring, key) = (Place::from(whose), Arc::clone(&self.ring), key.to_owned());
        Box::pin(async move { Ok(self.db.read(move |c| find(c, &ring, &place, &key)).await?) })
    }

    fn queue<'a>(&'a self, whose: Whose<'a>, line: Waiting) -> Future<'a, Result<(), StoreError>> {
        let (place, ring, now) = (Place::from(whose), Arc::clone(&self.ring), self.clock.now());
        Box::pin(async move { Ok(self.db.tx(move |c| queue(c, &ring, now, &place, &line)).await?) })
    }

    fn waiting<'a>(&'a self, whose: Whose<'a>, most: usize) -> Future<'a, Result<Vec<Waiting>, StoreError>> {
        let (place, ring) = (Place::from(whose), Arc::clone(&self.ring));
        Box::pin(async move { Ok(self.db.read(move |c| waiting(c, &ring, &place, most)).await?) })
    }

    fn sent<'a>(&'a self, whose: Whose<'a>, keys: &'a [String]) -> Future<'a, Result<(), StoreError>> {
        let (place, keys, now) = (Place::from(whose), keys.to_vec(), self.clock.now());
        Box::pin(async move { Ok(self.db.tx(move |c| sent(c, now, &place, &keys)).await?) })
    }
}
