//! Counting answers as they come in.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::{Asked, SurveyId, questions::Question};
use crate::{
    db::{Conn, DbError, schema::survey_counts},
    upsert,
};

/// Stands in place of a choice for: how many answered.
const ALL: &str = "";
/// Stands in place of a choice for the sum of numbers. No choice is called so.
const SUM: &str = "sum";
/// Stands in place of a question for the answers as a whole.
const WHOLE: &str = "";
const NAMED: &str = "named";
const UNNAMED: &str = "unnamed";

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<(String, String), i64>);

impl Tally {
    fn count(&self, question: &str, choice: &str) -> u64 {
        let count = self.0.get(&(question.to_owned(), choice.to_owned())).copied().unwrap_or(0);
        u64::try_from(count).unwrap_or(0)
    }

    pub fn named(&self) -> u64 {
        self.count(WHOLE, NAMED)
    }

    pub fn unnamed(&self) -> u64 {
        self.count(WHOLE, UNNAMED)
    }

    /// How many answered the survey.
    pub fn all(&self) -> u64 {
        self.named() + self.unnamed()
    }

    /// How many answered this question.
    pub fn answered(&self, question: &Question) -> u64 {
        self.count(&question.name, ALL)
    }

    /// How many chose this.
    pub fn chose(&self, question: &Question, choice: &str) -> u64 {
        self.count(&question.name, choice)
    }

    /// The sum of what was answered to a question for a number.
    pub fn sum(&self, question: &Question) -> u64 {
        self.count(&question.name, SUM)
    }
}

/// What one answer adds: question, choice, how much.
fn parts(questions: &[Question], document: &Map<String, Value>) -> Vec<(String, String, i64)> {
    let mut parts = Vec::new();
    for question in questions {
        let Some(answer) = document.get(&question.name) else { continue };
        let mut add = |choice: &str, by: i64| parts.push((question.name.clone(), choice.to_owned(), by));
        add(ALL, 1);
        match (question.asked, answer) {
            (Asked::One, Value::String(choice)) => add(choice, 1),
            (Asked::Several, Value::Array(chosen)) => {
                chosen.iter().filter_map(Value::as_str).for_each(|choice| add(choice, 1));
            }
            (Asked::YesNo, Value::Bool(yes)) => add(if *yes { "yes" } else { "no" }, 1),
            (Asked::Number, number) => add(SUM, number.as_i64().unwrap_or(0)),
            _ => {}
        }
    }
    parts
}

/// What is to be added to the counts and taken out of them. It is done at once and in one order, so that two answers
/// that come in at the same moment do not wait for one another.
#[derive(Debug, Default)]
pub(super) struct Change(BTreeMap<(String, String), i64>);

impl Change {
    /// With one answer more.
    #[must_use]
    pub(super) fn more(mut self, questions: &[Question], document: &Map<String, Value>, named: bool) -> Self {
        self.add(questions, document, named, 1);
        self
    }

    /// With one answer less.
    #[must_use]
    pub(super) fn less(mut self, questions: &[Question], document: &Map<String, Value>, named: bool) -> Self {
        self.add(questions, document, named, -1);
        self
    }

    fn add(&mut self, questions: &[Question], document: &Map<String, Value>, named: bool, times: i64) {
        let whole = (WHOLE.to_owned(), if named { NAMED } else { UNNAMED }.to_owned(), 1);
        for (question, choice, by) in parts(questions, document).into_iter().chain([whole]) {
            *self.0.entry((question, choice)).or_default() += by * times;
        }
    }

    pub(super) fn carry_out(self, c: &mut Conn, survey: SurveyId) -> Result<(), DbError> {
        for ((question, choice), by) in self.0.into_iter().filter(|(_, by)| *by != 0) {
            let row = (
                survey_counts::survey_id.eq(survey),
                survey_counts::question.eq(&question),
                survey_counts::choice.eq(&choice),
                survey_counts::count.eq(by),
            );
            let key = (survey_counts::survey_id, survey_counts::question, survey_counts::choice);
            upsert!(c, survey_counts::table => row, on key, set survey_counts::count.eq(survey_counts::count + by))?;
        }
        Ok(())
    }
}

/// What has been counted.
pub fn of(c: &mut Conn, survey: SurveyId) -> Result<Tally, DbError> {
    let rows: Vec<(String, String, i64)> = survey_counts::table
        .filter(survey_counts::survey_id.eq(survey))
        .select((survey_counts::question, survey_counts::choice, survey_counts::count))
        .load(c)?;
    Ok(Tally(rows.into_iter().map(|(question, choice, count)| ((question, choice), count)).collect()))
}

/// What has been counted of several.
pub fn of_several(c: &mut Conn, surveys: &[SurveyId]) -> Result<HashMap<SurveyId, Tally>, DbError> {
    let rows: Vec<(SurveyId, String, String, i64)> = survey_counts::table
        .filter(survey_counts::survey_id.eq_any(surveys))
        .select((
            survey_counts::survey_id,
            survey_counts::question,
            survey_counts::choice,
            survey_counts::count,
        ))
        .load(c)?;
    let mut all: HashMap<SurveyId, Tally> = HashMap::new();
    for (survey, question, choice, count) in rows {
        all.entry(survey).or_default().0.insert((question, choice), count);
    }
    Ok(all)
}
