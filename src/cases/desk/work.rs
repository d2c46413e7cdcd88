//! Cases as work: put before a branch, taken, given to a colleague, handed over when somebody leaves.

use diesel::prelude::*;

use super::{
    model::{DeskError, Work},
    queries,
    seat::Seat,
};
use crate::{
    accounts::staff::{self, CASES, Handover, Held, Member, Role, StaffError},
    cases::{CaseError, CaseId, life::State, model::Case},
    db::{
        Conn, DbError,
        schema::{cases, desk_work},
    },
    each,
    ledger::StaffId,
    platform::Moment,
};

/// More than this nobody gives out with one button.
pub const AT_ONCE: usize = 100;

/// Puts a case before the branch of its agency. Again changes nothing.
pub(in crate::cases) fn arrive(c: &mut Conn, case: &Case) -> Result<(), CaseError> {
    let branch = staff::branch_of(c, &case.agency)?;
    let row = (
        desk_work::citizen_id.eq(case.citizen_id),
        desk_work::id.eq(case.id),
        desk_work::branch.eq(branch.as_str()),
        desk_work::provisional.eq(false),
    );
    each!(c, |c| diesel::insert_into(desk_work::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Whether somebody can be given a case.
pub fn may_take(member: &Member, work: &Work, now: Moment) -> bool {
    member.may_be_given_work(now)
        && matches!(member.role(), Role::Manager | Role::Officer)
        && member.branch().covers(&work.branch)
}

/// Those of the branch to whom cases can be given.
pub fn colleagues(c: &mut Conn, seat: &Seat, now: Moment) -> Result<Vec<Member>, DbError> {
    let able =
        |one: &Member| one.may_be_given_work(now) && matches!(one.role(), Role::Manager | Role::Officer);
    Ok(staff::in_branch(c, &seat.member.branch())?.into_iter().filter(able).collect())
}

/// Takes a case, gives it to a colleague, or to nobody again. `was`: who had it when the giver looked. What somebody
/// else has only those above give on.
pub fn assign(
    c: &mut Conn,
    now: Moment,
    seat: &Seat,
    reference: &str,
    (was, to): (Option<StaffId>, Option<StaffId>),
) -> Result<(), DeskError> {
    seat.worker()?;
    let (case, work) = queries::one(c, seat, reference)?;
    if case.state()?.is_final() {
        return Err(CaseError::NotNow.into());
    }
    let me = seat.member.id;
    if was != work.assigned_to || (was.is_some_and(|was| was != me) && !seat.approves()) {
        return Err(DeskError::Taken);
    }
    if let Some(to) = to {
        let colleague = staff::one_of(c, &seat.member.branch(), to)?;
        if !may_take(&colleague, &work, now) {
            return Err(StaffError::Unknown.into());
        }
    }
    give(c, &work, to)?;
    match to {
        Some(to) if to != me => Ok(staff::record(c, now, Some(me), to, "assigned", CASES)?),
        _ => Ok(()),
    }
}

/// From whoever had it when it was read: of two who take it at once one does.
fn give(c: &mut Conn, work: &Work, to: Option<StaffId>) -> Result<(), DeskError> {
    let own =
        desk_work::table.filter(desk_work::citizen_id.eq(work.citizen_id)).filter(desk_work::id.eq(work.id));
    let given = match work.assigned_to {
        Some(was) => diesel::update(own.filter(desk_work::assigned_to.eq(Some(was))))
            .set(desk_work::assigned_to.eq(to))
            .execute(c)?,
        None => diesel::update(own.filter(desk_work::assigned_to.is_null()))
            .set(desk_work::assigned_to.eq(to))
            .execute(c)?,
    };
    if given == 1 { Ok(()) } else { Err(DeskError::Taken) }
}

/// Gives several at once; says how many. What cannot be given is left as it is.
pub fn assign_all(
    c: &mut Conn,
    now: Moment,
    seat: &Seat,
    references: &[String],
    to: StaffId,
) -> Result<usize, DeskError> {
    let mut given = 0;
    for reference in references.iter().take(AT_ONCE) {
        let was = queries::one(c, seat, reference)?.1.assigned_to;
        match assign(c, now, seat, reference, (was, Some(to))) {
            Ok(()) => given += 1,
            Err(DeskError::Taken | DeskError::Case(CaseError::NotNow)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(given)
}

/// Cases, for the port `Handover`.
#[derive(Debug, Clone, Copy)]
pub struct CaseWork;

/// What somebody has that is not over.
fn held(c: &mut Conn, by: StaffId) -> Result<Vec<(CaseId, Work)>, DbError> {
    let over: Vec<&str> = State::ALL.into_iter().filter(|state| state.is_final()).map(State::tag).collect();
    let of_case = desk_work::citizen_id.eq(cases::citizen_id).and(desk_work::id.eq(cases::id));
    Ok(cases::table
        .inner_join(desk_work::table.on(of_case))
        .filter(desk_work::assigned_to.eq(Some(by)))
        .filter(cases::state.ne_all(over))
        .select((cases::id, Work::as_select()))
        .load(c)?)
}

impl Handover for CaseWork {
    fn held(&self, c: &mut Conn, staff: StaffId) -> Result<Vec<Held>, DbError> {
        Ok(vec![Held { kind: CASES.to_owned(), count: held(c, staff)?.len() }])
    }

    /// What the successor may not have goes back to the branch. History keeps who had it before.
    fn pass(&self, c: &mut Conn, now: Moment, from: StaffId, to: StaffId) -> Result<(), DbError> {
        let successor = staff::by_id(c, to)?;
        let fits = |work: &Work| successor.as_ref().is_some_and(|member| may_take(member, work, now));
        let passed: Vec<CaseId> =
            held(c, from)?.into_iter().filter(|(_, work)| fits(work)).map(|(id, _)| id).collect();
        let theirs = desk_work::table.filter(desk_work::assigned_to.eq(Some(from)));
        diesel::update(theirs.filter(desk_work::id.eq_any(&passed)))
            .set(desk_work::assigned_to.eq(Some(to)))
            .execute(c)?;
        diesel::update(theirs).set(desk_work::assigned_to.eq(None::<StaffId>)).execute(c)?;
        Ok(())
    }
}
