//! The loop that claims jobs, alone or in sets, and has them run.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::TimeDelta;
use futures_util::future::join_all;
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
    time,
};

use super::{
    Registry, Schedule, queue, schedule,
    sets::{self, Claim, Kinds},
};
use crate::{
    db::{Db, DbError},
    platform::{Clock, Moment, config::JobsConfig},
};

#[derive(Debug, Clone, Copy)]
pub struct RunnersConfig {
    /// Jobs run at the same time.
    pub at_once: usize,
    /// How often the queue is looked at when nothing wakes the loop.
    pub poll: Duration,
    /// How long a claim holds without being renewed.
    pub lease: Duration,
}

impl From<&JobsConfig> for RunnersConfig {
    fn from(config: &JobsConfig) -> Self {
        Self { at_once: config.runners, poll: config.poll, lease: config.lease }
    }
}

/// The runners of this process.
pub struct Runners {
    stop: watch::Sender<bool>,
    wake: Arc<Notify>,
    finished: tokio::task::JoinHandle<()>,
}

impl Runners {
    /// Starts claiming.
    pub fn start(
        db: Db,
        clock: Clock,
        registry: Registry,
        schedules: Vec<Schedule>,
        config: RunnersConfig,
    ) -> Self {
        let (stop, stopping) = watch::channel(false);
        let wake = Arc::new(Notify::new());
        let work = Arc::new(Work::new(db, clock, registry, schedules, config));
        let finished = tokio::spawn(Arc::clone(&work).serve(stopping, Arc::clone(&wake)));
        Self { stop, wake, finished }
    }

    /// Has the queue looked at now: another node enqueued something.
    pub fn waker(&self) -> Arc<Notify> {
        Arc::clone(&self.wake)
    }

    /// Claims nothing more and lets what runs end, for as long as `patience`. What is still running then is
    /// cut off and left for another runner.
    pub async fn stop(self, patience: Duration) {
        let _ = self.stop.send(true);
        let handle = self.finished.abort_handle();
        if time::timeout(patience, self.finished).await.is_err() {
            tracing::warn!("jobs were still running at the stop; they will be taken up again");
            handle.abort();
        }
    }
}

/// Runs what is due, one job after another, until nothing is: for simulated time, in which nobody waits.
pub async fn drain(
    db: &Db,
    clock: &Clock,
    registry: &Registry,
    schedules: &[Schedule],
) -> Result<usize, DbError> {
    drain_at_once(db, clock, registry, schedules, 1).await
}

/// The same, some at the same time: small transactions that arrive together share a commit.
pub async fn drain_at_once(
    db: &Db,
    clock: &Clock,
    registry: &Registry,
    schedules: &[Schedule],
    at_once: usize,
) -> Result<usize, DbError> {
    let at_once = at_once.max(1);
    let config = RunnersConfig { at_once, poll: Duration::ZERO, lease: Duration::from_mins(1) };
    let work = Arc::new(Work::new(db.clone(), clock.clone(), registry.clone(), schedules.to_vec(), config));
    work.tick().await?;
    let mut ran = 0;
    loop {
        let Claim { lease, pieces, .. } = work.claim(work.clock.now(), 16).await?;
        if pieces.is_empty() {
            return Ok(ran);
        }
        ran += pieces.iter().map(Vec::len).sum::<usize>();
        for some in pieces.chunks(at_once) {
            let running = some.iter().map(|piece| Arc::clone(&work).run(piece.clone(), lease));
            join_all(running).await;
        }
    }
}

pub(super) struct Work {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) registry: Registry,
    kinds: Arc<Kinds>,
    schedules: Vec<Schedule>,
    /// The last tick of each schedule that this process knows to be claimed: of the same one the database is not asked
    /// again, however often the loop comes round.
    ticked: Mutex<Vec<Option<Moment>>>,
    pub(super) config: RunnersConfig,
}

impl Work {
    fn new(
        db: Db,
        clock: Clock,
        registry: Registry,
        schedules: Vec<Schedule>,
        config: RunnersConfig,
    ) -> Self {
        let ticked = Mutex::new(vec![None; schedules.len()]);
        let kinds = Arc::new(registry.claimed_kinds());
        Self { db, clock, registry, kinds, schedules, ticked, config }
    }

    async fn serve(self: Arc<Self>, mut stopping: watch::Receiver<bool>, wake: Arc<Notify>) {
        let mut announced = self.db.announcements();
        let mut running = JoinSet::new();
        while !*stopping.borrow() {
            if let Err(error) = self.tick().await {
                tracing::warn!(%error, "schedules could not be looked at");
            }
            let free = self.config.at_once.saturating_sub(running.len());
            let (looked, mut is_more) = (self.clock.now(), false);
            if free > 0 {
                match self.claim(looked, free).await {
                    Ok(Claim { lease, pieces, more }) => {
                        is_more = more;
                        for piece in pieces {
                            running.spawn(Arc::clone(&self).run(piece, lease));
                        }
                    }
                    Err(error) => tracing::warn!(%error, "jobs could not be claimed"),
                }
            }
            if is_more {
                continue;
            }
            tokio::select! {
                _ = stopping.changed() => {}
                () = wake.notified() => {}
                heard = announced.recv() => {
                    // Other topics cost one look; lagging behind means that there was much to hear.
                    drop(heard);
                }
                Some(_) = running.join_next(), if !running.is_empty() => {}
                () = time::sleep(self.pause(looked, free).await) => {}
            }
        }
        while running.join_next().await.is_some() {}
    }

    /// Until the next job is due that was not when it was `looked` for one, at most the polling interval. Where nothing is
    /// free it does not matter what is due.
    async fn pause(&self, looked: Moment, free: usize) -> Duration {
        let next = match free {
            0 => None,
            _ => self.db.read(move |c| queue::next_due(c, looked)).await.unwrap_or_default(),
        };
        // What came due meanwhile does not wait.
        next.map_or(self.config.poll, |at| (at - self.clock.now()).to_std().unwrap_or_default())
            .clamp(Duration::from_millis(10), self.config.poll.max(Duration::from_millis(10)))
    }

    async fn tick(&self) -> Result<(), DbError> {
        let now = self.clock.now();
        for (place, schedule) in self.schedules.iter().enumerate() {
            let tick = schedule.every.tick(now);
            if self.ticked()[place] == tick {
                continue;
            }
            let schedule = *schedule;
            self.db.tx(move |c| schedule::claim(c, now, &schedule)).await?;
            self.ticked()[place] = tick;
        }
        Ok(())
    }

    fn ticked(&self) -> MutexGuard<'_, Vec<Option<Moment>>> {
        self.ticked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn until(&self) -> Moment {
        self.clock.now() + TimeDelta::from_std(self.config.lease).unwrap_or(TimeDelta::minutes(1))
    }

    async fn claim(&self, now: Moment, places: usize) -> Result<Claim, DbError> {
        let (until, kinds) = (self.until(), Arc::clone(&self.kinds));
        self.db.tx(move |c| sets::claim(c, now, until, &kinds, places)).await
    }
}
