//! `/events`, `/events/{id}`, `/zones`, `/zones/{id}`

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::{Data, Path};

use super::edition;
use crate::{
    catalogue::{
        Shelf,
        present::{Presenter, urls},
        views::{EventStep, EventView, EventsView, ServiceGroup, ZoneView, ZonesView},
    },
    web::{Failure, Page, Visitor, frame::Link},
};

pub async fn events(visitor: Visitor, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let view = EventsView { frame: visitor.common_frame(), events: present.events() };
    Ok(Page::new(&view)?.keep())
}

pub async fn event(visitor: Visitor, shelf: Data<Shelf>, id: Path<String>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let (event, steps) = catalogue.event(&id).ok_or(Failure::NotFound)?;
    let services = steps.iter().map(|(_, at)| &catalogue.services[*at]);
    let agencies: BTreeSet<&str> = services.map(|entry| catalogue.agency_of(entry).slug.as_str()).collect();
    let others = catalogue.city.events.events.iter().filter(|other| other.id != event.id);
    let view = EventView {
        frame: visitor.common_frame(),
        name: present.text(&event.name),
        about: present.text(&event.about),
        icon: event.icon.clone(),
        steps: steps
            .iter()
            .map(|(step, at)| EventStep {
                note: present.text(&event.steps[*step].note),
                service: present.service(&catalogue.services[*at]),
            })
            .collect(),
        agencies: agencies.len(),
        together: catalogue.applied_together(&event.id).len(),
        apply: format!("{}/apply", urls::event(&event.id)),
        others: others.map(|event| present.event(event)).collect(),
    };
    Ok(Page::new(&view)?.keep())
}

pub async fn zones(visitor: Visitor, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let view = ZonesView { frame: visitor.common_frame(), zones: present.zones() };
    Ok(Page::new(&view)?.keep())
}

pub async fn zone(visitor: Visitor, shelf: Data<Shelf>, id: Path<String>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let zone = catalogue.zone(&id).ok_or(Failure::NotFound)?;
    let mut by_domain: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in catalogue.in_zone(&zone.id) {
        by_domain.entry(&catalogue.services[*at].service.domain).or_default().push(*at);
    }
    let groups = by_domain.iter().filter_map(|(code, services)| {
        let domain = catalogue.domain(code)?;
        Some(ServiceGroup {
            class: Link::new(present.text(&domain.name), urls::domain(code)),
            services: present.services(services),
        })
    });
    let (help, help_fallback) = present.markdown(&zone.help);
    let others = catalogue.city.zones.zones.iter().filter(|other| other.id != zone.id);
    let view = ZoneView {
        name: present.text(&zone.name),
        about: present.text(&zone.about),
        icon: zone.icon.clone(),
        help,
        help_fallback,
        services: catalogue.in_zone(&zone.id).len(),
        groups: groups.collect(),
        others: others.map(|zone| present.zone(zone)).collect(),
        offer_large: zone.id == "senior" && !visitor.look().large,
        frame: visitor.common_frame(),
    };
    Ok(Page::new(&view)?.keep())
}
