//! `/admin/packages`: agencies that wait to be admitted, and versions that wait for review; `/admin/funnel`.

use std::collections::HashMap;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::Bilingual;

use super::{Reader, outcome, package::Answer};
use crate::{
    accounts::staff::Act,
    agencies::{
        releases::{self, Application, ApplicationId, ReleaseError},
        views::{
            review::{ApplicationView, FunnelLine, FunnelView, QueueLine, QueueView},
            words::{kind_name, local, said},
        },
    },
    db::{Conn, DbError},
    platform::Texts,
    web::{Failure, Page, Site, Submitted, Visitor, frame::Field, query, see_other},
};

/// Whoever decides about what others hand in.
pub(super) async fn approver(visitor: &Visitor, site: &Site) -> Result<Reader, Failure> {
    let reader = Reader::of(visitor, site).await?;
    if reader.allowed_here(Act::Approve) { Ok(reader) } else { Err(Failure::Refused) }
}

pub async fn queue(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let reader = approver(&visitor, &site).await?;
    let t = visitor.texts();
    let read = |c: &mut Conn| {
        Ok::<_, DbError>((releases::waiting(c)?, releases::in_review(c)?, releases::admitted(c)?))
    };
    let (applications, reviews, admitted) = site.db.read(read).await?;
    let names: HashMap<String, Bilingual> =
        admitted.into_iter().map(|(slug, zh, en)| (slug, Bilingual::new(zh, en))).collect();
    let applications =
        applications.into_iter().filter(|one| reader.reviews(&one.slug)).map(|one| QueueLine {
            url: format!("/admin/packages/applications/{}", one.id),
            name: name(t, &one),
            by: one.applied_by.unwrap_or_default(),
            at: local(one.applied_at.moment()),
            slug: one.slug,
        });
    let reviews = reviews.into_iter().filter(|one| reader.reviews(&one.slug)).map(|one| QueueLine {
        url: format!("/admin/packages/{}/{}", one.slug, one.number),
        name: format!(
            "{} · {}",
            names.get(&one.slug).map_or(one.slug.as_str(), |name| t.say(name).text),
            t.pkg_version(one.number)
        ),
        by: one.uploaded_by,
        at: local(one.changed_at),
        slug: one.slug,
    });
    Page::new(&QueueView {
        said: query(&request, "said").and_then(|word| said(t, &word)),
        applications: applications.collect(),
        reviews: reviews.collect(),
        frame: visitor.frame(),
    })
}

fn name(t: Texts, application: &Application) -> String {
    t.say(&Bilingual::new(&application.name_zh, &application.name_en)).text.to_owned()
}

async fn known(reader: &Reader, site: &Site, id: &str) -> Result<Application, Failure> {
    let id: ApplicationId = id.parse().map_err(|_| Failure::NotFound)?;
    let found = site.db.read(move |c| releases::find(c, id)).await?;
    found.filter(|one| reader.reviews(&one.slug)).ok_or(Failure::NotFound)
}

fn view(
    visitor: &Visitor,
    site: &Site,
    reader: &Reader,
    application: Application,
) -> Result<ApplicationView, Failure> {
    let t = visitor.texts();
    let own = application.applied_by.as_deref() == Some(reader.member.login.as_str());
    Ok(ApplicationView {
        csrf: visitor.form_token(site)?,
        id: application.id.to_string(),
        name: application.name_zh.clone(),
        waits: application.waits(),
        decides: application.waits() && !own,
        kind: kind_name(t, &application.kind),
        words: Field::new("words", t.pkg_words()).hint(t.pkg_words_hint()),
        by: application.applied_by.unwrap_or_default(),
        at: local(application.applied_at.moment()),
        slug: application.slug,
        name_en: application.name_en,
        credit_code: application.credit_code,
        contact: application.contact,
        document: application.document,
        reference: application.reference,
        frame: visitor.frame(),
    })
}

pub async fn application_page(visitor: Visitor, site: Data<Site>, id: Path<String>) -> Result<Page, Failure> {
    let reader = approver(&visitor, &site).await?;
    let application = known(&reader, &site, &id).await?;
    Page::new(&view(&visitor, &site, &reader, application)?)
}

/// `POST /admin/packages/applications/{id}`
pub async fn decide_application(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    form: Submitted,
) -> Answer {
    let reader = approver(&visitor, &site).await?;
    let application = known(&reader, &site, &id).await?;
    let admit = match form.get("decision") {
        "admit" => true,
        "refuse" => false,
        _ => return Err(Failure::BadRequest),
    };
    let (now, by, id, words) = (site.clock.now(), reader.by(), application.id, form.get("words").to_owned());
    let done = site.db.tx(move |c| releases::decide(c, now, id, admit, &by, &words)).await;
    if matches!(done, Err(ReleaseError::NoReason)) {
        let mut view = view(&visitor, &site, &reader, application)?;
        view.words.error = Some(visitor.texts().pkg_said_no_reason().to_owned());
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let word = outcome::said(done, if admit { "admitted" } else { "refused" })?;
    Ok(Either::<HttpResponse, Page>::Left(see_other(&format!("/admin/packages?said={word}"))))
}

/// `GET /admin/funnel`
pub async fn funnel(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    approver(&visitor, &site).await?;
    let t = visitor.texts();
    let funnel = site.db.read(releases::funnel).await?;
    let stage = |act: &str| match act {
        "applied" => t.pkg_stage_applied(),
        "admitted" => t.pkg_stage_admitted(),
        "uploaded" => t.pkg_stage_uploaded(),
        "checked" => t.pkg_stage_checked(),
        "submitted" => t.pkg_stage_submitted(),
        "approved" => t.pkg_stage_approved(),
        "released" => t.pkg_stage_released(),
        _ => t.pkg_stage_live(),
    };
    Page::new(&FunnelView {
        stages: funnel
            .stages
            .iter()
            .map(|one| FunnelLine {
                stage: stage(one.act),
                agencies: one.agencies,
                days: one.median_days.map(|days| format!("{days:.1}")),
            })
            .collect(),
        installed: funnel.installed,
        frame: visitor.frame(),
    })
}
