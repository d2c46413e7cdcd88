//! Every kind of job with its runner, and what happens by the clock.

use std::sync::Arc;

use super::holders;
use crate::{
    accounts::codes,
    catalogue::counts,
    db::Conn,
    jobs::{self, Every, Failure, Registry, Schedule},
    ledger,
    platform::{Clock, clock::city_day, keys::KeyRing},
    web::session,
};

/// Every kind of job.
pub fn registry(clock: &Clock, ring: &Arc<KeyRing>) -> Registry {
    let sweeping = clock.clone();
    let (sealing, erasing_ring, ring) = (clock.clone(), Arc::clone(ring), Arc::clone(ring));
    let erasing = clock.clone();
    let forgetting = clock.clone();
    let sweeping_codes = clock.clone();
    Registry::default()
        .on(move |_: session::Sweep, running| {
            let now = sweeping.now();
            async move { running.finish(move |c| session::sweep(c, now).map(|_| ()).map_err(Failure::from)).await }
        })
        .on(move |_: ledger::Seal, running| {
            let (now, ring) = (sealing.now(), Arc::clone(&ring));
            async move { running.finish(move |c| ledger::seal_waiting(c, &ring, now).map(|_| ()).map_err(Failure::retry)).await }
        })
        .on(move |job: ledger::requests::Erase, running| {
            let (now, ring) = (erasing.now(), Arc::clone(&erasing_ring));
            async move {
                let erase =
                    move |c: &mut Conn| holders().erase(c, &ring, now, job.citizen, job.request).map(|_| ());
                running.finish(move |c| erase(c).map_err(Failure::retry)).await
            }
        })
        .on(move |_: codes::Sweep, running| {
            let now = sweeping_codes.now();
            async move { running.finish(move |c| codes::sweep(c, now).map(|_| ()).map_err(Failure::from)).await }
        })
        .on(move |_: counts::Forget, running| {
            let today = city_day(forgetting.now());
            async move { running.finish(move |c| counts::forget_old(c, today).map(|_| ()).map_err(Failure::from)).await }
        })
}

/// Everything that happens by the clock.
pub fn schedules() -> Vec<Schedule> {
    vec![
        Schedule {
            name: "codes.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &codes::Sweep).map(|_| ()),
        },
        Schedule {
            name: "sessions.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &session::Sweep).map(|_| ()),
        },
        Schedule { name: "ledger.seal", every: Every::Seconds(5), act: ledger::seal_soon },
        Schedule {
            name: "views.forget",
            every: Every::DayAt(3, 20),
            act: |c, now| jobs::enqueue(c, now, &counts::Forget).map(|_| ()),
        },
    ]
}
