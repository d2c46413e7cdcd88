//! From the catalogue to what pages show: texts in the reader's language, addresses, cards.

use chrono::NaiveDate;
use yimen_contract::{
    Bilingual,
    city::{Domain, LifeEvent, Zone},
};

use super::{
    AgencyEntry, BulletinEntry, Catalogue, PolicyEntry, ServiceEntry, markdown,
    views::{BulletinCard, PolicyCard, ServiceCard, Tile},
};
use crate::{
    platform::{Moment, Texts, clock::city_day},
    web::frame::{Link, SafeHtml, Text},
};

/// The addresses of the catalogue's pages.
pub mod urls {
    pub fn service(code: &str) -> String {
        format!("/services/{code}")
    }

    /// How satisfied people were with a service.
    pub fn ratings(code: &str) -> String {
        format!("{}/ratings", service(code))
    }

    /// Where somebody says what a matter of theirs was like: a case, a booking or a payment, by its number.
    pub fn rate(kind: &str, reference: &str) -> String {
        format!("/me/ratings/{kind}/{reference}")
    }

    /// Where a due of a service is paid: by the agency's number of it, such as that of a decision. Whoever opens it is
    /// shown what the agency says of it now.
    pub fn due(code: &str, number: &str) -> String {
        let number: String = url::form_urlencoded::byte_serialize(number.as_bytes()).collect();
        format!("{}/due?number={number}", service(code))
    }

    pub fn domain(code: &str) -> String {
        format!("/domains/{code}")
    }

    pub fn district(code: &str) -> String {
        format!("/districts/{code}")
    }

    pub fn class(domain: &str, class: &str) -> String {
        format!("/domains/{domain}/{class}")
    }

    pub fn agency(slug: &str) -> String {
        format!("/agencies/{slug}")
    }

    /// How satisfied people were with an agency's services.
    pub fn agency_ratings(slug: &str) -> String {
        format!("{}/ratings", agency(slug))
    }

    pub fn event(id: &str) -> String {
        format!("/events/{id}")
    }

    pub fn zone(id: &str) -> String {
        format!("/zones/{id}")
    }

    pub fn policy(id: &str) -> String {
        format!("/policies/{id}")
    }

    pub fn bulletin(id: &str) -> String {
        format!("/bulletins/{id}")
    }

    /// A search for words.
    pub fn search(words: &str) -> String {
        let words: String = form_urlencoded(words);
        format!("/search?q={words}")
    }

    /// Text as it stands in a query string.
    pub fn form_urlencoded(text: &str) -> String {
        url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
    }
}

/// Presents a catalogue in one language.
#[derive(Clone, Copy)]
pub struct Presenter<'a> {
    pub t: Texts,
    pub catalogue: &'a Catalogue,
}

impl<'a> Presenter<'a> {
    pub fn new(t: Texts, catalogue: &'a Catalogue) -> Self {
        Self { t, catalogue }
    }

    pub fn text(self, text: &Bilingual) -> Text {
        Text::of(self.t, text)
    }

    pub fn maybe(self, text: Option<&Bilingual>) -> Option<Text> {
        text.map(|text| self.text(text)).filter(|text| !text.is_empty())
    }

    /// Markdown as safe markup, and whether it is in a language the reader did not ask for.
    pub fn markdown(self, text: &Bilingual) -> (SafeHtml, bool) {
        let said = self.t.say(text);
        (markdown::render(said.text), said.fallback)
    }

    pub fn service(self, entry: &ServiceEntry) -> ServiceCard {
        let service = &entry.service;
        ServiceCard {
            code: service.code.clone(),
            name: self.text(&service.name),
            summary: self.text(&service.summary),
            agency: self.text(&self.catalogue.agency_of(entry).agency.name),
            kind: service.kind,
            visits: service.visits,
            instant: service.time.promised.days == 0,
            fee: service.fee.mode,
            url: urls::service(&service.code),
        }
    }

    pub fn services(self, positions: &[usize]) -> Vec<ServiceCard> {
        positions.iter().map(|at| self.service(&self.catalogue.services[*at])).collect()
    }

    pub fn agency(self, entry: &AgencyEntry) -> Link {
        Link::new(self.text(&entry.agency.name), urls::agency(&entry.slug))
    }

    pub fn domain(self, domain: &Domain) -> Tile {
        Tile {
            name: self.text(&domain.name),
            about: self.text(&domain.about),
            icon: domain.icon.clone(),
            count: Some(self.catalogue.in_domain(&domain.code).len()),
            url: urls::domain(&domain.code),
        }
    }

    pub fn domains(self) -> Vec<Tile> {
        self.catalogue.city.domains.domains.iter().map(|domain| self.domain(domain)).collect()
    }

    pub fn event(self, event: &LifeEvent) -> Tile {
        let online =
            event.steps.iter().filter(|step| self.catalogue.service(&step.service).is_some()).count();
        Tile {
            name: self.text(&event.name),
            about: self.text(&event.about),
            icon: event.icon.clone(),
            count: Some(online),
            url: urls::event(&event.id),
        }
    }

    pub fn events(self) -> Vec<Tile> {
        self.catalogue.city.events.events.iter().map(|event| self.event(event)).collect()
    }

    pub fn zone(self, zone: &Zone) -> Tile {
        Tile {
            name: self.text(&zone.name),
            about: self.text(&zone.about),
            icon: zone.icon.clone(),
            count: Some(self.catalogue.in_zone(&zone.id).len()),
            url: urls::zone(&zone.id),
        }
    }

    pub fn zones(self) -> Vec<Tile> {
        self.catalogue.city.zones.zones.iter().map(|zone| self.zone(zone)).collect()
    }

    pub fn policy(self, entry: &PolicyEntry) -> PolicyCard {
        PolicyCard {
            title: self.text(&entry.policy.title),
            summary: self.text(&entry.policy.summary),
            issuer: self.text(&entry.policy.issuer),
            issued: entry.policy.issued,
            url: urls::policy(&entry.policy.id),
        }
    }

    pub fn bulletin(self, entry: &BulletinEntry) -> BulletinCard {
        BulletinCard {
            title: self.text(&entry.bulletin.title),
            agency: self.text(&self.catalogue.agencies[entry.agency].agency.name),
            kind: entry.bulletin.kind,
            published: city_day(entry.bulletin.published),
            url: urls::bulletin(&entry.bulletin.id),
        }
    }

    /// The latest bulletins that are shown now.
    pub fn latest(self, now: Moment, count: usize) -> Vec<BulletinCard> {
        let current = self.catalogue.bulletins.iter().filter(|entry| entry.is_current(now));
        current.take(count).map(|entry| self.bulletin(entry)).collect()
    }
}

/// Whether a policy is no longer in force on a day.
pub(super) fn has_ended(valid_until: Option<NaiveDate>, today: NaiveDate) -> bool {
    valid_until.is_some_and(|until| until < today)
}
