//! `/surveys`: what is being asked, and `/surveys/{id}`: one of them, with the way to answering.

use std::sync::Arc;

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};

use super::{line, public_url, published, said};
use crate::{
    catalogue::{
        Shelf,
        present::{Presenter, urls},
    },
    ledger::CitizenId,
    surveys::{
        Stage, Survey, Who,
        answer::{self, Standing},
        queries,
        views::{Door, SurveyView, SurveysView},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::Link,
        session::{Realm, Session},
    },
};

pub async fn surveys(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let today = site.clock.today();
    let all = site.db.read(move |c| queries::public(c, today)).await?;
    let lines = all.iter().map(|survey| line(present, survey, survey.stage(today), public_url(survey.id)));
    let (open, others) = lines.partition(|one| one.stage == Stage::Open);
    Page::new(&SurveysView { open, others, frame: visitor.frame() })
}

pub(super) async fn standing(
    site: &Site,
    survey: &Survey,
    session: Option<&Session>,
) -> Result<Standing, Failure> {
    let Some(session) = session else { return Ok(Standing::default()) };
    let (citizen, ring) = (CitizenId::from(session.signed.subject), Arc::clone(&site.keys));
    let id = survey.id;
    Ok(site.db.read(move |c| answer::standing(c, &ring, id, citizen)).await?)
}

/// The way to answering.
pub(super) fn door(survey: &Survey, stage: Stage, session: Option<&Session>, standing: &Standing) -> Door {
    let url = public_url(survey.id);
    let answer = format!("{url}/answer");
    match (stage, session) {
        (Stage::Draft | Stage::Soon, _) => Door::Soon,
        (Stage::Over, _) => Door::Over,
        (Stage::Open, None) if survey.who() == Who::Everybody => {
            Door::Open { url: format!("{url}/guest"), again: false }
        }
        // The guards of these pages lead there and back.
        (Stage::Open, None) => Door::SignIn(answer),
        (Stage::Open, Some(session)) if session.signed.acting.is_some() => Door::Acting,
        (Stage::Open, Some(_)) if standing.unnamed => Door::Answered,
        (Stage::Open, Some(session)) if session.signed.level < survey.who().level() => {
            Door::Verify(format!("/me/verify?level={}&next={answer}", survey.who().level()))
        }
        // Files come first: nothing that was typed waits while one is looked for.
        (Stage::Open, Some(_)) if survey.files().next().is_some() => {
            Door::Open { url: format!("{url}/files"), again: standing.named }
        }
        (Stage::Open, Some(_)) => Door::Open { url: answer, again: standing.named },
    }
}

/// The page of a survey, without its form.
pub(super) fn view(visitor: &Visitor, present: Presenter<'_>, survey: &Survey, door: Door) -> SurveyView {
    let entry = present.catalogue.agency(&survey.agency);
    let agency = entry.map_or_else(
        || Link::new(super::agency_name(present, &survey.agency), urls::agency(&survey.agency)),
        |entry| present.agency(entry),
    );
    SurveyView {
        frame: visitor.frame(),
        title: present.text(&survey.title()),
        lead: present.text(&survey.lead()),
        agency,
        who: survey.who(),
        names: survey.names(),
        opens: survey.opens_on,
        closes: survey.closes_on,
        kept: survey.kept_until(),
        url: public_url(survey.id),
        said: None,
        door,
        sheet: None,
        take_back: None,
        preview: false,
    }
}

/// `GET /surveys/{id}`
pub async fn survey(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let survey = published(&site, &id).await?;
    let session = visitor.session(Realm::Citizen);
    let standing = standing(&site, &survey, session).await?;
    let stage = survey.stage(site.clock.today());
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let mut view = view(&visitor, present, &survey, door(&survey, stage, session, &standing));
    view.said = said(present.t, &request);
    if standing.named && matches!(view.door, Door::Open { .. }) {
        view.take_back = Some(visitor.form_token(&site)?);
    }
    Page::new(&view)
}
