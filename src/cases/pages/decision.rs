//! A decision to read and to print.

use actix_web::web::{Data, Path};

use super::case::{allowed, local};
use crate::{
    accounts,
    cases::{CaseError, life::State, queries, reference_of, results, steps, views::DecisionView},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::clock::city_day,
    web::{Failure, Page, Site, Visitor, frame::Text},
};

/// `GET /me/cases/{reference}/decision`
pub async fn decision(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
) -> Result<Page, Failure> {
    let number = reference_of(&reference).ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let whose = allowed(&visitor, &site, &edition.catalogue, &number).await?;
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let read = move |c: &mut Conn| {
        let case = queries::find(c, &whose, &number)?;
        let warrant = whose.warrant(c, &ring, now, &case.service)?;
        let steps = steps::of_case(c, &ring, (case.citizen_id, case.id), &warrant)?;
        // A company's matter is addressed to the company, whose name its agent knows.
        let name = if case.company_id.is_some() { None } else { accounts::name(c, &ring, &warrant)? };
        Ok::<_, CaseError>((results::code(c, &ring, &case, &warrant)?, case, steps, name))
    };
    let (code, case, steps, name) = site.db.tx(read).await?;
    let (step, act) = results::decision(&steps).ok_or(Failure::NotFound)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let service = edition.catalogue.service(&case.service).map(|entry| &entry.service);
    let agency = edition.catalogue.agency(&case.agency);
    let adverse = State::is_adverse(step.to);
    Page::new(&DecisionView {
        frame: visitor.frame(),
        name: service.map_or_else(|| Text::plain(&case.service), |service| present.text(&service.name)),
        agency: agency.map_or_else(|| Text::plain(&case.agency), |agency| present.agency(agency).text),
        phone: agency.map(|agency| agency.agency.contact.phone.clone()),
        to: name.unwrap_or_else(|| present.t.decision_to_company().to_owned()),
        act: act.tag().to_owned(),
        on: city_day(step.at),
        submitted: local(case.submitted_at.moment()),
        reason: step.said.reason.clone(),
        turn_to: step.said.turn_to.clone(),
        remedies: service
            .filter(|_| adverse)
            .map(|service| (service.remedies.reconsideration_days, service.remedies.suit_months)),
        code,
        reference: case.reference,
    })
}
