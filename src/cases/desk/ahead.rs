//! What will be late within some working days, across agencies: for whoever stands above them. Nothing here says whose a case
//! is, and nothing is opened by it.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::queries::WAITING;
use crate::{
    db::{
        Conn, DbError,
        schema::{cases, desk_work},
    },
    platform::calendar::WorkingCalendar,
};

/// Within how many working days it can be asked for.
pub const DAYS: [u32; 4] = [1, 3, 5, 10];
/// What is asked for where nobody says.
pub const USUAL: u32 = 3;

/// From today to the last day that is looked ahead to.
pub type Span = (NaiveDate, NaiveDate);

/// So many working days from a day on.
pub fn span(calendar: &WorkingCalendar, today: NaiveDate, days: u32) -> Span {
    (today, calendar.working_days_after(today, days).on)
}

/// A case that will be late.
#[derive(Debug, Clone, Queryable)]
pub struct Coming {
    pub reference: String,
    pub service: String,
    pub agency: String,
    pub state: String,
    pub clock_on: Option<NaiveDate>,
}

/// What waits at the desks of some agencies and whose last day lies in a span. A macro, because the type of such a query
/// cannot be written down.
macro_rules! coming {
    ($agencies:expr, $span:expr) => {{
        let of_case = desk_work::citizen_id.eq(cases::citizen_id).and(desk_work::id.eq(cases::id));
        cases::table
            .inner_join(desk_work::table.on(of_case))
            .filter(cases::handover.eq("desk"))
            .filter(cases::state.eq_any(WAITING))
            .filter(cases::agency.eq_any($agencies))
            .filter(desk_work::clock_on.ge(Some($span.0)))
            .filter(desk_work::clock_on.le(Some($span.1)))
    }};
}

/// How many there are.
pub fn number(c: &mut Conn, agencies: &[String], span: Span) -> Result<i64, DbError> {
    Ok(coming!(agencies, span).count().get_result(c)?)
}

/// A stretch of them, the most urgent first, and how many there are in all.
pub fn coming(
    c: &mut Conn,
    agencies: &[String],
    span: Span,
    (skip, limit): (i64, i64),
) -> Result<(Vec<Coming>, i64), DbError> {
    let found = coming!(agencies, span)
        .order((desk_work::clock_on, cases::reference))
        .offset(skip)
        .limit(limit)
        .select((cases::reference, cases::service, cases::agency, cases::state, desk_work::clock_on))
        .load(c)?;
    Ok((found, number(c, agencies, span)?))
}
