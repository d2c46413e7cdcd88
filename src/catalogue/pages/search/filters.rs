//! The ways to narrow a search, all of them ordinary parameters of the address.

use actix_web::HttpRequest;
use yimen_contract::service::{Audience, ServiceKind};

use crate::{
    catalogue::{
        Catalogue, ServiceEntry,
        present::{Presenter, urls},
        views::Words as _,
    },
    platform::Texts,
    web::{frame::Text, query},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Narrowing {
    Domain,
    Agency,
    Visits,
    Kind,
    Audience,
}

pub(super) const NARROWINGS: [Narrowing; 5] =
    [Narrowing::Domain, Narrowing::Agency, Narrowing::Visits, Narrowing::Kind, Narrowing::Audience];

const KINDS: [(&str, ServiceKind); 4] = [
    ("query", ServiceKind::Query),
    ("handle", ServiceKind::Handle),
    ("booking", ServiceKind::Booking),
    ("payment", ServiceKind::Payment),
];

impl Narrowing {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Agency => "agency",
            Self::Visits => "visits",
            Self::Kind => "kind",
            Self::Audience => "audience",
        }
    }

    pub(super) fn label(self, t: Texts) -> &'static str {
        match self {
            Self::Domain => t.filter_domain(),
            Self::Agency => t.filter_agency(),
            Self::Visits => t.filter_visits(),
            Self::Kind => t.filter_kind(),
            Self::Audience => t.filter_audience(),
        }
    }

    /// All values with their words.
    pub(super) fn options(self, present: Presenter<'_>) -> Vec<(String, Text)> {
        let t = present.t;
        let plain = |value: &str, label: &str| (value.to_owned(), Text::plain(label));
        match self {
            Self::Domain => {
                let domains = present.catalogue.city.domains.domains.iter();
                domains.map(|domain| (domain.code.clone(), present.text(&domain.name))).collect()
            }
            Self::Agency => {
                let agencies = present.catalogue.agencies.iter();
                agencies.map(|entry| (entry.slug.clone(), present.text(&entry.agency.name))).collect()
            }
            Self::Visits => vec![plain("0", t.filter_zero_visit()), plain("1", t.filter_one_visit())],
            Self::Kind => KINDS.iter().map(|(value, kind)| plain(value, t.service_kind(kind))).collect(),
            Self::Audience => vec![
                plain("person", t.audience(&Audience::Person)),
                plain("enterprise", t.audience(&Audience::Enterprise)),
            ],
        }
    }

    /// Whether a service has a value. A service for both is for each.
    pub(super) fn holds(self, catalogue: &Catalogue, entry: &ServiceEntry, value: &str) -> bool {
        let service = &entry.service;
        match self {
            Self::Domain => service.domain == value,
            Self::Agency => catalogue.agency_of(entry).slug == value,
            Self::Visits => service.visits.to_string() == value,
            Self::Kind => KINDS.iter().any(|(word, kind)| *word == value && *kind == service.kind),
            Self::Audience => match value {
                "person" => service.audience != Audience::Enterprise,
                "enterprise" => service.audience != Audience::Person,
                _ => false,
            },
        }
    }
}

/// The values chosen in an address. A value that does not exist narrows nothing.
pub(super) struct Chosen<'a> {
    catalogue: &'a Catalogue,
    values: Vec<(Narrowing, String)>,
}

impl<'a> Chosen<'a> {
    pub(super) fn of(catalogue: &'a Catalogue, request: &HttpRequest) -> Self {
        let exists = |by: Narrowing, value: &str| {
            catalogue.services.iter().any(|entry| by.holds(catalogue, entry, value))
        };
        let values = NARROWINGS
            .into_iter()
            .filter_map(|by| Some((by, query(request, by.name())?)))
            .filter(|(by, value)| exists(*by, value))
            .collect();
        Self { catalogue, values }
    }

    pub(super) fn value(&self, by: Narrowing) -> Option<&str> {
        self.values.iter().find(|(other, _)| *other == by).map(|(_, value)| value.as_str())
    }

    pub(super) fn accepts(&self, entry: &ServiceEntry) -> bool {
        self.values.iter().all(|(by, value)| by.holds(self.catalogue, entry, value))
    }

    /// The same, as if one filter were not there.
    pub(super) fn accepts_but(&self, without: Narrowing, entry: &ServiceEntry) -> bool {
        let others = self.values.iter().filter(|(by, _)| *by != without);
        others.into_iter().all(|(by, value)| by.holds(self.catalogue, entry, value))
    }

    /// The address of this search for other words, perhaps without one of its filters.
    pub(super) fn address(&self, words: &str, without: Option<Narrowing>) -> String {
        let mut address = urls::search(words);
        for (by, value) in self.values.iter().filter(|(by, _)| Some(*by) != without) {
            address.push('&');
            address.push_str(by.name());
            address.push('=');
            address.push_str(&urls::form_urlencoded(value));
        }
        address
    }
}
