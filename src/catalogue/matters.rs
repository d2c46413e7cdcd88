//! What the catalogue tells `accounts` of services: for authorising somebody for some of them only.

use yimen_contract::Bilingual;

use super::Shelf;
use crate::accounts::acting::Matters;

/// While no city is installed there is nothing to choose from.
impl Matters for Shelf {
    fn domains(&self) -> Vec<(String, Bilingual)> {
        let Ok(edition) = self.edition() else { return Vec::new() };
        let domains = &edition.catalogue.city.domains.domains;
        domains.iter().map(|domain| (domain.code.clone(), domain.name.clone())).collect()
    }

    fn service(&self, code: &str) -> Option<(Bilingual, bool)> {
        let edition = self.edition().ok()?;
        let entry = edition.catalogue.service(code)?;
        Some((entry.service.name.clone(), entry.service.agent_allowed))
    }
}
