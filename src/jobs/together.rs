//! Jobs of one kind that are done together, and what becomes of each.

use super::{
    Failure, Job, ends,
    queue::{Claimed, JobId, LeaseId},
};
use crate::{
    db::{Conn, Db},
    platform::Clock,
};

/// A set of jobs being done, in the order in which the runner was given them.
pub struct Together {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) jobs: Vec<Claimed>,
    pub(super) lease: LeaseId,
}

/// Proof that it is committed what became of each job of a set. Only [`Together::finish`] gives one.
#[derive(Debug)]
pub struct Settled(pub(super) Vec<(JobId, Result<(), Failure>)>);

impl Together {
    /// What the jobs carry.
    pub(super) fn read<J: Job>(&self) -> Result<Vec<J>, Failure> {
        let read = |job: &Claimed| serde_json::from_str(&job.payload);
        // Written by a program that knew the job in another form.
        let unread = |error: serde_json::Error| Failure::give_up(format!("cannot be read: {error}"));
        self.jobs.iter().map(read).collect::<Result<Vec<J>, _>>().map_err(unread)
    }

    /// Commits the effects of the jobs and their ends together, or nothing of it.
    ///
    /// `effect` is told of each job whether it is still ours: of one that is not it must do nothing, since another runner has it
    /// by now. It answers for each what becomes of it, in the same order; an error undoes all of it.
    pub async fn finish<F>(self, effect: F) -> Result<Settled, Failure>
    where
        F: FnOnce(&mut Conn, &[bool]) -> Result<Vec<Result<(), Failure>>, Failure> + Send + 'static,
    {
        let Self { db, clock, jobs, lease } = self;
        let now = clock.now();
        db.tx(move |c| {
            let ids: Vec<JobId> = jobs.iter().map(|job| job.id).collect();
            // First the claim, so that two runners cannot both get as far as the effect.
            let held = ends::held(c, lease, &ids)?;
            let ours: Vec<bool> = ids.iter().map(|id| held.contains_key(id)).collect();
            let mut said = effect(c, &ours)?.into_iter();
            let mut ended = Vec::with_capacity(jobs.len());
            for (job, ours) in jobs.iter().zip(ours) {
                let end = said.next().unwrap_or_else(|| Err(Failure::retry("its set passed it over")));
                ended.push((job, if ours { end } else { Err(Failure::LeaseLost) }));
            }
            ends::write(c, now, &held, &ended)?;
            Ok(Settled(ended.into_iter().map(|(job, end)| (job.id, end)).collect()))
        })
        .await
    }
}
