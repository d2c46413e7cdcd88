//! The durable queue: work that must happen after a transaction, and will.
//!
//! A job is enqueued with the caller's own connection, so it exists exactly if the caller's change does. A
//! runner claims it by a lease (another takes over when the lease runs out), does what it must outside, and
//! ends with [`Running::finish`], which commits the job's effect and its removal together: however often a
//! process dies, the effect happens once. What fails is tried again with growing pauses until the job's time
//! budget is spent; then it is a dead job, with its reason, where a person sees it.
//!
//! Where a job is small and there are many, its kind is done in sets ([`Registry::on_sets`]): claimed, held and ended together
//! ([`Together`]), so that a hundred cost hardly more statements than one. Of each it is said what became of it, and everything
//! above holds for each as if it had been alone.
//!
//! The queue knows no domain. Rooms declare job types ([`Job`]); `app` binds each to its runner.

mod attempts;
mod backoff;
mod census;
mod discards;
mod ends;
mod queue;
mod registry;
mod revive;
mod runner;
mod schedule;
mod sets;
#[cfg(test)]
mod tests;
mod together;

pub use census::{Dead, Kind, census, dead_count, dead_of, dead_one};
pub use discards::{
    Discard, DiscardError, ask_discard, asked, asked_among, confirm_discard, keep, waiting_for,
};
pub use queue::{
    DeadJob, JobId, Queued, dead, enqueue, enqueue_all, enqueue_all_at, enqueue_at, queued, readdress,
    waiting,
};
pub use registry::{Done, Failure, Registry, Running};
pub use revive::{redrive, redrive_kind};
pub use runner::{Runners, RunnersConfig, drain, drain_at_once};
pub use schedule::{Every, Schedule, ticks};
pub use together::{Settled, Together};

use chrono::TimeDelta;
use serde::{Serialize, de::DeserializeOwned};

/// What is announced when a job is enqueued.
pub const TOPIC: &str = "jobs";

/// A kind of work. It carries ids, never content: what the ids stand for is read when it runs.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// Stable name in the database, `room.verb`.
    const KIND: &'static str;
    const PRIORITY: Priority = Priority::Normal;
    /// For how long it is tried before it is given up.
    const BUDGET: TimeDelta = TimeDelta::days(7);

    /// Of jobs with the same key only one waits at a time: asking again changes nothing. One that runs just now may have
    /// read what it works on before the asker's change; it runs once more, unless its key is empty: that is a round which
    /// looks at everything there is and comes again by itself, and nobody who asks for one waits for another.
    fn key(&self) -> Option<String> {
        None
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Somebody waits before a screen.
    Urgent = 0,
    Normal = 10,
    /// Housekeeping.
    Low = 20,
}

impl Priority {
    const ALL: [Self; 3] = [Self::Urgent, Self::Normal, Self::Low];
}
