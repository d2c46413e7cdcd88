//! `/surveys/{id}/files`: what somebody puts to the questions that are answered with files, before they fill in the form.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    answering::{person, signed_in},
    public_url, published,
};
use crate::{
    cases::papers::{FileId, alone, views::FileLine},
    db::Conn,
    ledger::{self, CitizenId},
    platform::{Texts, named},
    surveys::{
        Question, Survey, SurveyError, answer,
        files::{self, File, Slot},
        questions::LARGEST_FILE,
        views::{FileAsked, FilesView},
    },
    web::{
        Coming, ComingFile, Failure, Page, Site, Submitted, Visitor, frame::Text, query, see_other,
        session::Session,
    },
};

/// More than this is not read past.
const PAST: u64 = 128 << 20;

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// A file in a list, of the survey at this address.
pub(super) fn file_line(file: &File, base: &str) -> FileLine {
    let (id, document) = (file.document.id.to_string(), &file.document);
    FileLine {
        url: format!("{base}/files/{id}"),
        id,
        name: document.name.clone(),
        size: alone::size(document.size),
    }
}

/// The questions for files, with what is there.
pub(super) fn asked(
    t: Texts,
    survey: &Survey,
    files: &[File],
    wrong: impl Fn(&Question, bool) -> Option<String>,
) -> Vec<FileAsked> {
    let base = public_url(survey.id);
    let one = |question: &Question| {
        let file = files.iter().find(|file| file.question == question.name);
        FileAsked {
            name: question.name.clone(),
            label: Text::of(t, &question.label),
            hint: (!question.hint.is_empty()).then(|| Text::of(t, &question.hint)),
            required: question.required,
            error: wrong(question, file.is_some()),
            file: file.map(|file| file_line(file, &base)),
        }
    };
    survey.files().map(one).collect()
}

/// What somebody has put there.
pub(super) async fn theirs(site: &Site, survey: &Survey, citizen: CitizenId) -> Result<Vec<File>, Failure> {
    let (ring, id) = (Arc::clone(&site.keys), survey.id);
    let read = move |c: &mut Conn| files::of_person(c, &ring, id, &ledger::own(citizen));
    Ok(site.db.read(read).await?)
}

/// A published one that asks for files.
async fn asking(site: &Site, id: &str) -> Result<Survey, Failure> {
    let survey = published(site, id).await?;
    if survey.files().next().is_some() { Ok(survey) } else { Err(Failure::NotFound) }
}

fn slot(survey: &Survey, session: &Session) -> Slot {
    Slot { citizen: CitizenId::from(session.signed.subject), level: session.signed.level, survey: survey.id }
}

fn here(survey: &Survey) -> String {
    format!("{}/files", public_url(survey.id))
}

async fn shown(
    visitor: &Visitor,
    site: &Site,
    (survey, slot): (&Survey, Slot),
    wrong: impl Fn(&Question, bool) -> Option<String>,
) -> Result<Page, Failure> {
    let t = visitor.texts();
    let there = theirs(site, survey, slot.citizen).await?;
    let (ring, id, citizen) = (Arc::clone(&site.keys), survey.id, slot.citizen);
    let standing = site.db.read(move |c: &mut Conn| answer::standing(c, &ring, id, citizen)).await?;
    Page::new(&FilesView {
        frame: visitor.frame(),
        csrf: visitor.form_token(site)?,
        title: Text::of(t, &survey.title()),
        url: public_url(survey.id),
        action: here(survey),
        files: asked(t, survey, &there, wrong),
        accept: alone::accepted(),
        limits: alone::limits(t, LARGEST_FILE.min(site.files.file_bytes)),
        again: standing.named,
    })
}

/// The same for what cannot be taken.
async fn refused(
    visitor: &Visitor,
    site: &Site,
    whose: (&Survey, Slot),
    wrong: impl Fn(&Question, bool) -> Option<String>,
) -> Answer {
    let page = shown(visitor, site, whose, wrong).await?;
    Ok(Either::Left(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// What is said of a file that must be there.
fn missing(t: Texts) -> impl Fn(&Question, bool) -> Option<String> {
    move |question: &Question, there: bool| {
        (question.required && !there).then(|| t.papers_missing().to_owned())
    }
}

/// `GET`: the files, before the form.
pub async fn files_page(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    request: HttpRequest,
) -> Answer {
    let survey = asking(&site, &id).await?;
    let session = match signed_in(&visitor, &site, &survey).await? {
        Ok(session) => session,
        Err(elsewhere) => return Ok(Either::Right(elsewhere)),
    };
    let sent_back = query(&request, "missing").is_some();
    let missing = missing(visitor.texts());
    let wrong = |question: &Question, there: bool| if sent_back { missing(question, there) } else { None };
    Ok(Either::Left(shown(&visitor, &site, (&survey, slot(&survey, session)), wrong).await?))
}

/// `POST`: goes on to the form, if nothing is missing.
pub async fn files_done(visitor: Visitor, site: Data<Site>, id: Path<String>, _: Submitted) -> Answer {
    let survey = asking(&site, &id).await?;
    let session = match signed_in(&visitor, &site, &survey).await? {
        Ok(session) => session,
        Err(elsewhere) => return Ok(Either::Right(elsewhere)),
    };
    let slot = slot(&survey, session);
    if files::lacks(&survey, &theirs(&site, &survey, slot.citizen).await?) {
        return refused(&visitor, &site, (&survey, slot), missing(visitor.texts())).await;
    }
    Ok(Either::Right(see_other(&format!("{}/answer", public_url(survey.id)))))
}

/// What became of a file that was sent.
enum Kept {
    There,
    Refused(String),
    /// The survey was over a moment ago.
    Closed,
}

async fn keep(
    site: &Site,
    t: Texts,
    (slot, question): (Slot, &str),
    file: ComingFile,
) -> Result<Kept, Failure> {
    let (folder, now) = (files::folder(site), site.clock.now());
    let most = LARGEST_FILE.min(site.files.file_bytes);
    let document = match alone::take_in(&folder, now, t, most, file).await? {
        Ok(document) => document,
        Err(why) => return Ok(Kept::Refused(why)),
    };
    let (ring, question, all) = (Arc::clone(&site.keys), question.to_owned(), site.files.application_bytes);
    let id = document.id;
    let put = move |c: &mut Conn| files::put(c, &ring, now, slot, (&question, &document), all);
    let Err(error) = site.db.tx(put).await else { return Ok(Kept::There) };
    alone::let_go(&folder, id).await?;
    match error {
        SurveyError::Closed => Ok(Kept::Closed),
        SurveyError::TooMuch(most) => Ok(Kept::Refused(t.survey_files_too_much(most))),
        SurveyError::Meanwhile => Ok(Kept::Refused(t.survey_file_meanwhile().to_owned())),
        error => Err(error.into()),
    }
}

/// `POST`: puts a file to a question, in place of the one that is there.
pub async fn add_file(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
    mut coming: Coming,
) -> Answer {
    let (id, name) = path.into_inner();
    let survey = asking(&site, &id).await?;
    let session = match signed_in(&visitor, &site, &survey).await? {
        Ok(session) => session,
        Err(elsewhere) => {
            coming.read_past(PAST).await;
            return Ok(Either::Right(elsewhere));
        }
    };
    if !survey.files().any(|question| question.name == name) {
        return Err(Failure::NotFound);
    }
    let (t, slot) = (visitor.texts(), slot(&survey, session));
    let error = match coming.next().await? {
        None => t.papers_none_chosen().to_owned(),
        Some(file) => {
            let called = file.name.clone();
            let kept = keep(&site, t, (slot, &name), file).await?;
            coming.read_past(PAST).await;
            match kept {
                Kept::There => return Ok(Either::Right(see_other(&format!("{}#p-{name}", here(&survey))))),
                Kept::Closed => return Ok(Either::Right(see_other(&public_url(survey.id)))),
                Kept::Refused(why) => t.papers_refused(named::Name(called), named::Why(why)),
            }
        }
    };
    let wrong = |question: &Question, _: bool| (question.name == name).then(|| error.clone());
    refused(&visitor, &site, (&survey, slot), wrong).await
}

/// `POST`: takes the file of a question away.
pub async fn remove_file(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
    _: Submitted,
) -> Answer {
    let (id, name) = path.into_inner();
    let survey = asking(&site, &id).await?;
    let session = match signed_in(&visitor, &site, &survey).await? {
        Ok(session) => session,
        Err(elsewhere) => return Ok(Either::Right(elsewhere)),
    };
    if !survey.files().any(|question| question.name == name) {
        return Err(Failure::NotFound);
    }
    let (ring, now, slot, question) =
        (Arc::clone(&site.keys), site.clock.now(), slot(&survey, session), name.clone());
    let remove = move |c: &mut Conn| files::remove(c, &ring, now, slot, &question);
    match site.db.tx(remove).await {
        Ok(()) => Ok(Either::Right(see_other(&format!("{}#p-{name}", here(&survey))))),
        Err(SurveyError::Closed) => Ok(Either::Right(see_other(&public_url(survey.id)))),
        Err(SurveyError::NeedsFile) => {
            let error = visitor.texts().survey_file_replace();
            let wrong = |question: &Question, _: bool| (question.name == name).then(|| error.to_owned());
            refused(&visitor, &site, (&survey, slot), wrong).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /surveys/{id}/files/{file}`: one's own file, as long as it is kept.
pub async fn own_file(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (id, file) = path.into_inner();
    let survey = asking(&site, &id).await?;
    let file: FileId = file.parse().map_err(|_| Failure::NotFound)?;
    let citizen = CitizenId::from(person(&visitor)?.signed.subject);
    let all = theirs(&site, &survey, citizen).await?;
    let found = all.into_iter().find(|one| one.document.id == file).ok_or(Failure::NotFound)?;
    alone::hand(&files::folder(&site), &found.document).await
}
