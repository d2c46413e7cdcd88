//! From where a member of staff sees inquiries, and so which.

use super::model::{Level, State};
use crate::{
    accounts::staff::{Act, Member, StaffError, may},
    web::session::Signed,
};

/// A member of staff before the inquiries of a branch.
#[derive(Debug, Clone)]
pub struct Seat {
    pub member: Member,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Answers for the branch.
    Branch,
    /// The same, of what was given to them by name.
    Helper,
    /// Answers where a branch below did not.
    Above,
    /// Reads, and does nothing.
    Auditor,
}

impl Seat {
    /// Whoever has nothing to do with inquiries has no seat.
    pub fn of(member: Member, signed: &Signed) -> Result<Self, StaffError> {
        let branch = member.branch();
        let can = |act| may(signed, act, &branch).is_ok();
        let place = if can(Act::Answer) {
            Place::Branch
        } else if can(Act::AnswerAbove) {
            Place::Above
        } else if can(Act::Audit) {
            Place::Auditor
        } else if can(Act::WorkAssigned) {
            Place::Helper
        } else {
            return Err(StaffError::NotAllowed);
        };
        Ok(Self { member, place })
    }

    /// Whether they give out what waits.
    pub fn assigns(&self) -> bool {
        self.place == Place::Branch
    }

    /// Whether they see only what they were given.
    pub fn is_given(&self) -> bool {
        self.place == Place::Helper
    }

    pub fn only_reads(&self) -> bool {
        self.place == Place::Auditor
    }

    /// For whom they answer.
    pub fn answers(&self) -> Option<Level> {
        match self.place {
            Place::Branch | Place::Helper => Some(Level::Branch),
            Place::Above => Some(Level::Above),
            Place::Auditor => None,
        }
    }

    /// Whether a branch of their own counts: an objection goes to the level above, which only the city has not.
    pub(super) fn sees_own_branch(&self) -> bool {
        self.place != Place::Above || self.member.branch().parent().is_none()
    }

    /// What waits where they can see it, and what is done.
    pub(super) fn states(&self, done: bool) -> &'static [&'static str] {
        const OPEN: &str = State::Open.tag();
        const ANSWERED: &str = State::Answered.tag();
        const OBJECTED: &str = State::Objected.tag();
        const CLOSED: &str = State::Closed.tag();
        match (self.place, done) {
            (Place::Branch | Place::Helper, false) => &[OPEN],
            (Place::Branch | Place::Helper, true) => &[ANSWERED, OBJECTED, CLOSED],
            (Place::Above, false) => &[OBJECTED],
            (Place::Above, true) => &[CLOSED],
            (Place::Auditor, false) => &[OPEN, OBJECTED],
            (Place::Auditor, true) => &[ANSWERED, CLOSED],
        }
    }
}
