//! What there is to do in the city: services that are applied for and how their forms are filled in, and services that are
//! asked. Taken from the catalogue as it stands; what cannot be done without papers or without another record is left out.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone as _};
use yimen_contract::{
    agency::{Backend, Driver},
    capability::person::Claim,
    query::ServedBy,
    service::{Approval, Audience, Service, TimeLimits},
};
use yimen_forms::{Form, Origin};

use super::{
    YearError, answers,
    chance::Chance,
    people::LEVEL,
    plan::{Asked, Stand},
};
use crate::{
    agencies::VersionId,
    app::Portal,
    cases::{Forms, papers},
    catalogue::{Catalogue, Edition, ServiceEntry, asking},
    gateway::shut_until,
    platform::clock::CITY_ZONE,
};

/// A stream of chance of its own.
const NAME: u64 = 1;
/// Minutes of a day at which its jobs run: then applications are brought to their agencies.
pub(super) const RUNS: [u32; 2] = [12 * 60 + 40, 21 * 60];
/// Services that are asked; one of them is the one that is down at night.
const ASKED: usize = 8;

/// A service that is applied for.
pub(super) struct Offer {
    pub stand: Stand,
    pub version: VersionId,
    pub path: String,
    pub form: Arc<Form>,
    pub limits: TimeLimits,
}

/// The city as it stands when the year begins.
pub(super) struct City {
    pub edition: Arc<Edition>,
    pub offers: Vec<Offer>,
    pub asked: Vec<Asked>,
}

/// How much of the city takes part: a small year has fewer agencies, so that something can be seen at each.
struct Size {
    agencies: usize,
    services: usize,
}

impl Size {
    fn of(matters: usize) -> Self {
        Self { agencies: (matters / 900).clamp(12, 40), services: if matters < 6_000 { 2 } else { 4 } }
    }
}

impl City {
    pub(super) async fn survey(
        portal: &Portal,
        (seed, matters): (u64, usize),
        today: NaiveDate,
    ) -> Result<Self, YearError> {
        let edition = portal.shelf.edition().map_err(|_| YearError::Poor("no city is installed"))?;
        let catalogue = &edition.catalogue;
        let (size, mut chance) = (Size::of(matters), Chance::apart(seed, NAME));
        let mut agencies: Vec<(String, Vec<&ServiceEntry>)> =
            by_agency(catalogue, today).into_iter().collect();
        chance.shuffle(&mut agencies);
        let (forms, mut offers) = (Forms::default(), Vec::new());
        let mut taking_part = 0;
        for (agency, services) in agencies {
            if taking_part == size.agencies {
                break;
            }
            let before = offers.len();
            for entry in services {
                if offers.len() - before == size.services {
                    break;
                }
                offers.extend(offer(portal, &forms, (&agency, &entry.service), today).await?);
            }
            taking_part += usize::from(offers.len() > before);
        }
        let mut asked: Vec<Asked> = asked(catalogue).collect();
        chance.shuffle(&mut asked);
        asked.truncate(ASKED);
        Ok(Self { edition, offers, asked })
    }

    pub(super) fn stands(&self) -> Vec<Stand> {
        self.offers.iter().map(|offer| offer.stand.clone()).collect()
    }

    /// Every agency that has something to do.
    pub(super) fn agencies(&self) -> Vec<String> {
        let offers = self.offers.iter().map(|offer| &offer.stand.agency);
        let mut all: Vec<String> = offers.chain(self.asked.iter().map(|one| &one.agency)).cloned().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The backends of those that have one.
    pub(super) fn backend(&self, agency: &str) -> Option<&Backend> {
        let entry = self.edition.catalogue.agency(agency)?;
        Some(&entry.agency.backend).filter(|backend| backend.endpoint.is_some())
    }
}

/// What is applied for at each agency, in the order of the catalogue. `first`: a day of the year.
fn by_agency(catalogue: &Catalogue, first: NaiveDate) -> BTreeMap<String, Vec<&ServiceEntry>> {
    let mut all: BTreeMap<String, Vec<&ServiceEntry>> = BTreeMap::new();
    for entry in &catalogue.services {
        let agency = catalogue.agency_of(entry);
        let backend = &agency.agency.backend;
        let reached = is_called(backend) && is_open(backend, first);
        if agency.suspended.is_none() && reached && applied_for(&entry.service) {
            all.entry(agency.slug.clone()).or_default().push(entry);
        }
    }
    all
}

/// Whether it is called when somebody asks. Daily files are told elsewhere.
fn is_called(backend: &Backend) -> bool {
    !matches!(backend.driver, Driver::Csv | Driver::Redirect)
}

/// Whether it is open when jobs run, on every day of the week.
fn is_open(backend: &Backend, first: NaiveDate) -> bool {
    let moments = first.iter_days().take(7).flat_map(|day| RUNS.map(|minute| (day, minute)));
    let mut moments = moments.filter_map(|(day, minute)| {
        let at = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
        CITY_ZONE.from_local_datetime(&at).earliest()
    });
    moments.all(|at| shut_until(backend, at.to_utc()).is_none())
}

/// Whether people apply for it with nothing but its form.
fn applied_for(service: &Service) -> bool {
    let for_company = |claim: &Claim| matches!(claim, Claim::Company | Claim::CreditCode);
    asking::form_of(service).is_some()
        && service.assurance <= LEVEL
        && !service.claims.iter().any(for_company)
        && service.audience != Audience::Enterprise
        && service.checks.is_empty()
        && service.months.is_empty()
        && service.pays.is_none()
        && !papers::places::demanded(service)
        && !service.desk.as_ref().is_some_and(|desk| desk.approval == Approval::Every)
}

/// A service with its form, if somebody without anything unusual can fill it in.
async fn offer(
    portal: &Portal,
    forms: &Forms,
    (agency, service): (&str, &Service),
    today: NaiveDate,
) -> Result<Option<Offer>, YearError> {
    let Some(path) = asking::form_of(service) else { return Ok(None) };
    let (version, form) = forms.live(&portal.site.db, agency, path).await?;
    let of_record = form.fields.iter().any(|field| matches!(field.from, Some(Origin::Record(_))));
    if of_record || !is_filled_in(service, &form, today) {
        return Ok(None);
    }
    let stand = Stand {
        agency: agency.to_owned(),
        service: service.code.clone(),
        class: service.class.clone(),
        desk: asking::is_at_desk(service),
        promised: service.time.promised.days,
    };
    Ok(Some(Offer { stand, version, path: path.to_owned(), form, limits: service.time.clone() }))
}

fn is_filled_in(service: &Service, form: &Form, today: NaiveDate) -> bool {
    let Some(draft) = answers::typed(form, today) else { return false };
    let filled = form.fill(&draft, today);
    let places = papers::Places::of(service, form, &filled);
    filled.submission().is_ok() && !places.all.iter().any(|place| place.required)
}

/// What anybody can ask, one service of each agency.
fn asked(catalogue: &Catalogue) -> impl Iterator<Item = Asked> {
    let mut seen = Vec::new();
    catalogue.services.iter().filter_map(move |entry| {
        let (service, agency) = (&entry.service, catalogue.agency_of(entry));
        let open = service.served_by == Some(ServedBy::Lookup)
            && service.assurance == 0
            && service.claims.is_empty()
            && service.months.is_empty();
        let backend = &agency.agency.backend;
        let fits = open && agency.suspended.is_none() && is_called(backend) && backend.closed.is_empty();
        if !fits || seen.contains(&agency.slug) {
            return None;
        }
        seen.push(agency.slug.clone());
        Some(Asked { agency: agency.slug.clone(), service: service.code.clone() })
    })
}
