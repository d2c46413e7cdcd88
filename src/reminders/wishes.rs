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

/// Does as they want. `false`: there is no such date of theirs.
pub fn want(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    id: DeadlineId,
    wanted: &Wanted,
) -> Result<bool, DbError> {
    let place = deadlines::table.find((citizen, id));
    let known: Option<Deadline> = place.select(Deadline::as_select()).first(c).optional()?;
    let Some(known) = known else { return Ok(false) };
    let own_plan = wanted.plan.as_deref().map(plan_text).filter(|plan| *plan != known.rule_plan);
    let changed = Deadline { own_plan, muted: wanted.muted, snoozed_until: wanted.snoozed_until, ..known };
    diesel::update(place)
        .set((
            deadlines::own_plan.eq(&changed.own_plan),
            deadlines::muted.eq(changed.muted),
            deadlines::snoozed_until.eq(changed.snoozed_until),
            deadlines::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    settle_anew(c, now, city_day(now), &changed)?;
    Ok(true)
}
