//! What one officer drafts and another confirms. Nobody confirms their own: neither here nor in the database.

use diesel::prelude::*;

use super::{
    actions::{apply, approver, look},
    clock::Clocks,
    model::{DeskError, Order},
    queries,
    seat::Seat,
};
use crate::{
    cases::{
        CaseError,
        life::Act,
        model::{Case, ProposalId},
        steps::Said,
    },
    db::{Conn, DbError, Stamp, schema::desk_proposals},
    each,
    ledger::{self, Private, StaffId, Warrant},
    platform::{Moment, keys::KeyRing},
};

pub(in crate::cases) const SAID: &str = "desk_proposals.said";
pub(in crate::cases) const REMARK: &str = "desk_proposals.remark";

/// Something drafted, opened.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub id: ProposalId,
    pub act: Act,
    pub said: Said,
    pub by: StaffId,
    pub at: Moment,
    /// Who settled it and how.
    pub settled: Option<(StaffId, Moment, String)>,
    pub remark: Option<String>,
}

type Row = (
    ProposalId,
    String,
    Private,
    StaffId,
    Stamp,
    Option<StaffId>,
    Option<Stamp>,
    Option<String>,
    Option<Private>,
);

/// Whether something waits to be confirmed.
pub(super) fn waits(c: &mut Conn, case: &Case) -> Result<bool, DbError> {
    let count: i64 = desk_proposals::table
        .filter(desk_proposals::citizen_id.eq(case.citizen_id))
        .filter(desk_proposals::case_id.eq(case.id))
        .filter(desk_proposals::outcome.is_null())
        .count()
        .get_result(c)?;
    Ok(count > 0)
}

pub(super) fn draft(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    case: &Case,
    me: StaffId,
    order: &Order,
) -> Result<(), DeskError> {
    let said = serde_json::to_string(&order.said).map_err(|error| CaseError::Stored(error.to_string()))?;
    let row = (
        desk_proposals::citizen_id.eq(case.citizen_id),
        desk_proposals::id.eq(ProposalId::new()),
        desk_proposals::case_id.eq(case.id),
        desk_proposals::act.eq(order.act.tag()),
        desk_proposals::said.eq(ledger::seal(c, ring, case.citizen_id, SAID, &said)?),
        desk_proposals::proposed_by.eq(me),
        desk_proposals::proposed_at.eq(Stamp::from(now)),
    );
    let made = each!(c, |c| diesel::insert_into(desk_proposals::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    // Another draft came at the same moment.
    if made == 0 {
        return Err(DeskError::Pending);
    }
    Ok(ledger::act(c, ring, now, &look(case, me, &[]))?)
}

/// Everything that was drafted for a case, the first first.
pub(super) fn of_case(
    c: &mut Conn,
    ring: &KeyRing,
    case: &Case,
    warrant: &Warrant,
) -> Result<Vec<Proposal>, DeskError> {
    let rows: Vec<Row> = desk_proposals::table
        .filter(desk_proposals::citizen_id.eq(case.citizen_id))
        .filter(desk_proposals::case_id.eq(case.id))
        .order(desk_proposals::id)
        .select((
            desk_proposals::id,
            desk_proposals::act,
            desk_proposals::said,
            desk_proposals::proposed_by,
            desk_proposals::proposed_at,
            desk_proposals::settled_by,
            desk_proposals::settled_at,
            desk_proposals::outcome,
            desk_proposals::remark,
        ))
        .load(c)?;
    let mut all = Vec::with_capacity(rows.len());
    for (id, act, said, by, at, settled_by, settled_at, outcome, remark) in rows {
        let said = warrant.open(c, ring, SAID, &said)?;
        let remark = remark.map(|remark| warrant.open(c, ring, REMARK, &remark)).transpose()?;
        let settled = settled_by.zip(settled_at).zip(outcome);
        all.push(Proposal {
            id,
            act: Act::named(&act).ok_or_else(|| CaseError::Stored(format!("the act {act}")))?,
            said: serde_json::from_str(&said).map_err(|error| CaseError::Stored(error.to_string()))?,
            by,
            at: at.moment(),
            settled: settled.map(|((by, at), outcome)| (by, at.moment(), outcome)),
            remark,
        });
    }
    Ok(all)
}

/// Confirms what a colleague drafted, which does it, or gives it back with a remark.
pub fn settle(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    clocks: &Clocks,
    (reference, id): (&str, ProposalId),
    returned: Option<&str>,
) -> Result<(), DeskError> {
    approver(seat)?;
    let (mut case, _) = queries::one(c, seat, reference)?;
    let me = seat.member.id;
    let warrant = ledger::look(c, ring, now, &look(&case, me, &["answer"]))?;
    let all = of_case(c, ring, &case, &warrant)?;
    let waiting = all.into_iter().find(|one| one.id == id).ok_or(CaseError::Unknown)?;
    if waiting.settled.is_some() {
        return Err(CaseError::NotNow.into());
    }
    if waiting.by == me {
        return Err(DeskError::Own);
    }
    let remark = match returned.map(str::trim) {
        Some("") => return Err(DeskError::NotWhole),
        Some(remark) => Some(ledger::seal(c, ring, case.citizen_id, REMARK, remark)?),
        None => None,
    };
    let open = desk_proposals::table
        .filter(desk_proposals::citizen_id.eq(case.citizen_id))
        .filter(desk_proposals::id.eq(id))
        .filter(desk_proposals::outcome.is_null());
    let outcome = if returned.is_some() { "returned" } else { "confirmed" };
    let settled = diesel::update(open)
        .set((
            desk_proposals::settled_by.eq(Some(me)),
            desk_proposals::settled_at.eq(Some(Stamp::from(now))),
            desk_proposals::outcome.eq(Some(outcome)),
            desk_proposals::remark.eq(remark),
        ))
        .execute(c)?;
    if settled != 1 {
        return Err(CaseError::NotNow.into());
    }
    if returned.is_some() {
        return Ok(ledger::act(c, ring, now, &look(&case, me, &[]))?);
    }
    let order = Order { act: waiting.act, said: waiting.said, code: None };
    apply(c, ring, now, (&mut case, waiting.by), clocks, &order)
}
