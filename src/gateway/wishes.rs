//! "Tell me when it is back": who wants to hear that an agency answers again, and the moment they do.
//!
//! An agency is back when it answers anybody, or when it says of itself that it is well; for those that people wait
//! for, a schedule asks. Then each wish becomes one notice, in the transaction that deletes it.

use actix_web::web::Data;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::Gateway;
use crate::{
    db::{Conn, DbError, Stamp, schema::return_wishes},
    each, id,
    jobs::{self, Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::Moment,
};

id! {
    /// A wish to be told.
    WishId
}

/// So many wishes are fulfilled in one transaction.
const AT_ONCE: i64 = 200;

/// Puts down the wish. Wishing again changes nothing.
pub fn wish(c: &mut Conn, now: Moment, citizen: CitizenId, agency: &str) -> Result<(), DbError> {
    let row = (
        return_wishes::citizen_id.eq(citizen),
        return_wishes::id.eq(WishId::new()),
        return_wishes::agency.eq(agency),
        return_wishes::wished_at.eq(Stamp::from(now)),
    );
    each!(c, |c| diesel::insert_into(return_wishes::table)
        .values(row)
        .on_conflict((return_wishes::citizen_id, return_wishes::agency))
        .do_nothing()
        .execute(c))?;
    Ok(())
}

/// Whether anybody waits for an agency.
pub(super) fn anybody_waits(c: &mut Conn, agency: &str) -> Result<bool, DbError> {
    let wishes = return_wishes::table.filter(return_wishes::agency.eq(agency));
    Ok(diesel::select(diesel::dsl::exists(wishes)).get_result(c)?)
}

/// Asks an agency that people wait for whether it is well.
#[derive(Debug, Serialize, Deserialize)]
pub struct AskBack {
    agency: String,
}

impl Job for AskBack {
    const KIND: &'static str = "gateway.ask-back";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::minutes(10);

    fn key(&self) -> Option<String> {
        Some(self.agency.clone())
    }
}

/// An agency answers again: whoever wished to hear of it does.
#[derive(Debug, Serialize, Deserialize)]
pub struct IsBack {
    pub(super) agency: String,
}

impl Job for IsBack {
    const KIND: &'static str = "gateway.is-back";

    fn key(&self) -> Option<String> {
        Some(self.agency.clone())
    }
}

/// Tells one person that an agency answers again. `notices` carries it out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Returned {
    pub citizen: CitizenId,
    pub agency: String,
    /// Where they can go on, in the portal.
    pub path: String,
}

impl Job for Returned {
    const KIND: &'static str = "gateway.returned";
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// Has every agency that somebody waits for asked. Where nobody waits, nobody is asked.
pub fn ask_those_missed(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let missed: Vec<String> = return_wishes::table.select(return_wishes::agency).distinct().load(c)?;
    missed.into_iter().try_for_each(|agency| jobs::enqueue(c, now, &AskBack { agency }).map(|_| ()))
}

/// Asks one agency. One that does not say of itself how it is will be known to be back by its next answer.
pub async fn ask_back(gateway: Data<Gateway>, job: AskBack, running: Running) -> Result<Done, Failure> {
    let (well, now) = (gateway.is_well(&job.agency).await.map_err(Failure::retry)?, gateway.now());
    let effect = move |c: &mut Conn| {
        if well {
            jobs::enqueue(c, now, &IsBack { agency: job.agency })?;
        }
        Ok::<_, DbError>(())
    };
    running.finish(effect).await
}

/// Makes notices of the wishes for one agency.
pub async fn is_back(gateway: Data<Gateway>, job: IsBack, running: Running) -> Result<Done, Failure> {
    let (now, path) = (gateway.now(), gateway.way_on(&job.agency));
    running.finish(move |c| fulfil(c, now, &job, &path)).await
}

fn fulfil(c: &mut Conn, now: Moment, job: &IsBack, path: &str) -> Result<(), DbError> {
    let wishes: Vec<(CitizenId, WishId)> = return_wishes::table
        .filter(return_wishes::agency.eq(&job.agency))
        .order(return_wishes::wished_at)
        .limit(AT_ONCE)
        .select((return_wishes::citizen_id, return_wishes::id))
        .load(c)?;
    let ids: Vec<WishId> = wishes.iter().map(|(_, id)| *id).collect();
    diesel::delete(return_wishes::table.filter(return_wishes::id.eq_any(&ids))).execute(c)?;
    for (citizen, _) in &wishes {
        let (agency, path) = (job.agency.clone(), path.to_owned());
        jobs::enqueue(c, now, &Returned { citizen: *citizen, agency, path })?;
    }
    if ids.len() == usize::try_from(AT_ONCE).unwrap_or(usize::MAX) {
        jobs::enqueue(c, now, job)?;
    }
    Ok(())
}
