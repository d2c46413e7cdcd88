//! What people wrote, as staff read it: each answer under a name is a look in that person's record.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Map, Value};
use yimen_forms::Form;

use super::{
    AnswerId, Survey, SurveyError,
    answer::{self, UNNAMED},
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

/// More is not written into one file.
pub const MOST: i64 = 10_000;

/// Which of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub named: bool,
    pub after: i64,
    pub most: i64,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Read {
    /// Under whose name; whoever has none yet is still somebody.
    pub name: Option<String>,
    pub day: NaiveDate,
    pub document: Map<String, Value>,
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
    let rows: Vec<(CitizenId, Private, Stamp)> = survey_answers::table
        .filter(survey_answers::survey_id.eq(survey.id))
        .order(survey_answers::id)
        .offset(part.after)
        .limit(part.most)
        .select((survey_answers::citizen_id, survey_answers::answers, survey_answers::changed_at))
        .load(c)?;
    let mut all = Vec::with_capacity(rows.len());
    for (citizen, answers, at) in rows {
        let look = Look {
            citizen,
            actor: Actor::Staff(staff),
            purpose: Purpose::Service,
            basis: Basis::Consent,
            fields: &["name", "answers"],
            detail: Some(why),
        };
        let warrant = ledger::look(c, ring, now, &look)?;
        let draft = answer::opened(c, ring, &answers, &warrant)?;
        let day = city_day(at.moment());
        all.push(Read {
            name: accounts::name(c, ring, &warrant)?,
            day,
            document: form.fill(&draft, day).document().clone(),
        });
    }
    Ok(all)
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
        .order(survey_unnamed::id)
        .offset(part.after)
        .limit(part.most)
        .select((survey_unnamed::id, survey_unnamed::day, survey_unnamed::answers))
        .load(c)?;
    let opened = |(_, day, answers): (AnswerId, NaiveDate, Sealed)| {
        let draft = answer::read(&answers.open(ring, UNNAMED)?)?;
        Ok(Read { name: None, day, document: form.fill(&draft, day).document().clone() })
    };
    rows.into_iter().map(opened).collect()
}
