//! `/services/{code}/start` of a service that takes applications: what comes, what was begun, and beginning.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::service::{Completion, DayUnit};
use yimen_forms::Draft;

use super::Here;
use crate::{
    cases::{
        Case, CaseError, Forms, Whose,
        drafts::{self, Of},
        notes::pages as notes,
        occasion::{Finding, Occasion},
        twice,
        views::{BeginView, Begun},
    },
    catalogue::{
        Closure, Edition, ServiceEntry, Shelf, asking, closures_of,
        pages::guide::{contact, domain},
        present::{Presenter, urls},
        views::Barred,
    },
    db::Conn,
    gateway::{Gateway, told},
    payments::pages as payments,
    platform::{Texts, clock::CITY_ZONE},
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

/// The page before the form. What is not applied for here is begun otherwise.
pub async fn start(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    (gateway, forms): (Data<Gateway>, Data<Forms>),
    code: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let Some(entry) = applied_for(&edition, &code) else {
        if let Some(answered) = notes::answered(&edition, &code) {
            let present = Presenter::new(visitor.texts(), &edition.catalogue);
            return notes::show(&visitor, &site, present, answered, &request).await;
        }
        if payments::serves(&shelf, &code) {
            return payments::start(visitor, (site, shelf, gateway, forms), code).await;
        }
        return crate::catalogue::pages::start(visitor, site, shelf, gateway, code, request).await;
    };
    let party = asking::party(&visitor, &site, &entry.service).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let (whose, barred) = match party {
        Ok(Some((party, level))) => (Some(Whose { party, level }), None),
        Ok(None) => return Err(Failure::Refused),
        Err(barred) => (None, Some(barred)),
    };
    view(&visitor, &site, &forms, (present, entry, &edition.closures), (whose, barred)).await
}

/// A service that is applied for here, if its agency's services are not shut.
fn applied_for<'a>(edition: &'a Edition, code: &str) -> Option<&'a ServiceEntry> {
    let entry = edition.catalogue.service(code)?;
    let open = edition.catalogue.agency_of(entry).suspended.is_none();
    (open && asking::form_of(&entry.service).is_some()).then_some(entry)
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    forms: &Forms,
    (present, entry, closures): (Presenter<'_>, &ServiceEntry, &[Closure]),
    (whose, barred): (Option<Whose>, Option<Barred>),
) -> Result<Page, Failure> {
    let catalogue = present.catalogue;
    let mine = whose.as_ref().and_then(|whose| catalogue.service_for(&entry.service.code, whose.owner()));
    let entry = mine.unwrap_or(entry);
    let (service, agency) = (&entry.service, catalogue.agency_of(entry));
    let path = asking::form_of(service).ok_or(Failure::NotFound)?;
    let (_, form) = match &whose {
        Some(whose) => forms.current(&site.db, (catalogue, entry), path, whose.owner()).await?,
        None => forms.live(&site.db, &agency.slug, path).await?,
    };
    let begun = match whose {
        Some(whose) => {
            let code = service.code.clone();
            site.db.read(move |c| drafts::begun(c, &whose, Some(&code))).await?
        }
        None => Vec::new(),
    };
    let guide = urls::service(&service.code);
    let status = if barred.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    let view = BeginView {
        frame: visitor.frame(),
        name: present.text(&service.name),
        summary: present.text(&service.summary),
        action: format!("{guide}/start"),
        domain: domain(present, service),
        agency: present.agency(agency),
        csrf: visitor.form_token(site)?,
        pages: form.pages.len(),
        promise: promise(present.t, service.time.completion, service.time.promised),
        told: told(&service.claims).map(|field| present.t.data_field(field)).collect(),
        begun: begun
            .into_iter()
            .map(|row| Begun {
                name: present.text(&service.name),
                url: format!("{guide}/apply/{}", row.id),
                saved: row.saved_at.moment().with_timezone(&CITY_ZONE).naive_local(),
            })
            .collect(),
        closures: closures_of(present, closures, (&agency.slug, service)),
        barred,
        contact: contact(present, service, agency),
        sample: service.sample,
        guide,
    };
    Ok(Page::new(&view)?.status(status))
}

/// By when it is done, in words.
pub(super) fn promise(t: Texts, completion: Completion, days: yimen_contract::service::Days) -> String {
    match (completion, days.unit) {
        _ if days.days == 0 => t.apply_instant().to_owned(),
        (Completion::Instant, _) => t.apply_instant().to_owned(),
        (_, DayUnit::Working) => t.apply_promise_working(days.days),
        (_, DayUnit::Calendar) => t.apply_promise_calendar(days.days),
    }
}

/// Begins a form; what is asked instead goes to the agency.
pub async fn begin(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    (gateway, forms): (Data<Gateway>, Data<Forms>),
    code: Path<String>,
    form: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let edition = shelf.edition()?;
    let applied = applied_for(&edition, &code).is_some();
    if !applied && payments::serves(&shelf, &code) {
        let page = payments::ask(visitor, (site, shelf, gateway, forms), code, form).await?;
        return Ok(Either::Left(page));
    }
    if !applied {
        return Ok(Either::Left(asking::ask(visitor, site, shelf, gateway, code, form).await?));
    }
    let here = Here::new(&visitor, &site, &shelf, &code).await?;
    let path = asking::form_of(here.service()?).ok_or(Failure::NotFound)?.to_owned();
    let (version, schema) = here.form(&site, &forms, &path).await?;
    let of = Of { service: here.code.clone(), version, form: path };
    let occasion = occasion(&here, &gateway, &form).await?;
    if let Some(case) = before(&here, &site, occasion.as_ref()).await? {
        return Ok(Either::Right(see_other(&format!("/me/cases/{}", case.reference))));
    }
    let known = occasion.as_ref().map(|occasion| occasion.answers(&schema)).unwrap_or_default();
    let draft = Draft::of(&schema, &known);
    let (whose, ring, now) = (here.whose.clone(), site.keys.clone(), site.clock.now());
    let make = move |c: &mut Conn| {
        let id = drafts::begin(c, &ring, now, &whose, &of, &draft)?;
        if let Some(occasion) = &occasion {
            drafts::keep_occasion(c, &ring, (whose.party.acting, id), occasion)?;
        }
        Ok(id)
    };
    let id = site.db.tx(make).await.map_err(|error: CaseError| Failure::from(error))?;
    let first = schema.pages.first().map_or_else(|| here.review(id), |page| here.page(id, &page.id));
    Ok(Either::Right(see_other(&first)))
}

/// What they handed in about the record already: they are led to that.
async fn before(here: &Here, site: &Site, occasion: Option<&Occasion>) -> Result<Option<Case>, Failure> {
    let Some(occasion) = occasion.cloned() else { return Ok(None) };
    let (whose, code, ring, now) =
        (here.whose.clone(), here.code.clone(), site.keys.clone(), site.clock.now());
    let look = move |c: &mut Conn| twice::about(c, &ring, now, (&whose, &code), &occasion);
    Ok(site.db.tx(look).await?)
}

/// The record from which it begins, if it begins from one. What the page sent says only which: what it holds is asked
/// of the agency.
async fn occasion(here: &Here, gateway: &Gateway, sent: &Submitted) -> Result<Option<Occasion>, Failure> {
    let (found_by, number) = (sent.get("from"), sent.get("record"));
    if found_by.is_empty() || number.is_empty() {
        return Ok(None);
    }
    let catalogue = &here.edition.catalogue;
    let query = catalogue.service(found_by).and_then(|entry| asking::query_of(&entry.service));
    let asked = query.and_then(|query| asking::answers(query, |name| sent.get(name)));
    let asked = asked.ok_or(Failure::NotFound)?;
    let page = sent.get("page").parse().unwrap_or(1_u32).max(1);
    let finding = Finding { gateway, catalogue, whose: &here.whose };
    let found = finding.first((found_by, asked, page), number, &here.code).await?;
    found.map(Some).ok_or(Failure::NotFound)
}
