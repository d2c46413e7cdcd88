//! What must be true when jobs are claimed in sets and end together: of each the same as if it had been alone.

use std::{collections::BTreeMap, time::Duration};

use diesel::prelude::*;

use super::{
    KINDS, LEASE,
    model::{Known, Model, State, effect},
};
use crate::{
    db::{Stamp, schema::jobs},
    jobs::{
        Failure, JobId, Priority, ends,
        queue::{Claimed, LeaseId},
        sets::{self, Kinds},
    },
};

/// So many of the kind in the middle make a set.
const SET: usize = 3;
/// So long it is in vain to try again, where that is known.
const PAUSE: Duration = Duration::from_mins(40);

impl Model<'_> {
    /// Those that a claim of single jobs would get, and of the kind that is done in sets as many more as the sets have room for.
    pub(super) fn claim_sets(&mut self, places: usize) {
        let (now, until) = (self.now, self.now + LEASE);
        let normal = Priority::Normal as i32;
        let mut due: Vec<&mut Known> = self.known.iter_mut().filter(|job| job.is_free(now)).collect();
        due.sort_by_key(|job| (job.priority, job.run_at, job.id));
        let behind = due.split_off(places.min(due.len()));
        let heads = due.iter().filter(|job| job.priority == normal).count();
        due.extend(behind.into_iter().filter(|job| job.priority == normal).take(heads * (SET - 1)));
        let kinds = Kinds { all: KINDS.to_vec(), sets: BTreeMap::from([(KINDS[1], SET)]) };
        let claim = self.stage.tx(move |c| sets::claim(c, now, until, &kinds, places));
        assert!(claim.pieces.len() <= places, "each piece has a place");
        for piece in &claim.pieces {
            let one_kind = piece.iter().all(|job| job.kind == piece[0].kind);
            let size = if piece[0].kind == KINDS[1] { SET } else { 1 };
            assert!(one_kind && piece.len() <= size, "{piece:?}");
        }
        let ranks: Vec<i32> = claim.pieces.iter().map(|piece| piece[0].priority).collect();
        assert!(ranks.is_sorted(), "the most urgent are begun first: {ranks:?}");
        for job in &mut due {
            (job.lease, job.attempts) = (Some((claim.lease, until)), job.attempts + 1);
            job.asked_again = false;
        }
        let mut wanted: Vec<(JobId, i32)> = due.iter().map(|job| (job.id, job.attempts)).collect();
        let all = claim.pieces.iter().flatten();
        let mut got: Vec<(JobId, i32)> = all.map(|job| (job.id, job.attempts)).collect();
        wanted.sort();
        got.sort();
        assert_eq!(got, wanted);
        self.claims.extend(claim.pieces.into_iter().flatten().map(|job| (job, claim.lease)));
    }

    /// Everything that a claim was given ends at once: done, put off, put off for a set time, given up or left to somebody else, in
    /// turn.
    pub(super) fn settle(&mut self, at: usize, first: usize) {
        let (now, lease) = (self.now, self.claims[at].1);
        let jobs: Vec<Claimed> =
            self.claims.iter().filter(|(_, of)| *of == lease).map(|(job, _)| job.clone()).collect();
        let way = |place: usize| match (place + first) % 5 {
            0 => Ok(()),
            1 => Err(Failure::retry("not now")),
            2 => Err(Failure::give_up("never")),
            3 => Err(Failure::retry_after(PAUSE, "not before")),
            _ => Err(Failure::LeaseLost),
        };
        let ends: Vec<(Claimed, Result<(), Failure>)> =
            jobs.into_iter().enumerate().map(|(place, job)| (job, way(place))).collect();
        let written = ends.clone();
        let held = self.stage.tx(move |c| {
            let ids: Vec<JobId> = written.iter().map(|(job, _)| job.id).collect();
            let held = ends::held(c, lease, &ids)?;
            for (job, _) in written.iter().filter(|(job, end)| end.is_ok() && held.contains_key(&job.id)) {
                effect(c, job.id)?;
            }
            let ends: Vec<(&Claimed, Result<(), Failure>)> =
                written.iter().map(|(job, end)| (job, end.clone())).collect();
            ends::write(c, now, &held, &ends)?;
            Ok(held)
        });
        for (job, end) in ends {
            self.settled(&job, lease, &end, held.contains_key(&job.id));
        }
    }

    /// What must be true of a job that ended so.
    fn settled(&mut self, job: &Claimed, lease: LeaseId, end: &Result<(), Failure>, was_held: bool) {
        let (now, id) = (self.now, job.id);
        let known = self.known.iter_mut().find(|known| known.id == id).unwrap();
        let holds = known.state == State::Waiting && known.lease.is_some_and(|(holds, _)| holds == lease);
        assert_eq!(holds, was_held, "{known:?}");
        let over = if known.asked_again { State::Replaced } else { State::Dead };
        known.state = match end {
            _ if !holds => return,
            Err(Failure::LeaseLost) => return,
            Ok(()) => State::Done,
            Err(failure @ (Failure::Retry(_) | Failure::RetryAfter(..))) if now < job.give_up_at.moment() => {
                let at = self.stage.tx(move |c| {
                    Ok(jobs::table.filter(jobs::id.eq(id)).select(jobs::run_at).first::<Stamp>(c)?.moment())
                });
                assert!(at > now && at <= job.give_up_at.moment(), "{now} {at} {known:?}");
                if failure.pause().is_some() {
                    assert_eq!(at, (now + PAUSE).min(job.give_up_at.moment()), "{known:?}");
                }
                (known.run_at, known.lease) = (at, None);
                return;
            }
            Err(_) => over,
        };
        self.anew(id);
    }
}
