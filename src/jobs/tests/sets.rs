//! Runners that are given sets: of each job is done what would be done if it were alone.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::{LEASE, Stage, on_postgres, on_sqlite};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{dead_jobs, jobs, schedules},
    },
    jobs::{
        Failure, Job, Registry, Runners, RunnersConfig, Settled, Together, drain, enqueue_all, queue,
        sets::{self, Claim},
    },
    platform::{Clock, Moment},
};

const SET: usize = 25;
/// What cannot be read by anybody, what makes its runner fall, and what is not done today.
const POISON: u32 = 7;
const BOMB: u32 = 31;
const LATER: u32 = 40;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Errand {
    number: u32,
}

impl Job for Errand {
    const KIND: &'static str = "test.errand";

    fn key(&self) -> Option<String> {
        Some(self.number.to_string())
    }
}

/// The sets that a runner was given.
type Given = Arc<Mutex<Vec<Vec<u32>>>>;

async fn run(given: Given, errands: Vec<Errand>, together: Together) -> Result<Settled, Failure> {
    let numbers: Vec<u32> = errands.iter().map(|errand| errand.number).collect();
    given.lock().unwrap().push(numbers.clone());
    if numbers.contains(&POISON) {
        return Err(Failure::give_up("nobody can read it"));
    }
    assert!(!numbers.contains(&BOMB), "a bomb");
    together
        .finish(move |c, ours| {
            let mut ends = Vec::new();
            for (number, ours) in numbers.iter().zip(ours) {
                if *number == LATER {
                    ends.push(Err(Failure::retry("not today")));
                    continue;
                }
                if *ours {
                    effect(c, *number)?;
                }
                ends.push(Ok(()));
            }
            Ok(ends)
        })
        .await
}

/// A second effect of the same errand would be refused by the table's key.
fn effect(c: &mut Conn, number: u32) -> Result<(), DbError> {
    let at = Stamp::from(Moment::UNIX_EPOCH);
    let row = (schedules::name.eq(number.to_string()), schedules::last_tick.eq(at));
    diesel::insert_into(schedules::table).values(row).execute(c)?;
    Ok(())
}

/// A clock that stands, and so many errands that are due.
fn begin(stage: &Stage, errands: u32) -> Clock {
    let now: Moment = "2026-11-20T04:00:00Z".parse().unwrap();
    let all: Vec<Errand> = (0..errands).map(|number| Errand { number }).collect();
    stage.tx(move |c| {
        diesel::delete(jobs::table).execute(c)?;
        diesel::delete(dead_jobs::table).execute(c)?;
        diesel::delete(schedules::table).execute(c)?;
        enqueue_all(c, now, &all)
    });
    Clock::standing(now)
}

fn registry(given: &Given) -> Registry {
    let given = Arc::clone(given);
    Registry::default()
        .on_sets(SET, move |errands: Vec<Errand>, together| run(Arc::clone(&given), errands, together))
}

fn done(stage: &Stage) -> Vec<u32> {
    let names: Vec<String> = stage.tx(|c| Ok(schedules::table.select(schedules::name).load(c)?));
    let mut numbers: Vec<u32> = names.iter().map(|name| name.parse().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

fn what_one_cannot_stand(stage: &Stage) {
    let (clock, given) = (begin(stage, 60), Given::default());
    stage.runtime.block_on(drain(&stage.db, &clock, &registry(&given), &[])).unwrap();
    // What fell as a whole may have had no fault of its own: it comes back as a whole once.
    assert!(!done(stage).contains(&(BOMB + 1)) && done(stage).contains(&(POISON + 1)));
    clock.advance(TimeDelta::minutes(1));
    stage.runtime.block_on(drain(&stage.db, &clock, &registry(&given), &[])).unwrap();
    let sizes: Vec<usize> = given.lock().unwrap().iter().map(Vec::len).collect();
    assert_eq!(sizes.iter().max(), Some(&SET), "they come in sets: {sizes:?}");
    let expected: Vec<u32> = (0..60).filter(|number| ![POISON, BOMB, LATER].contains(number)).collect();
    assert_eq!(done(stage), expected, "the others are done, each once");
    let (dead, waiting) = stage.tx(|c| {
        let waiting: Vec<(Option<String>, Option<String>)> =
            jobs::table.order(jobs::unique_key).select((jobs::unique_key, jobs::last_error)).load(c)?;
        Ok((queue::dead(c, 10)?, waiting))
    });
    assert_eq!(dead.len(), 1);
    assert!(dead[0].payload.contains(&POISON.to_string()) && dead[0].reason.contains("nobody can read it"));
    let keys: Vec<Option<&str>> = waiting.iter().map(|(key, _)| key.as_deref()).collect();
    assert_eq!(keys, [Some("31"), Some("40")], "these are tried again later");
    let why: Vec<&str> = waiting.iter().filter_map(|(_, why)| why.as_deref()).collect();
    assert!(why[0].contains("panicked") && why[1] == "not today", "{why:?}");
}

/// A process that had claimed a set is gone; or it was only slow, and comes back when others have done its work.
fn who_dies_or_sleeps(stage: &Stage) {
    let (clock, given) = (begin(stage, 30), Given::default());
    let registry = registry(&given);
    let (kinds, now, until) = (registry.claimed_kinds(), clock.now(), clock.now() + LEASE);
    let Claim { lease, pieces, .. } = stage.tx(move |c| sets::claim(c, now, until, &kinds, 4));
    let held: usize = pieces.iter().map(Vec::len).sum();
    assert_eq!(held, 30);
    stage.runtime.block_on(drain(&stage.db, &clock, &registry, &[])).unwrap();
    assert_eq!(done(stage), [0; 0], "somebody holds them");
    clock.advance(LEASE + TimeDelta::seconds(1));
    stage.runtime.block_on(drain(&stage.db, &clock, &registry, &[])).unwrap();
    let expected: Vec<u32> = (0..30).filter(|number| *number != POISON).collect();
    assert_eq!(done(stage), expected);
    for jobs in pieces {
        let set = Together { db: stage.db.clone(), clock: clock.clone(), jobs, lease };
        let settled = stage.runtime.block_on(set.finish(|_, ours| {
            assert!(ours.iter().all(|ours| !ours), "none of them is ours any more");
            Ok(Vec::new())
        }));
        let lost = |(_, end): &(_, Result<(), Failure>)| *end == Err(Failure::LeaseLost);
        assert!(settled.unwrap().0.iter().all(lost));
    }
    assert_eq!(done(stage), expected);
}

/// What was begun ends before the process does.
fn who_stops(stage: &Stage) {
    let (clock, given) = (begin(stage, 5), Given::default());
    let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (beginning, going) = (Arc::clone(&begun), Arc::clone(&go));
    let registry = Registry::default().on_sets(SET, move |errands: Vec<Errand>, together| {
        let (given, begun, go) = (Arc::clone(&given), Arc::clone(&beginning), Arc::clone(&going));
        async move {
            begun.notify_one();
            go.notified().await;
            run(given, errands, together).await
        }
    });
    let config = RunnersConfig { at_once: 1, poll: Duration::from_secs(1), lease: Duration::from_mins(1) };
    stage.runtime.block_on(async {
        let runners = Runners::start(stage.db.clone(), clock, registry, Vec::new(), config);
        begun.notified().await;
        let stopping = tokio::spawn(runners.stop(Duration::from_secs(30)));
        go.notify_one();
        stopping.await.unwrap();
    });
    assert_eq!(done(stage), [0, 1, 2, 3, 4]);
}

fn all(stage: &Stage) {
    what_one_cannot_stand(stage);
    who_dies_or_sleeps(stage);
    who_stops(stage);
}

#[test]
fn a_set_is_done_as_each_of_its_jobs_would_be_sqlite() {
    on_sqlite(all);
}

#[test]
fn a_set_is_done_as_each_of_its_jobs_would_be_postgres() {
    on_postgres(all);
}
