//! A decision to read and to print, and as a file that anybody can check.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};
use askama::Template as _;

use super::{
    case::{allowed, local},
    grounds::shown,
    imposed::{act_word, costs},
};
use crate::{
    accounts,
    cases::{
        CaseError,
        life::State,
        queries, reference_of, results, steps, submit,
        views::{DecisionFileView, DecisionView},
    },
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    ledger,
    platform::clock::city_day,
    web::{Failure, Page, Site, Visitor, frame::Text, scan},
};

/// `GET /me/cases/{reference}/decision`
pub async fn decision(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
) -> Result<Page, Failure> {
    Page::new(&view(&visitor, &site, &shelf, &reference).await?)
}

/// `GET /me/cases/{reference}/decision/file`: the same as a file of its own, signed. It needs nothing but itself to be read and
/// printed, and does nothing.
pub async fn decision_file(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
) -> Result<HttpResponse, Failure> {
    let decision = view(&visitor, &site, &shelf, &reference).await?;
    let code = decision.code.clone().ok_or(Failure::NotFound)?;
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let check = format!("{}/verify/{code}", site.origin());
    let name = format!("attachment; filename=\"decision-{}.html\"", decision.reference);
    let file = DecisionFileView { scan: scan(&check, 160)?, check, code, given: local(now), decision };
    let file = file.render().map_err(Failure::broken)?;
    let signed = site.db.tx(move |c| ledger::sign_file(c, &ring, now, &file)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(signed))
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    shelf: &Shelf,
    reference: &str,
) -> Result<DecisionView, Failure> {
    let number = reference_of(reference).ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let whose = allowed(visitor, site, &edition.catalogue, &number).await?;
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let read = move |c: &mut Conn| {
        let case = queries::find(c, &whose, &number)?;
        let warrant = whose.warrant(c, &ring, now, &case.service)?;
        let steps = steps::of_case(c, &ring, (case.citizen_id, case.id), &warrant)?;
        // A company's matter is addressed to the company, whose name its agent knows.
        let name = if case.company_id.is_some() { None } else { accounts::name(c, &ring, &warrant)? };
        let occasion = submit::occasion(c, &ring, &case, &warrant)?;
        Ok::<_, CaseError>((results::code(c, &ring, &case, &warrant)?, case, steps, name, occasion))
    };
    let (code, case, steps, name, occasion) = site.db.tx(read).await?;
    let (step, act) = results::decision(&steps).ok_or(Failure::NotFound)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let service = edition.catalogue.service(&case.service).map(|entry| &entry.service);
    let agency = edition.catalogue.agency(&case.agency);
    let imposes = service.is_some_and(|service| costs(service, step.to));
    let adverse = State::is_adverse(step.to) || imposes;
    let paid_at = service.filter(|_| imposes).and_then(|service| service.pays.as_ref());
    let paid_at = paid_at.and_then(|code| edition.catalogue.service(code));
    Ok(DecisionView {
        frame: visitor.frame(),
        name: service.map_or_else(|| Text::plain(&case.service), |service| present.text(&service.name)),
        agency: agency.map_or_else(|| Text::plain(&case.agency), |agency| present.agency(agency).text),
        phone: agency.map(|agency| agency.agency.contact.phone.clone()),
        to: name.unwrap_or_else(|| present.t.decision_to_company().to_owned()),
        act: act_word(service, act.tag()),
        on: city_day(step.at),
        submitted: local(case.submitted_at.moment()),
        reason: step.said.reason.clone(),
        turn_to: step.said.turn_to.clone(),
        number: case.agency_reference,
        occasion: occasion.and_then(|occasion| shown(present, &occasion, None)),
        pays: paid_at.map(|entry| present.text(&entry.service.name).text),
        remedies: service
            .filter(|_| adverse)
            .map(|service| (service.remedies.reconsideration_days, service.remedies.suit_months)),
        code,
        reference: case.reference,
    })
}
