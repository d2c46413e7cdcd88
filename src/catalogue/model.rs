//! The catalogue as a whole: immutable, indexed, shared.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use yimen_contract::{
    CityPackage,
    agency::Agency,
    licence::LicenceType,
    service::{Service, ServiceKind},
    writing::{Bulletin, Policy},
};

use crate::{
    agencies::releases::{Candidate, Suspension},
    platform::{Moment, calendar::WorkingCalendar},
    policy::Book,
};

/// Everything that is shown to the public at one moment. Lists are in the order pages show them; numbers are
/// positions in these lists.
pub struct Catalogue {
    pub city: CityPackage,
    pub calendar: WorkingCalendar,
    /// What the city sets by numbers: as its package says, and as was decided since.
    pub rules: Arc<Book>,
    pub agencies: Vec<AgencyEntry>,
    /// Online services only, by code.
    pub services: Vec<ServiceEntry>,
    /// Drafts and retired services: counted, never shown.
    pub hidden: usize,
    pub policies: Vec<PolicyEntry>,
    /// Latest first.
    pub bulletins: Vec<BulletinEntry>,
    pub(super) by_code: HashMap<String, usize>,
    pub(super) agency_by_slug: HashMap<String, usize>,
    pub(super) by_domain: HashMap<String, Vec<usize>>,
    pub(super) by_class: HashMap<String, Vec<usize>>,
    pub(super) by_zone: HashMap<String, Vec<usize>>,
    pub(super) licences: HashMap<String, (usize, usize)>,
    pub(super) policies_of: HashMap<usize, Vec<usize>>,
    pub(super) bulletins_of: HashMap<usize, Vec<usize>>,
    pub(super) events_of: HashMap<usize, Vec<usize>>,
    /// Positions of the events' steps that lead to an online service.
    pub(super) event_services: Vec<Vec<(usize, usize)>>,
    /// What is on trial, by the agency's position.
    pub(super) trials: HashMap<usize, TrialEntry>,
    /// Who takes payments or carries messages for the city, by code.
    pub providers: Vec<ProviderEntry>,
}

/// A provider: a package like an agency's, of nobody that citizens deal with.
pub struct ProviderEntry {
    pub slug: String,
    pub agency: Agency,
    pub suspended: bool,
}

/// A version of an agency's package that some citizens get. Its services are no part of any list: whoever gets it
/// comes to them from the guide that everybody sees.
pub struct TrialEntry {
    pub candidate: Candidate,
    pub agency: AgencyEntry,
    pub services: HashMap<String, ServiceEntry>,
}

pub struct AgencyEntry {
    pub slug: String,
    pub agency: Agency,
    pub licences: Vec<LicenceType>,
    pub services: Vec<usize>,
    pub policies: Vec<usize>,
    pub bulletins: Vec<usize>,
    /// Somebody looked at what entitles it, and admitted it.
    pub verified: bool,
    /// Its services are shut.
    pub suspended: Option<Suspension>,
}

pub struct ServiceEntry {
    pub service: Service,
    pub agency: usize,
    pub version: u32,
    pub published: NaiveDate,
}

pub struct PolicyEntry {
    pub policy: Policy,
    pub agency: usize,
    pub services: Vec<usize>,
}

pub struct BulletinEntry {
    pub bulletin: Bulletin,
    pub agency: usize,
    pub services: Vec<usize>,
}

/// Counts over a set of services.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    pub services: usize,
    pub query: usize,
    pub handling: usize,
    pub zero_visit: usize,
    pub one_visit: usize,
}

impl Numbers {
    pub(super) fn of<'a>(services: impl Iterator<Item = &'a ServiceEntry>) -> Self {
        services.fold(Self::default(), |mut numbers, entry| {
            numbers.services += 1;
            match entry.service.kind {
                ServiceKind::Query => numbers.query += 1,
                ServiceKind::Handle | ServiceKind::Booking | ServiceKind::Payment => numbers.handling += 1,
            }
            match entry.service.visits {
                0 => numbers.zero_visit += 1,
                _ => numbers.one_visit += 1,
            }
            numbers
        })
    }
}

impl BulletinEntry {
    /// Whether it is shown at all.
    pub fn is_current(&self, now: Moment) -> bool {
        self.bulletin.published <= now && self.bulletin.expires.is_none_or(|until| now < until)
    }

    /// Whether it stands on the home page now.
    pub fn is_pinned(&self, now: Moment) -> bool {
        self.is_current(now)
            && self.bulletin.pinned.as_ref().is_some_and(|pin| (pin.from..pin.until).contains(&now))
    }
}

impl ServiceEntry {
    /// Whether it is offered in this month of the year.
    pub fn is_in_season(&self, month: u32) -> bool {
        let months = &self.service.months;
        months.is_empty() || months.iter().any(|offered| u32::from(*offered) == month)
    }
}

/// Positions grouped under a key, each list in ascending order.
pub(super) fn group<K: std::hash::Hash + Eq>(
    pairs: impl Iterator<Item = (K, usize)>,
) -> HashMap<K, Vec<usize>> {
    let mut groups: HashMap<K, Vec<usize>> = HashMap::new();
    for (key, position) in pairs {
        groups.entry(key).or_default().push(position);
    }
    groups
}
