//! `/services/{code}/start`: where doing it begins. What the package says about who serves the service decides what
//! stands behind this address.

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};

use super::{
    edition,
    guide::{contact, domain, known_as, papers, visit},
};
use crate::{
    agencies::bindings::{self, BindingError},
    catalogue::{
        AgencyEntry, ServiceEntry, Shelf, asking,
        present::{Presenter, urls},
        views::{AskView, LeaveView, Offered, SiteTrouble, StartView},
    },
    db::Conn,
    gateway::{Gateway, sites},
    platform::{Moment, clock::CITY_ZONE},
    web::{Failure, Frame, Page, Site, Visitor},
};

/// Questions are asked here. An agency with a site of its own is gone to from here, and nobody leaves the portal
/// without having been told. For what is not online yet the page says how to do it today.
pub async fn start(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    gateway: Data<Gateway>,
    code: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let Some(entry) = catalogue.service(&code) else { return known_as(catalogue, &code, "/start") };
    let present = Presenter::new(visitor.texts(), catalogue);
    let agency = catalogue.agency_of(entry);
    if agency.suspended.is_some() {
        return Ok(Page::new(&by_other_ways(present, visitor.common_frame(), agency, entry))?.keep());
    }
    if let Some(page) = asking::asked((&visitor, &site, &gateway), &edition, entry, &request).await? {
        return Ok(page);
    }
    let service = &entry.service;
    if let Some((way, trouble)) = own_site(&site, agency).await? {
        let view = LeaveView {
            frame: visitor.frame(),
            name: present.text(&service.name),
            guide: urls::service(&service.code),
            domain: domain(present, service),
            agency: present.agency(agency),
            host: way.host_str().map(str::to_owned),
            site: way.to_string(),
            trouble: trouble.map(|trouble| SiteTrouble {
                at: local(trouble.at),
                since: Some(local(trouble.since)).filter(|_| trouble.since < trouble.at),
            }),
            contact: contact(present, service, agency),
        };
        // Not kept: a binding may change while the catalogue stays as it is.
        return Page::new(&view);
    }
    Ok(Page::new(&by_other_ways(present, visitor.common_frame(), agency, entry))?.keep())
}

/// How it is done today, where it is not done here.
fn by_other_ways(
    present: Presenter<'_>,
    frame: Frame,
    agency: &AgencyEntry,
    entry: &ServiceEntry,
) -> StartView {
    let service = &entry.service;
    StartView {
        frame,
        name: present.text(&service.name),
        guide: urls::service(&service.code),
        domain: domain(present, service),
        agency: present.agency(agency),
        kind: service.kind,
        papers: papers(present, service),
        visit: visit(present, service),
        contact: contact(present, service, agency),
        offered: Offered::of(agency),
    }
}

/// The first page of a service of a version that is not live, for whoever reviews it: its question, or how it is done
/// today. Neither can be sent off.
pub fn preview_start(present: Presenter<'_>, frame: Frame, code: &str) -> Option<Result<Page, Failure>> {
    let entry = present.catalogue.service(code)?;
    let agency = present.catalogue.agency_of(entry);
    let offered = Offered { preview: true, closed: None };
    Some(match asking::preview(present, frame.clone(), agency, entry) {
        Some(view) => Page::new(&AskView { offered, ..view }),
        None => Page::new(&StartView { offered, ..by_other_ways(present, frame, agency, entry) }),
    })
}

/// Where an agency's own site is in this installation, and whether it did not open when it was last looked at.
async fn own_site(
    site: &Site,
    entry: &AgencyEntry,
) -> Result<Option<(url::Url, Option<sites::Trouble>)>, Failure> {
    // What most agencies do not have costs no query.
    if sites::address(&entry.agency, None).is_none() {
        return Ok(None);
    }
    let (ring, slug, agency) = (site.keys.clone(), entry.slug.clone(), entry.agency.clone());
    let find = move |c: &mut Conn| {
        let alias = agency.backend.endpoint.as_deref().unwrap_or_default();
        let bound = bindings::in_force(c, &ring, &slug, alias)?.map(|bound| bound.address);
        let Some(way) = sites::address(&agency, bound) else { return Ok(None) };
        let trouble = sites::trouble(c, &slug, &way)?;
        Ok::<_, BindingError>(Some((way, trouble)))
    };
    site.db.read(find).await.map_err(Failure::broken)
}

/// A moment in the city's own time.
pub(in crate::catalogue) fn local(at: Moment) -> chrono::NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}
