//! What people want about one of their dates: other days, none at all, not now.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    keep::settle_anew,
    model::{Deadline, DeadlineId, plan_text},
};
use crate::{
    db::{Conn, DbError, Stamp, schema::deadlines},
    ledger::CitizenId,
    platform::{Moment, clock::city_day},
};

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Other days than the rule's, longest first.
    pub plan: Option<Vec<u16>>,
    pub muted: bool,
    pub snoozed_until: Option<NaiveDate>,
}

/// What came of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Kept,
    /// There is no such date of theirs.
    Unknown,
    /// A reminder on the last day to act, or later, would be of no use: it has to come more than so many days before the date.
    Late {
        closes: NaiveDate,
        days: i64,
    },
    /// Whoever sleeps for longer sleeps over it.
    Sleeps {
        until: NaiveDate,
    },
}

/// Does as they want, unless they would not be reminded in time and did not say that they want none.
pub fn want(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    id: DeadlineId,
    wanted: &Wanted,
) -> Result<Answer, DbError> {
    let place = deadlines::table.find((citizen, id));
    let known: Option<Deadline> = place.select(Deadline::as_select()).first(c).optional()?;
    let Some(known) = known else { return Ok(Answer::Unknown) };
    let today = city_day(now);
    let own_plan = wanted.plan.as_deref().map(plan_text).filter(|plan| *plan != known.rule_plan);
    let nearest = wanted.plan.as_deref().and_then(|plan| plan.last()).filter(|_| own_plan.is_some());
    let days = (known.due_on - known.closes_on).num_days();
    if !wanted.muted && nearest.is_some_and(|nearest| i64::from(*nearest) <= days) {
        return Ok(Answer::Late { closes: known.closes_on, days });
    }
    let until = known.wakes_by(today);
    if wanted.snoozed_until.is_some_and(|day| day > until) {
        return Ok(Answer::Sleeps { until });
    }
    let changed = Deadline { own_plan, muted: wanted.muted, snoozed_until: wanted.snoozed_until, ..known };
    diesel::update(place)
        .set((
            deadlines::own_plan.eq(&changed.own_plan),
            deadlines::muted.eq(changed.muted),
            deadlines::snoozed_until.eq(changed.snoozed_until),
            deadlines::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    settle_anew(c, now, today, &changed)?;
    Ok(Answer::Kept)
}
