//! Finding things in the catalogue. Absent means absent: nothing here can fail.

use chrono::NaiveDate;
use yimen_contract::{
    city::{Class, Domain, LifeEvent, Zone},
    licence::LicenceType,
    service::Audience,
};

use super::{
    asking,
    model::{AgencyEntry, BulletinEntry, Catalogue, Numbers, PolicyEntry, ServiceEntry},
};
use crate::{agencies::VersionId, ledger::CitizenId, policy::Rule};

impl Catalogue {
    pub fn service(&self, code: &str) -> Option<&ServiceEntry> {
        self.by_code.get(code).map(|at| &self.services[*at])
    }

    pub fn position(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    pub fn agency(&self, slug: &str) -> Option<&AgencyEntry> {
        self.agency_by_slug.get(slug).map(|at| &self.agencies[*at])
    }

    /// Whether people are asked what something was like that ended on a day.
    pub fn asks_for_rating(&self, ended: NaiveDate, today: NaiveDate) -> bool {
        self.city.ratings.is_some() && today <= self.rules.last_day(Rule::RateWindow, ended)
    }

    pub fn agency_of(&self, entry: &ServiceEntry) -> &AgencyEntry {
        &self.agencies[entry.agency]
    }

    /// What somebody gets of a service instead of what everybody sees, with its agency as it is then.
    pub fn on_trial(
        &self,
        entry: &ServiceEntry,
        citizen: CitizenId,
    ) -> Option<(&AgencyEntry, &ServiceEntry)> {
        let trial = self.trials.get(&entry.agency)?;
        let chosen = trial.candidate.is_for(citizen.uuid(), &trial.agency.slug);
        let service = trial.services.get(&entry.service.code).filter(|_| chosen)?;
        Some((&trial.agency, service))
    }

    /// A service as somebody gets it: on trial, or as everybody sees it.
    pub fn service_for(&self, code: &str, citizen: CitizenId) -> Option<&ServiceEntry> {
        let entry = self.service(code)?;
        Some(self.on_trial(entry, citizen).map_or(entry, |(_, on_trial)| on_trial))
    }

    /// The version of the agency's package that somebody gets of a service, where it is not everybody's.
    pub fn trial_version(&self, entry: &ServiceEntry, citizen: CitizenId) -> Option<VersionId> {
        self.on_trial(entry, citizen)?;
        self.trials.get(&entry.agency).map(|trial| trial.candidate.version)
    }

    pub fn domain(&self, code: &str) -> Option<&Domain> {
        self.city.domains.domains.iter().find(|domain| domain.code == code)
    }

    pub fn class(&self, code: &str) -> Option<&Class> {
        self.city.domains.domains.iter().flat_map(|domain| &domain.classes).find(|class| class.code == code)
    }

    pub fn in_domain(&self, code: &str) -> &[usize] {
        self.by_domain.get(code).map_or(&[], Vec::as_slice)
    }

    pub fn in_class(&self, code: &str) -> &[usize] {
        self.by_class.get(code).map_or(&[], Vec::as_slice)
    }

    pub fn in_zone(&self, id: &str) -> &[usize] {
        self.by_zone.get(id).map_or(&[], Vec::as_slice)
    }

    pub fn zone(&self, id: &str) -> Option<&Zone> {
        self.city.zones.zones.iter().find(|zone| zone.id == id)
    }

    /// A life event with the positions of its steps whose service is online.
    pub fn event(&self, id: &str) -> Option<(&LifeEvent, &[(usize, usize)])> {
        let at = self.city.events.events.iter().position(|event| event.id == id)?;
        Some((&self.city.events.events[at], &self.event_services[at]))
    }

    /// The steps of an event that people apply for here, which can be filled in together.
    pub fn applied_together(&self, id: &str) -> Vec<&ServiceEntry> {
        let steps = self.event(id).map(|(_, steps)| steps).unwrap_or_default();
        let entries = steps.iter().map(|(_, at)| &self.services[*at]);
        entries
            .filter(|entry| entry.service.audience != Audience::Enterprise)
            .filter(|entry| asking::form_of(&entry.service).is_some())
            .collect()
    }

    pub fn events_of(&self, service: usize) -> impl Iterator<Item = &LifeEvent> {
        self.events_of.get(&service).into_iter().flatten().map(|at| &self.city.events.events[*at])
    }

    pub fn policy(&self, id: &str) -> Option<&PolicyEntry> {
        self.policies.iter().find(|entry| entry.policy.id == id)
    }

    pub fn policies_of(&self, service: usize) -> impl Iterator<Item = &PolicyEntry> {
        self.policies_of.get(&service).into_iter().flatten().map(|at| &self.policies[*at])
    }

    pub fn bulletin(&self, id: &str) -> Option<&BulletinEntry> {
        self.bulletins.iter().find(|entry| entry.bulletin.id == id)
    }

    pub fn bulletins_of(&self, service: usize) -> impl Iterator<Item = &BulletinEntry> {
        self.bulletins_of.get(&service).into_iter().flatten().map(|at| &self.bulletins[*at])
    }

    /// A licence type with the agency that issues it.
    pub fn licence(&self, code: &str) -> Option<(&AgencyEntry, &LicenceType)> {
        let (agency, at) = self.licences.get(code)?;
        let agency = &self.agencies[*agency];
        Some((agency, &agency.licences[*at]))
    }

    /// Licence types there are.
    pub fn licence_types(&self) -> impl Iterator<Item = &LicenceType> {
        self.agencies.iter().flat_map(|agency| &agency.licences)
    }

    pub fn numbers(&self) -> Numbers {
        Numbers::of(self.services.iter())
    }

    pub fn numbers_of(&self, positions: &[usize]) -> Numbers {
        Numbers::of(positions.iter().map(|at| &self.services[*at]))
    }
}
