//! What people wrote: on pages, and as a file. Reading is written down in the record of everybody whose name is on it.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    web::{Data, Path},
};
use serde_json::Value;

use super::{Asker, at_desk, files::file_line, fits};
use crate::{
    cases::papers::{FileId, alone},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    ledger::StaffId,
    platform::Texts,
    surveys::{
        Asked, Question, Stage, Survey, SurveyError, files,
        read::{self, Part, Read},
        views::{AnswerLine, AnswersView},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Dates as _, Pager, Tab, Text},
        query, see_other, sheet,
    },
};

const AT_ONCE: usize = 20;
/// So many are read in one transaction for a file.
const SET: i64 = 500;
const LONGEST_REASON: usize = 200;

/// An answer in words.
fn words(present: Presenter<'_>, question: &Question, answer: &Value) -> String {
    let t = present.t;
    let choice = |value: &str| {
        question.choice(value).map_or_else(|| value.to_owned(), |label| present.text(label).text)
    };
    match answer {
        Value::String(value) if question.asked.has_choices() => choice(value),
        Value::String(text) => match text.parse() {
            Ok(day) if question.asked == Asked::Date => t.day(&day),
            _ => text.clone(),
        },
        Value::Array(values) => {
            values.iter().filter_map(Value::as_str).map(choice).collect::<Vec<_>>().join(t.list_comma())
        }
        Value::Bool(yes) => if *yes { t.survey_yes() } else { t.survey_no() }.to_owned(),
        other => other.to_string(),
    }
}

/// `GET /agency/surveys/{id}/answers`
pub async fn answers(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    request: HttpRequest,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let staff = Asker::of(&visitor, &site).await?;
    let survey = staff.survey(&site, &id).await?;
    let here = at_desk(survey.id);
    if survey.stage(site.clock.today()) == Stage::Draft || survey.is_cleared() {
        return Ok(Either::Left(see_other(&here)));
    }
    let t = visitor.texts();
    let named = query(&request, "part").as_deref() != Some("unnamed");
    let page = query(&request, "page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).max(1);
    let skip = i64::try_from((page - 1).saturating_mul(AT_ONCE)).unwrap_or(i64::MAX);
    let part = Part { named, beyond: None, skip, most: i64::try_from(AT_ONCE).unwrap_or(i64::MAX) };
    let (ring, now, by) = (Arc::clone(&site.keys), site.clock.now(), staff.id());
    let (asked, why) = (survey.clone(), survey.title_zh.clone());
    let ((with, without), found) = site
        .db
        .tx(move |c: &mut Conn| {
            let counted = read::count(c, asked.id)?;
            Ok::<_, SurveyError>((counted, read::read(c, &ring, now, &asked, (by, &why), part)?))
        })
        .await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(t, &edition.catalogue);
    let tab = |tag: &'static str, count: i64| Tab {
        label: t.survey_tab(tag),
        url: format!("{here}/answers?part={tag}"),
        count: usize::try_from(count).ok(),
        current: (tag == "named") == named,
    };
    let all = usize::try_from(if named { with } else { without }).unwrap_or_default();
    let base = format!("{here}/answers?part={}&page=", if named { "named" } else { "unnamed" });
    let view = AnswersView {
        title: present.text(&survey.title()),
        tabs: vec![tab("named", with), tab("unnamed", without)],
        named,
        answers: found.into_iter().map(|one| line(present, &survey, one)).collect(),
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base },
        url: here,
        frame: visitor.frame(),
    };
    Ok(Either::Right(Page::new(&view)?))
}

fn line(present: Presenter<'_>, survey: &Survey, one: Read) -> AnswerLine {
    let worded = survey.questions().iter().filter(|question| question.asked != Asked::File);
    let said = worded.filter_map(|question| {
        let answer = one.document.get(&question.name)?;
        Some((present.text(&question.label), words(present, question, answer)))
    });
    let here = at_desk(survey.id);
    let put = survey.files().filter_map(|question| {
        let file = one.files.iter().find(|file| file.question == question.name)?;
        Some((present.text(&question.label), file_line(file, &here)))
    });
    let (said, files) = (said.collect::<Vec<(Text, String)>>(), put.collect());
    AnswerLine { said, files, name: one.name, day: one.day }
}

/// `GET /agency/surveys/{id}/files/{file}`: a look, each time.
pub async fn answer_file(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (id, file) = path.into_inner();
    let staff = Asker::of(&visitor, &site).await?;
    let survey = staff.survey(&site, &id).await?;
    let file: FileId = file.parse().map_err(|_| Failure::NotFound)?;
    let (ring, now, by) = (Arc::clone(&site.keys), site.clock.now(), staff.id());
    let look = move |c: &mut Conn| files::for_staff(c, &ring, now, (&survey, by), file);
    let document = site.db.tx(look).await?;
    alone::hand(&files::folder(&site), &document).await
}

/// `POST /agency/surveys/{id}/answers.csv`
pub async fn export(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let staff = Asker::of(&visitor, &site).await?;
    let survey = staff.survey(&site, &id).await?;
    let here = at_desk(survey.id);
    if survey.stage(site.clock.today()) == Stage::Draft || survey.is_cleared() {
        return Ok(see_other(&here));
    }
    let why = sent.get("why").to_owned();
    if !fits(&why, LONGEST_REASON) {
        return Ok(see_other(&format!("{here}?said=why")));
    }
    let all = everything(&site, &survey, (staff.id(), &why)).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    sheet(&format!("survey-{}", survey.id), table(present, &survey, &all))
}

/// All answers, in sets: nobody else's writing waits for the looks of thousands.
async fn everything(site: &Site, survey: &Survey, (by, why): (StaffId, &str)) -> Result<Vec<Read>, Failure> {
    let mut all = Vec::new();
    for named in [true, false] {
        let mut beyond = None;
        loop {
            let part = Part { named, beyond, skip: 0, most: SET };
            let (ring, now, survey, why) =
                (Arc::clone(&site.keys), site.clock.now(), survey.clone(), why.to_owned());
            let read = move |c: &mut Conn| read::read(c, &ring, now, &survey, (by, &why), part);
            let set = site.db.tx(read).await?;
            let Some(last) = set.last() else { break };
            beyond = Some(last.id);
            all.extend(set);
        }
    }
    Ok(all)
}

/// A line for each answer, under what was asked.
fn table(present: Presenter<'_>, survey: &Survey, all: &[Read]) -> Vec<Vec<String>> {
    let t: Texts = present.t;
    let heads = [t.survey_csv_name().to_owned(), t.survey_csv_day().to_owned()];
    let labels = survey.questions().iter().map(|question| present.text(&question.label).text);
    let mut rows = vec![heads.into_iter().chain(labels).collect()];
    for one in all {
        let first = [one.name.clone().unwrap_or_default(), one.day.to_string()];
        let said = survey.questions().iter().map(|question| match question.asked {
            Asked::File => one
                .files
                .iter()
                .find(|file| file.question == question.name)
                .map_or_else(String::new, |file| file.document.name.clone()),
            _ => one
                .document
                .get(&question.name)
                .map_or_else(String::new, |answer| words(present, question, answer)),
        });
        rows.push(first.into_iter().chain(said).collect());
    }
    rows
}
