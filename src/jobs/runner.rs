//! The loop that claims jobs and has them run.

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
use tracing::Instrument as _;

use super::{
    Failure, Registry, Running, Schedule,
    queue::{self, Claimed, LeaseId},
    schedule,
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
        let (lease, jobs) = work.claim(work.clock.now(), 16).await?;
        if jobs.is_empty() {
            return Ok(ran);
        }
        ran += jobs.len();
        for some in jobs.chunks(at_once) {
            let running = some.iter().map(|job| Arc::clone(&work).run(job.clone(), lease));
            join_all(running).await;
        }
    }
}

struct Work {
    db: Db,
    clock: Clock,
    registry: Registry,
    kinds: Vec<&'static str>,
    schedules: Vec<Schedule>,
    /// The last tick of each schedule that this process knows to be claimed: of the same one the database is not asked
    /// again, however often the loop comes round.
    ticked: Mutex<Vec<Option<Moment>>>,
    config: RunnersConfig,
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
        Self { db, clock, kinds: registry.kinds(), registry, schedules, ticked, config }
    }

    async fn serve(self: Arc<Self>, mut stopping: watch::Receiver<bool>, wake: Arc<Notify>) {
        let mut announced = self.db.announcements();
        let mut running = JoinSet::new();
        while !*stopping.borrow() {
            if let Err(error) = self.tick().await {
                tracing::warn!(%error, "schedules could not be looked at");
            }
            let free = self.config.at_once.saturating_sub(running.len());
            let (looked, mut claimed) = (self.clock.now(), 0);
            if free > 0 {
                match self.claim(looked, free).await {
                    Ok((lease, jobs)) => {
                        claimed = jobs.len();
                        for job in jobs {
                            running.spawn(Arc::clone(&self).run(job, lease));
                        }
                    }
                    Err(error) => tracing::warn!(%error, "jobs could not be claimed"),
                }
            }
            if free > 0 && claimed == free {
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

    fn until(&self) -> Moment {
        self.clock.now() + TimeDelta::from_std(self.config.lease).unwrap_or(TimeDelta::minutes(1))
    }

    async fn claim(&self, now: Moment, limit: usize) -> Result<(LeaseId, Vec<Claimed>), DbError> {
        let (until, kinds) = (self.until(), self.kinds.clone());
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.db.tx(move |c| queue::claim(c, now, until, &kinds, limit)).await
    }

    /// Runs one job to whatever end it has. The end is recorded or, should that fail too, left to the lease.
    async fn run(self: Arc<Self>, job: Claimed, lease: LeaseId) {
        let span = tracing::info_span!("job", id = %job.id, kind = job.kind, attempt = job.attempts);
        let recorded = Arc::clone(&self).attempt(job, lease).instrument(span).await;
        if let Err(error) = recorded {
            tracing::warn!(%error, "the end of a job could not be recorded; it will run again");
        }
    }

    async fn attempt(self: Arc<Self>, job: Claimed, lease: LeaseId) -> Result<(), DbError> {
        let Some(runner) = self.registry.runner(&job.kind) else {
            return self.db.tx(move |c| queue::release(c, job.id, lease)).await;
        };
        let running = Running { db: self.db.clone(), job: job.clone(), lease };
        let mut ending = tokio::spawn(runner(&job.payload, running).in_current_span());
        let renew = self.config.lease / 3;
        let ended = loop {
            tokio::select! {
                ended = &mut ending => break ended,
                () = time::sleep(renew.max(Duration::from_millis(50))) => {
                    let (id, until) = (job.id, self.until());
                    // A claim that cannot be renewed now may be renewed next time; finish() decides.
                    let _ = self.db.tx(move |c| queue::extend(c, id, lease, until)).await;
                }
            }
        };
        let failure = match ended {
            Ok(Ok(_)) => {
                metrics::counter!("yimen_jobs_total", "kind" => job.kind, "end" => "done").increment(1);
                return Ok(());
            }
            Ok(Err(failure)) => failure,
            Err(panicked) => Failure::Retry(format!("the runner panicked: {panicked}")),
        };
        let now = self.clock.now();
        tracing::warn!(?failure, "a job did not get done");
        metrics::counter!("yimen_jobs_total", "kind" => job.kind.clone(), "end" => "failed").increment(1);
        self.db
            .tx(move |c| match &failure {
                Failure::Retry(reason) => queue::put_off(c, now, &job, lease, reason),
                Failure::GiveUp(reason) => queue::bury(c, now, &job, lease, reason),
                Failure::LeaseLost => Ok(()),
            })
            .await
    }
}
