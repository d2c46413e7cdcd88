//! Counting: every night every month that is not closed, anew and as a whole. Counted twice it is the same.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    calls,
    complaints::Ask,
    days,
    model::Kept,
    sources::{Counted, Rows},
    stage::{Month, Publishing},
};
use crate::{
    agencies,
    catalogue::Catalogue,
    db::{
        Conn,
        schema::{score_complaints, score_districts, score_rows},
    },
    each,
    jobs::{Done, Failure, Job, Priority, Running},
    platform::{Moment, clock::city_day},
    ratings::{Means, RatingError},
};

/// Rows in one statement: SQLite takes no more than some 30,000 values at once.
const AT_ONCE: usize = 500;

/// Counts every month that is not closed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Count {}

impl Job for Count {
    const KIND: &'static str = "ratings.count";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Count`]. `ask`: the room that takes complaints.
pub async fn count(means: Means, ask: Ask, running: Running) -> Result<Done, Failure> {
    let now = means.site.clock.now();
    let edition = means.shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let done = running.finish(move |c: &mut Conn| count_all(c, now, &edition.catalogue, ask)).await;
    means.site.kept.forget_all();
    done
}

fn count_all(c: &mut Conn, now: Moment, catalogue: &Catalogue, ask: Ask) -> Result<(), RatingError> {
    let today = city_day(now);
    calls::count(c, today)?;
    days::count(c, today)?;
    if catalogue.city.ratings.is_none() {
        return Ok(());
    }
    let Some(opened) = agencies::opened_at(c)? else { return Ok(()) };
    let opened = Month::of(city_day(opened));
    for month in Publishing::of(&catalogue.rules).counted(today, opened) {
        let mut rows = Rows::new(catalogue, month);
        rows.fill(c, now, ask)?;
        put(c, month, &rows.into_counted())?;
    }
    Ok(())
}

/// Writes a month in place of what it was before.
fn put(c: &mut Conn, month: Month, counted: &Counted) -> Result<(), RatingError> {
    // What cannot be has been counted wrongly: then the month stays as it was, and somebody is told of the job.
    counted.services.iter().try_for_each(|row| row.row().map(|_| ()))?;
    put_services(c, month, &counted.services)?;
    diesel::delete(score_districts::table.filter(score_districts::month.eq(month.first()))).execute(c)?;
    each!(c, |c| diesel::insert_into(score_districts::table).values(&counted.districts).execute(c))?;
    diesel::delete(score_complaints::table.filter(score_complaints::month.eq(month.first()))).execute(c)?;
    each!(c, |c| diesel::insert_into(score_complaints::table).values(&counted.complaints).execute(c))?;
    Ok(())
}

fn put_services(c: &mut Conn, month: Month, rows: &[Kept]) -> Result<(), RatingError> {
    diesel::delete(score_rows::table.filter(score_rows::month.eq(month.first()))).execute(c)?;
    for some in rows.chunks(AT_ONCE) {
        each!(c, |c| diesel::insert_into(score_rows::table).values(some).execute(c))?;
    }
    Ok(())
}
