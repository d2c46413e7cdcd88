//! What the queue promises, whatever happens to it in whatever order, on both engines: every job waits, runs, is
//! done or is dead, its effect happens once, and the most urgent go first.
//!
//! A model says after every step what must be true; the steps are chance.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

use std::{env, time::Duration};

use chrono::TimeDelta;
use diesel::{Connection as _, PgConnection, prelude::*, sql_query};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::{
    Failure, Job, JobId, Priority, Queued, Running, enqueue_at,
    queue::{self, Claimed, LeaseId},
    revive,
};
use crate::{
    db::{
        Conn, Db, DbError, Stamp,
        schema::{dead_jobs, jobs, schedules},
    },
    platform::{
        Moment,
        config::{Address, DatabaseConfig},
    },
};

const BUDGET: TimeDelta = TimeDelta::hours(2);
const LEASE: TimeDelta = TimeDelta::minutes(1);
const KINDS: [&str; 3] = ["test.urgent", "test.normal", "test.low"];

/// Something to be done, of one of three priorities.
#[derive(Debug, Serialize, Deserialize)]
struct Chore<const P: usize> {
    key: Option<u8>,
    whose: Uuid,
}

impl<const P: usize> Job for Chore<P> {
    const KIND: &'static str = KINDS[P];
    const PRIORITY: Priority = [Priority::Urgent, Priority::Normal, Priority::Low][P];
    const BUDGET: TimeDelta = BUDGET;

    fn key(&self) -> Option<String> {
        self.key.map(|key| key.to_string())
    }
}

/// Something that happens. Claims and dead jobs are named by a number that counts round those there are.
#[derive(Debug, Clone)]
enum Step {
    Enqueue {
        priority: usize,
        later: i64,
        key: Option<u8>,
    },
    Claim {
        limit: usize,
    },
    Finish(usize),
    /// The effect fails after the claim was taken: all of it is undone.
    Fail(usize),
    Retry(usize),
    GiveUp(usize),
    Release(usize),
    Extend(usize),
    /// The clock, which may also be set back.
    Jump(i64),
    Redrive(usize),
    /// Everything is for somebody else from now on, who has the other of two names.
    Readdress,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let claim = || 0..32_usize;
    let step = prop_oneof![
        4 => (0..3_usize, prop_oneof![Just(0), 0..300_i64], proptest::option::weighted(0.3, 0..3_u8))
            .prop_map(|(priority, later, key)| Step::Enqueue { priority, later, key }),
        4 => (1..4_usize).prop_map(|limit| Step::Claim { limit }),
        3 => claim().prop_map(Step::Finish),
        1 => claim().prop_map(Step::Fail),
        2 => claim().prop_map(Step::Retry),
        1 => claim().prop_map(Step::GiveUp),
        1 => claim().prop_map(Step::Release),
        1 => claim().prop_map(Step::Extend),
        2 => prop_oneof![-90..90_i64, 0..4000_i64].prop_map(Step::Jump),
        1 => claim().prop_map(Step::Redrive),
        1 => Just(Step::Readdress),
    ];
    proptest::collection::vec(step, 1..60)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Done,
    Dead,
    /// Given up, with another in its place.
    Replaced,
}

/// A job as it must be.
#[derive(Debug, Clone)]
struct Known {
    id: JobId,
    priority: i32,
    key: Option<(usize, u8)>,
    run_at: Moment,
    give_up_at: Moment,
    lease: Option<(LeaseId, Moment)>,
    attempts: i32,
    /// It was asked for while somebody held it.
    asked_again: bool,
    state: State,
}

/// The queue under test, and what must be true of it.
struct Model<'a> {
    stage: &'a Stage,
    now: Moment,
    known: Vec<Known>,
    /// Every claim there ever was, also those long lost.
    claims: Vec<(Claimed, LeaseId)>,
    /// Whose all of it is, and whose it was or will be.
    whose: [Uuid; 2],
}

/// A database of a test's own.
struct Stage {
    db: Db,
    runtime: Runtime,
    _folder: TempDir,
}

impl Stage {
    fn open(url: String, folder: TempDir) -> Self {
        let slow = Duration::from_secs(10);
        let config = DatabaseConfig { url: Address::new(url), readers: 1, writers: 2, queue: 64, slow };
        let db = Db::open(&config).unwrap();
        db.migrate().unwrap();
        Self { db, runtime: Runtime::new().unwrap(), _folder: folder }
    }

    fn tx<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, DbError> + Send + 'static,
    ) -> T {
        self.runtime.block_on(self.db.tx(work)).unwrap()
    }
}

impl Model<'_> {
    fn play(stage: &Stage, steps: &[Step]) {
        stage.tx(|c| {
            diesel::delete(jobs::table).execute(c)?;
            diesel::delete(dead_jobs::table).execute(c)?;
            Ok(diesel::delete(schedules::table).execute(c)?)
        });
        let now = "2026-11-20T04:00:00Z".parse().unwrap();
        let whose = [Uuid::now_v7(), Uuid::now_v7()];
        let mut model = Model { stage, now, known: Vec::new(), claims: Vec::new(), whose };
        for step in steps {
            model.step(step);
            model.check(step);
        }
        // Whatever happened before: what waits can be done, all of it.
        model.now += TimeDelta::days(30);
        while !model.claim(3).is_empty() {
            let from = model.claims.len();
            for at in from.saturating_sub(3)..from {
                model.finish(at);
            }
        }
        model.check(&Step::Jump(0));
        assert!(model.known.iter().all(|job| job.state != State::Waiting), "{:?}", model.known);
    }

    fn step(&mut self, step: &Step) {
        let claims = self.claims.len();
        let nth = |at: usize| (claims > 0).then(|| at % claims.max(1));
        match *step {
            Step::Enqueue { priority, later, key } => self.enqueue(priority, later, key),
            Step::Claim { limit } => drop(self.claim(limit)),
            Step::Jump(seconds) => self.now += TimeDelta::seconds(seconds),
            Step::Redrive(at) => self.redrive(at),
            Step::Readdress => self.readdress(),
            Step::Finish(at) => nth(at).into_iter().for_each(|at| self.finish(at)),
            Step::Fail(at) => nth(at).into_iter().for_each(|at| self.fail(at)),
            Step::Retry(at) => nth(at).into_iter().for_each(|at| self.retry(at)),
            Step::GiveUp(at) => nth(at).into_iter().for_each(|at| self.give_up(at)),
            Step::Release(at) => nth(at).into_iter().for_each(|at| self.release(at)),
            Step::Extend(at) => nth(at).into_iter().for_each(|at| self.extend(at)),
        }
    }

    fn enqueue(&mut self, priority: usize, later: i64, key: Option<u8>) {
        let (now, run_at, whose) = (self.now, self.now + TimeDelta::seconds(later), self.whose[0]);
        let queued = self.stage.tx(move |c| match priority {
            0 => enqueue_at(c, now, run_at, &Chore::<0> { key, whose }),
            1 => enqueue_at(c, now, run_at, &Chore::<1> { key, whose }),
            _ => enqueue_at(c, now, run_at, &Chore::<2> { key, whose }),
        });
        let key = key.map(|key| (priority, key));
        let waits = |job: &Known| job.state == State::Waiting && job.key.is_some() && job.key == key;
        let waits = self.known.iter_mut().find(|job| waits(job));
        let Queued::New(id) = queued else {
            let known = waits.expect("nothing with that key waits");
            known.asked_again = known.lease.is_some();
            known.give_up_at = run_at + BUDGET;
            return;
        };
        assert!(waits.is_none(), "of one key only one waits");
        let priority = [Priority::Urgent, Priority::Normal, Priority::Low][priority] as i32;
        let (give_up_at, state) = (run_at + BUDGET, State::Waiting);
        let new = Known {
            id,
            priority,
            key,
            run_at,
            give_up_at,
            lease: None,
            attempts: 0,
            asked_again: false,
            state,
        };
        self.known.push(new);
    }

    /// Of a job that was asked for while it ran another stands there now.
    fn anew(&mut self, before: JobId) {
        let at = self.known.iter().position(|known| known.id == before).unwrap();
        if !self.known[at].asked_again {
            return;
        }
        let known: Vec<JobId> = self.known.iter().map(|known| known.id).collect();
        let there: Vec<JobId> = self.stage.tx(|c| Ok(jobs::table.select(jobs::id).load(c)?));
        let [id] = there.into_iter().filter(|id| !known.contains(id)).collect::<Vec<_>>()[..] else {
            panic!("one new job in the place of {before}")
        };
        let mut new = self.known[at].clone();
        (new.id, new.lease, new.attempts, new.asked_again) = (id, None, 0, false);
        new.state = State::Waiting;
        self.known.push(new);
    }

    /// Exactly the due jobs that nobody holds are given out, the most urgent and oldest first.
    fn claim(&mut self, limit: usize) -> Vec<JobId> {
        let (now, until) = (self.now, self.now + LEASE);
        let free = |job: &&mut Known| {
            let held = job.lease.is_some_and(|(_, until)| until >= now);
            job.state == State::Waiting && job.run_at <= now && !held
        };
        let mut due: Vec<&mut Known> = self.known.iter_mut().filter(free).collect();
        due.sort_by_key(|job| (job.priority, job.run_at, job.id));
        due.truncate(limit);
        let most = i64::try_from(limit).unwrap();
        let (lease, claimed) = self.stage.tx(move |c| queue::claim(c, now, until, &KINDS, most));
        let mut got: Vec<JobId> = claimed.iter().map(|job| job.id).collect();
        let ranks: Vec<i32> = claimed.iter().map(|job| job.priority).collect();
        assert!(ranks.is_sorted(), "the most urgent are begun first: {ranks:?}");
        for job in &mut due {
            (job.lease, job.attempts) = (Some((lease, until)), job.attempts + 1);
            job.asked_again = false;
        }
        let mut wanted: Vec<JobId> = due.iter().map(|job| job.id).collect();
        got.sort();
        wanted.sort();
        assert_eq!(got, wanted);
        self.claims.extend(claimed.into_iter().map(|job| (job, lease)));
        got
    }

    /// The claim, and the job as it must be if the claim still holds it.
    fn claimed(&mut self, at: usize) -> (Claimed, LeaseId, Option<&mut Known>) {
        let (job, lease) = self.claims[at].clone();
        let known = self.known.iter_mut().find(|known| known.id == job.id).unwrap();
        let holds = known.state == State::Waiting && known.lease.is_some_and(|(holds, _)| holds == lease);
        (job, lease, holds.then_some(known))
    }

    fn finish(&mut self, at: usize) {
        let stage = self.stage;
        let (job, lease, known) = self.claimed(at);
        let (id, name) = (job.id, job.id.to_string());
        let running = Running { db: stage.db.clone(), job, lease };
        // A second effect of the same job would be refused by the table's key.
        let ended = stage.runtime.block_on(running.finish(move |c| {
            let row = (schedules::name.eq(name), schedules::last_tick.eq(Stamp::from(Moment::UNIX_EPOCH)));
            diesel::insert_into(schedules::table).values(row).execute(c).map_err(DbError::from)?;
            Ok::<_, Failure>(())
        }));
        match known {
            Some(known) => {
                ended.unwrap();
                known.state = State::Done;
                self.anew(id);
            }
            None => assert_eq!(ended.unwrap_err(), Failure::LeaseLost),
        }
    }

    fn fail(&mut self, at: usize) {
        let stage = self.stage;
        let (job, lease, known) = self.claimed(at);
        let running = Running { db: stage.db.clone(), job, lease };
        let broken = Failure::retry("not now");
        let expected = if known.is_some() { broken.clone() } else { Failure::LeaseLost };
        let ended = stage.runtime.block_on(running.finish(move |_| Err::<(), _>(broken)));
        assert_eq!(ended.unwrap_err(), expected);
    }

    fn retry(&mut self, at: usize) {
        let (stage, now) = (self.stage, self.now);
        let (job, lease, known) = self.claimed(at);
        let id = job.id;
        stage.tx(move |c| queue::put_off(c, now, &job, lease, "not now"));
        let Some(known) = known else { return };
        if now >= known.give_up_at {
            known.state = if known.asked_again { State::Replaced } else { State::Dead };
            return self.anew(id);
        }
        let at = stage.tx(move |c| {
            Ok(jobs::table.filter(jobs::id.eq(id)).select(jobs::run_at).first::<Stamp>(c)?.moment())
        });
        assert!(at > now && at <= known.give_up_at, "{now} {at} {known:?}");
        (known.run_at, known.lease) = (at, None);
    }

    fn give_up(&mut self, at: usize) {
        let (stage, now) = (self.stage, self.now);
        let (job, lease, known) = self.claimed(at);
        let id = job.id;
        stage.tx(move |c| queue::bury(c, now, &job, lease, "never"));
        if let Some(known) = known {
            known.state = if known.asked_again { State::Replaced } else { State::Dead };
            self.anew(id);
        }
    }

    fn release(&mut self, at: usize) {
        let stage = self.stage;
        let (job, lease, known) = self.claimed(at);
        stage.tx(move |c| queue::release(c, job.id, lease));
        if let Some(known) = known {
            known.lease = None;
        }
    }

    fn extend(&mut self, at: usize) {
        let (stage, until) = (self.stage, self.now + LEASE);
        let (job, lease, known) = self.claimed(at);
        let held = stage.tx(move |c| queue::extend(c, job.id, lease, until));
        assert_eq!(held, known.is_some());
        if let Some(known) = known {
            known.lease = Some((lease, until));
        }
    }

    fn redrive(&mut self, at: usize) {
        let now = self.now;
        let mut dead: Vec<&mut Known> =
            self.known.iter_mut().filter(|known| known.state == State::Dead).collect();
        if dead.is_empty() {
            return;
        }
        let at = at % dead.len();
        let id = dead[at].id;
        assert!(self.stage.tx(move |c| revive::redrive(c, now, id, BUDGET)));
        let known = &mut *dead[at];
        (known.state, known.run_at, known.give_up_at) = (State::Waiting, now, now + BUDGET);
        (known.key, known.lease, known.attempts) = (None, None, 0);
    }

    fn readdress(&mut self) {
        let [from, to] = self.whose;
        self.stage.tx(move |c| queue::readdress(c, from, to));
        self.whose = [to, from];
        // Whoever holds one holds it no more: it was somebody else's.
        self.known
            .iter_mut()
            .filter(|known| known.state == State::Waiting)
            .for_each(|known| known.lease = None);
    }

    /// Nothing is lost and nothing is there twice.
    fn check(&self, after: &Step) {
        let now = self.now;
        let (mut waiting, mut dead, mut done, counted) = self.stage.tx(move |c| {
            let waiting: Vec<(JobId, i32)> = jobs::table.select((jobs::id, jobs::attempts)).load(c)?;
            let dead: Vec<(JobId, i32)> =
                queue::dead(c, 1000)?.into_iter().map(|job| (job.id, job.attempts)).collect();
            let done: Vec<String> = schedules::table.select(schedules::name).load(c)?;
            Ok((waiting, dead, done, queue::waiting(c, now)?))
        });
        let names = self.stage.tx(|c| {
            let mut all: Vec<String> = jobs::table.select(jobs::payload).load(c)?;
            all.extend(dead_jobs::table.select(dead_jobs::payload).load::<String>(c)?);
            Ok(all)
        });
        let whose = self.whose[0].to_string();
        assert!(
            names.iter().all(|payload| payload.contains(&whose)),
            "{whose} in {names:?}, after {after:?}"
        );
        let of = |state: State| self.known.iter().filter(move |known| known.state == state);
        let pairs = |state| {
            let mut pairs: Vec<_> = of(state).map(|known| (known.id, known.attempts)).collect();
            pairs.sort();
            pairs
        };
        waiting.sort();
        dead.sort();
        done.sort();
        assert_eq!(waiting, pairs(State::Waiting), "waiting and running, after {after:?}");
        assert_eq!(dead, pairs(State::Dead), "dead, after {after:?}");
        let mut effects: Vec<String> = of(State::Done).map(|known| known.id.to_string()).collect();
        effects.sort();
        assert_eq!(done, effects, "done in effect, after {after:?}");
        let replaced = of(State::Replaced).count();
        assert_eq!(waiting.len() + dead.len() + done.len() + replaced, self.known.len());
        let due = of(State::Waiting).filter(|known| known.run_at <= now).count();
        assert_eq!(counted, (i64::try_from(due).unwrap(), i64::try_from(waiting.len()).unwrap()));
    }
}

fn play(stage: &Stage) {
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let play = |steps: Vec<Step>| {
        Model::play(stage, &steps);
        Ok(())
    };
    TestRunner::new(config).run(&steps(), play).unwrap();
}

#[test]
fn whatever_happens_nothing_is_lost_and_nothing_done_twice_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("queue.sqlite").display().to_string();
    play(&Stage::open(url, folder));
}

#[test]
fn whatever_happens_nothing_is_lost_and_nothing_done_twice_postgres() {
    let server = env::var("TOWN_POSTGRES").expect("TOWN_POSTGRES: run tests/run, or see its --servers");
    let at = |name: &str| format!("{}/{name}", server.trim_end_matches('/'));
    let name = format!("queue_{}", Uuid::now_v7().simple());
    let mut admin = PgConnection::establish(&at("postgres")).unwrap();
    sql_query(format!("CREATE DATABASE {name}")).execute(&mut admin).unwrap();
    play(&Stage::open(at(&name), tempfile::tempdir().unwrap()));
    sql_query(format!("DROP DATABASE {name} WITH (FORCE)")).execute(&mut admin).unwrap();
}
