//! The queue of a desk. The branch is part of every query.

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};

use super::{
    model::{Both, DeskError, Filter, Line, Show, Sort, Work},
    seat::Seat,
    soon,
};
use crate::{
    cases::{CaseError, life::State, model::Case},
    db::{
        Conn, DbError,
        schema::{cases, desk_proposals, desk_work},
    },
};

/// The agency is to act.
pub(super) const WAITING: &[&str] = &[
    State::Submitted.tag(),
    State::Resubmitted.tag(),
    State::Accepted.tag(),
    State::InReview.tag(),
    State::Suspended.tag(),
    State::Granted.tag(),
    State::Delivering.tag(),
];
const DONE: &[&str] = &[
    State::NotAccepted.tag(),
    State::Refused.tag(),
    State::Terminated.tag(),
    State::Delivered.tag(),
    State::Withdrawn.tag(),
];

/// What a seat sees. Macros, because the types of such queries cannot be written down.
macro_rules! seen_from {
    ($seat:expr) => {{
        let of_case = desk_work::citizen_id.eq(cases::citizen_id).and(desk_work::id.eq(cases::id));
        let query = cases::table
            .inner_join(desk_work::table.on(of_case))
            .filter(desk_work::branch.like($seat.member.branch().pattern()))
            .filter(cases::handover.eq_any(["desk", "failed"]))
            .into_boxed();
        if $seat.works() { query } else { query.filter(cases::handover.eq("failed")) }
    }};
}

macro_rules! shown {
    ($seat:expr, $show:expr, $today:expr) => {{
        let (query, me) = (seen_from!($seat), $seat.member.id);
        let at_desk = cases::handover.eq("desk");
        let draft = desk_proposals::table
            .filter(desk_proposals::citizen_id.eq(cases::citizen_id))
            .filter(desk_proposals::case_id.eq(cases::id))
            .filter(desk_proposals::outcome.is_null());
        match $show {
            Show::Waiting => query.filter(at_desk).filter(cases::state.eq_any(WAITING)),
            Show::Mine => query
                .filter(at_desk)
                .filter(cases::state.eq_any(WAITING))
                .filter(desk_work::assigned_to.eq(Some(me))),
            Show::Free => query
                .filter(at_desk)
                .filter(cases::state.eq_any(WAITING))
                .filter(desk_work::assigned_to.is_null()),
            Show::Unread => query
                .filter(at_desk)
                .filter(cases::state.eq_any(WAITING))
                .filter(desk_work::seen_at.is_null().or(desk_work::seen_at.lt(cases::handed_at))),
            Show::Late => query
                .filter(at_desk)
                .filter(cases::state.eq_any(WAITING))
                .filter(desk_work::clock_on.lt(Some($today))),
            Show::Soon => query
                .filter(at_desk)
                .filter(cases::state.eq_any(WAITING))
                .filter(desk_work::clock_on.ge(Some($today)))
                .filter(desk_work::clock_on.le(Some(soon::until($today)))),
            // What the applicant took back meanwhile nobody has to confirm any more.
            Show::Approve => query.filter(at_desk).filter(cases::state.eq_any(WAITING)).filter(exists(draft)),
            Show::Applicant => query.filter(at_desk).filter(cases::state.eq(State::CorrectionRequired.tag())),
            Show::Done => query.filter(at_desk).filter(cases::state.eq_any(DONE)),
            Show::Failed => query.filter(cases::handover.eq("failed")).filter(cases::state.ne_all(DONE)),
        }
    }};
}

/// How many there are of a part of the queue.
pub fn count(c: &mut Conn, seat: &Seat, show: Show, today: NaiveDate) -> Result<i64, DbError> {
    Ok(shown!(seat, show, today).count().get_result(c)?)
}

/// How many are late.
pub fn late(c: &mut Conn, seat: &Seat, today: NaiveDate) -> Result<i64, DbError> {
    count(c, seat, Show::Late, today)
}

/// A stretch of the queue, and how many there are in all.
pub fn list(
    c: &mut Conn,
    seat: &Seat,
    filter: &Filter,
    today: NaiveDate,
    (skip, limit): (i64, i64),
) -> Result<(Vec<(Line, Work)>, i64), DbError> {
    macro_rules! found {
        () => {{
            let mut query = shown!(seat, filter.show, today);
            if let Some(service) = &filter.service {
                query = query.filter(cases::service.eq(service.clone()));
            }
            if let Some(agency) = &filter.agency {
                query = query.filter(cases::agency.eq(agency.clone()));
            }
            query
        }};
    }
    let all = found!().count().get_result(c)?;
    let found = found!().offset(skip).limit(limit).select((Line::as_select(), Work::as_select()));
    let found = match filter.sort {
        // What has no clock comes after what has one, on either engine.
        Sort::Clock => found
            .order((desk_work::clock_on.is_null(), desk_work::clock_on, cases::submitted_at, cases::id))
            .load(c)?,
        Sort::Oldest => found.order((cases::submitted_at, cases::id)).load(c)?,
        Sort::Newest => found.order((cases::submitted_at.desc(), cases::id.desc())).load(c)?,
    };
    Ok((found, all))
}

/// The services of which there are cases here.
pub fn services(c: &mut Conn, seat: &Seat) -> Result<Vec<String>, DbError> {
    Ok(seen_from!(seat).select(cases::service).distinct().order(cases::service).limit(200).load(c)?)
}

/// The agencies whose cases are here.
pub fn agencies(c: &mut Conn, seat: &Seat) -> Result<Vec<String>, DbError> {
    Ok(seen_from!(seat).select(cases::agency).distinct().order(cases::agency).limit(200).load(c)?)
}

/// A case, if the seat sees it. One of another branch is as unknown as none.
pub fn one(c: &mut Conn, seat: &Seat, reference: &str) -> Result<Both, DeskError> {
    let found = seen_from!(seat)
        .filter(cases::reference.eq(reference.to_owned()))
        .select((Case::as_select(), Work::as_select()))
        .first(c)
        .optional()?;
    found.ok_or(DeskError::Case(CaseError::Unknown))
}
