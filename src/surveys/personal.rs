//! What surveys hold about people, for the port `PersonalData`: what they answered under their names, with files.

use diesel::prelude::*;

use super::{
    AnswerId, Asked, Survey, SurveyError,
    answer::{self, ANSWERS},
    files::{ABOUT, Row},
};
use crate::{
    cases::papers::FileId,
    db::{
        Conn, Stamp,
        schema::{survey_answers, survey_files, surveys},
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
        &["survey_answers", "survey_files"]
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
            let words = survey.questions().iter().filter(|question| question.asked != Asked::File);
            let said = words.filter_map(|question| {
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
        records.extend(files(c, ring, warrant)?);
        Ok(records)
    }

    /// What was counted stays: nobody can be found in it.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(survey_answers::table.filter(survey_answers::citizen_id.eq(citizen))).execute(c)?;
        // The files lose their keys with the rows, and are swept.
        diesel::delete(survey_files::table.filter(survey_files::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        answer::join(c, joining.ring, joining.now, (joining.warrant, joining.into)).map_err(ledger_error)?;
        hand_over!(c, joining, survey_answers, AnswerId, [answers: ANSWERS]);
        hand_over!(c, joining, survey_files, FileId, [about: ABOUT]);
        Ok(())
    }
}

/// The files, by name and digest. They are downloaded where they were put.
fn files(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
    let rows: Vec<(Row, Survey)> = survey_files::table
        .inner_join(surveys::table.on(surveys::id.eq(survey_files::survey_id)))
        .filter(survey_files::citizen_id.eq(warrant.citizen()))
        .order(survey_files::id)
        .select((Row::as_select(), Survey::as_select()))
        .load(c)?;
    let mut records = Vec::with_capacity(rows.len());
    for (row, survey) in rows {
        let file = row.opened(c, ring, warrant).map_err(ledger_error)?;
        records.push(vec![
            ("made-at", Value::At(file.added_at)),
            ("actor", Value::Text(survey.agency.clone())),
            ("title", Value::Text(survey.title_zh.clone())),
            ("file", Value::Text(file.document.name)),
            ("digest", Value::Text(file.document.sha256)),
        ]);
    }
    Ok(records)
}

fn ledger_error(error: SurveyError) -> LedgerError {
    match error {
        SurveyError::Db(error) => LedgerError::Db(error),
        SurveyError::Ledger(error) => error,
        _ => LedgerError::Sealed,
    }
}
