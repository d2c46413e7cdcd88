//! From where a member of staff sees the desk, and so what of it.

use crate::{
    accounts::staff::{Act, Member, StaffError, may},
    web::session::Signed,
};

/// A member of staff before the cases of a branch.
#[derive(Debug, Clone)]
pub struct Seat {
    pub member: Member,
    works: bool,
    approves: bool,
}

impl Seat {
    /// Whoever has nothing to do with cases has no seat.
    pub fn of(member: Member, signed: &Signed) -> Result<Self, StaffError> {
        let branch = member.branch();
        let can = |act| may(signed, act, &branch).is_ok();
        if !can(Act::WorkCases) && !can(Act::Redrive) {
            return Err(StaffError::NotAllowed);
        }
        Ok(Self { works: can(Act::WorkCases), approves: can(Act::ApproveCases), member })
    }

    /// Whether they work cases. Who does not sees only what could not be handed over, and nothing that is personal.
    pub const fn works(&self) -> bool {
        self.works
    }

    /// Whether they confirm what others drafted, give cases from one to another, and overrule with a reason.
    pub const fn approves(&self) -> bool {
        self.approves
    }

    pub(super) fn worker(&self) -> Result<(), StaffError> {
        if self.works { Ok(()) } else { Err(StaffError::NotAllowed) }
    }
}
