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
    counters::{self, Bills, Calendar},
    people::LEVEL,
    plan::{Asked, Stand},
    planted::Planted,
};
use crate::{
    agencies::VersionId,
    app::Portal,
    cases::{Forms, papers},
    catalogue::{Catalogue, Edition, ServiceEntry, asking},
    gateway::shut_until,
    payments,
    platform::clock::CITY_ZONE,
};

/// Streams of chance of their own.
const NAME: u64 = 1;
const OF_BILLS: u64 = 3;
/// Minutes of a day at which its jobs run: then applications are brought to their agencies.
pub(super) const RUNS: [u32; 2] = [12 * 60 + 40, 21 * 60];
/// Services that are asked; one of them is the one that is down at night.
const ASKED: usize = 8;
/// Services at which bills are paid.
const PAID: usize = 6;

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
    pub calendars: Vec<Calendar>,
    pub bills: Vec<Bills>,
    /// Who takes payments, where somebody does.
    pub provider: Option<String>,
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
        let calendars = counters::calendars(portal, &forms, (catalogue, today)).await?;
        let mut bills = counters::bills(portal, &forms, (catalogue, today)).await?;
        Chance::apart(seed, OF_BILLS).shuffle(&mut bills);
        let provider = payments::pages::provider(catalogue).map(str::to_owned);
        Ok(Self { edition, offers, asked, calendars, bills, provider })
    }

    /// Has nobody book or pay at an agency at which something is wrong: what is seen there is what was planted.
    pub(super) fn spare(&mut self, planted: &Planted) {
        self.calendars.retain(|calendar| !planted.is_about(&calendar.agency));
        self.bills.retain(|bills| !planted.is_about(&bills.agency));
        self.bills.truncate(PAID);
    }

    pub(super) fn stands(&self) -> Vec<Stand> {
        self.offers.iter().map(|offer| offer.stand.clone()).collect()
    }

    /// Every agency that has something to do.
    pub(super) fn agencies(&self) -> Vec<String> {
        let offers = self.offers.iter().map(|offer| &offer.stand.agency);
        let asked = self.asked.iter().map(|one| &one.agency);
        let calendars = self.calendars.iter().map(|calendar| &calendar.agency);
        let bills = self.bills.iter().map(|bills| &bills.agency);
        let mut all: Vec<String> = offers.chain(asked).chain(calendars).chain(bills).cloned().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The backends of those that have one.
    pub(super) fn backend(&self, slug: &str) -> Option<&Backend> {
        let catalogue = &self.edition.catalogue;
        let of_agency = catalogue.agency(slug).map(|entry| &entry.agency);
        let of_provider = || catalogue.providers.iter().find(|one| one.slug == slug).map(|one| &one.agency);
        let agency = of_agency.or_else(of_provider)?;
        Some(&agency.backend).filter(|backend| backend.endpoint.is_some())
    }
}

/// What is applied for at each agency, in the order of the catalogue. `first`: a day of the year.
fn by_agency(catalogue: &Catalogue, first: NaiveDate) -> BTreeMap<String, Vec<&ServiceEntry>> {
    let mut all: BTreeMap<String, Vec<&ServiceEntry>> = BTreeMap::new();
    for entry in &catalogue.services {
        let agency = catalogue.agency_of(entry);
        let backend = &agency.agency.backend;
        let reached = is_called(backend) && is_open(backend, first, &RUNS);
        if agency.suspended.is_none() && reached && applied_for(&entry.service) {
            all.entry(agency.slug.clone()).or_default().push(entry);
        }
    }
    all
}

/// Whether it is called when somebody asks. Daily files are told elsewhere.
pub(super) fn is_called(backend: &Backend) -> bool {
    !matches!(backend.driver, Driver::Csv | Driver::Redirect)
}

/// Whether it is open at these minutes of every day of the week.
pub(super) fn is_open(backend: &Backend, first: NaiveDate, minutes: &[u32]) -> bool {
    let days = first.iter_days().take(7);
    let moments = days.flat_map(|day| minutes.iter().map(move |minute| (day, *minute)));
    let mut moments = moments.filter_map(|(day, minute)| {
        let at = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
        CITY_ZONE.from_local_datetime(&at).earliest()
    });
    moments.all(|at| shut_until(backend, at.to_utc()).is_none())
}

/// Whether people apply for it with nothing but its form.
fn applied_for(service: &Service) -> bool {
    asking::form_of(service).is_some()
        && is_for_anybody(service)
        && service.pays.is_none()
        && !papers::places::demanded(service)
        && !service.desk.as_ref().is_some_and(|desk| desk.approval == Approval::Every)
}

/// Whether everybody of the simulated city may use it, all the year round.
pub(super) fn is_for_anybody(service: &Service) -> bool {
    let for_company = |claim: &Claim| matches!(claim, Claim::Company | Claim::CreditCode);
    service.assurance <= LEVEL
        && !service.claims.iter().any(for_company)
        && service.audience != Audience::Enterprise
        && service.checks.is_empty()
        && service.months.is_empty()
}

/// A service with its form, if somebody without anything unusual can fill it in.
async fn offer(
    portal: &Portal,
    forms: &Forms,
    (agency, service): (&str, &Service),
    today: NaiveDate,
) -> Result<Option<Offer>, YearError> {
    let Some(path) = asking::form_of(service) else { return Ok(None) };
    let found = filled_in(portal, forms, (agency, service, path), today).await?;
    let Some((version, form)) = found else { return Ok(None) };
    let stand = Stand {
        agency: agency.to_owned(),
        service: service.code.clone(),
        class: service.class.clone(),
        desk: asking::is_at_desk(service),
        promised: service.time.promised.days,
    };
    Ok(Some(Offer { stand, version, path: path.to_owned(), form, limits: service.time.clone() }))
}

/// A service's form as it is now, if somebody without anything unusual can fill it in.
pub(super) async fn filled_in(
    portal: &Portal,
    forms: &Forms,
    (agency, service, path): (&str, &Service, &str),
    today: NaiveDate,
) -> Result<Option<(VersionId, Arc<Form>)>, YearError> {
    let (version, form) = forms.live(&portal.site.db, agency, path).await?;
    let of_record = form.fields.iter().any(|field| matches!(field.from, Some(Origin::Record(_))));
    let usual = !of_record && is_filled_in(service, &form, today);
    Ok(usual.then_some((version, form)))
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
