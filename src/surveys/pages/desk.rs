//! `/agency/surveys`: what an agency asks, and one of them while it is put together.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::NaiveDate;
use yimen_forms::Draft;

use super::{
    Asker, DESK, agency_name, answering::Sheet, at_desk, line, public::view, refusal, results::results, said,
};
use crate::{
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    surveys::{
        Stage, SurveyError,
        design::{self, Shift},
        queries,
        views::{DesignView, DeskView, Door, QuestionLine},
    },
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

pub async fn desk(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let asker = Asker::of(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let theirs = agencies(&asker, present);
    let slugs: Vec<String> = theirs.iter().map(|(slug, _)| (*slug).to_owned()).collect();
    let read = move |c: &mut Conn| {
        let slugs: Vec<&str> = slugs.iter().map(String::as_str).collect();
        queries::of_agencies(c, &slugs)
    };
    let all = site.db.read(read).await?;
    let today = site.clock.today();
    Page::new(&DeskView {
        surveys: all.iter().map(|one| line(present, one, one.stage(today), at_desk(one.id))).collect(),
        said: said(present.t, &request),
        begins: !theirs.is_empty(),
        frame: visitor.frame(),
    })
}

/// The agencies for which somebody asks: public name, and what they are called.
pub(super) fn agencies<'a>(asker: &Asker, present: Presenter<'a>) -> Vec<(&'a str, String)> {
    let theirs = present.catalogue.agencies.iter().filter(|entry| asker.works(&entry.slug));
    theirs.map(|entry| (entry.slug.as_str(), present.agency(entry).text.text)).collect()
}

/// `GET /agency/surveys/{id}`: put together, or with what it came to.
pub async fn survey(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let asker = Asker::of(&visitor, &site).await?;
    let survey = asker.survey(&site, &id).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let t = present.t;
    let said = said(t, &request);
    let stage = survey.stage(site.clock.today());
    if stage != Stage::Draft {
        let leads = asker.leads(&survey.agency);
        return results(&visitor, &site, present, (&survey, stage), (said, leads)).await;
    }
    let question = |one: &crate::surveys::Question| QuestionLine {
        name: one.name.clone(),
        label: present.text(&one.label),
        asked: t.survey_asked_as(one.asked.tag()),
        required: one.required,
        choices: one.choices.iter().map(|choice| present.text(choice)).collect(),
    };
    Page::new(&DesignView {
        csrf: visitor.form_token(&site)?,
        url: at_desk(survey.id),
        title: present.text(&survey.title()),
        agency: agency_name(present, &survey.agency),
        who: survey.who(),
        names: survey.names(),
        opens: survey.opens_on,
        closes: survey.closes_on,
        questions: survey.questions().iter().map(question).collect(),
        said,
        leads: asker.leads(&survey.agency),
        frame: visitor.frame(),
    })
}

/// `GET /agency/surveys/{id}/preview`: as people will see it.
pub async fn preview(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
) -> Result<Page, Failure> {
    let asker = Asker::of(&visitor, &site).await?;
    let survey = asker.survey(&site, &id).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let (form, draft) = (survey.form()?, Draft::default());
    let sheet =
        Sheet { survey: &survey, draft: &draft, files: &[], judged: false, named: None, signed: true };
    let mut view = view(&visitor, present, &survey, Door::Soon);
    view.sheet = Some(sheet.view(present.t, &site, (&form, None, String::new())));
    view.url = at_desk(survey.id);
    view.preview = true;
    Page::new(&view)
}

/// What a button of the page asks for.
enum Wanted {
    Shift(String, Shift),
    Publish,
    Discard,
    End,
    Extend(NaiveDate),
}

/// `POST /agency/surveys/{id}`
pub async fn do_with(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let asker = Asker::of(&visitor, &site).await?;
    let survey = asker.survey(&site, &id).await?;
    let here = at_desk(survey.id);
    let Some(wanted) = wanted(&sent) else { return Ok(see_other(&format!("{here}?said=last"))) };
    if !matches!(wanted, Wanted::Shift(..) | Wanted::Discard) && !asker.leads(&survey.agency) {
        return Err(Failure::Refused);
    }
    let (now, by, id) = (site.clock.now(), asker.login(), survey.id);
    let (there, word) = match &wanted {
        Wanted::Discard => (DESK.to_owned(), "discarded"),
        Wanted::Shift(..) => (here.clone(), "saved"),
        Wanted::Publish => (here.clone(), "published"),
        Wanted::End => (here.clone(), "ended"),
        Wanted::Extend(_) => (here.clone(), "extended"),
    };
    let done = site.db.tx(move |c: &mut Conn| match wanted {
        Wanted::Shift(name, shift) => design::shift(c, now, id, &name, shift),
        Wanted::Publish => design::publish(c, now, id, &by),
        Wanted::Discard => design::discard(c, id),
        Wanted::End => design::end(c, now, id),
        Wanted::Extend(last) => design::extend(c, now, id, last),
    });
    match done.await {
        Ok(()) => Ok(see_other(&format!("{there}?said={word}"))),
        Err(SurveyError::Unknown) => Ok(see_other(DESK)),
        Err(error) => Ok(see_other(&format!("{here}?said={}", refusal(error)?))),
    }
}

/// Nothing: what was given is no day.
fn wanted(sent: &Submitted) -> Option<Wanted> {
    let shift = |shift| Wanted::Shift(sent.get("question").to_owned(), shift);
    Some(match sent.get("act") {
        "up" => shift(Shift::Up),
        "down" => shift(Shift::Down),
        "out" => shift(Shift::Out),
        "publish" => Wanted::Publish,
        "discard" => Wanted::Discard,
        "end" => Wanted::End,
        _ => Wanted::Extend(sent.get("last").parse().ok()?),
    })
}
