//! Handing events to the rooms whose matter they are.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{
    Appliers, EventId, Settled,
    store::{self, StoreError},
};
use crate::{
    db::{Conn, DbError},
    jobs::{self, Done, Failure, Job, Priority, Running},
    platform::{Moment, keys::KeyRing},
    web::Site,
};

/// An event that waited so long has lost its job, or no room wanted its kind before.
const MISSED_AFTER: TimeDelta = TimeDelta::minutes(30);
/// One that waits longer than this is for a person to look at: it stands among the agency's events.
const MISSED_UNTIL: TimeDelta = TimeDelta::days(30);

/// Applies one event.
#[derive(Debug, Serialize, Deserialize)]
pub struct Apply {
    pub event: EventId,
}

impl Job for Apply {
    const KIND: &'static str = "gateway.apply-event";

    fn key(&self) -> Option<String> {
        Some(self.event.to_string())
    }
}

/// Forgets what no one asks for any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "gateway.sweep-events";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Apply`].
pub async fn apply(
    site: actix_web::web::Data<Site>,
    appliers: Appliers,
    job: Apply,
    running: Running,
) -> Result<Done, Failure> {
    let (now, ring) = (site.clock.now(), site.keys.clone());
    running.finish(move |c| settle(c, &ring, now, &appliers, job.event)).await
}

fn settle(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    appliers: &Appliers,
    id: EventId,
) -> Result<(), Failure> {
    let waiting = store::waiting(c, ring, id).map_err(|error| match error {
        StoreError::Db(error) => error.into(),
        StoreError::Sealed(why) => Failure::give_up(why),
    })?;
    let Some(waiting) = waiting else { return Ok(()) };
    let event = &waiting.event;
    // It waits, with what it says, for a portal that has a room for it.
    let Some(room) = appliers.of(event.kind) else { return Ok(()) };
    let (state, reason) = if store::move_on(c, &waiting)? {
        match room.apply(c, now, event)? {
            Settled::Applied => ("applied", None),
            Settled::Refused(why) => ("refused", Some(why)),
            // Also what was moved on above is undone with this.
            Settled::NotYet => return Err(Failure::retry("what the event is about is not known yet")),
        }
    } else {
        ("overtaken", None)
    };
    store::settle(c, now, id, state, reason)?;
    if let Some(why) = reason {
        tracing::warn!(agency = event.agency, kind = event.kind.name(), why, "an event was refused");
    }
    let (agency, kind) = (event.agency.clone(), event.kind.name());
    metrics::counter!("yimen_agency_events_settled_total", "agency" => agency, "kind" => kind, "outcome" => state)
        .increment(1);
    Ok(())
}

/// Has events applied that wait although there is a room for them.
fn apply_those_missed(c: &mut Conn, now: Moment, appliers: &Appliers) -> Result<(), DbError> {
    let between = (now - MISSED_UNTIL, now - MISSED_AFTER);
    let missed = store::missed(c, &appliers.kinds(), between)?;
    let jobs: Vec<Apply> = missed.into_iter().map(|event| Apply { event }).collect();
    jobs::enqueue_all(c, now, &jobs).map(|_| ())
}

/// Runs [`Sweep`].
pub fn sweep(c: &mut Conn, now: Moment, appliers: &Appliers) -> Result<(), DbError> {
    store::forget(c, now)?;
    apply_those_missed(c, now, appliers)
}
