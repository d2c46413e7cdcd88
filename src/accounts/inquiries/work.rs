//! Inquiries as work: given out by name, handed over, and counted anew when the calendar changes.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    model::{Inquiry, InquiryError, InquiryId, Level, State, Terms, end_of},
    queries,
    seat::Seat,
};
use crate::{
    accounts::staff::{self, Handover, Held, Member, Role, StaffError},
    db::{Conn, DbError, Stamp, schema::inquiries},
    jobs::Job,
    ledger::StaffId,
    platform::{Moment, calendar::WorkingCalendar},
};

/// The kind of this work, as it is counted.
pub const INQUIRIES: &str = "inquiries";

/// Whether somebody can be given an inquiry: they answer for its branch, and it is not about a look of theirs.
pub fn may_take(member: &Member, inquiry: &Inquiry, now: Moment) -> bool {
    member.may_be_given_work(now)
        && matches!(member.role(), Role::Manager | Role::Officer | Role::Helper)
        && member.branch().covers(&inquiry.branch)
        && inquiry.concerns != Some(member.id)
}

/// Gives a waiting inquiry to somebody of the branch, who may be oneself, or to nobody again. `was`: who had it when
/// the giver looked, so that two who take it at once do not both believe they have it.
pub fn assign(
    c: &mut Conn,
    now: Moment,
    seat: &Seat,
    id: InquiryId,
    was: Option<StaffId>,
    to: Option<StaffId>,
) -> Result<(), InquiryError> {
    if !seat.assigns() {
        return Err(StaffError::NotAllowed.into());
    }
    let inquiry = queries::one(c, seat, id)?;
    if inquiry.state() != State::Open {
        return Err(InquiryError::Already);
    }
    if let Some(to) = to {
        let colleague = staff::one_of(c, &seat.member.branch(), to)?;
        if !may_take(&colleague, &inquiry, now) {
            return Err(StaffError::Unknown.into());
        }
    }
    let open = inquiries::table
        .filter(inquiries::citizen_id.eq(inquiry.citizen_id))
        .filter(inquiries::id.eq(id))
        .filter(inquiries::state.eq(State::Open.tag()));
    let given = match was {
        Some(was) => diesel::update(open.filter(inquiries::assigned_to.eq(Some(was))))
            .set(inquiries::assigned_to.eq(to))
            .execute(c)?,
        None => diesel::update(open.filter(inquiries::assigned_to.is_null()))
            .set(inquiries::assigned_to.eq(to))
            .execute(c)?,
    };
    if given != 1 {
        return Err(InquiryError::Taken);
    }
    match to {
        Some(to) => Ok(staff::record(c, now, Some(seat.member.id), to, "assigned", INQUIRIES)?),
        None => Ok(()),
    }
}

/// Inquiries, for the port `Handover`.
#[derive(Debug, Clone, Copy)]
pub struct InquiryWork;

impl Handover for InquiryWork {
    fn held(&self, c: &mut Conn, staff: StaffId) -> Result<Vec<Held>, DbError> {
        let count: i64 = inquiries::table
            .filter(inquiries::assigned_to.eq(Some(staff)))
            .filter(inquiries::state.eq(State::Open.tag()))
            .count()
            .get_result(c)?;
        Ok(vec![Held { kind: INQUIRIES.to_owned(), count: usize::try_from(count).unwrap_or_default() }])
    }

    /// What the successor may not have goes back to the branch, where everybody sees it, instead of to somebody who
    /// does not.
    fn pass(&self, c: &mut Conn, now: Moment, from: StaffId, to: StaffId) -> Result<(), DbError> {
        let successor = staff::by_id(c, to)?;
        let held: Vec<Inquiry> = inquiries::table
            .filter(inquiries::assigned_to.eq(Some(from)))
            .filter(inquiries::state.eq(State::Open.tag()))
            .select(Inquiry::as_select())
            .load(c)?;
        let fits = |one: &&Inquiry| successor.as_ref().is_some_and(|member| may_take(member, one, now));
        let passed: Vec<InquiryId> = held.iter().filter(fits).map(|one| one.id).collect();
        let open = inquiries::table
            .filter(inquiries::assigned_to.eq(Some(from)))
            .filter(inquiries::state.eq(State::Open.tag()));
        diesel::update(open.filter(inquiries::id.eq_any(&passed)))
            .set(inquiries::assigned_to.eq(Some(to)))
            .execute(c)?;
        diesel::update(open).set(inquiries::assigned_to.eq(None::<StaffId>)).execute(c)?;
        Ok(())
    }
}

/// Counts the days of everything that waits anew: a term that reached into a year nobody had published yet was a
/// guess.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recount {}

impl Job for Recount {
    const KIND: &'static str = "inquiries.recount";

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Says how many ends were moved.
pub fn recount(c: &mut Conn, calendar: &WorkingCalendar, terms: Terms) -> Result<usize, DbError> {
    let waiting: Vec<Inquiry> = inquiries::table
        .filter(inquiries::state.eq_any([State::Open.tag(), State::Objected.tag()]))
        .select(Inquiry::as_select())
        .load(c)?;
    let mut moved: BTreeMap<(Moment, bool), Vec<InquiryId>> = BTreeMap::new();
    for inquiry in waiting {
        let level = inquiry.state().waits_for().unwrap_or(Level::Branch);
        let due = terms.due(calendar, inquiry.kind(), level, inquiry.since());
        let end = end_of(due.on);
        if (end, due.provisional) != (inquiry.due_at.moment(), inquiry.provisional) {
            moved.entry((end, due.provisional)).or_default().push(inquiry.id);
        }
    }
    let mut count = 0;
    for ((end, provisional), ids) in moved {
        count += diesel::update(inquiries::table.filter(inquiries::id.eq_any(ids)))
            .set((inquiries::due_at.eq(Stamp::from(end)), inquiries::provisional.eq(provisional)))
            .execute(c)?;
    }
    Ok(count)
}
