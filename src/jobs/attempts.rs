//! What was claimed is run to whatever end it has, and held on to meanwhile.

use std::{slice, sync::Arc, time::Duration};

use tokio::{
    task::{JoinError, JoinHandle},
    time,
};
use tracing::Instrument as _;

use super::{
    Failure, JobId, Running, Together, ends,
    queue::{self, Claimed, LeaseId},
    registry::RunnerOfSets,
    runner::Work,
};
use crate::db::DbError;

impl Work {
    /// Runs one job or one set. Its end is recorded or, should that fail too, left to the lease.
    pub(super) async fn run(self: Arc<Self>, piece: Vec<Claimed>, lease: LeaseId) {
        let Some(kind) = piece.first().map(|job| job.kind.clone()) else { return };
        let recorded = if let Some(runner) = self.registry.runner_of_sets(&kind) {
            let span = tracing::info_span!("jobs", kind, count = piece.len());
            self.attempt_set(&runner, piece, lease).instrument(span).await
        } else {
            self.attempt_each(piece, lease).await
        };
        if let Err(error) = recorded {
            tracing::warn!(%error, "the end of a job could not be recorded; it will run again");
        }
    }

    async fn attempt_each(&self, piece: Vec<Claimed>, lease: LeaseId) -> Result<(), DbError> {
        for job in piece {
            let span = tracing::info_span!("job", id = %job.id, kind = job.kind, attempt = job.attempts);
            self.attempt(job, lease).instrument(span).await?;
        }
        Ok(())
    }

    async fn attempt(&self, job: Claimed, lease: LeaseId) -> Result<(), DbError> {
        let Some(runner) = self.registry.runner(&job.kind) else {
            return self.db.tx(move |c| queue::release(c, job.id, lease)).await;
        };
        let running = Running { db: self.db.clone(), job: job.clone(), lease };
        let ending = tokio::spawn(runner(&job.payload, running).in_current_span());
        match self.held(ending, &[job.id], lease).await {
            Ok(Ok(_)) => {
                count(&job.kind, "done");
                Ok(())
            }
            Ok(Err(failure)) => self.failed(job, lease, failure).await,
            Err(panicked) => self.failed(job, lease, panic_of(&panicked)).await,
        }
    }

    /// Runs a set. If it fails as a whole for now, as when the database is away, all of it comes back later. If that was in vain,
    /// or it failed for good, each job is run by itself: what one of them cannot stand must not keep the others from being done.
    async fn attempt_set(
        &self,
        runner: &RunnerOfSets,
        jobs: Vec<Claimed>,
        lease: LeaseId,
    ) -> Result<(), DbError> {
        let ids: Vec<JobId> = jobs.iter().map(|job| job.id).collect();
        let Err(failure) = self.together(runner, &jobs, &ids, lease).await else { return Ok(()) };
        let is_new = jobs.iter().all(|job| job.attempts <= 1);
        if jobs.len() == 1 || (is_new && matches!(failure, Failure::Retry(_) | Failure::RetryAfter(..))) {
            return self.set_failed(jobs, lease, failure).await;
        }
        tracing::warn!(?failure, "a set of jobs did not get done: each is tried by itself");
        for job in jobs {
            let alone = self.together(runner, slice::from_ref(&job), &ids, lease).await;
            if let Err(failure) = alone {
                self.set_failed(vec![job], lease, failure).await?;
            }
        }
        Ok(())
    }

    /// Runs some of a claim's jobs together, and holds on to `all` of them meanwhile.
    async fn together(
        &self,
        runner: &RunnerOfSets,
        some: &[Claimed],
        all: &[JobId],
        lease: LeaseId,
    ) -> Result<(), Failure> {
        let set = Together { db: self.db.clone(), clock: self.clock.clone(), jobs: some.to_vec(), lease };
        let ending = tokio::spawn(runner(set).in_current_span());
        let settled = match self.held(ending, all, lease).await {
            Ok(ended) => ended?,
            Err(panicked) => return Err(panic_of(&panicked)),
        };
        let Some(kind) = some.first().map(|job| job.kind.as_str()) else { return Ok(()) };
        for (id, end) in settled.0 {
            if let Err(failure) = &end {
                tracing::warn!(%id, ?failure, "a job did not get done");
            }
            count(kind, if end.is_ok() { "done" } else { "failed" });
        }
        Ok(())
    }

    /// Waits for what runs, and renews the claim meanwhile.
    async fn held<T>(
        &self,
        mut ending: JoinHandle<T>,
        ids: &[JobId],
        lease: LeaseId,
    ) -> Result<T, JoinError> {
        let renew = (self.config.lease / 3).max(Duration::from_millis(50));
        loop {
            tokio::select! {
                ended = &mut ending => return ended,
                () = time::sleep(renew) => {
                    let (ids, until) = (ids.to_vec(), self.until());
                    // A claim that cannot be renewed now may be renewed next time; finish() decides.
                    let _ = self.db.tx(move |c| ends::extend(c, lease, &ids, until)).await;
                }
            }
        }
    }

    /// Records that a set did not get done.
    async fn set_failed(&self, jobs: Vec<Claimed>, lease: LeaseId, failure: Failure) -> Result<(), DbError> {
        let now = self.clock.now();
        for job in &jobs {
            tracing::warn!(id = %job.id, ?failure, "a job did not get done");
            count(&job.kind, "failed");
        }
        self.db
            .tx(move |c| {
                let ids: Vec<JobId> = jobs.iter().map(|job| job.id).collect();
                let held = ends::held(c, lease, &ids)?;
                let ended: Vec<(&Claimed, Result<(), Failure>)> =
                    jobs.iter().map(|job| (job, Err(failure.clone()))).collect();
                ends::write(c, now, &held, &ended)
            })
            .await
    }

    /// Records that a job did not get done.
    async fn failed(&self, job: Claimed, lease: LeaseId, failure: Failure) -> Result<(), DbError> {
        let now = self.clock.now();
        tracing::warn!(id = %job.id, ?failure, "a job did not get done");
        count(&job.kind, "failed");
        self.db
            .tx(move |c| match &failure {
                Failure::Retry(reason) | Failure::RetryAfter(_, reason) => {
                    queue::put_off(c, now, &job, lease, (failure.pause(), reason))
                }
                Failure::GiveUp(reason) => queue::bury(c, now, &job, lease, reason),
                Failure::LeaseLost => Ok(()),
            })
            .await
    }
}

fn panic_of(panicked: &JoinError) -> Failure {
    Failure::Retry(format!("the runner panicked: {panicked}"))
}

fn count(kind: &str, end: &'static str) {
    metrics::counter!("yimen_jobs_total", "kind" => kind.to_owned(), "end" => end).increment(1);
}
