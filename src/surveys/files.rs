//! Files that answer questions of a survey, under the name of whoever answers. Each question has one.
//!
//! They are taken in before the answers are sent, as papers of applications are, and belong to the answer as soon as there is
//! one: whoever puts another file there later changes the answer. An agency's staff see those of answers only, each
//! download is a look, and nothing is ever shown in the portal's own name.

use std::path::PathBuf;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_forms::Draft;

use super::{
    Stage, Survey, SurveyError, SurveyId,
    answer::{self, By},
    queries::one,
};
use crate::{
    cases::papers::{FileId, alone::Document},
    db::{
        Conn, DbError, Stamp,
        schema::{survey_answers, survey_files},
    },
    ledger::{self, Actor, Basis, CitizenId, Look, Private, Purpose, StaffId, Warrant},
    platform::{Moment, clock::city_day, keys::KeyRing},
    web::Site,
};

/// Where names and keys of files are sealed.
pub(super) const ABOUT: &str = "survey_files.about";
/// Below the folder of papers.
const FOLDER: &str = "surveys";

pub(super) fn folder(site: &Site) -> PathBuf {
    site.files.folder.join(FOLDER)
}

/// Who answers which survey.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    pub citizen: CitizenId,
    /// How well they are signed in.
    pub level: u8,
    pub survey: SurveyId,
}

/// A file as its owner, or whoever has a warrant, sees it.
#[derive(Debug, Clone)]
pub struct File {
    pub question: String,
    pub added_at: Moment,
    pub document: Document,
}

/// What is personal about a file.
#[derive(Serialize, Deserialize)]
struct About {
    name: String,
    key: String,
    sha256: String,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = survey_files)]
pub(super) struct Row {
    pub citizen_id: CitizenId,
    id: FileId,
    question: String,
    media_type: String,
    size: i64,
    about: Private,
    added_at: Stamp,
}

impl Row {
    pub(super) fn opened(self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<File, SurveyError> {
        let text = warrant.open(c, ring, ABOUT, &self.about)?;
        let About { name, key, sha256 } =
            serde_json::from_str(&text).map_err(|error| SurveyError::Stored(error.to_string()))?;
        let size = u64::try_from(self.size).unwrap_or_default();
        let document = Document { id: self.id, name, media_type: self.media_type, size, sha256, key };
        Ok(File { question: self.question, added_at: self.added_at.moment(), document })
    }
}

type Of = diesel::dsl::Filter<
    diesel::dsl::Filter<survey_files::table, diesel::dsl::Eq<survey_files::citizen_id, CitizenId>>,
    diesel::dsl::Eq<survey_files::survey_id, SurveyId>,
>;

fn of(citizen: CitizenId, survey: SurveyId) -> Of {
    survey_files::table
        .filter(survey_files::citizen_id.eq(citizen))
        .filter(survey_files::survey_id.eq(survey))
}

/// One that takes answers, for somebody who may give one.
fn open(c: &mut Conn, now: Moment, slot: Slot) -> Result<Survey, SurveyError> {
    let survey = one(c, slot.survey)?;
    if survey.stage(city_day(now)) != Stage::Open {
        Err(SurveyError::Closed)
    } else if slot.level < survey.who().level() {
        Err(SurveyError::NotEntitled)
    } else {
        Ok(survey)
    }
}

/// Puts a file that was taken in to its question, in place of the one that is there. All of an answer together have `most`
/// bytes.
pub fn put(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    slot: Slot,
    (question, document): (&str, &Document),
    most: u64,
) -> Result<(), SurveyError> {
    let survey = open(c, now, slot)?;
    if !survey.files().any(|asked| asked.name == question) {
        return Err(SurveyError::Unknown);
    }
    let theirs = || of(slot.citizen, slot.survey);
    let others: Vec<i64> =
        theirs().filter(survey_files::question.ne(question)).select(survey_files::size).load(c)?;
    let size = i64::try_from(document.size).unwrap_or(i64::MAX);
    let sum = others.into_iter().fold(size, i64::saturating_add);
    if u64::try_from(sum).unwrap_or_default() > most {
        return Err(SurveyError::TooMuch(most >> 20));
    }
    diesel::delete(theirs().filter(survey_files::question.eq(question))).execute(c)?;
    let (name, key, sha256) = (document.name.clone(), document.key.clone(), document.sha256.clone());
    let about = serde_json::to_string(&About { name, key, sha256 })
        .map_err(|error| SurveyError::Stored(error.to_string()))?;
    let made = diesel::insert_into(survey_files::table)
        .values((
            survey_files::citizen_id.eq(slot.citizen),
            survey_files::id.eq(document.id),
            survey_files::survey_id.eq(slot.survey),
            survey_files::question.eq(question),
            survey_files::media_type.eq(&document.media_type),
            survey_files::size.eq(size),
            survey_files::about.eq(ledger::seal(c, ring, slot.citizen, ABOUT, &about)?),
            survey_files::added_at.eq(Stamp::from(now)),
        ))
        .execute(c);
    match made.map_err(DbError::from) {
        Ok(_) => settle(c, ring, now, slot),
        Err(DbError::Conflict(_)) => Err(SurveyError::Meanwhile),
        Err(error) => Err(error.into()),
    }
}

/// Takes the file of a question away. One that an answer must have is replaced, not taken away: [`SurveyError::NeedsFile`].
pub fn remove(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    slot: Slot,
    question: &str,
) -> Result<(), SurveyError> {
    open(c, now, slot)?;
    let theirs = of(slot.citizen, slot.survey).filter(survey_files::question.eq(question));
    let gone = diesel::delete(theirs).execute(c)?;
    if gone == 0 { Ok(()) } else { settle(c, ring, now, slot) }
}

/// An answer that was given before has its files as they are now, and is counted so.
fn settle(c: &mut Conn, ring: &KeyRing, now: Moment, slot: Slot) -> Result<(), SurveyError> {
    let warrant = ledger::own(slot.citizen);
    let Some(draft) = answer::own(c, ring, slot.survey, &warrant)? else { return Ok(()) };
    let by = By::Person { citizen: slot.citizen, level: slot.level, named: true };
    answer::give(c, ring, now, slot.survey, by, &draft).map(|_| ())
}

/// Holds what somebody put there: none of it is taken away until the answer is there that names it. Before the answer itself,
/// always, so that nobody waits for each other.
pub(super) fn hold(c: &mut Conn, survey: &Survey, citizen: CitizenId) -> Result<(), DbError> {
    if survey.files().next().is_some() {
        // Writing first takes the rows' locks on PostgreSQL; on SQLite there is one writer anyway.
        diesel::update(of(citizen, survey.id)).set(survey_files::size.eq(survey_files::size)).execute(c)?;
    }
    Ok(())
}

/// The answers with the files that are there, whatever they said of them before.
pub(super) fn attached(
    c: &mut Conn,
    survey: &Survey,
    citizen: CitizenId,
    draft: &Draft,
) -> Result<Draft, SurveyError> {
    let mut draft = draft.clone();
    if survey.files().next().is_none() {
        return Ok(draft);
    }
    let form = survey.form()?;
    hold(c, survey, citizen)?;
    let there: Vec<(String, FileId)> =
        of(citizen, survey.id).select((survey_files::question, survey_files::id)).load(c)?;
    for asked in survey.files() {
        match there.iter().find(|(question, _)| *question == asked.name) {
            Some((question, id)) => {
                draft.attach(&form, question, &id.to_string());
            }
            None => draft.detach(&form, &asked.name),
        }
    }
    Ok(draft)
}

/// What somebody has put to the questions of a survey.
pub fn of_person(
    c: &mut Conn,
    ring: &KeyRing,
    survey: SurveyId,
    warrant: &Warrant,
) -> Result<Vec<File>, SurveyError> {
    let rows: Vec<Row> =
        of(warrant.citizen(), survey).order(survey_files::id).select(Row::as_select()).load(c)?;
    rows.into_iter().map(|row| row.opened(c, ring, warrant)).collect()
}

/// Whether a file that must be there is not.
pub fn lacks(survey: &Survey, files: &[File]) -> bool {
    survey.files().any(|asked| asked.required && !files.iter().any(|file| file.question == asked.name))
}

/// What belongs to the answers of some people.
pub(super) fn of_people(c: &mut Conn, survey: SurveyId, people: &[CitizenId]) -> Result<Vec<Row>, DbError> {
    Ok(survey_files::table
        .filter(survey_files::survey_id.eq(survey))
        .filter(survey_files::citizen_id.eq_any(people.to_vec()))
        .order(survey_files::id)
        .select(Row::as_select())
        .load(c)?)
}

/// A file of an answer, for a member of the staff who ask. The look stands in the record of whoever gave it; what waits for
/// an answer is not theirs to see.
pub fn for_staff(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (survey, staff): (&Survey, StaffId),
    id: FileId,
) -> Result<Document, SurveyError> {
    let answered = survey_answers::citizen_id
        .eq(survey_files::citizen_id)
        .and(survey_answers::survey_id.eq(survey_files::survey_id));
    let row: Option<Row> = survey_files::table
        .inner_join(survey_answers::table.on(answered))
        .filter(survey_files::survey_id.eq(survey.id))
        .filter(survey_files::id.eq(id))
        .select(Row::as_select())
        .first(c)
        .optional()?;
    let row = row.ok_or(SurveyError::Unknown)?;
    let look = Look {
        citizen: row.citizen_id,
        actor: Actor::Staff(staff),
        purpose: Purpose::Service,
        basis: Basis::Consent,
        fields: &["papers"],
        detail: Some(survey.title_zh.as_str()),
    };
    let warrant = ledger::look(c, ring, now, &look)?;
    Ok(row.opened(c, ring, &warrant)?.document)
}

/// Forgets what somebody put there. The files lose their keys with the rows, and are swept.
pub(super) fn forget(c: &mut Conn, citizen: CitizenId, survey: SurveyId) -> Result<(), DbError> {
    diesel::delete(of(citizen, survey)).execute(c)?;
    Ok(())
}

/// Two accounts of one person become one: files stay with the answer that goes over, and what was not sent yet is let go.
pub(super) fn join(c: &mut Conn, from: CitizenId, into: CitizenId) -> Result<(), DbError> {
    let answered: Vec<SurveyId> = survey_answers::table
        .filter(survey_answers::citizen_id.eq(from))
        .select(survey_answers::survey_id)
        .load(c)?;
    let waiting = survey_files::table
        .filter(survey_files::citizen_id.eq(from))
        .filter(survey_files::survey_id.ne_all(answered.clone()));
    diesel::delete(waiting).execute(c)?;
    let others = survey_files::table
        .filter(survey_files::citizen_id.eq(into))
        .filter(survey_files::survey_id.eq_any(answered));
    diesel::delete(others).execute(c)?;
    Ok(())
}
