//! What people wrote, as staff read it: each answer under a name is a look in that person's record.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;
use yimen_forms::Form;

use super::{
    AnswerId, Survey, SurveyError, SurveyId,
    answer::{self, UNNAMED},
    files::{self, File, Row},
};
use crate::{
    accounts,
    db::{
        Conn, Sealed, Stamp,
        schema::{survey_answers, survey_unnamed},
    },
    ledger::{self, Actor, Basis, CitizenId, Look, Private, Purpose, StaffId},
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// Which of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub named: bool,
    /// Those behind this one; all where there is none.
    pub beyond: Option<AnswerId>,
    /// So many of these are passed over.
    pub skip: i64,
    pub most: i64,
}

impl Part {
    fn beyond(self) -> AnswerId {
        self.beyond.unwrap_or_else(|| Uuid::nil().into())
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Read {
    pub id: AnswerId,
    /// Under whose name; whoever has none yet is still somebody.
    pub name: Option<String>,
    pub day: NaiveDate,
    pub document: Map<String, Value>,
    /// What was put to questions for files.
    pub files: Vec<File>,
}

/// How many answers there are to read, with names and without. Of an account that was erased the answer is gone, and
/// still counted in the totals.
pub fn count(c: &mut Conn, survey: SurveyId) -> Result<(i64, i64), SurveyError> {
    let named = survey_answers::table.filter(survey_answers::survey_id.eq(survey)).count().get_result(c)?;
    let unnamed = survey_unnamed::table.filter(survey_unnamed::survey_id.eq(survey)).count().get_result(c)?;
    Ok((named, unnamed))
}

/// Reads a part of the answers. `why` stands in the record of everybody whose answer it is.
pub fn read(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    survey: &Survey,
    (staff, why): (StaffId, &str),
    part: Part,
) -> Result<Vec<Read>, SurveyError> {
    let form = survey.form()?;
    if !part.named {
        return unnamed(c, ring, survey, &form, part);
    }
    let rows: Vec<(CitizenId, AnswerId, Private, Stamp)> = survey_answers::table
        .filter(survey_answers::survey_id.eq(survey.id))
        .filter(survey_answers::id.gt(part.beyond()))
        .order(survey_answers::id)
        .offset(part.skip)
        .limit(part.most)
        .select((
            survey_answers::citizen_id,
            survey_answers::id,
            survey_answers::answers,
            survey_answers::changed_at,
        ))
        .load(c)?;
    let people: Vec<CitizenId> = rows.iter().map(|(citizen, ..)| *citizen).collect();
    let mut put = put_by(c, survey, &people)?;
    let fields: &[&str] = if put.is_empty() { &["name", "answers"] } else { &["name", "answers", "papers"] };
    let mut all = Vec::with_capacity(rows.len());
    for (citizen, id, answers, at) in rows {
        let look = Look {
            citizen,
            actor: Actor::Staff(staff),
            purpose: Purpose::Service,
            basis: Basis::Consent,
            fields,
            detail: Some(why),
        };
        let warrant = ledger::look(c, ring, now, &look)?;
        let draft = answer::opened(c, ring, &answers, &warrant)?;
        let day = city_day(at.moment());
        let theirs = put.remove(&citizen).unwrap_or_default();
        let files = theirs.into_iter().map(|row| row.opened(c, ring, &warrant)).collect::<Result<_, _>>()?;
        all.push(Read {
            files,
            id,
            name: accounts::name(c, ring, &warrant)?,
            day,
            document: form.fill(&draft, day).document().clone(),
        });
    }
    Ok(all)
}

/// The files of some people's answers. A survey that asks for none has none.
fn put_by(
    c: &mut Conn,
    survey: &Survey,
    people: &[CitizenId],
) -> Result<HashMap<CitizenId, Vec<Row>>, SurveyError> {
    let mut put: HashMap<CitizenId, Vec<Row>> = HashMap::new();
    if survey.files().next().is_none() {
        return Ok(put);
    }
    for row in files::of_people(c, survey.id, people)? {
        put.entry(row.citizen_id).or_default().push(row);
    }
    Ok(put)
}

fn unnamed(
    c: &mut Conn,
    ring: &KeyRing,
    survey: &Survey,
    form: &Form,
    part: Part,
) -> Result<Vec<Read>, SurveyError> {
    let rows: Vec<(AnswerId, NaiveDate, Sealed)> = survey_unnamed::table
        .filter(survey_unnamed::survey_id.eq(survey.id))
        .filter(survey_unnamed::id.gt(part.beyond()))
        .order(survey_unnamed::id)
        .offset(part.skip)
        .limit(part.most)
        .select((survey_unnamed::id, survey_unnamed::day, survey_unnamed::answers))
        .load(c)?;
    let opened = |(id, day, answers): (AnswerId, NaiveDate, Sealed)| {
        let draft = answer::read(&answers.open(ring, UNNAMED)?)?;
        let document = form.fill(&draft, day).document().clone();
        Ok(Read { id, name: None, day, document, files: Vec::new() })
    };
    rows.into_iter().map(opened).collect()
}
