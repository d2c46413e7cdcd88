//! The durable queue: nothing lost, nothing twice in effect.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen::{
    db::{Conn, DbError, Stamp, schema::schedules},
    jobs::{self, Every, Failure, Job, Priority, Queued, Registry, Runners, RunnersConfig, Schedule},
    platform::Clock,
};

use crate::{
    on_both_engines,
    town::{Town, opening},
};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Ring {
    bell: String,
}

impl Job for Ring {
    const KIND: &'static str = "test.ring";
    const BUDGET: TimeDelta = TimeDelta::hours(2);
}

#[derive(Debug, Serialize, Deserialize)]
struct Once;

impl Job for Once {
    const KIND: &'static str = "test.once";
    const PRIORITY: Priority = Priority::Urgent;

    fn key(&self) -> Option<String> {
        Some("the one".into())
    }
}

/// The effect: a row whose name may exist once. A second effect would fail loudly.
fn effect(c: &mut Conn, name: &str) -> Result<(), Failure> {
    let row = (schedules::name.eq(name), schedules::last_tick.eq(Stamp::from(opening())));
    diesel::insert_into(schedules::table).values(row).execute(c).map_err(DbError::from)?;
    Ok(())
}

fn ringing() -> Registry {
    Registry::default()
        .on(|job: Ring, running| async move { running.finish(move |c| effect(c, &job.bell)).await })
}

async fn rung(town: &Town) -> Vec<String> {
    town.db
        .read(|c| {
            schedules::table.order(schedules::name).select(schedules::name).load(c).map_err(DbError::from)
        })
        .await
        .unwrap()
}

async fn ring(town: &Town, bell: &str) {
    let (now, job) = (town.clock.now(), Ring { bell: bell.into() });
    town.db.tx(move |c| jobs::enqueue(c, now, &job)).await.unwrap();
}

async fn left(town: &Town) -> i64 {
    let now = town.clock.now();
    town.db.read(move |c| jobs::waiting(c, now)).await.unwrap().1
}

on_both_engines! {
    async fn a_job_exists_exactly_if_its_transaction_does(town: Town) {
        let now = town.clock.now();
        let undone: Result<(), DbError> = town.db.tx(move |c| {
            jobs::enqueue(c, now, &Ring { bell: "never".into() })?;
            Err(DbError::Busy)
        }).await;
        assert!(undone.is_err());
        assert_eq!(left(&town).await, 0);
        ring(&town, "once").await;
        assert_eq!(jobs::drain(&town.db, &town.clock, &ringing(), &[]).await.unwrap(), 1);
        assert_eq!(rung(&town).await, ["once"]);
        assert_eq!(left(&town).await, 0);
        town.close().await;
    }

    /// A runner that dies after its work outside, or before its end, is replaced when its lease is over; the
    /// effect happens once, and the one that comes back late is turned away.
    async fn a_job_whose_runner_dies_is_done_once_in_effect(town: Town) {
        ring(&town, "bell").await;
        let attempts = Arc::new(AtomicUsize::new(0));
        let stuck = Arc::new(tokio::sync::Notify::new());
        let late = Arc::new(Mutex::new(None));
        let registry = {
            let (attempts, stuck, late) = (attempts.clone(), stuck.clone(), late.clone());
            Registry::default().on(move |job: Ring, running| {
                let (attempts, stuck, late) = (attempts.clone(), stuck.clone(), late.clone());
                async move {
                    if attempts.fetch_add(1, Ordering::SeqCst) == 0 {
                        // The first runner hangs long enough to lose its claim, then comes back.
                        stuck.notified().await;
                        let end = running.finish(move |c| effect(c, &job.bell)).await.map(|_| ());
                        *late.lock().unwrap() = Some(end.clone());
                        return end.and(Err(Failure::LeaseLost));
                    }
                    running.finish(move |c| effect(c, &job.bell)).await
                }
            })
        };
        let (db, clock) = (town.db.clone(), town.clock.clone());
        let first = {
            let registry = registry.clone();
            tokio::spawn(async move { jobs::drain(&db, &clock, &registry, &[]).await })
        };
        while attempts.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        town.clock.advance(TimeDelta::seconds(61));
        assert_eq!(jobs::drain(&town.db, &town.clock, &registry, &[]).await.unwrap(), 1);
        stuck.notify_one();
        first.await.unwrap().unwrap();
        assert_eq!(*late.lock().unwrap(), Some(Err(Failure::LeaseLost)));
        assert_eq!(rung(&town).await, ["bell"]);
        assert_eq!(left(&town).await, 0);
        town.close().await;
    }

    /// Several nodes claim at once; every job is done by exactly one.
    async fn several_nodes_share_the_work(town: Town) {
        let now = town.clock.now();
        town.db.tx(move |c| {
            for number in 0..60 {
                jobs::enqueue(c, now, &Ring { bell: format!("{number:02}") })?;
            }
            Ok::<_, DbError>(())
        }).await.unwrap();
        let config = RunnersConfig { at_once: 4, poll: std::time::Duration::from_millis(20), lease: std::time::Duration::from_mins(1) };
        let nodes: Vec<_> = (0..3)
            .map(|_| Runners::start(town.db.clone(), town.clock.clone(), ringing(), Vec::new(), config))
            .collect();
        for _ in 0..3000 {
            if left(&town).await == 0 { break }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        for node in nodes {
            node.stop(std::time::Duration::from_secs(5)).await;
        }
        let expected: Vec<_> = (0..60).map(|number| format!("{number:02}")).collect();
        assert_eq!(rung(&town).await, expected);
        town.close().await;
    }

    async fn a_failing_job_is_tried_to_the_end_of_its_time_and_then_found_among_the_dead(town: Town) {
        ring(&town, "bell").await;
        let tries = Arc::new(AtomicUsize::new(0));
        let counting = tries.clone();
        let registry = Registry::default().on(move |_: Ring, _| {
            counting.fetch_add(1, Ordering::SeqCst);
            async { Err(Failure::retry("the bell is stuck")) }
        });
        for _ in 0..40 {
            jobs::drain(&town.db, &town.clock, &registry, &[]).await.unwrap();
            town.clock.advance(TimeDelta::minutes(5));
        }
        assert!(tries.load(Ordering::SeqCst) > 8, "{tries:?}");
        let dead = town.db.read(|c| jobs::dead(c, 10)).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert!(dead[0].reason.contains("the bell is stuck"), "{}", dead[0].reason);
        assert!(dead[0].died_at.moment() >= opening() + TimeDelta::hours(2));
        // A person gives it another life.
        let (now, id) = (town.clock.now(), dead[0].id);
        assert!(town.db.tx(move |c| jobs::redrive(c, now, id, TimeDelta::hours(1))).await.unwrap());
        assert!(!town.db.tx(move |c| jobs::redrive(c, now, id, TimeDelta::hours(1))).await.unwrap());
        jobs::drain(&town.db, &town.clock, &ringing(), &[]).await.unwrap();
        assert_eq!(rung(&town).await, ["bell"]);
        town.close().await;
    }

    async fn giving_up_is_at_once_and_a_panic_is_tried_again(town: Town) {
        ring(&town, "a").await;
        let registry = Registry::default().on(|_: Ring, _| async { Err(Failure::give_up("no such bell")) });
        jobs::drain(&town.db, &town.clock, &registry, &[]).await.unwrap();
        let dead = town.db.tx(|c| {
            let dead = jobs::dead(c, 10)?;
            diesel::delete(yimen::db::schema::dead_jobs::table).execute(c)?;
            Ok::<_, DbError>(dead)
        }).await.unwrap();
        assert_eq!(dead.iter().map(|job| (job.attempts, job.reason.as_str())).collect::<Vec<_>>(), [(1, "no such bell")]);
        ring(&town, "b").await;
        let panicking = Registry::default().on(|job: Ring, running| async move {
            assert!(running.attempts() > 1, "a bug that shows the first time");
            running.finish(move |c| effect(c, &job.bell)).await
        });
        jobs::drain(&town.db, &town.clock, &panicking, &[]).await.unwrap();
        assert!(rung(&town).await.is_empty());
        town.clock.advance(TimeDelta::seconds(10));
        jobs::drain(&town.db, &town.clock, &panicking, &[]).await.unwrap();
        assert_eq!(rung(&town).await, ["b"]);
        town.close().await;
    }

    async fn a_keyed_job_waits_once_and_urgent_ones_go_first(town: Town) {
        let now = town.clock.now();
        ring(&town, "ring").await;
        let queued = town.db.tx(move |c| {
            Ok::<_, DbError>([jobs::enqueue(c, now, &Once)?, jobs::enqueue(c, now, &Once)?])
        }).await.unwrap();
        assert!(matches!(queued, [Queued::New(_), Queued::Already]), "{queued:?}");
        let order = Arc::new(Mutex::new(Vec::new()));
        let (one, two) = (order.clone(), order.clone());
        let registry = Registry::default()
            .on(move |_: Once, running| {
                one.lock().unwrap().push("once");
                async move { running.finish(|_| Ok::<_, Failure>(())).await }
            })
            .on(move |_: Ring, running| {
                two.lock().unwrap().push("ring");
                async move { running.finish(|_| Ok::<_, Failure>(())).await }
            });
        jobs::drain(&town.db, &town.clock, &registry, &[]).await.unwrap();
        assert_eq!(*order.lock().unwrap(), ["once", "ring"]);
        town.close().await;
    }

    /// However many nodes look, a tick is acted on once; ticks missed while nothing ran are made up by one.
    async fn a_schedule_acts_once_a_tick(town: Town) {
        let schedule = Schedule {
            name: "test.hourly",
            every: Every::Minutes(60),
            act: |c, now| jobs::enqueue(c, now, &Ring { bell: now.to_rfc3339() }).map(|_| ()),
        };
        let registry = Registry::default();
        let look = |clock: Clock| {
            let (db, registry) = (town.db.clone(), registry.clone());
            async move { jobs::drain(&db, &clock, &registry, &[schedule]).await.unwrap() }
        };
        futures_util::future::join_all((0..4).map(|_| look(town.clock.clone()))).await;
        assert_eq!(left(&town).await, 1);
        town.clock.advance(TimeDelta::minutes(59));
        look(town.clock.clone()).await;
        assert_eq!(left(&town).await, 1);
        town.clock.advance(TimeDelta::minutes(1));
        look(town.clock.clone()).await;
        assert_eq!(left(&town).await, 2);
        town.clock.advance(TimeDelta::days(60));
        look(town.clock.clone()).await;
        assert_eq!(left(&town).await, 3);
        // A clock that was set back acts on nothing again.
        town.clock.advance(-TimeDelta::days(1));
        look(town.clock.clone()).await;
        assert_eq!(left(&town).await, 3);
        town.clock.advance(TimeDelta::days(1));
        jobs::drain(&town.db, &town.clock, &ringing(), &[]).await.unwrap();
        town.close().await;
    }
}
