//! What surveys hold about people, for the port `PersonalData`: what they answered under their names.

use diesel::prelude::*;

use super::{
    AnswerId, Survey, SurveyError,
    answer::{self, ANSWERS},
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{survey_answers, surveys},
    },
    hand_over,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Private, Record, Value, Warrant},
    platform::{Moment, clock::city_day, keys::KeyRing},
};

pub struct Answers;

impl PersonalData for Answers {
    fn kind(&self) -> &'static str {
        "survey-answers"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["survey_answers"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let rows: Vec<(Private, Stamp, Survey)> = survey_answers::table
            .inner_join(surveys::table.on(surveys::id.eq(survey_answers::survey_id)))
            .filter(survey_answers::citizen_id.eq(warrant.citizen()))
            .order(survey_answers::id)
            .select((survey_answers::answers, survey_answers::changed_at, Survey::as_select()))
            .load(c)?;
        let mut records = Vec::with_capacity(rows.len());
        for (answers, at, survey) in rows {
            let draft = answer::opened(c, ring, &answers, warrant).map_err(ledger_error)?;
            let form = survey.form().map_err(ledger_error)?;
            let filled = form.fill(&draft, city_day(at.moment()));
            let said = survey.questions().iter().filter_map(|question| {
                Some((question.label.zh.clone(), question.in_words(filled.document().get(&question.name)?)))
            });
            let said: serde_json::Map<String, serde_json::Value> = said.collect();
            records.push(vec![
                ("made-at", Value::At(at.moment())),
                ("actor", Value::Text(survey.agency.clone())),
                ("title", Value::Text(survey.title_zh.clone())),
                ("answers", Value::Text(serde_json::Value::Object(said).to_string())),
            ]);
        }
        Ok(records)
    }

    /// What was counted stays: nobody can be found in it.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(survey_answers::table.filter(survey_answers::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        answer::join(c, joining.ring, joining.now, (joining.warrant, joining.into)).map_err(ledger_error)?;
        hand_over!(c, joining, survey_answers, AnswerId, [answers: ANSWERS]);
        Ok(())
    }
}

fn ledger_error(error: SurveyError) -> LedgerError {
    match error {
        SurveyError::Db(error) => LedgerError::Db(error),
        SurveyError::Ledger(error) => error,
        _ => LedgerError::Sealed,
    }
}
