//! What staff do after a bad rating: those of the agency, and an administrator above it. Whether they may is asked before,
//! with the agency, which is part of every query here as well.

use diesel::prelude::*;
use yimen_scores::mask::mask;

use super::{
    life::{Act, By, State},
    model::{FollowUp, Outcome},
    queries,
    steps::{self, Doer, take, tell},
};
use crate::{
    db::{Conn, Stamp, schema::rating_follow_ups},
    ledger::StaffId,
    platform::{Moment, clock::city_day, keys::KeyRing},
    ratings::{RatingError, RatingId, Terms},
};

/// A member of staff at work on a rating of an agency.
#[derive(Debug, Clone, Copy)]
pub struct Worker<'a> {
    pub staff: StaffId,
    pub agency: &'a str,
    /// From above the agency, and not within it.
    pub above: bool,
}

/// What is done.
#[derive(Debug, Clone)]
pub enum Work {
    /// How somebody spoke with the person, and what came of it.
    Contact(String),
    /// Why it takes longer.
    Lengthen(String),
    Answer {
        outcome: Outcome,
        /// For whoever rated.
        words: String,
        /// For everybody.
        reply: String,
    },
    /// What is still to be done.
    SendBack(String),
    /// The last word.
    Settle(String),
}

impl Work {
    const fn act(&self) -> Act {
        match self {
            Self::Contact(_) => Act::Contact,
            Self::Lengthen(_) => Act::Lengthen,
            Self::Answer { .. } => Act::Answer,
            Self::SendBack(_) => Act::SendBack,
            Self::Settle(_) => Act::Settle,
        }
    }

    fn words(&self) -> &str {
        match self {
            Self::Contact(words)
            | Self::Lengthen(words)
            | Self::Answer { words, .. }
            | Self::SendBack(words)
            | Self::Settle(words) => words,
        }
    }
}

/// Does it, and has the person told. `seen`: how many steps there were when they decided to.
pub fn work(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    terms: &Terms<'_>,
    worker: Worker<'_>,
    (id, seen): (RatingId, i64),
    work: &Work,
) -> Result<(), RatingError> {
    let mut one = queries::held(c, worker.agency, id)?;
    let before = one.state()?;
    // Somebody else did something meanwhile, or it is the second of two clicks.
    if steps::count(c, id)? != seen {
        return Err(RatingError::NotNow);
    }
    if matches!(work, Work::Lengthen(_)) && one.complex {
        return Err(RatingError::NotNow);
    }
    let by = if worker.above { By::Above } else { By::Agency };
    let whom = worker.staff.to_string();
    take(c, ring, now, &mut one, (work.act(), Doer { by, whom: &whom }), Some(work.words()))?;
    follow(c, now, terms, &one, work)?;
    // One call is news; what is noted of the next ones is the agency's own.
    if before != State::Contacted || work.act() != Act::Contact {
        tell(c, now, id, work.act().tag())?;
    }
    Ok(())
}

/// What follows from it, in the same transaction.
fn follow(
    c: &mut Conn,
    now: Moment,
    terms: &Terms<'_>,
    one: &FollowUp,
    work: &Work,
) -> Result<(), RatingError> {
    use rating_follow_ups as f;
    let this = f::table.find(one.id);
    match work {
        Work::Contact(_) => {
            diesel::update(this.filter(f::contacted_at.is_null()))
                .set(f::contacted_at.eq(Some(Stamp::from(now))))
                .execute(c)?;
        }
        Work::Lengthen(_) => {
            let fix = terms.fix(one.began(), true);
            diesel::update(this)
                .set((
                    f::complex.eq(true),
                    f::fix_by.eq(fix.on),
                    f::provisional.eq(one.provisional || fix.provisional),
                ))
                .execute(c)?;
        }
        Work::Answer { outcome, reply, .. } => {
            diesel::update(this)
                .set((
                    f::answered_at.eq(Some(Stamp::from(now))),
                    f::outcome.eq(Some(outcome.tag())),
                    // Everybody reads it: a number that slipped in does not stand there.
                    f::reply.eq(Some(mask(reply).text)),
                    f::verdict.eq(None::<String>),
                ))
                .execute(c)?;
        }
        Work::SendBack(_) => {
            let today = city_day(now);
            let fix = terms.fix(now, false);
            diesel::update(this)
                .set((
                    f::since.eq(today),
                    f::fix_by.eq(fix.on),
                    f::provisional.eq(fix.provisional),
                    f::complex.eq(false),
                    f::answered_at.eq(None::<Stamp>),
                    f::outcome.eq(None::<String>),
                    f::reply.eq(None::<String>),
                ))
                .execute(c)?;
        }
        Work::Settle(_) => {}
    }
    Ok(())
}
