//! What an agency and one of its services are called, for whoever is told of them.

use yimen_contract::Bilingual;

use crate::{
    agencies::{self, InstallError},
    db::{Conn, DbError},
};

pub(super) struct Names {
    pub service: Bilingual,
    /// What comes of the service.
    pub outcome: Option<Bilingual>,
    pub agency: Bilingual,
    /// What it decides is that something is to be paid.
    pub imposes: bool,
}

impl Names {
    /// As they are called now. What is gone is known by its code.
    pub(super) fn of(c: &mut Conn, agency: &str, service: &str) -> Result<Self, DbError> {
        let coded = |code: &str| Bilingual::new(code, code);
        let found = match agencies::agency(c, agency) {
            Ok(found) => found.package,
            Err(InstallError::Db(error)) => return Err(error),
            Err(_) => {
                let (service, agency) = (coded(service), coded(agency));
                return Ok(Self { service, outcome: None, agency, imposes: false });
            }
        };
        let known = found.services.into_iter().find(|one| one.code == service);
        let imposes = known.as_ref().is_some_and(|one| one.pays.is_some());
        let (service, outcome) =
            known.map_or_else(|| (coded(service), None), |one| (one.name, Some(one.result.name)));
        Ok(Self { service, outcome, agency: found.agency.name, imposes })
    }
}
