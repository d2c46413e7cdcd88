//! `/`

use actix_web::web::Data;

use super::views::{HomeView, Numbers, Urgent};
use crate::{
    catalogue::{
        Catalogue, Shelf, counts,
        pages::hot_words,
        present::{Presenter, urls},
    },
    platform::clock::CITY_ZONE,
    web::{Failure, Page, Site, Visitor},
};

/// Bulletins on the home page.
const LATEST: usize = 6;

pub async fn home(visitor: Visitor, site: Data<Site>, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let now = site.clock.now();
    let urgent = catalogue.bulletins.iter().filter(|entry| entry.is_pinned(now)).filter_map(|entry| {
        Some(Urgent {
            title: present.text(&entry.bulletin.title),
            agency: present.text(&catalogue.agencies[entry.agency].agency.name),
            until: entry.bulletin.pinned.as_ref()?.until.with_timezone(&CITY_ZONE).naive_local(),
            url: urls::bulletin(&entry.bulletin.id),
        })
    });
    let view = HomeView {
        frame: visitor.common_frame(),
        hot: hot_words(visitor.texts(), &edition.most_used, catalogue),
        urgent: urgent.collect(),
        most_used: present.services(&edition.most_used),
        window_days: counts::WINDOW_DAYS,
        domains: present.domains(),
        events: present.events(),
        zones: present.zones(),
        bulletins: present.latest(now, LATEST),
        numbers: numbers(catalogue),
    };
    Ok(Page::new(&view)?.keep())
}

pub(super) fn numbers(catalogue: &Catalogue) -> Numbers {
    let counted = catalogue.numbers();
    Numbers {
        services: counted.services,
        query: counted.query,
        handling: counted.handling,
        zero_visit: counted.zero_visit,
        one_visit: counted.one_visit,
        agencies: catalogue.agencies.len(),
    }
}
