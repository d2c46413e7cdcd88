//! Claims as work of staff: who was given which, and how they pass to others.

use diesel::prelude::*;

use super::model::{CompanyId, DelegationId, Kind, State};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{companies, delegations},
    },
    ledger::StaffId,
    platform::Moment,
};

/// A claim that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimId {
    Child(DelegationId),
    Company(CompanyId),
}

/// Gives a waiting claim to somebody, or takes it back. `false`: there is no such claim, or it is decided.
pub fn assign(c: &mut Conn, claim: ClaimId, to: Option<StaffId>) -> Result<bool, DbError> {
    let assigned = match claim {
        ClaimId::Child(id) => diesel::update(
            delegations::table
                .filter(delegations::id.eq(id))
                .filter(delegations::kind.eq(Kind::Child.tag()))
                .filter(delegations::state.eq(State::Proposed.tag())),
        )
        .set(delegations::assigned_to.eq(to))
        .execute(c)?,
        ClaimId::Company(id) => diesel::update(
            companies::table.filter(companies::id.eq(id)).filter(companies::state.eq("claimed")),
        )
        .set(companies::assigned_to.eq(to))
        .execute(c)?,
    };
    Ok(assigned == 1)
}

/// Whether a claim was given to this member of staff: all that a helper may open.
pub fn is_assigned(c: &mut Conn, claim: ClaimId, staff: StaffId) -> Result<bool, DbError> {
    let count: i64 = match claim {
        ClaimId::Child(id) => delegations::table
            .filter(delegations::id.eq(id))
            .filter(delegations::assigned_to.eq(staff))
            .count()
            .get_result(c)?,
        ClaimId::Company(id) => companies::table
            .filter(companies::id.eq(id))
            .filter(companies::assigned_to.eq(staff))
            .count()
            .get_result(c)?,
    };
    Ok(count > 0)
}

/// How many claims somebody has that are not decided.
pub fn held(c: &mut Conn, staff: StaffId) -> Result<i64, DbError> {
    let children: i64 = delegations::table
        .filter(delegations::assigned_to.eq(staff))
        .filter(delegations::state.eq(State::Proposed.tag()))
        .count()
        .get_result(c)?;
    let companies: i64 = companies::table
        .filter(companies::assigned_to.eq(staff))
        .filter(companies::state.eq("claimed"))
        .count()
        .get_result(c)?;
    Ok(children + companies)
}

/// How many claims wait that nobody was given.
pub fn unassigned(c: &mut Conn, now: Moment) -> Result<i64, DbError> {
    let children: i64 = delegations::table
        .filter(delegations::kind.eq(Kind::Child.tag()))
        .filter(delegations::state.eq(State::Proposed.tag()))
        .filter(delegations::ends_at.gt(Stamp::from(now)))
        .filter(delegations::assigned_to.is_null())
        .count()
        .get_result(c)?;
    let companies: i64 = companies::table
        .filter(companies::state.eq("claimed"))
        .filter(companies::assigned_to.is_null())
        .count()
        .get_result(c)?;
    Ok(children + companies)
}

/// Gives everything that somebody has to somebody else. What is decided stays under the name of whoever had it.
pub fn pass(c: &mut Conn, from: StaffId, to: StaffId) -> Result<(), DbError> {
    diesel::update(
        delegations::table
            .filter(delegations::assigned_to.eq(from))
            .filter(delegations::state.eq(State::Proposed.tag())),
    )
    .set(delegations::assigned_to.eq(Some(to)))
    .execute(c)?;
    diesel::update(
        companies::table.filter(companies::assigned_to.eq(from)).filter(companies::state.eq("claimed")),
    )
    .set(companies::assigned_to.eq(Some(to)))
    .execute(c)?;
    Ok(())
}
