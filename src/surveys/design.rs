//! What staff do with a survey: put it together, publish it, end it. Once it is published its questions stay as they
//! are: whoever answered early answered the same as whoever answered late.

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_contract::Bilingual;

use super::{
    Asked, Names, Stage, Survey, SurveyError, SurveyId, Who, latest,
    queries::one,
    questions::{MOST, Question, next_name},
};
use crate::{
    db::{Conn, Json, Stamp, schema::surveys},
    platform::{Moment, clock::city_day},
};

/// What a survey is, apart from its questions.
#[derive(Debug, Clone)]
pub struct Plan {
    pub title: Bilingual,
    pub lead: Bilingual,
    pub who: Who,
    pub names: Names,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
}

/// The plan as it is kept.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = surveys)]
struct PlanRow<'a> {
    title_zh: &'a str,
    title_en: &'a str,
    lead_zh: &'a str,
    lead_en: &'a str,
    who: &'static str,
    names: &'static str,
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    changed_at: Stamp,
}

impl Plan {
    fn row(&self, now: Moment) -> PlanRow<'_> {
        PlanRow {
            title_zh: &self.title.zh,
            title_en: &self.title.en,
            lead_zh: &self.lead.zh,
            lead_en: &self.lead.en,
            who: self.who.tag(),
            names: self.names.tag(),
            opens_on: self.opens_on,
            closes_on: self.closes_on,
            changed_at: Stamp::from(now),
        }
    }
}

/// Begins a survey of an agency.
pub fn begin(
    c: &mut Conn,
    now: Moment,
    agency: &str,
    by: &str,
    plan: &Plan,
) -> Result<SurveyId, SurveyError> {
    let id = SurveyId::new();
    diesel::insert_into(surveys::table)
        .values((
            surveys::id.eq(id),
            surveys::agency.eq(agency),
            surveys::questions.eq(Json(Vec::<Question>::new())),
            surveys::made_by.eq(by),
            surveys::made_at.eq(Stamp::from(now)),
            plan.row(now),
        ))
        .execute(c)?;
    Ok(id)
}

/// One that is about to be changed. The lock keeps two who edit at once from losing one's work: each reads what the
/// other wrote.
fn held(c: &mut Conn, id: SurveyId) -> Result<Survey, SurveyError> {
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    let known = surveys::table.find(id);
    diesel::update(known).set(surveys::changed_at.eq(surveys::changed_at)).execute(c)?;
    one(c, id)
}

/// The same of one that is still put together.
fn draft(c: &mut Conn, id: SurveyId) -> Result<Survey, SurveyError> {
    let survey = held(c, id)?;
    if survey.published_at.is_some() { Err(SurveyError::Published) } else { Ok(survey) }
}

/// Changes what it is, while it is put together.
pub fn change(c: &mut Conn, now: Moment, id: SurveyId, plan: &Plan) -> Result<(), SurveyError> {
    let survey = draft(c, id)?;
    if plan.names != Names::Named && survey.files().next().is_some() {
        return Err(SurveyError::NamedOnly);
    }
    diesel::update(surveys::table.find(id)).set(plan.row(now)).execute(c)?;
    Ok(())
}

/// Adds a question, or puts it in place of the one of its name.
pub fn ask(c: &mut Conn, now: Moment, id: SurveyId, mut question: Question) -> Result<(), SurveyError> {
    let survey = draft(c, id)?;
    if question.asked == Asked::File && survey.names() != Names::Named {
        return Err(SurveyError::NamedOnly);
    }
    let mut questions = survey.questions.0;
    match questions.iter().position(|known| known.name == question.name) {
        Some(at) => questions[at] = question,
        None if questions.len() >= MOST => return Err(SurveyError::TooManyQuestions),
        None => {
            question.name = next_name(&questions);
            questions.push(question);
        }
    }
    keep(c, now, id, questions)
}

/// What is done with a question's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    Up,
    Down,
    Out,
}

/// Moves a question, or takes it out. One that is not there any more is not missed.
pub fn shift(c: &mut Conn, now: Moment, id: SurveyId, name: &str, shift: Shift) -> Result<(), SurveyError> {
    let mut questions = draft(c, id)?.questions.0;
    let Some(at) = questions.iter().position(|question| question.name == name) else { return Ok(()) };
    match shift {
        Shift::Up if at > 0 => questions.swap(at, at - 1),
        Shift::Down if at + 1 < questions.len() => questions.swap(at, at + 1),
        Shift::Out => drop(questions.remove(at)),
        Shift::Up | Shift::Down => {}
    }
    keep(c, now, id, questions)
}

fn keep(c: &mut Conn, now: Moment, id: SurveyId, questions: Vec<Question>) -> Result<(), SurveyError> {
    diesel::update(surveys::table.find(id))
        .set((surveys::questions.eq(Json(questions)), surveys::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    Ok(())
}

/// From now on people can answer it, as soon as its first day has come.
pub fn publish(c: &mut Conn, now: Moment, id: SurveyId, by: &str) -> Result<(), SurveyError> {
    let survey = draft(c, id)?;
    if survey.questions().is_empty() {
        return Err(SurveyError::NoQuestions);
    }
    if survey.closes_on < city_day(now) {
        return Err(SurveyError::Closed);
    }
    survey.form()?;
    diesel::update(surveys::table.find(id))
        .set((surveys::published_at.eq(Some(Stamp::from(now))), surveys::published_by.eq(Some(by))))
        .execute(c)?;
    Ok(())
}

/// Puts off the last day of one that is published and not over.
pub fn extend(c: &mut Conn, now: Moment, id: SurveyId, last: NaiveDate) -> Result<(), SurveyError> {
    let survey = held(c, id)?;
    if !matches!(survey.stage(city_day(now)), Stage::Soon | Stage::Open) {
        return Err(SurveyError::Closed);
    }
    if last < survey.closes_on || last > latest(survey.opens_on) {
        return Err(SurveyError::Term);
    }
    diesel::update(surveys::table.find(id)).set(surveys::closes_on.eq(last)).execute(c)?;
    Ok(())
}

/// Ends it before its last day. Pressed twice it is ended once.
pub fn end(c: &mut Conn, now: Moment, id: SurveyId) -> Result<(), SurveyError> {
    let open = surveys::table
        .find(id)
        .filter(surveys::published_at.is_not_null())
        .filter(surveys::ended_at.is_null());
    diesel::update(open).set(surveys::ended_at.eq(Some(Stamp::from(now)))).execute(c)?;
    Ok(())
}

/// Throws away one that was never published.
pub fn discard(c: &mut Conn, id: SurveyId) -> Result<(), SurveyError> {
    draft(c, id)?;
    diesel::delete(surveys::table.find(id)).execute(c)?;
    Ok(())
}
