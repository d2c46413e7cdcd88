//! The form of a survey: `/surveys/{id}/answer` for whoever is signed in, `/surveys/{id}/guest` for whoever need not be.

use std::{sync::Arc, time::Duration};

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_forms::{Draft, Form};

use super::{
    files::{asked, theirs},
    public::{door, standing, view},
    public_url, published,
};
use crate::{
    cache::Key,
    catalogue::{Shelf, filling::Drawn, present::Presenter},
    db::Conn,
    ledger::{self, CitizenId},
    platform::Texts,
    surveys::{
        Names, Survey, SurveyError, Who,
        answer::{self, By, Given},
        files::{self, File},
        views::{Door, SheetView, SurveyView},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field},
        household, see_other,
        session::{Realm, Session},
    },
};

/// So often answers without an account are taken from one house in an hour.
const GUESTS: u64 = 20;
const HOUR: Duration = Duration::from_hours(1);

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// The form with what was typed, for the page and for its preview.
pub(super) struct Sheet<'a> {
    pub survey: &'a Survey,
    pub draft: &'a Draft,
    /// What was put to questions for files.
    pub files: &'a [File],
    /// Whether mistakes are shown.
    pub judged: bool,
    /// With their name, without, or not said.
    pub named: Option<bool>,
    pub signed: bool,
}

impl Sheet<'_> {
    pub(super) fn view(
        &self,
        t: Texts,
        site: &Site,
        (form, action, csrf): (&Form, Option<String>, String),
    ) -> SheetView {
        let filled = form.fill(self.draft, site.clock.today());
        let drawn = Drawn {
            t,
            form,
            draft: self.draft,
            filled: &filled,
            offers: &[],
            named: &|agency: &str| agency.to_owned(),
            districts: &[],
            judged: self.judged,
            fixed: serde_json::Map::new(),
        };
        let pieces = form.pages.iter().flat_map(|page| drawn.page(page)).collect();
        let files = asked(t, self.survey, self.files, |_, _| None);
        let files_at = action.as_ref().map(|_| files_of(self.survey));
        let asks = self.signed && self.survey.names() == Names::Choice;
        SheetView {
            action,
            csrf,
            pieces,
            files,
            files_at,
            name: asks.then(|| self.name(t)),
            names: if self.signed { self.survey.names() } else { Names::Unnamed },
            too_much: false,
            again: false,
        }
    }

    fn name(&self, t: Texts) -> Field {
        let choice = |tag: &'static str, named: bool| {
            Choice::new(tag, t.survey_name_choice(tag), self.named == Some(named))
        };
        let mut field = Field::new("survey-name", t.survey_name())
            .hint(t.survey_name_hint())
            .choices(vec![choice("named", true), choice("unnamed", false)]);
        field.required = true;
        if self.judged && self.named.is_none() {
            field.error = Some(t.survey_name_missing().to_owned());
        }
        field
    }
}

/// Whether the name goes with the answers; nothing where that is asked and was not said.
fn named(survey: &Survey, signed: bool, sent: &Submitted) -> Option<bool> {
    match (survey.names(), sent.get("survey-name")) {
        _ if !signed => Some(false),
        (Names::Named, _) | (Names::Choice, "named") => Some(true),
        (Names::Unnamed, _) | (Names::Choice, "unnamed") => Some(false),
        (Names::Choice, _) => None,
    }
}

pub(super) fn person(visitor: &Visitor) -> Result<&Session, Failure> {
    visitor.session(Realm::Citizen).ok_or(Failure::Refused)
}

/// Whoever cannot answer just now is led to the page that says why.
fn shut(survey: &Survey, door: &Door) -> Option<HttpResponse> {
    match door {
        Door::Open { .. } => None,
        Door::Verify(url) => Some(see_other(url)),
        _ => Some(see_other(&public_url(survey.id))),
    }
}

/// Whoever is signed in, before the form: or where they are led, because they cannot answer just now.
pub(super) async fn signed_in<'v>(
    visitor: &'v Visitor,
    site: &Site,
    survey: &Survey,
) -> Result<Result<&'v Session, HttpResponse>, Failure> {
    let session = person(visitor)?;
    let standing = standing(site, survey, Some(session)).await?;
    let door = door(survey, survey.stage(site.clock.today()), Some(session), &standing);
    Ok(shut(survey, &door).map_or(Ok(session), Err))
}

pub async fn answer_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
) -> Answer {
    let survey = published(&site, &id).await?;
    let session = match signed_in(&visitor, &site, &survey).await? {
        Ok(session) => session,
        Err(elsewhere) => return Ok(Either::Right(elsewhere)),
    };
    let (ring, citizen, known) = (Arc::clone(&site.keys), CitizenId::from(session.signed.subject), survey.id);
    let there = theirs(&site, &survey, citizen).await?;
    if files::lacks(&survey, &there) {
        return Ok(Either::Right(see_other(&files_of(&survey))));
    }
    let before = site.db.read(move |c| answer::own(c, &ring, known, &ledger::own(citizen))).await?;
    let again = before.is_some();
    let draft = before.unwrap_or_default();
    let sheet = Sheet {
        survey: &survey,
        draft: &draft,
        files: &there,
        judged: false,
        named: again.then_some(true),
        signed: true,
    };
    let mut view = page(&visitor, (&site, &shelf), &sheet, "answer")?;
    if let Some(sheet) = &mut view.sheet {
        sheet.again = again;
    }
    Ok(Either::Left(Page::new(&view)?))
}

pub async fn guest_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
) -> Answer {
    let survey = published(&site, &id).await?;
    if let Some(elsewhere) = shut(&survey, &guest_door(&visitor, &site, &survey)) {
        return Ok(Either::Right(elsewhere));
    }
    let draft = Draft::default();
    let sheet = Sheet {
        survey: &survey,
        draft: &draft,
        files: &[],
        judged: false,
        named: Some(false),
        signed: false,
    };
    Ok(Either::Left(Page::new(&page(&visitor, (&site, &shelf), &sheet, "guest")?)?))
}

/// Whoever is signed in answers as themselves, with their name or without.
fn guest_door(visitor: &Visitor, site: &Site, survey: &Survey) -> Door {
    let session = visitor.session(Realm::Citizen);
    if session.is_some() || survey.who() != Who::Everybody {
        return Door::SignIn(public_url(survey.id));
    }
    door(survey, survey.stage(site.clock.today()), None, &answer::Standing::default())
}

fn files_of(survey: &Survey) -> String {
    format!("{}/files", public_url(survey.id))
}

fn page(
    visitor: &Visitor,
    (site, shelf): (&Site, &Shelf),
    sheet: &Sheet<'_>,
    door: &str,
) -> Result<SurveyView, Failure> {
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let url = format!("{}/{door}", public_url(sheet.survey.id));
    let open = Door::Open { url: url.clone(), again: false };
    let mut view = view(visitor, present, sheet.survey, open);
    let form = sheet.survey.form()?;
    view.sheet = Some(sheet.view(present.t, site, (&form, Some(url), visitor.form_token(site)?)));
    Ok(view)
}

pub async fn answer(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    sent: Submitted,
) -> Answer {
    let survey = published(&site, &id).await?;
    let session = match signed_in(&visitor, &site, &survey).await? {
        Ok(session) => session,
        Err(elsewhere) => return Ok(Either::Right(elsewhere)),
    };
    let by = |named: bool| By::Person {
        citizen: CitizenId::from(session.signed.subject),
        level: session.signed.level,
        named,
    };
    let there = theirs(&site, &survey, CitizenId::from(session.signed.subject)).await?;
    if files::lacks(&survey, &there) {
        return Ok(Either::Right(see_other(&format!("{}?missing=1", files_of(&survey)))));
    }
    let hand = Hand { signed: true, files: &there, by: &by };
    take(&visitor, (&site, &shelf), (&survey, "answer"), &sent, hand).await
}

pub async fn guest(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    sent: Submitted,
) -> Answer {
    let survey = published(&site, &id).await?;
    if let Some(elsewhere) = shut(&survey, &guest_door(&visitor, &site, &survey)) {
        return Ok(Either::Right(elsewhere));
    }
    let house = household(visitor.address()).to_string();
    let key = Key::new("survey-guests", &[&survey.id, &house]);
    let tally = site.cache.count(&key, HOUR, site.clock.now()).await;
    if tally.over(GUESTS) {
        return Err(Failure::TooMany { retry_after: tally.resets_in.as_secs().max(1) });
    }
    let by = |_: bool| By::Nobody;
    let hand = Hand { signed: false, files: &[], by: &by };
    take(&visitor, (&site, &shelf), (&survey, "guest"), &sent, hand).await
}

/// Who sends an answer.
struct Hand<'a> {
    signed: bool,
    files: &'a [File],
    by: &'a dyn Fn(bool) -> By,
}

/// Takes what was sent, or shows it again with what is wrong.
async fn take(
    visitor: &Visitor,
    (site, shelf): (&Site, &Shelf),
    (survey, way): (&Survey, &str),
    sent: &Submitted,
    Hand { signed, files, by }: Hand<'_>,
) -> Answer {
    let form = survey.form()?;
    let mut draft = Draft::default();
    let fits = form.pages.iter().all(|page| draft.take(&form, page, sent.pairs()).is_ok());
    for file in files {
        draft.attach(&form, &file.question, &file.document.id.to_string());
    }
    let named = named(survey, signed, sent);
    let right = fits && form.fill(&draft, site.clock.today()).submission().is_ok();
    let (true, Some(with_name)) = (right, named) else {
        let sheet = Sheet { survey, draft: &draft, files, judged: true, named, signed };
        let mut view = page(visitor, (site, shelf), &sheet, way)?;
        if let Some(sheet) = &mut view.sheet {
            sheet.too_much = !fits;
        }
        let status = if fits { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::PAYLOAD_TOO_LARGE };
        return Ok(Either::Left(Page::new(&view)?.status(status)));
    };
    let (ring, now, id, by) = (Arc::clone(&site.keys), site.clock.now(), survey.id, by(with_name));
    let given = site.db.tx(move |c: &mut Conn| answer::give(c, &ring, now, id, by, &draft)).await;
    let url = public_url(survey.id);
    Ok(Either::Right(match given {
        Ok(Given::New) => see_other(&format!("{url}?said=sent")),
        Ok(Given::Changed) => see_other(&format!("{url}?said=changed")),
        // It was over, or they had answered in another window, a moment ago: the page says so.
        Err(SurveyError::Closed | SurveyError::Answered) => see_other(&url),
        Err(SurveyError::NeedsFile) => see_other(&format!("{}?missing=1", files_of(survey))),
        Err(error) => return Err(error.into()),
    }))
}

/// `POST /surveys/{id}/take-back`
pub async fn take_back(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    _: Submitted,
) -> Result<HttpResponse, Failure> {
    let survey = published(&site, &id).await?;
    let session = person(&visitor)?;
    let (ring, now, id) = (Arc::clone(&site.keys), site.clock.now(), survey.id);
    let citizen = CitizenId::from(session.signed.subject);
    let url = public_url(id);
    match site.db.tx(move |c: &mut Conn| answer::take_back(c, &ring, now, id, citizen)).await {
        Ok(()) => Ok(see_other(&format!("{url}?said=back"))),
        Err(SurveyError::Closed) => Ok(see_other(&url)),
        Err(error) => Err(error.into()),
    }
}
