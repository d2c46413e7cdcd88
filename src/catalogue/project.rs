//! From live packages to the catalogue.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use yimen_contract::{
    CityPackage, Package,
    agency::AgencyKind,
    city::SpanKind,
    service::{Service, Status},
    writing::Bulletin,
};

use super::model::{
    AgencyEntry, BulletinEntry, Catalogue, PolicyEntry, ProviderEntry, ServiceEntry, TrialEntry, group,
};
use crate::{
    agencies::{Compiled, LivePackage, Trial, releases::Suspension},
    platform::{Moment, calendar::WorkingCalendar, clock::city_day},
    policy::Book,
};

/// Version and moment of every service's latest publication, by code.
pub type Published = HashMap<String, (i32, Moment)>;

/// Builds the catalogue. `published` tells version and day of each service's latest publication; `issued` are the
/// notices of agencies' backends. `None` while there is no city folder: without domains there is nothing to show.
pub fn project(
    live: Vec<LivePackage>,
    published: &Published,
    issued: Vec<(String, Bulletin)>,
) -> Option<Catalogue> {
    let mut city: Option<CityPackage> = None;
    let mut packages = Vec::new();
    for package in live {
        match package.compiled {
            Compiled::City(found) => city = Some(*found),
            Compiled::Agency(found) => packages.push(Shown {
                package: *found,
                installed: package.installed_at,
                on_trial: package.on_trial,
                verified: package.verified,
                suspended: package.suspended,
            }),
        }
    }
    // The city's own order of agencies.
    packages.sort_by(|a, b| a.package.agency.code.cmp(&b.package.agency.code));
    // Nobody that citizens deal with: in no list, and with no page of its own.
    let (providers, packages): (Vec<_>, Vec<_>) =
        packages.into_iter().partition(|shown| shown.package.agency.kind == AgencyKind::Provider);
    let providers = providers.into_iter().map(|shown| ProviderEntry {
        suspended: shown.suspended.is_some(),
        slug: shown.package.slug,
        agency: shown.package.agency,
    });
    let builder = Builder { providers: providers.collect(), ..Builder::default() };
    Some(builder.build(city?, packages, published, issued))
}

/// An agency's package that is shown.
struct Shown {
    package: Package,
    installed: Moment,
    on_trial: Option<Trial>,
    verified: bool,
    suspended: Option<Suspension>,
}

#[derive(Default)]
struct Builder {
    agencies: Vec<AgencyEntry>,
    services: Vec<ServiceEntry>,
    policies: Vec<(PolicyEntry, Vec<String>)>,
    bulletins: Vec<(BulletinEntry, Vec<String>)>,
    trials: HashMap<usize, TrialEntry>,
    hidden: usize,
    providers: Vec<ProviderEntry>,
}

impl Builder {
    fn build(
        mut self,
        city: CityPackage,
        packages: Vec<Shown>,
        published: &Published,
        issued: Vec<(String, Bulletin)>,
    ) -> Catalogue {
        let classes: HashSet<&str> = city
            .domains
            .domains
            .iter()
            .flat_map(|domain| domain.classes.iter().map(|class| class.code.as_str()))
            .collect();
        for (position, mut shown) in packages.into_iter().enumerate() {
            if let Some(trial) = shown.on_trial.take() {
                self.trials.insert(position, trial_entry(position, trial, shown.installed));
            }
            self.add(position, shown, published, &classes);
        }
        self.publish(issued);
        self.services.sort_by(|a, b| a.service.code.cmp(&b.service.code));
        self.bulletins.sort_by(|(a, _), (b, _)| {
            (b.bulletin.published, &a.bulletin.id).cmp(&(a.bulletin.published, &b.bulletin.id))
        });
        self.policies
            .sort_by(|(a, _), (b, _)| (b.policy.issued, &a.policy.id).cmp(&(a.policy.issued, &b.policy.id)));
        self.index(city)
    }

    fn add(&mut self, agency: usize, shown: Shown, published: &Published, classes: &HashSet<&str>) {
        let Shown { package, installed, suspended, verified, on_trial: _ } = shown;
        let Package {
            slug,
            agency: about,
            services,
            licences,
            policies,
            bulletins,
            maps: _,
            forms: _,
            samples: _,
        } = package;
        for service in services {
            if service.status != Status::Online {
                self.hidden += 1;
                continue;
            }
            if !classes.contains(service.class.as_str()) {
                // The package is right by itself; it is the city that lacks the class.
                tracing::warn!(
                    slug,
                    code = service.code,
                    class = service.class,
                    "a service has no place in the city"
                );
                self.hidden += 1;
                continue;
            }
            let (version, at) = published.get(&service.code).copied().unwrap_or((1, installed));
            self.services.push(ServiceEntry {
                service,
                agency,
                version: u32::try_from(version).unwrap_or(1),
                published: city_day(at),
            });
        }
        for policy in policies {
            let codes = policy.services.clone();
            self.policies.push((PolicyEntry { policy, agency, services: Vec::new() }, codes));
        }
        for bulletin in bulletins {
            let codes = bulletin.services.clone();
            self.bulletins.push((BulletinEntry { bulletin, agency, services: Vec::new() }, codes));
        }
        self.agencies.push(AgencyEntry {
            slug,
            agency: about,
            licences,
            services: Vec::new(),
            policies: Vec::new(),
            bulletins: Vec::new(),
            verified,
            suspended,
        });
    }

    /// Notices of backends. One of an agency that has left the city is not shown.
    fn publish(&mut self, issued: Vec<(String, Bulletin)>) {
        let by_slug: HashMap<String, usize> =
            self.agencies.iter().enumerate().map(|(at, entry)| (entry.slug.clone(), at)).collect();
        for (slug, bulletin) in issued {
            let Some(agency) = by_slug.get(&slug).copied() else { continue };
            let codes = bulletin.services.clone();
            self.bulletins.push((BulletinEntry { bulletin, agency, services: Vec::new() }, codes));
        }
    }

    fn index(mut self, city: CityPackage) -> Catalogue {
        let by_code: HashMap<String, usize> =
            self.services.iter().enumerate().map(|(at, entry)| (entry.service.code.clone(), at)).collect();
        let find = |codes: Vec<String>| {
            codes.iter().filter_map(|code| by_code.get(code).copied()).collect::<Vec<_>>()
        };
        let mut policies = Vec::with_capacity(self.policies.len());
        for (at, (mut entry, codes)) in self.policies.into_iter().enumerate() {
            entry.services = find(codes);
            self.agencies[entry.agency].policies.push(at);
            policies.push(entry);
        }
        let mut bulletins = Vec::with_capacity(self.bulletins.len());
        for (at, (mut entry, codes)) in self.bulletins.into_iter().enumerate() {
            entry.services = find(codes);
            self.agencies[entry.agency].bulletins.push(at);
            bulletins.push(entry);
        }
        for (at, entry) in self.services.iter().enumerate() {
            self.agencies[entry.agency].services.push(at);
        }
        let by = |key: fn(&Service) -> &str| {
            group(self.services.iter().enumerate().map(|(at, entry)| (key(&entry.service).to_owned(), at)))
        };
        let by_zone = group(
            self.services
                .iter()
                .enumerate()
                .flat_map(|(at, entry)| entry.service.zones.iter().map(move |zone| (zone.clone(), at))),
        );
        let policies_of = policies_of(&self.services, &policies);
        let bulletins_of = group(
            bulletins
                .iter()
                .enumerate()
                .flat_map(|(at, entry)| entry.services.iter().map(move |service| (*service, at))),
        );
        let event_services: Vec<Vec<(usize, usize)>> = city
            .events
            .events
            .iter()
            .map(|event| {
                let steps = event.steps.iter().enumerate();
                steps.filter_map(|(step, it)| Some((step, *by_code.get(&it.service)?))).collect()
            })
            .collect();
        let events_of = group(
            event_services
                .iter()
                .enumerate()
                .flat_map(|(event, steps)| steps.iter().map(move |(_, service)| (*service, event))),
        );
        let licences = self
            .agencies
            .iter()
            .enumerate()
            .flat_map(|(agency, entry)| {
                entry
                    .licences
                    .iter()
                    .enumerate()
                    .map(move |(at, licence)| (licence.code.clone(), (agency, at)))
            })
            .collect();
        Catalogue {
            calendar: calendar(&city),
            rules: Arc::new(Book::of(&city)),
            agency_by_slug: self
                .agencies
                .iter()
                .enumerate()
                .map(|(at, entry)| (entry.slug.clone(), at))
                .collect(),
            by_domain: by(|service| &service.domain),
            by_class: by(|service| &service.class),
            by_zone,
            by_code,
            licences,
            policies_of,
            bulletins_of,
            events_of,
            event_services,
            agencies: self.agencies,
            services: self.services,
            hidden: self.hidden,
            trials: self.trials,
            providers: self.providers,
            policies,
            bulletins,
            city,
        }
    }
}

/// What some citizens get of an agency, with everything in it that can be done online.
fn trial_entry(agency: usize, trial: Trial, installed: Moment) -> TrialEntry {
    let Package { slug, agency: about, services, licences, .. } = *trial.package;
    let online = services.into_iter().filter(|service| service.status == Status::Online);
    let entry = |service: Service| {
        let published = city_day(installed);
        (service.code.clone(), ServiceEntry { service, agency, version: 1, published })
    };
    TrialEntry {
        candidate: trial.candidate,
        agency: AgencyEntry {
            slug,
            agency: about,
            licences,
            services: Vec::new(),
            policies: Vec::new(),
            bulletins: Vec::new(),
            verified: true,
            suspended: None,
        },
        services: online.map(entry).collect(),
    }
}

fn calendar(city: &CityPackage) -> WorkingCalendar {
    let mut calendar = WorkingCalendar::default();
    for span in &city.calendar.spans {
        calendar.add_span(span.from, span.to, span.kind == SpanKind::Work);
    }
    calendar
}

/// The policies of each service. A policy names its services, and a service its policies: either is enough.
fn policies_of(services: &[ServiceEntry], policies: &[PolicyEntry]) -> HashMap<usize, Vec<usize>> {
    let by_id: HashMap<&str, usize> =
        policies.iter().enumerate().map(|(at, entry)| (entry.policy.id.as_str(), at)).collect();
    let named = services.iter().enumerate().flat_map(|(at, entry)| {
        let found = entry.service.policies.iter().filter_map(|id| by_id.get(id.as_str()).copied());
        found.map(move |policy| (at, policy)).collect::<Vec<_>>()
    });
    let naming = policies
        .iter()
        .enumerate()
        .flat_map(|(at, entry)| entry.services.iter().map(move |service| (*service, at)));
    let mut policies_of = group(named.chain(naming));
    for list in policies_of.values_mut() {
        list.sort_unstable();
        list.dedup();
    }
    policies_of
}
