//! Parents' and legal persons' claims as work that is given out by name.

use super::{
    Act,
    actions::record,
    handover::{Handover, Held},
    model::{Role, StaffError},
    queries::{self, Member},
};
use crate::{
    accounts::acting::desk::{self, ClaimId},
    db::{Conn, DbError},
    ledger::StaffId,
    platform::Moment,
};

/// The kind of work that cases are. The room that gives them out stands above this one.
pub const CASES: &str = "cases";
/// The same of what follows from bad ratings.
pub const RATINGS: &str = "ratings";
/// The kind of this work, as it is counted.
pub const CLAIMS: &str = "claims";

/// Gives a waiting claim to somebody of one's own branch who may work, or takes it back.
pub fn assign_claim(
    c: &mut Conn,
    now: Moment,
    by: &Member,
    claim: ClaimId,
    to: Option<StaffId>,
) -> Result<(), StaffError> {
    if let Some(to) = to {
        let colleague = queries::one_of(c, &by.branch(), to)?;
        if !colleague.may_be_given_work(now) {
            return Err(StaffError::Unknown);
        }
        record(c, now, Some(by.id), to, "assigned", CLAIMS)?;
    }
    if desk::assign(c, claim, to)? { Ok(()) } else { Err(StaffError::Unknown) }
}

impl Member {
    /// Whether work can be given to them by name now.
    pub fn may_be_given_work(&self, now: Moment) -> bool {
        self.state == "active" && !self.is_over(now) && self.role().may(Act::WorkAssigned)
    }

    /// Whether they may touch only what they were given.
    pub fn is_helper(&self) -> bool {
        self.role() == Role::Helper
    }
}

/// Claims, for the port `Handover`.
#[derive(Debug, Clone, Copy)]
pub struct Claims;

impl Handover for Claims {
    fn held(&self, c: &mut Conn, staff: StaffId) -> Result<Vec<Held>, DbError> {
        let count = usize::try_from(desk::held(c, staff)?).unwrap_or_default();
        Ok(vec![Held { kind: CLAIMS.to_owned(), count }])
    }

    fn pass(&self, c: &mut Conn, _: Moment, from: StaffId, to: StaffId) -> Result<(), DbError> {
        desk::pass(c, from, to)
    }
}
