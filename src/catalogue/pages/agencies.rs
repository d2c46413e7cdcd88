//! `/agencies`, `/agencies/{slug}`

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use yimen_contract::{agency::AgencyKind, licence::LicenceType, service::Maturity};

use super::{edition, guide::least_ratings};
use crate::{
    catalogue::{
        AgencyEntry, Catalogue, Shelf, closures,
        present::{Presenter, urls},
        views::{
            AgenciesView, AgencyContact, AgencyGroup, AgencyLine, AgencyView, LicenceCard, ScoreView,
            ServiceGroup,
        },
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Link, Tab},
        query,
    },
};

/// Kinds in the order in which they are listed.
const KINDS: [AgencyKind; 7] = [
    AgencyKind::Dept,
    AgencyKind::Centre,
    AgencyKind::Hospital,
    AgencyKind::Court,
    AgencyKind::Utility,
    AgencyKind::Federation,
    AgencyKind::Operator,
];

pub async fn agencies(visitor: Visitor, shelf: Data<Shelf>, request: HttpRequest) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let known: BTreeSet<&str> =
        catalogue.agencies.iter().flat_map(|entry| &entry.agency.fields).map(String::as_str).collect();
    let field = query(&request, "field").filter(|field| known.contains(field.as_str()));
    let shown: Vec<&AgencyEntry> = catalogue
        .agencies
        .iter()
        .filter(|entry| field.as_ref().is_none_or(|field| entry.agency.fields.contains(field)))
        .collect();
    let groups = KINDS.into_iter().filter_map(|kind| {
        let agencies: Vec<_> = shown
            .iter()
            .filter(|entry| entry.agency.kind == kind)
            .map(|entry| AgencyLine {
                name: present.text(&entry.agency.name),
                about: present.text(&entry.agency.about),
                url: urls::agency(&entry.slug),
                services: entry.services.len(),
            })
            .collect();
        (!agencies.is_empty()).then_some(AgencyGroup { kind, agencies })
    });
    let all = Tab {
        label: present.t.agencies_all_fields().to_owned(),
        url: "/agencies".to_owned(),
        count: None,
        current: field.is_none(),
    };
    let fields = known.iter().map(|code| Tab {
        label: present.t.agency_field(*code),
        url: format!("/agencies?field={code}"),
        count: None,
        current: field.as_deref() == Some(*code),
    });
    let view = AgenciesView {
        fields: std::iter::once(all).chain(fields).collect(),
        groups: groups.collect(),
        count: shown.len(),
        frame: visitor.common_frame(),
    };
    Ok(Page::new(&view)?.keep())
}

pub async fn agency(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    slug: Path<String>,
) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let now = site.clock.now();
    let entry = catalogue.agency(&slug).ok_or(Failure::NotFound)?;
    let about = &entry.agency;
    let current = entry.bulletins.iter().map(|at| &catalogue.bulletins[*at]).filter(|it| it.is_current(now));
    let parent = about.parent.as_deref().and_then(|slug| catalogue.agency(slug));
    let view = AgencyView {
        frame: visitor.common_frame(),
        slug: entry.slug.clone(),
        name: present.text(&about.name),
        about: present.text(&about.about),
        kind: about.kind,
        level: about.level,
        parent: parent.map(|parent| present.agency(parent)),
        verified: entry.verified,
        closures: closures::lines_of_agency(
            present,
            &edition.closures,
            (&entry.slug, entry.suspended.as_ref().map(|suspended| suspended.why.as_str())),
        ),
        credit_code: about.credit_code.clone(),
        contact: AgencyContact {
            phone: about.contact.phone.clone(),
            complaint_phone: about.contact.complaint_phone.clone(),
            address: present.text(&about.contact.address),
            hours: present.text(&about.contact.hours),
            email: about.contact.email.clone(),
            website: about.contact.website.clone(),
        },
        availability: present.text(&about.backend.availability),
        services: entry.services.len(),
        score: least_ratings(catalogue, now).and_then(|least| {
            ScoreView::of(&edition.scores.agency(&entry.slug), least, Some(urls::agency_ratings(&entry.slug)))
        }),
        maturity: maturity(catalogue, entry),
        groups: by_class(present, entry),
        licences: entry.licences.iter().map(|licence| licence_card(present, licence)).collect(),
        bulletins: current.take(5).map(|entry| present.bulletin(entry)).collect(),
        policies: entry.policies.iter().map(|at| present.policy(&catalogue.policies[*at])).collect(),
    };
    Ok(Page::new(&view)?.keep())
}

fn maturity(catalogue: &Catalogue, entry: &AgencyEntry) -> Vec<(Maturity, usize)> {
    let mut stages: BTreeMap<Maturity, usize> = BTreeMap::new();
    for at in &entry.services {
        let stage = catalogue.services[*at].service.maturity(entry.agency.backend.driver);
        *stages.entry(stage).or_default() += 1;
    }
    stages.into_iter().collect()
}

fn by_class(present: Presenter<'_>, entry: &AgencyEntry) -> Vec<ServiceGroup> {
    let catalogue = present.catalogue;
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in &entry.services {
        groups.entry(&catalogue.services[*at].service.class).or_default().push(*at);
    }
    groups
        .into_iter()
        .filter_map(|(code, services)| {
            let class = catalogue.class(code)?;
            let domain = &catalogue.services[*services.first()?].service.domain;
            Some(ServiceGroup {
                class: Link::new(present.text(&class.name), urls::class(domain, code)),
                services: present.services(&services),
            })
        })
        .collect()
}

fn licence_card(present: Presenter<'_>, licence: &LicenceType) -> LicenceCard {
    let renewal = licence.renewal_service.as_deref().and_then(|code| present.catalogue.service(code));
    LicenceCard {
        name: present.text(&licence.name),
        validity: present.maybe(licence.overdue.as_ref()).unwrap_or_default(),
        renewal: renewal
            .map(|entry| Link::new(present.text(&entry.service.name), urls::service(&entry.service.code))),
    }
}
