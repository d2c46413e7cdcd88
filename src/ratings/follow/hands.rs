//! Who of the agency's staff has a follow-up in hand: they took it, or were given it, and hand it over. Everybody of the agency
//! may work on it all the same; a name says who thinks of it.

use diesel::prelude::*;

use super::{life::State, queries, steps, work::Worker};
use crate::{
    accounts::staff::{self, Branch, Handover, Held, Member, RATINGS, Role, StaffError},
    db::{
        Conn, DbError, Stamp,
        schema::{rating_follow_ups, rating_takers},
    },
    ledger::StaffId,
    platform::Moment,
    ratings::{RatingError, RatingId},
    upsert,
};

/// States in which something is still to come, so that somebody can have it in hand.
pub(in crate::ratings) const ALIVE: [&str; 4] =
    [State::Opened.tag(), State::Contacted.tag(), State::Answered.tag(), State::Escalated.tag()];
/// So many stand on somebody's list.
const MOST: i64 = 500;
/// How it stands among the steps.
const TAKE: &str = "take";
const HAND_OVER: &str = "hand-over";

/// Whether a step is the agency's own, and nothing for whoever rated.
pub(in crate::ratings) fn is_own(act: &str) -> bool {
    matches!(act, TAKE | HAND_OVER)
}

/// Who has one, and who could.
#[derive(Debug)]
pub struct Hands {
    pub holder: Option<Member>,
    pub colleagues: Vec<Member>,
}

/// Whether somebody can be given one of an agency that stands there.
fn may_take(member: &Member, place: &Branch, now: Moment) -> bool {
    member.may_be_given_work(now)
        && matches!(member.role(), Role::Manager | Role::Officer)
        && member.branch().contains(place)
}

fn holder(c: &mut Conn, id: RatingId) -> Result<Option<StaffId>, RatingError> {
    Ok(rating_takers::table.find(id).select(rating_takers::staff_id).first(c).optional()?)
}

/// Who has a follow-up of an agency, and who of somebody's branch could have it.
pub fn around(
    c: &mut Conn,
    now: Moment,
    seat: &Branch,
    (agency, id): (&str, RatingId),
) -> Result<Hands, RatingError> {
    let place = staff::branch_of(c, agency)?;
    let mut colleagues = staff::in_branch(c, seat)?;
    colleagues.retain(|one| may_take(one, &place, now));
    let holder = match holder(c, id)? {
        Some(holder) => staff::by_id(c, holder)?,
        None => None,
    };
    Ok(Hands { holder, colleagues })
}

/// What somebody has taken or was given and is not over, the latest first.
pub fn mine(c: &mut Conn, me: StaffId) -> Result<Vec<RatingId>, RatingError> {
    Ok(rating_takers::table
        .inner_join(rating_follow_ups::table.on(rating_follow_ups::id.eq(rating_takers::rating_id)))
        .filter(rating_takers::staff_id.eq(me))
        .filter(rating_follow_ups::state.eq_any(ALIVE))
        .order(rating_takers::taken_at.desc())
        .limit(MOST)
        .select(rating_takers::rating_id)
        .load(c)?)
}

/// Takes one, or gives it to a colleague. `was`: who had it when the giver looked. What somebody else has only managers give on.
pub fn give(
    c: &mut Conn,
    now: Moment,
    (worker, me): (Worker<'_>, &Member),
    id: RatingId,
    (was, to): (Option<StaffId>, StaffId),
) -> Result<(), RatingError> {
    let state = queries::held(c, worker.agency, id)?.state()?;
    if worker.above || !ALIVE.contains(&state.tag()) {
        return Err(RatingError::NotNow);
    }
    let has = holder(c, id)?;
    // The second of two clicks.
    if has == Some(to) {
        return Ok(());
    }
    let may = has.is_none_or(|has| has == me.id) || me.role() == Role::Manager;
    if has != was || !may {
        return Err(RatingError::NotNow);
    }
    let place = staff::branch_of(c, worker.agency)?;
    let member = staff::by_id(c, to)?.filter(|one| may_take(one, &place, now));
    let member = member.ok_or(RatingError::Unknown)?;
    let at = Stamp::from(now);
    let row = (
        rating_takers::rating_id.eq(id),
        rating_takers::staff_id.eq(member.id),
        rating_takers::taken_at.eq(at),
    );
    upsert!(c, rating_takers::table => row, on rating_takers::rating_id, set (
        rating_takers::staff_id.eq(member.id),
        rating_takers::taken_at.eq(at),
    ))?;
    let act = if to == me.id { TAKE } else { HAND_OVER };
    steps::note(c, now, id, (act, state), &me.id.to_string())?;
    if to != me.id {
        staff::record(c, now, Some(me.id), to, "assigned", RATINGS).map_err(failed)?;
    }
    Ok(())
}

fn failed(error: StaffError) -> RatingError {
    match error {
        StaffError::Db(error) => RatingError::Db(error),
        other => RatingError::Stored(other.to_string()),
    }
}

/// Follow-ups, for the port `Handover`.
#[derive(Debug, Clone, Copy)]
pub struct RatingWork;

/// What somebody has that is not over, with its agency.
fn held(c: &mut Conn, by: StaffId) -> Result<Vec<(RatingId, String)>, DbError> {
    Ok(rating_takers::table
        .inner_join(rating_follow_ups::table.on(rating_follow_ups::id.eq(rating_takers::rating_id)))
        .filter(rating_takers::staff_id.eq(by))
        .filter(rating_follow_ups::state.eq_any(ALIVE))
        .select((rating_takers::rating_id, rating_follow_ups::agency))
        .load(c)?)
}

impl Handover for RatingWork {
    fn held(&self, c: &mut Conn, staff: StaffId) -> Result<Vec<Held>, DbError> {
        Ok(vec![Held { kind: RATINGS.to_owned(), count: held(c, staff)?.len() }])
    }

    /// What the successor may not have is nobody's again. Steps keep who had it before.
    fn pass(&self, c: &mut Conn, now: Moment, from: StaffId, to: StaffId) -> Result<(), DbError> {
        let (successor, places) = (staff::by_id(c, to)?, staff::places(c)?);
        let fits = |agency: &str| {
            let place = places.of(agency);
            place.is_some_and(|place| successor.as_ref().is_some_and(|one| may_take(one, &place, now)))
        };
        let all = held(c, from)?;
        let passed: Vec<RatingId> =
            all.into_iter().filter(|(_, agency)| fits(agency)).map(|(id, _)| id).collect();
        let theirs = rating_takers::table.filter(rating_takers::staff_id.eq(from));
        diesel::update(theirs.filter(rating_takers::rating_id.eq_any(passed)))
            .set(rating_takers::staff_id.eq(to))
            .execute(c)?;
        diesel::delete(theirs).execute(c)?;
        Ok(())
    }
}
