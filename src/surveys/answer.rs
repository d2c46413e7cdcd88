//! Answering: once each, under one's name or without it.

use diesel::{dsl::exists, prelude::*};
use serde_json::{Map, Value};
use yimen_forms::Draft;

use super::{AnswerId, Names, Stage, Survey, SurveyError, SurveyId, Who, files, queries::one, tally::Change};
use crate::{
    db::{
        Conn, Sealed, Stamp,
        schema::{survey_answers, survey_marks, survey_unnamed},
    },
    each,
    ledger::{self, CitizenId, Private, Warrant},
    platform::{
        Moment,
        clock::city_day,
        keys::{KeyError, KeyRing},
        random,
    },
};

/// Where answers under a name are sealed.
pub(super) const ANSWERS: &str = "survey_answers.answers";
/// Where answers without a name are.
pub(super) const UNNAMED: &str = "survey_unnamed.answers";

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Somebody without an account, or who keeps it out of this.
    Nobody,
    Person {
        citizen: CitizenId,
        level: u8,
        named: bool,
    },
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    New,
    /// It took the place of what they had answered before.
    Changed,
}

/// Takes an answer, in the caller's transaction.
pub fn give(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    survey: SurveyId,
    by: By,
    draft: &Draft,
) -> Result<Given, SurveyError> {
    let survey = one(c, survey)?;
    if survey.stage(city_day(now)) != Stage::Open {
        return Err(SurveyError::Closed);
    }
    let draft = match by {
        By::Nobody => draft.clone(),
        By::Person { citizen, .. } => files::attached(c, &survey, citizen, draft)?,
    };
    let document = understood(&survey, &draft, now)?;
    let text = serde_json::to_string(&draft).map_err(|error| SurveyError::Stored(error.to_string()))?;
    match by {
        By::Nobody if survey.who() == Who::Everybody => {
            put_unnamed(c, ring, now, &survey, (&text, &document))?;
            Ok(Given::New)
        }
        By::Nobody => Err(SurveyError::NotEntitled),
        By::Person { citizen, level, named } => {
            let fits = match survey.names() {
                Names::Named => named,
                Names::Choice => true,
                Names::Unnamed => !named,
            };
            if !fits || level < survey.who().level() {
                return Err(SurveyError::NotEntitled);
            }
            let mut first = mark(c, ring, survey.id, citizen)?;
            let there = held(c, survey.id, citizen)?;
            if !first && there.is_none() {
                // What they had answered may have been taken back at the same moment.
                first = mark(c, ring, survey.id, citizen)?;
            }
            match (first, there) {
                (true, _) if named => put_named(c, ring, now, &survey, citizen, (&text, &document))?,
                (true, _) => put_unnamed(c, ring, now, &survey, (&text, &document))?,
                (false, Some(old)) if named => {
                    change(c, ring, now, &survey, (citizen, &old), (&text, &document))?;
                    return Ok(Given::Changed);
                }
                // Whoever has answered without a name cannot be found, so nothing can take its place.
                (false, _) => return Err(SurveyError::Answered),
            }
            Ok(Given::New)
        }
    }
}

/// What a draft says, if nothing is wrong with it. The page has said so before; but a file may have been taken away in
/// another window since.
fn understood(survey: &Survey, draft: &Draft, now: Moment) -> Result<Map<String, Value>, SurveyError> {
    let form = survey.form()?;
    let filled = form.fill(draft, city_day(now));
    if survey.files().any(|asked| filled.missing().any(|missing| missing == asked.name)) {
        return Err(SurveyError::NeedsFile);
    }
    filled.submission().map_err(|_| SurveyError::Stored("answers that are wrong".to_owned()))
}

/// Whether this is the first time that this person answers.
fn mark(c: &mut Conn, ring: &KeyRing, survey: SurveyId, citizen: CitizenId) -> Result<bool, SurveyError> {
    let row = (survey_marks::survey_id.eq(survey), survey_marks::mark.eq(digest(ring, survey, citizen)));
    let made = each!(c, |c| diesel::insert_into(survey_marks::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(made == 1)
}

fn digest(ring: &KeyRing, survey: SurveyId, citizen: CitizenId) -> Vec<u8> {
    let whom = [*survey.uuid().as_bytes(), *citizen.uuid().as_bytes()].concat();
    ring.lookup("survey_marks.mark", &whom).to_vec()
}

/// How somebody stands to a survey.
#[derive(Debug, Default)]
pub struct Standing {
    /// They have answered, and may change it.
    pub named: bool,
    /// They have answered without their name.
    pub unnamed: bool,
}

/// Asked in one statement: between two of them an answer from another window can come, and a mark that is seen
/// without its answer would say that it was given without a name.
pub fn standing(
    c: &mut Conn,
    ring: &KeyRing,
    survey: SurveyId,
    citizen: CitizenId,
) -> Result<Standing, SurveyError> {
    let theirs = survey_answers::table
        .filter(survey_answers::citizen_id.eq(citizen))
        .filter(survey_answers::survey_id.eq(survey));
    let mark = survey_marks::table.find((survey, digest(ring, survey, citizen)));
    let (named, any): (bool, bool) = diesel::select((exists(theirs), exists(mark))).get_result(c)?;
    Ok(Standing { named, unnamed: any && !named })
}

/// What somebody answered under their name.
#[derive(Debug, Clone)]
struct Before {
    id: AnswerId,
    answers: Private,
}

/// The same for whoever is about to put something in its place: nobody else does so meanwhile.
fn held(c: &mut Conn, survey: SurveyId, citizen: CitizenId) -> Result<Option<Before>, SurveyError> {
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    let theirs = survey_answers::table
        .filter(survey_answers::citizen_id.eq(citizen))
        .filter(survey_answers::survey_id.eq(survey));
    diesel::update(theirs).set(survey_answers::changed_at.eq(survey_answers::changed_at)).execute(c)?;
    before(c, survey, citizen)
}

fn before(c: &mut Conn, survey: SurveyId, citizen: CitizenId) -> Result<Option<Before>, SurveyError> {
    let found: Option<(AnswerId, Private)> = survey_answers::table
        .filter(survey_answers::citizen_id.eq(citizen))
        .filter(survey_answers::survey_id.eq(survey))
        .select((survey_answers::id, survey_answers::answers))
        .first(c)
        .optional()?;
    Ok(found.map(|(id, answers)| Before { id, answers }))
}

/// The same, opened: to be changed.
pub fn own(
    c: &mut Conn,
    ring: &KeyRing,
    survey: SurveyId,
    warrant: &Warrant,
) -> Result<Option<Draft>, SurveyError> {
    let Some(old) = before(c, survey, warrant.citizen())? else { return Ok(None) };
    opened(c, ring, &old.answers, warrant).map(Some)
}

pub(super) fn opened(
    c: &mut Conn,
    ring: &KeyRing,
    answers: &Private,
    warrant: &Warrant,
) -> Result<Draft, SurveyError> {
    read(&warrant.open(c, ring, ANSWERS, answers)?)
}

pub(super) fn read(text: &str) -> Result<Draft, SurveyError> {
    serde_json::from_str(text).map_err(|error| SurveyError::Stored(error.to_string()))
}

fn put_named(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    survey: &Survey,
    citizen: CitizenId,
    (text, document): (&str, &Map<String, Value>),
) -> Result<(), SurveyError> {
    let sealed = ledger::seal(c, ring, citizen, ANSWERS, text)?;
    diesel::insert_into(survey_answers::table)
        .values((
            survey_answers::citizen_id.eq(citizen),
            survey_answers::id.eq(AnswerId::new()),
            survey_answers::survey_id.eq(survey.id),
            survey_answers::answers.eq(sealed),
            survey_answers::made_at.eq(Stamp::from(now)),
            survey_answers::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(Change::default().more(survey.questions(), document, true).carry_out(c, survey.id)?)
}

fn put_unnamed(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    survey: &Survey,
    (text, document): (&str, &Map<String, Value>),
) -> Result<(), SurveyError> {
    // A number of pure chance: others say at which moment they were given.
    let bytes: [u8; 16] = random::bytes().map_err(KeyError::from)?;
    let id = AnswerId::from(uuid::Builder::from_random_bytes(bytes).into_uuid());
    diesel::insert_into(survey_unnamed::table)
        .values((
            survey_unnamed::id.eq(id),
            survey_unnamed::survey_id.eq(survey.id),
            survey_unnamed::day.eq(city_day(now)),
            survey_unnamed::answers.eq(Sealed::new(ring, UNNAMED, text)?),
        ))
        .execute(c)?;
    Ok(Change::default().more(survey.questions(), document, false).carry_out(c, survey.id)?)
}

fn change(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    survey: &Survey,
    (citizen, old): (CitizenId, &Before),
    (text, document): (&str, &Map<String, Value>),
) -> Result<(), SurveyError> {
    let less = without(c, ring, now, survey, (&ledger::own(citizen), old))?;
    let sealed = ledger::seal(c, ring, citizen, ANSWERS, text)?;
    diesel::update(survey_answers::table.find((citizen, old.id)))
        .set((survey_answers::answers.eq(sealed), survey_answers::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    Ok(less.more(survey.questions(), document, true).carry_out(c, survey.id)?)
}

/// The counts without an answer.
fn without(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    survey: &Survey,
    (warrant, old): (&Warrant, &Before),
) -> Result<Change, SurveyError> {
    let draft = opened(c, ring, &old.answers, warrant)?;
    let form = survey.form()?;
    let filled = form.fill(&draft, city_day(now));
    Ok(Change::default().less(survey.questions(), filled.document(), true))
}

/// Takes back what one answered under one's name, while answers are taken. Done twice it is done once.
pub fn take_back(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    survey: SurveyId,
    citizen: CitizenId,
) -> Result<(), SurveyError> {
    let survey = one(c, survey)?;
    if survey.stage(city_day(now)) != Stage::Open {
        return Err(SurveyError::Closed);
    }
    files::hold(c, &survey, citizen)?;
    let Some(old) = held(c, survey.id, citizen)? else { return Ok(()) };
    let gone = diesel::delete(survey_answers::table.find((citizen, old.id))).execute(c)?;
    if gone == 1 {
        files::forget(c, citizen, survey.id)?;
        without(c, ring, now, &survey, (&ledger::own(citizen), &old))?.carry_out(c, survey.id)?;
        diesel::delete(survey_marks::table.find((survey.id, digest(ring, survey.id, citizen)))).execute(c)?;
    }
    Ok(())
}

/// Two accounts of one person become one: of two answers the staying account's counts, and that either has answered
/// is known of the one that stays.
pub(super) fn join(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (warrant, into): (&Warrant, CitizenId),
) -> Result<(), SurveyError> {
    let from = warrant.citizen();
    let theirs: Vec<(AnswerId, SurveyId, Private)> = survey_answers::table
        .filter(survey_answers::citizen_id.eq(from))
        .select((survey_answers::id, survey_answers::survey_id, survey_answers::answers))
        .load(c)?;
    for (id, survey, answers) in theirs {
        if mark(c, ring, survey, into)? {
            continue;
        }
        let survey = one(c, survey)?;
        without(c, ring, now, &survey, (warrant, &Before { id, answers }))?.carry_out(c, survey.id)?;
        diesel::delete(survey_answers::table.find((from, id))).execute(c)?;
    }
    files::join(c, from, into)?;
    Ok(())
}
