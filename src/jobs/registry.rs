//! Which runner does which kind of job, and the only way for a runner to end one.

use std::{collections::HashMap, fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use super::{
    Job, Settled, Together,
    queue::{self, Claimed, Ended, LeaseId},
    sets::Kinds,
};
use crate::db::{Conn, Db, DbError};

/// Why a job did not get done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It may work later.
    Retry(String),
    /// It may work once so much time is over, and will not before.
    RetryAfter(Duration, String),
    /// It will never work: a person must look.
    GiveUp(String),
    /// Another runner holds the job by now; what this one did is undone.
    LeaseLost,
}

impl Failure {
    pub fn retry(reason: impl fmt::Display) -> Self {
        Self::Retry(reason.to_string())
    }

    pub fn retry_after(pause: Duration, reason: impl fmt::Display) -> Self {
        Self::RetryAfter(pause, reason.to_string())
    }

    pub fn give_up(reason: impl fmt::Display) -> Self {
        Self::GiveUp(reason.to_string())
    }

    /// How long it is in vain to try again, where that is known.
    pub(super) fn pause(&self) -> Option<Duration> {
        if let Self::RetryAfter(pause, _) = self { Some(*pause) } else { None }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Retry(error.to_string())
    }
}

/// Proof that a job's effect is committed. Only [`Running::finish`] gives one.
#[derive(Debug)]
pub struct Done(());

/// A job being done.
pub struct Running {
    pub(super) db: Db,
    pub(super) job: Claimed,
    pub(super) lease: LeaseId,
}

impl Running {
    /// How often it has been begun, this time included.
    pub fn attempts(&self) -> i32 {
        self.job.attempts
    }

    /// The key by which a receiver outside can tell a repeat: the same at every attempt.
    pub fn idempotency_key(&self) -> String {
        self.job.id.to_string()
    }

    /// Commits the job's effect and the job's end together, or neither.
    pub async fn finish<E, F>(self, effect: F) -> Result<Done, Failure>
    where
        F: FnOnce(&mut Conn) -> Result<(), E> + Send + 'static,
        E: Into<Failure> + From<DbError> + Send + 'static,
    {
        let (id, lease) = (self.job.id, self.lease);
        self.db
            .tx(move |c| {
                // First the claim, so that two runners cannot both get as far as the effect.
                if queue::end(c, id, lease)? == Ended::Lost {
                    return Err(Failure::LeaseLost);
                }
                effect(c).map_err(Into::into)
            })
            .await?;
        Ok(Done(()))
    }
}

type Ending = Pin<Box<dyn Future<Output = Result<Done, Failure>> + Send>>;
type Runner = Arc<dyn Fn(&str, Running) -> Ending + Send + Sync>;
type EndingOfSet = Pin<Box<dyn Future<Output = Result<Settled, Failure>> + Send>>;
pub(super) type RunnerOfSets = Arc<dyn Fn(Together) -> EndingOfSet + Send + Sync>;

/// Every kind of job and its runner.
#[derive(Clone, Default)]
pub struct Registry {
    runners: HashMap<&'static str, Runner>,
    /// Of the kinds that are done in sets, with how many make one.
    of_sets: HashMap<&'static str, (usize, RunnerOfSets)>,
}

impl Registry {
    /// Binds the runner of `J`. It owns what it depends on.
    #[must_use]
    pub fn on<J, F, Fut>(mut self, run: F) -> Self
    where
        J: Job,
        F: Fn(J, Running) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Done, Failure>> + Send + 'static,
    {
        let runner: Runner = Arc::new(move |payload, running| match serde_json::from_str(payload) {
            Ok(job) => Box::pin(run(job, running)),
            // Written by a program that knew the job in another form.
            Err(error) => Box::pin(async move { Err(Failure::give_up(format!("cannot be read: {error}"))) }),
        });
        self.runners.insert(J::KIND, runner);
        self
    }

    /// Binds a runner of `J` that does up to so many at once. It says of each what became of it; if it fails as a whole for good, or
    /// more than once, it is given each by itself, so that what one of them cannot stand keeps no other from being done.
    #[must_use]
    pub fn on_sets<J, F, Fut>(mut self, size: usize, run: F) -> Self
    where
        J: Job,
        F: Fn(Vec<J>, Together) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Settled, Failure>> + Send + 'static,
    {
        let runner: RunnerOfSets = Arc::new(move |together: Together| {
            let ending: EndingOfSet = match together.read::<J>() {
                Ok(jobs) => Box::pin(run(jobs, together)),
                Err(failure) => Box::pin(async move { Err(failure) }),
            };
            ending
        });
        self.of_sets.insert(J::KIND, (size.max(1), runner));
        self
    }

    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.runners.keys().chain(self.of_sets.keys()).copied().collect();
        kinds.sort_unstable();
        kinds
    }

    pub(super) fn claimed_kinds(&self) -> Kinds {
        let sets = self.of_sets.iter().map(|(kind, (size, _))| (*kind, *size)).collect();
        Kinds { all: self.kinds(), sets }
    }

    pub(super) fn runner(&self, kind: &str) -> Option<Runner> {
        self.runners.get(kind).cloned()
    }

    pub(super) fn runner_of_sets(&self, kind: &str) -> Option<RunnerOfSets> {
        self.of_sets.get(kind).map(|(_, runner)| Arc::clone(runner))
    }
}
