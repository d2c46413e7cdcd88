//! Claiming pieces of work: jobs of most kinds one by one, those of some kinds in sets.

use std::collections::BTreeMap;

use super::queue::{self, Claimed, LeaseId};
use crate::{
    db::{Conn, DbError},
    platform::Moment,
};

/// The kinds of jobs that a process does.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    pub(super) all: Vec<&'static str>,
    /// Of those that are done in sets, how many make one.
    pub(super) sets: BTreeMap<&'static str, usize>,
}

/// What was claimed at once.
pub(super) struct Claim {
    pub(super) lease: LeaseId,
    /// What is done together, the most urgent first: one job, or a set of one kind.
    pub(super) pieces: Vec<Vec<Claimed>>,
    /// As many jobs were due as there were places for: there may be more.
    pub(super) more: bool,
}

/// Claims work for so many places. Who comes first is decided job by job, as if each took a place of its own; a set is filled
/// up with others of its kind, which take no place from anybody.
pub(super) fn claim(
    c: &mut Conn,
    now: Moment,
    until: Moment,
    kinds: &Kinds,
    places: usize,
) -> Result<Claim, DbError> {
    let (lease, first) = queue::claim(c, now, until, &kinds.all, most(places))?;
    let more = first.len() >= places;
    let (mut pieces, mut sets) = (Vec::new(), BTreeMap::<&'static str, Vec<Claimed>>::new());
    for job in first {
        match kinds.sets.get_key_value(job.kind.as_str()) {
            Some((kind, _)) => sets.entry(*kind).or_default().push(job),
            None => pieces.push(vec![job]),
        }
    }
    // Two statements for each kind that is done in sets, of which there are few, however many jobs there are.
    for (kind, mut jobs) in sets {
        let size = kinds.sets.get(kind).copied().unwrap_or(1).max(1);
        let room = jobs.len() * (size - 1);
        if room > 0 {
            jobs.extend(queue::claim_for(c, now, (lease, until), &[kind], most(room))?);
        }
        pieces.extend(jobs.chunks(size).map(<[Claimed]>::to_vec));
    }
    pieces.sort_by_key(|jobs| jobs.first().map(|job| (job.priority, job.id)));
    Ok(Claim { lease, pieces, more })
}

fn most(places: usize) -> i64 {
    i64::try_from(places).unwrap_or(i64::MAX)
}
