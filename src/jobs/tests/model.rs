//! A model says after every step what must be true of the queue; the steps are chance.

use chrono::TimeDelta;
use diesel::prelude::*;
use uuid::Uuid;

use super::{BUDGET, Chore, KINDS, LEASE, Stage, steps::Step};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{dead_jobs, jobs, schedules},
    },
    jobs::{
        Failure, JobId, Priority, Queued, Running, ends, enqueue_at,
        queue::{self, Claimed, LeaseId},
        revive,
    },
    platform::Moment,
};

/// What a job does. A second effect of the same one would be refused by the table's key.
pub(super) fn effect(c: &mut Conn, id: JobId) -> Result<(), DbError> {
    let row = (schedules::name.eq(id.to_string()), schedules::last_tick.eq(Stamp::from(Moment::UNIX_EPOCH)));
    diesel::insert_into(schedules::table).values(row).execute(c)?;
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Done,
    Dead,
    /// Given up, with another in its place.
    Replaced,
}

/// A job as it must be.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) id: JobId,
    pub(super) priority: i32,
    pub(super) key: Option<(usize, u8)>,
    pub(super) run_at: Moment,
    pub(super) give_up_at: Moment,
    pub(super) lease: Option<(LeaseId, Moment)>,
    pub(super) attempts: i32,
    /// It was asked for while somebody held it.
    pub(super) asked_again: bool,
    pub(super) state: State,
}

impl Known {
    /// It is due and nobody holds it.
    pub(super) fn is_free(&self, now: Moment) -> bool {
        let held = self.lease.is_some_and(|(_, until)| until >= now);
        self.state == State::Waiting && self.run_at <= now && !held
    }
}

/// The queue under test, and what must be true of it.
pub(super) struct Model<'a> {
    pub(super) stage: &'a Stage,
    pub(super) now: Moment,
    pub(super) known: Vec<Known>,
    /// Every claim there ever was, also those long lost.
    pub(super) claims: Vec<(Claimed, LeaseId)>,
    /// Whose all of it is, and whose it was or will be.
    pub(super) whose: [Uuid; 2],
}

impl Model<'_> {
    pub(super) fn play(stage: &Stage, steps: &[Step]) {
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
            Step::ClaimSets { places } => self.claim_sets(places),
            Step::Settle(at, first) => nth(at).into_iter().for_each(|at| self.settle(at, first)),
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
    pub(super) fn anew(&mut self, before: JobId) {
        let mut new = self.known.iter().find(|known| known.id == before).unwrap().clone();
        if !new.asked_again {
            return;
        }
        let (priority, key) = new.key.expect("only one that has a key is asked for again");
        let same = jobs::table
            .filter(jobs::kind.eq(KINDS[priority]))
            .filter(jobs::unique_key.eq(key.to_string()))
            .select(jobs::id);
        let there: Vec<JobId> = self.stage.tx(move |c| Ok(same.load(c)?));
        let [id] = there[..] else { panic!("one new job in the place of {before}: {there:?}") };
        assert!(self.known.iter().all(|known| known.id != id), "under another id: {id}");
        (new.id, new.lease, new.attempts, new.asked_again) = (id, None, 0, false);
        new.state = State::Waiting;
        self.known.push(new);
    }

    /// Exactly the due jobs that nobody holds are given out, the most urgent and oldest first.
    fn claim(&mut self, limit: usize) -> Vec<JobId> {
        let (now, until) = (self.now, self.now + LEASE);
        let mut due: Vec<&mut Known> = self.known.iter_mut().filter(|job| job.is_free(now)).collect();
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
        let id = job.id;
        let running = Running { db: stage.db.clone(), job, lease };
        let ended = stage.runtime.block_on(running.finish(move |c| effect(c, id).map_err(Failure::from)));
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
        // As its runner knows it: whoever asked again meanwhile has another stand in its place.
        let (id, give_up_at) = (job.id, job.give_up_at.moment());
        stage.tx(move |c| queue::put_off(c, now, &job, lease, (None, "not now")));
        let Some(known) = known else { return };
        if now >= give_up_at {
            known.state = if known.asked_again { State::Replaced } else { State::Dead };
            return self.anew(id);
        }
        let at = stage.tx(move |c| {
            Ok(jobs::table.filter(jobs::id.eq(id)).select(jobs::run_at).first::<Stamp>(c)?.moment())
        });
        assert!(at > now && at <= give_up_at, "{now} {at} {known:?}");
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
        let held = stage.tx(move |c| ends::extend(c, lease, &[job.id], until));
        assert_eq!(held, usize::from(known.is_some()));
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
