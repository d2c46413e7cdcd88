//! Copies of decisions, for agencies that a service names in its `[desk]`: what was decided, and for whom, and nothing else of
//! the case. The list opens nothing; reading one is a look that the person sees.

use askama::Template;
use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{actions::look, model::DeskError, seat::Seat};
use crate::{
    accounts,
    cases::{
        CaseError,
        life::State,
        model::Case,
        steps::{self, Step},
        views::DecidedView,
    },
    db::{Conn, DbError, Stamp, schema::cases},
    ledger,
    platform::{Moment, keys::KeyRing},
    web::frame::{Dates as _, Frame, Pager, Text},
};

/// The agency came to an end with it. What was taken back was not decided.
const DECIDED: &[&str] = &[
    State::NotAccepted.tag(),
    State::Granted.tag(),
    State::Refused.tag(),
    State::Terminated.tag(),
    State::Delivering.tag(),
    State::Delivered.tag(),
];

/// What was decided on some services. A macro, because the type of such a query cannot be written down.
macro_rules! decided {
    ($services:expr) => {
        cases::table
            .filter(cases::handover.eq("desk"))
            .filter(cases::state.eq_any(DECIDED))
            .filter(cases::service.eq_any($services))
    };
}

/// A decision in the list.
#[derive(Debug, Clone, Queryable)]
pub struct Sent {
    pub reference: String,
    pub service: String,
    pub agency: String,
    pub state: String,
    pub at: Stamp,
}

/// A stretch of the decisions on some services, the newest first, and how many there are in all.
pub fn list(
    c: &mut Conn,
    services: &[String],
    (skip, limit): (i64, i64),
) -> Result<(Vec<Sent>, i64), DbError> {
    let all = decided!(services).count().get_result(c)?;
    let found = decided!(services)
        .order((cases::changed_at.desc(), cases::id.desc()))
        .offset(skip)
        .limit(limit)
        .select((cases::reference, cases::service, cases::agency, cases::state, cases::changed_at))
        .load(c)?;
    Ok((found, all))
}

/// A decision as it is read.
#[derive(Debug)]
pub struct Read {
    pub case: Case,
    /// Of the applicant; a company's matter is addressed to the company.
    pub name: Option<String>,
    pub steps: Vec<Step>,
}

/// Opens a decision on one of some services. Any other is as unknown as none.
pub fn read(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    (services, reference): (&[String], &str),
) -> Result<Read, DeskError> {
    seat.worker()?;
    let found: Option<Case> = decided!(services)
        .filter(cases::reference.eq(reference.to_owned()))
        .select(Case::as_select())
        .first(c)
        .optional()?;
    let case = found.ok_or(CaseError::Unknown)?;
    let warrant = ledger::look(c, ring, now, &look(&case, seat.member.id, &["name", "answer"]))?;
    let name = if case.company_id.is_some() { None } else { accounts::name(c, ring, &warrant)? };
    let steps = steps::of_case(c, ring, (case.citizen_id, case.id), &warrant)?;
    Ok(Read { case, name, steps })
}

/// A line of the list: nothing in it says whose it is.
#[derive(Debug)]
pub struct CopyRow {
    pub reference: String,
    pub name: Text,
    pub agency: Text,
    pub state: String,
    pub at: NaiveDateTime,
}

/// `/agency/copies`
#[derive(Debug, Template)]
#[template(path = "cases/desk/copies.html")]
pub struct CopiesView {
    pub frame: Frame,
    pub rows: Vec<CopyRow>,
    pub pager: Pager,
}

/// `/agency/copies/{reference}`
#[derive(Debug, Template)]
#[template(path = "cases/desk/copied.html")]
pub struct CopiedView {
    pub frame: Frame,
    pub row: CopyRow,
    pub to: String,
    pub decided: DecidedView,
}

#[cfg(test)]
impl CopiesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = crate::accounts::staff::views::at_work(frame);
        let pager = Pager { page: 1, pages: 1, base: "/agency/copies?&page=".to_owned() };
        Self { rows: vec![CopyRow::sample(&frame)], pager, frame }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { rows: Vec::new(), ..Self::sample(frame) }
    }
}

#[cfg(test)]
impl CopyRow {
    fn sample(frame: &Frame) -> Self {
        use crate::catalogue::views::samples::{day, moment, say};

        Self {
            reference: "2026-7KQ3-MFXD".to_owned(),
            name: say(frame.t, "政府信息公开申请", "Open government request"),
            agency: say(frame.t, "云州市政务服务局 <旧>", "Yunzhou Government Services"),
            state: "refused".to_owned(),
            at: moment(day(2026, 11, 20), 10, 0),
        }
    }
}

#[cfg(test)]
impl CopiedView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = crate::accounts::staff::views::at_work(frame);
        let decided = DecidedView {
            act: "refuse".to_owned(),
            on: crate::catalogue::views::samples::day(2026, 11, 20),
            reason: Some("There is <no> such file".to_owned()),
            turn_to: None,
            code: None,
        };
        Self { row: CopyRow::sample(&frame), to: "林晓".to_owned(), decided, frame }
    }
}
