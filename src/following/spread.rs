//! A new notice on its way to those who follow: found by the clock, told in sets.

use actix_web::web::Data;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::{What, degree};
use crate::{
    catalogue::{BulletinEntry, Catalogue, Shelf},
    db::{
        Conn, DbError, Stamp,
        schema::{follows, spread_bulletins},
    },
    insert_new,
    jobs::{self, Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    notices::BulletinNews,
    platform::Moment,
    web::Site,
};

/// A notice older than this is no news, however it came here.
const LATELY: TimeDelta = TimeDelta::days(3);
/// So many people are told in one transaction.
const SET: i64 = 200;

/// Looks for notices of which nobody was told.
#[derive(Debug, Serialize, Deserialize)]
pub struct Look;

impl Job for Look {
    const KIND: &'static str = "following.look";

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Tells those who follow of one notice, after this one of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tell {
    bulletin: String,
    after: Option<CitizenId>,
}

impl Job for Tell {
    const KIND: &'static str = "following.tell";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::days(1);
}

#[derive(Insertable)]
#[diesel(table_name = spread_bulletins)]
struct NewSpread {
    id: String,
    spread_at: Stamp,
}

/// Runs [`Look`].
pub async fn look((site, shelf): (Data<Site>, Data<Shelf>), running: Running) -> Result<Done, Failure> {
    let edition = shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let now = site.clock.now();
    running.finish(move |c| begin(c, now, &edition.catalogue)).await
}

fn begin(c: &mut Conn, now: Moment, catalogue: &Catalogue) -> Result<(), DbError> {
    let new = |entry: &&BulletinEntry| entry.is_current(now) && entry.bulletin.published > now - LATELY;
    let ids: Vec<&str> =
        catalogue.bulletins.iter().filter(new).map(|entry| entry.bulletin.id.as_str()).collect();
    let known: Vec<String> = spread_bulletins::table
        .filter(spread_bulletins::id.eq_any(&ids))
        .select(spread_bulletins::id)
        .load(c)?;
    let untold = ids.into_iter().filter(|id| !known.iter().any(|told| told == id));
    let rows: Vec<NewSpread> =
        untold.map(|id| NewSpread { id: id.to_owned(), spread_at: Stamp::from(now) }).collect();
    let all: Vec<Tell> = rows.iter().map(|row| Tell { bulletin: row.id.clone(), after: None }).collect();
    insert_new!(c, spread_bulletins::table => &rows)?;
    jobs::enqueue_all(c, now, &all)?;
    Ok(())
}

/// Runs [`Tell`].
pub async fn tell(
    (site, shelf): (Data<Site>, Data<Shelf>),
    job: Tell,
    running: Running,
) -> Result<Done, Failure> {
    let edition = shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let now = site.clock.now();
    running.finish(move |c| tell_some(c, now, &edition.catalogue, job)).await
}

fn tell_some(c: &mut Conn, now: Moment, catalogue: &Catalogue, job: Tell) -> Result<(), DbError> {
    // It was taken back, or is over: nobody is told of it any more.
    let Some(entry) = catalogue.bulletin(&job.bulletin).filter(|entry| entry.is_current(now)) else {
        return Ok(());
    };
    let some = followers(c, catalogue, entry, job.after)?;
    let news = |citizen: &CitizenId| BulletinNews {
        citizen: *citizen,
        bulletin: job.bulletin.clone(),
        title: entry.bulletin.title.clone(),
        agency: catalogue.agencies[entry.agency].agency.name.clone(),
        level: entry.bulletin.warning.as_ref().map(|warning| warning.level),
    };
    let all: Vec<BulletinNews> = some.iter().map(news).collect();
    jobs::enqueue_all(c, now, &all)?;
    let count = i64::try_from(some.len()).unwrap_or(SET);
    diesel::update(spread_bulletins::table.find(&job.bulletin))
        .set(spread_bulletins::told.eq(spread_bulletins::told + count))
        .execute(c)?;
    if let Some(last) = some.last().filter(|_| count == SET) {
        jobs::enqueue(c, now, &Tell { bulletin: job.bulletin, after: Some(*last) })?;
    }
    Ok(())
}

/// The next of those who follow something that a notice belongs to, each once.
fn followers(
    c: &mut Conn,
    catalogue: &Catalogue,
    entry: &BulletinEntry,
    after: Option<CitizenId>,
) -> Result<Vec<CitizenId>, DbError> {
    let mut plain = vec![What::Agency(catalogue.agencies[entry.agency].slug.clone()).tag()];
    plain.extend(
        entry.services.iter().map(|at| What::Domain(catalogue.services[*at].service.domain.clone()).tag()),
    );
    plain.sort_unstable();
    plain.dedup();
    let (districts, level) = match &entry.bulletin.warning {
        Some(warning) => (warned(catalogue, &warning.districts), degree(warning.level)),
        None => (Vec::new(), 0),
    };
    let warned = follows::what.eq_any(districts).and(follows::from_level.le(level));
    let theirs = follows::table.filter(follows::what.eq_any(plain).or(warned)).into_boxed();
    let theirs = match after {
        Some(after) => theirs.filter(follows::citizen_id.gt(after)),
        None => theirs,
    };
    Ok(theirs.select(follows::citizen_id).distinct().order(follows::citizen_id).limit(SET).load(c)?)
}

/// The districts that a warning is for. One that names none is for the whole city.
fn warned(catalogue: &Catalogue, named: &[String]) -> Vec<String> {
    let all = catalogue.city.city.districts.iter().map(|district| &district.code);
    let meant = all.filter(|code| named.is_empty() || named.contains(code));
    meant.map(|code| What::Warnings(code.clone()).tag()).collect()
}
