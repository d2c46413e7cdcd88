//! Surveys about the portal itself. Any agency may put one together; whoever administers the whole city says which of them
//! speak of the portal, and what they came to stands beside the stars of services, month by month.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    Survey, SurveyError, SurveyId,
    queries::{public, published},
    tally::{self, Tally},
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{portal_surveys as p, surveys},
    },
    each,
    platform::Moment,
};

/// So many are read at once.
const MOST: i64 = 50;

/// Says that a survey speaks of the portal. Said twice it is said once.
pub fn name(c: &mut Conn, now: Moment, by: &str, id: SurveyId) -> Result<(), SurveyError> {
    published(c, id)?;
    let row = (p::survey_id.eq(id), p::named_by.eq(by), p::named_at.eq(Stamp::from(now)));
    each!(c, |c| diesel::insert_into(p::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Says that it does not.
pub fn leave_out(c: &mut Conn, id: SurveyId) -> Result<(), DbError> {
    diesel::delete(p::table.find(id)).execute(c)?;
    Ok(())
}

fn named(c: &mut Conn) -> Result<Vec<SurveyId>, DbError> {
    Ok(p::table.order(p::named_at.desc()).limit(MOST).select(p::survey_id).load(c)?)
}

/// Those that speak of the portal, and those of which it could be said.
pub fn choice(c: &mut Conn, today: NaiveDate) -> Result<Vec<(Survey, bool)>, DbError> {
    let ids = named(c)?;
    let theirs: Vec<Survey> = surveys::table
        .filter(surveys::id.eq_any(&ids))
        .order((surveys::closes_on.desc(), surveys::id))
        .select(Survey::as_select())
        .load(c)?;
    let others = public(c, today)?.into_iter().filter(|one| !ids.contains(&one.id));
    Ok(theirs.into_iter().map(|one| (one, true)).chain(others.map(|one| (one, false))).collect())
}

/// Those about the portal that could be answered between two days, what ended last first, each with what it came to.
pub fn asked(c: &mut Conn, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<(Survey, Tally)>, DbError> {
    let ids = named(c)?;
    let found: Vec<Survey> = surveys::table
        .filter(surveys::id.eq_any(&ids))
        .filter(surveys::opens_on.le(to))
        .filter(surveys::closes_on.ge(from))
        .order((surveys::closes_on.desc(), surveys::id))
        .select(Survey::as_select())
        .load(c)?;
    let ids: Vec<SurveyId> = found.iter().map(|one| one.id).collect();
    let mut tallies = tally::of_several(c, &ids)?;
    let with = |one: Survey| {
        let tally = tallies.remove(&one.id).unwrap_or_default();
        (one, tally)
    };
    Ok(found.into_iter().map(with).collect())
}
