//! Every kind of job with its runner, and what happens by the clock.

use std::sync::Arc;

use actix_web::web::Data;

use super::holders;
use crate::{
    accounts::{SendCode, Tell, acting, codes, staff::Handovers},
    catalogue::counts,
    db::{Conn, DbError},
    gateway::{
        self, Gateway,
        sites::{self, LookAtSites},
    },
    jobs::{self, Every, Failure, Job, Registry, Schedule},
    ledger,
    notices::{self, Courier},
    platform::{Clock, Moment, clock::city_day},
    sso::provider,
    web::{Site, aside, session},
};

/// Every kind of job.
pub fn registry(site: &Data<Site>, courier: &Courier, gateway: &Data<Gateway>) -> Registry {
    let registry = housekeeping(Registry::default(), &site.clock);
    let registry = of_ledger(registry, site);
    let registry = of_provider(registry, site, gateway);
    let registry = of_gateway(registry, site, gateway);
    let [coding, telling, delivering, returned] = std::array::from_fn(|_| courier.clone());
    registry
        .on(move |job: SendCode, running| notices::send_code(coding.clone(), job, running))
        .on(move |job: Tell, running| notices::tell(telling.clone(), job, running))
        .on(move |job: notices::Deliver, running| notices::deliver(delivering.clone(), job, running))
        .on(move |job: gateway::Returned, running| notices::returned(returned.clone(), job, running))
}

/// A job that is one transaction over the database and the time.
fn sweeping<J: Job>(
    registry: Registry,
    clock: &Clock,
    work: fn(&mut Conn, Moment) -> Result<usize, DbError>,
) -> Registry {
    let clock = clock.clone();
    registry.on(move |_: J, running| {
        let now = clock.now();
        async move { running.finish(move |c| work(c, now).map(|_| ()).map_err(Failure::from)).await }
    })
}

fn housekeeping(registry: Registry, clock: &Clock) -> Registry {
    let registry = sweeping::<session::Sweep>(registry, clock, session::sweep);
    let registry = sweeping::<aside::Sweep>(registry, clock, aside::sweep);
    let registry = sweeping::<codes::Sweep>(registry, clock, codes::sweep);
    let registry = sweeping::<counts::Forget>(registry, clock, |c, now| counts::forget_old(c, city_day(now)));
    let ending = clock.clone();
    registry.on(move |_: acting::EndOver, running| {
        let now = ending.now();
        async move { running.finish(move |c| acting::end_over(c, now).map(|_| ()).map_err(Failure::from)).await }
    })
}

/// The jobs of the ledger.
fn of_ledger(registry: Registry, site: &Data<Site>) -> Registry {
    let (sealing, erasing) = (site.clone(), site.clone());
    registry
        .on(move |_: ledger::Seal, running| {
            let (now, ring) = (sealing.clock.now(), Arc::clone(&sealing.keys));
            async move {
                let seal = move |c: &mut Conn| ledger::seal_waiting(c, &ring, now).map(|_| ());
                running.finish(move |c| seal(c).map_err(Failure::retry)).await
            }
        })
        .on(move |job: ledger::requests::Erase, running| {
            let (now, ring) = (erasing.clock.now(), Arc::clone(&erasing.keys));
            async move {
                let erase =
                    move |c: &mut Conn| holders().erase(c, &ring, now, job.citizen, job.request).map(|_| ());
                running.finish(move |c| erase(c).map_err(Failure::retry)).await
            }
        })
}

/// The jobs of the gateway.
fn of_gateway(registry: Registry, site: &Data<Site>, gateway: &Data<Gateway>) -> Registry {
    let (asking, telling) = (gateway.clone(), gateway.clone());
    let (looking, gateway) = (site.db.clone(), gateway.clone());
    registry
        .on(move |job: LookAtSites, running| {
            let (db, gateway) = (looking.clone(), gateway.clone());
            async move { sites::look(&gateway, &db, job, running).await }
        })
        .on(move |job: gateway::AskBack, running| gateway::ask_back(asking.clone(), job, running))
        .on(move |job: gateway::IsBack, running| gateway::is_back(telling.clone(), job, running))
}

/// The jobs of the OpenID provider.
fn of_provider(registry: Registry, site: &Data<Site>, gateway: &Data<Gateway>) -> Registry {
    let (telling, rotating, dialer) = (site.clone(), site.clone(), gateway.dialer());
    let (closing, sweeping) = (site.clock.clone(), site.clock.clone());
    registry
        .on(move |job: provider::Tell, running| {
            provider::tell(telling.clone(), Arc::clone(&dialer), job, running)
        })
        .on(move |_: provider::Rotate, running| {
            let (now, ring) = (rotating.clock.now(), Arc::clone(&rotating.keys));
            async move { running.finish(move |c| provider::rotate(c, &ring, now).map_err(Failure::retry)).await }
        })
        .on(move |_: provider::CloseEnded, running| {
            let now = closing.now();
            async move { running.finish(move |c| provider::close_ended(c, now).map_err(Failure::from)).await }
        })
        .on(move |_: provider::Sweep, running| {
            let now = sweeping.now();
            async move { running.finish(move |c| provider::sweep(c, now).map_err(Failure::from)).await }
        })
}

/// Every room that gives work to members of staff by name.
pub fn handovers() -> Handovers {
    Handovers::default()
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
            name: "aside.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &aside::Sweep).map(|_| ()),
        },
        Schedule {
            name: "sessions.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &session::Sweep).map(|_| ()),
        },
        Schedule { name: "gateway.ask-back", every: Every::Seconds(30), act: gateway::ask_those_missed },
        Schedule { name: "ledger.seal", every: Every::Seconds(5), act: ledger::seal_soon },
        // Well within the minute in which sites must hear that somebody's session is over.
        Schedule {
            name: "provider.close-ended",
            every: Every::Seconds(20),
            act: |c, now| jobs::enqueue(c, now, &provider::CloseEnded).map(|_| ()),
        },
        Schedule {
            name: "provider.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &provider::Sweep).map(|_| ()),
        },
        Schedule {
            name: "provider.rotate-keys",
            every: Every::DayAt(3, 40),
            act: |c, now| jobs::enqueue(c, now, &provider::Rotate).map(|_| ()),
        },
        Schedule {
            name: "views.forget",
            every: Every::DayAt(3, 20),
            act: |c, now| jobs::enqueue(c, now, &counts::Forget).map(|_| ()),
        },
        Schedule {
            name: "sites.look",
            every: Every::DayAt(4, 10),
            act: |c, now| jobs::enqueue(c, now, &LookAtSites { all: true }).map(|_| ()),
        },
        Schedule { name: "sites.look-again", every: Every::Minutes(10), act: sites::look_again },
        Schedule {
            name: "acting.end-over",
            every: Every::DayAt(0, 10),
            act: |c, now| jobs::enqueue(c, now, &acting::EndOver).map(|_| ()),
        },
    ]
}
