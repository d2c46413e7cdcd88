//! `/`

use actix_web::web::Data;

use super::views::{HomeView, Numbers, Urgent};
use crate::{
    catalogue::{
        Catalogue, Shelf, counts,
        present::{Presenter, urls},
    },
    platform::{Texts, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Link, Text},
    },
};

/// Bulletins on the home page.
const LATEST: usize = 6;
/// Words offered under the search box.
const HOT: usize = 6;

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
        frame: visitor.frame(),
        hot: hot(visitor.texts(), &edition.most_used, catalogue),
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

/// The shortest words by which the most used services are known, each leading to its search.
fn hot(t: Texts, most_used: &[usize], catalogue: &Catalogue) -> Vec<Link> {
    let chinese = |word: &str| word.chars().any(|letter| !letter.is_ascii());
    let word = |at: &usize| {
        let service = &catalogue.services[*at].service;
        let wanted = t.lang() == crate::platform::Lang::Zh;
        let words = service.synonyms.iter().filter(|word| chinese(word) == wanted);
        words.min_by_key(|word| word.chars().count()).cloned()
    };
    let mut words: Vec<String> = Vec::new();
    for word in most_used.iter().filter_map(word) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.into_iter().take(HOT).map(|word| Link::new(Text::plain(word.as_str()), urls::search(&word))).collect()
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
