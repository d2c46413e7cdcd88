//! Every kind of job with its runner, and what happens by the clock.

use crate::{
    accounts::{SendCode, Tell, codes},
    catalogue::counts,
    jobs::{self, Every, Failure, Registry, Schedule},
    notices::{self, Courier},
    platform::{Clock, clock::city_day},
    web::session,
};

/// Every kind of job.
pub fn registry(clock: &Clock, courier: &Courier) -> Registry {
    let [coding, telling, delivering] = std::array::from_fn(|_| courier.clone());
    let sweeping = clock.clone();
    let forgetting = clock.clone();
    let sweeping_codes = clock.clone();
    Registry::default()
        .on(move |_: session::Sweep, running| {
            let now = sweeping.now();
            async move { running.finish(move |c| session::sweep(c, now).map(|_| ()).map_err(Failure::from)).await }
        })
        .on(move |_: codes::Sweep, running| {
            let now = sweeping_codes.now();
            async move { running.finish(move |c| codes::sweep(c, now).map(|_| ()).map_err(Failure::from)).await }
        })
        .on(move |_: counts::Forget, running| {
            let today = city_day(forgetting.now());
            async move { running.finish(move |c| counts::forget_old(c, today).map(|_| ()).map_err(Failure::from)).await }
        })
        .on(move |job: SendCode, running| notices::send_code(coding.clone(), job, running))
        .on(move |job: Tell, running| notices::tell(telling.clone(), job, running))
        .on(move |job: notices::Deliver, running| notices::deliver(delivering.clone(), job, running))
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
        Schedule {
            name: "views.forget",
            every: Every::DayAt(3, 20),
            act: |c, now| jobs::enqueue(c, now, &counts::Forget).map(|_| ()),
        },
    ]
}
