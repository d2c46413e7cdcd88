//! `/agency/copies`: decisions of other agencies, of which a service sends a copy here.

use std::sync::Arc;

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};

use super::{
    ahead::{agency_name, service_name},
    number_of, seat,
};
use crate::{
    cases::{
        desk::{
            Seat,
            copies::{self, CopiedView, CopiesView, CopyRow},
            counter,
        },
        pages::case::local,
        results,
        views::DecidedView,
    },
    catalogue::{Catalogue, Shelf, present::Presenter},
    db::Conn,
    platform::clock::city_day,
    web::{Failure, Page, Part, Site, Visitor},
};

const HERE: &str = "/agency/copies";
const AT_ONCE: usize = 20;

/// The services that send copies to where somebody sits.
pub(super) async fn services(
    site: &Site,
    seat: &Seat,
    catalogue: &Catalogue,
) -> Result<Vec<String>, Failure> {
    let ruled = catalogue.services.iter().filter_map(|entry| {
        let rules = entry.service.desk.as_ref().filter(|rules| !rules.copies.is_empty())?;
        Some((entry.service.code.clone(), rules.copies.clone()))
    });
    let ruled: Vec<(String, Vec<String>)> = ruled.collect();
    let all: Vec<String> = ruled.iter().flat_map(|(_, agencies)| agencies.clone()).collect();
    if all.is_empty() || !seat.works() {
        return Ok(Vec::new());
    }
    let asking = seat.clone();
    let theirs = site.db.read(move |c| counter::agencies(c, &asking, all)).await?;
    let here = |agencies: &[String]| agencies.iter().any(|slug| theirs.contains(slug));
    Ok(ruled.into_iter().filter(|(_, agencies)| here(agencies)).map(|(code, _)| code).collect())
}

/// `GET /agency/copies`
pub async fn copies(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (seat, edition) = (seat(&visitor, &site).await?, shelf.edition()?);
    if !seat.works() {
        return Err(Failure::Refused);
    }
    let services = services(&site, &seat, &edition.catalogue).await?;
    let part = Part::asked(&request, AT_ONCE);
    let read = move |c: &mut Conn| copies::list(c, &services, part.stretch());
    let (found, all) = site.db.read(read).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let row = |one: copies::Sent| CopyRow {
        name: service_name(present, &one.service),
        agency: agency_name(present, &one.agency),
        reference: one.reference,
        state: one.state,
        at: local(one.at.moment()),
    };
    Page::new(&CopiesView {
        rows: found.into_iter().map(row).collect(),
        pager: part.pager(usize::try_from(all).unwrap_or_default(), HERE, &[]),
        frame: visitor.frame(),
    })
}

/// `GET /agency/copies/{reference}`
pub async fn copied(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
) -> Result<Page, Failure> {
    let (seat, number) = (seat(&visitor, &site).await?, number_of(&reference)?);
    let edition = shelf.edition()?;
    let services = services(&site, &seat, &edition.catalogue).await?;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let read = move |c: &mut Conn| copies::read(c, &ring, now, &seat, (&services, &number));
    let copies::Read { case, name, steps } = site.db.tx(read).await?;
    let (step, act) = results::decision(&steps).ok_or(Failure::NotFound)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let decided = DecidedView {
        act: act.tag().to_owned(),
        on: city_day(step.at),
        reason: step.said.reason.clone(),
        turn_to: step.said.turn_to.clone(),
        code: None,
    };
    Page::new(&CopiedView {
        row: CopyRow {
            name: service_name(present, &case.service),
            agency: agency_name(present, &case.agency),
            reference: case.reference,
            state: case.state,
            at: local(step.at),
        },
        to: name.unwrap_or_else(|| present.t.decision_to_company().to_owned()),
        decided,
        frame: visitor.frame(),
    })
}
