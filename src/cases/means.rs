//! What the jobs about cases work with, and what they do about what goes wrong.

use std::time::Duration;

use actix_web::web::Data;
use yimen_contract::capability::person::Claim;

use super::{
    CaseError, desk,
    model::{Case, CaseId},
    papers, queries,
};
use crate::{
    catalogue::Shelf,
    db::Conn,
    gateway::{Gateway, Request},
    jobs::{Done, Failure, Running},
    ledger::{self, CitizenId},
    web::Site,
};

/// How long one call may take. Nobody waits for it before a screen.
const WITHIN: Duration = Duration::from_secs(30);

/// What the runners need.
#[derive(Clone)]
pub struct Means {
    pub site: Data<Site>,
    pub gateway: Data<Gateway>,
    pub shelf: Data<Shelf>,
}

impl Means {
    pub(super) async fn case(&self, citizen: CitizenId, id: CaseId) -> Result<Option<Case>, Failure> {
        let found = self.site.db.read(move |c| queries::of_owner(c, citizen, id)).await;
        found.map_err(failure)
    }

    /// What the service declares that the agency is told of the person.
    pub(crate) fn claims(&self, service: &str) -> Result<Vec<Claim>, Failure> {
        let edition = self.shelf.edition().map_err(|_| Failure::retry("there is no catalogue"))?;
        let entry = edition.catalogue.service(service);
        // Withdrawn for a while, perhaps: what was handed in waits for it.
        entry
            .map(|entry| entry.service.claims.clone())
            .ok_or_else(|| Failure::retry("the service is not there"))
    }
}

/// Runs [`desk::Recount`], by the calendar as it is now: clocks, and days of promised papers.
pub async fn recount(means: Means, running: Running) -> Result<Done, Failure> {
    let edition = means.shelf.edition().map_err(|_| Failure::retry("there is no catalogue"))?;
    let count = move |c: &mut Conn| {
        let calendar = &edition.catalogue.calendar;
        desk::recount(c, calendar, &edition.catalogue)?;
        papers::recount(c, calendar).map(|_| ())
    };
    running.finish(move |c| count(c).map_err(failure)).await
}

/// A question to the agency about a case.
pub(super) fn asking<'a, Q>(case: &'a Case, question: Q, claims: &'a [Claim]) -> Request<'a, Q> {
    let (agency, service) = (case.agency.as_str(), Some(case.service.as_str()));
    Request { agency, service, question, about: Some(case.about(claims)), within: WITHIN }
}

pub(super) fn failure(error: CaseError) -> Failure {
    match error {
        CaseError::Db(error) => error.into(),
        // Somebody else moved the case on, perhaps; looking again shows where it is.
        error @ (CaseError::NotNow | CaseError::Ledger(ledger::LedgerError::Db(_))) => Failure::retry(error),
        CaseError::Gateway(error) => error.into(),
        error => Failure::give_up(error),
    }
}
