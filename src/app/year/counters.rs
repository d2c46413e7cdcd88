//! What is done in the city beside applying: calendars that the portal keeps for agencies, and services at which bills are
//! paid. Taken from the catalogue as [`super::city`] takes the rest.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Map;
use yimen_contract::{
    booking::Booking as Rules,
    capability::{
        Capability,
        person::{Answers, Claim},
    },
    service::Service,
};
use yimen_forms::Form;

use super::{
    YearError, answers,
    city::{RUNS, filled_in, is_called, is_for_anybody, is_open},
};
use crate::{
    agencies::VersionId,
    app::Portal,
    bookings::rules::{Session, sessions},
    cases::Forms,
    catalogue::{AgencyEntry, Catalogue, asking},
};

/// The minute of a day at which bills are paid: agencies are asked then, and told in the evening.
pub(super) const PAYING: u32 = 14 * 60;

/// A service whose appointments the portal gives.
pub(super) struct Calendar {
    pub service: String,
    pub agency: String,
    pub version: VersionId,
    pub path: String,
    pub form: Arc<Form>,
    pub rules: Rules,
}

/// A service at which bills are paid.
pub(super) struct Bills {
    pub service: String,
    pub agency: String,
    pub claims: Vec<Claim>,
    form: Option<Arc<Form>>,
}

impl Calendar {
    /// Its appointments on a day.
    pub(super) fn sessions(&self, catalogue: &Catalogue, day: NaiveDate) -> Vec<Session> {
        self.rules.places.iter().flat_map(|place| sessions(place, day, &catalogue.calendar)).collect()
    }
}

impl Bills {
    /// What is filled in to be told what is owed. `None`: today it cannot be.
    pub(super) fn answers(&self, today: NaiveDate) -> Option<Answers> {
        let document = match &self.form {
            Some(form) => form.fill(&answers::typed(form, today)?, today).submission().ok()?,
            None => Map::new(),
        };
        Some(Answers(document.into_iter().collect()))
    }
}

/// Every calendar that the portal keeps and somebody without anything unusual books from.
pub(super) async fn calendars(
    portal: &Portal,
    forms: &Forms,
    (catalogue, today): (&Catalogue, NaiveDate),
) -> Result<Vec<Calendar>, YearError> {
    let mut all = Vec::new();
    for entry in &catalogue.services {
        let (service, agency) = (&entry.service, catalogue.agency_of(entry));
        let Some((path, rules)) = service.form.as_ref().zip(service.booking.as_ref()) else { continue };
        let fits = asking::keeps_calendar(service) && is_for_anybody(service);
        if !fits || agency.suspended.is_some() {
            continue;
        }
        let found = filled_in(portal, forms, (&agency.slug, service, path), today).await?;
        all.extend(found.map(|(version, form)| Calendar {
            service: service.code.clone(),
            agency: agency.slug.clone(),
            version,
            path: path.clone(),
            form,
            rules: rules.clone(),
        }));
    }
    Ok(all)
}

/// Every service at which somebody without anything unusual pays what they owe.
pub(super) async fn bills(
    portal: &Portal,
    forms: &Forms,
    (catalogue, today): (&Catalogue, NaiveDate),
) -> Result<Vec<Bills>, YearError> {
    let mut all = Vec::new();
    for entry in &catalogue.services {
        let (service, agency) = (&entry.service, catalogue.agency_of(entry));
        if !asking::is_paid(service) || !is_for_anybody(service) || !says_what_is_owed(agency, service, today)
        {
            continue;
        }
        let form = match &service.form {
            Some(path) => match filled_in(portal, forms, (&agency.slug, service, path), today).await? {
                Some((_, form)) => Some(form),
                None => continue,
            },
            None => None,
        };
        all.push(Bills {
            service: service.code.clone(),
            agency: agency.slug.clone(),
            claims: service.claims.clone(),
            form,
        });
    }
    Ok(all)
}

/// Whether an agency can be asked and told about what is owed at a service, whenever somebody does.
fn says_what_is_owed(agency: &AgencyEntry, service: &Service, today: NaiveDate) -> bool {
    let backend = &agency.agency.backend;
    let [noon, night] = RUNS;
    let asked = [Capability::DuesList, Capability::DuesSettle, Capability::DuesStatus];
    agency.suspended.is_none()
        && is_called(backend)
        && is_open(backend, today, &[noon, PAYING, night])
        && asked.into_iter().all(|asked| agency.agency.binding_for(asked, &service.code).is_some())
}
