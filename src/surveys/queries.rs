//! Which surveys there are. What they hold about people is read elsewhere.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::{Survey, SurveyError, SurveyId};
use crate::db::{Conn, DbError, schema::surveys};

/// So many stand on a page.
const MOST: i64 = 100;
/// What is over is shown so long after.
const SHOWN: Days = Days::new(60);

/// What is published and can be answered, will be, or could be until lately: what ends first comes first.
pub fn public(c: &mut Conn, today: NaiveDate) -> Result<Vec<Survey>, DbError> {
    let since = today.checked_sub_days(SHOWN).unwrap_or(today);
    Ok(surveys::table
        .filter(surveys::published_at.is_not_null())
        .filter(surveys::closes_on.ge(since))
        .order((surveys::closes_on, surveys::id))
        .limit(MOST)
        .select(Survey::as_select())
        .load(c)?)
}

/// How many can be answered on a day.
pub fn open(c: &mut Conn, today: NaiveDate) -> Result<i64, DbError> {
    Ok(surveys::table
        .filter(surveys::published_at.is_not_null())
        .filter(surveys::ended_at.is_null())
        .filter(surveys::opens_on.le(today))
        .filter(surveys::closes_on.ge(today))
        .count()
        .get_result(c)?)
}

/// Any of them, published or not.
pub(super) fn one(c: &mut Conn, id: SurveyId) -> Result<Survey, SurveyError> {
    let found = surveys::table.find(id).select(Survey::as_select()).first(c).optional()?;
    found.ok_or(SurveyError::Unknown)
}

/// A published one.
pub fn published(c: &mut Conn, id: SurveyId) -> Result<Survey, SurveyError> {
    let survey = one(c, id)?;
    if survey.published_by.is_some() { Ok(survey) } else { Err(SurveyError::Unknown) }
}

/// Those of some agencies, the newest first.
pub fn of_agencies(c: &mut Conn, agencies: &[&str]) -> Result<Vec<Survey>, DbError> {
    Ok(surveys::table
        .filter(surveys::agency.eq_any(agencies))
        .order(surveys::id.desc())
        .limit(MOST)
        .select(Survey::as_select())
        .load(c)?)
}
