//! What the code of a decision proves to anybody: which agency decided on what and when, and how. Not on whom.

use std::sync::Arc;

use super::{CaseError, results};
use crate::{
    db::{Conn, DbError},
    ledger::LedgerError,
    platform::{clock::city_day, keys::KeyRing},
    web::checks::{Checks, Fact, Proved, Value},
};

/// Decisions. The keys are for looking a code up: it is not kept as it is printed.
pub struct Decisions(pub Arc<KeyRing>);

impl Checks for Decisions {
    fn check(&self, c: &mut Conn, code: &str) -> Result<Option<Proved>, DbError> {
        let found = match results::find(c, &self.0, code) {
            Ok(found) => found,
            Err(CaseError::Db(error) | CaseError::Ledger(LedgerError::Db(error))) => return Err(error),
            Err(error) => {
                tracing::error!(%error, "a decision cannot be read");
                None
            }
        };
        Ok(found.map(|(case, at)| Proved {
            kind: "decision",
            valid: true,
            facts: vec![
                Fact::new("service", Value::Service(case.service)),
                Fact::new("agency", Value::Agency(case.agency)),
                Fact::new("decided-on", Value::Day(city_day(at))),
                Fact::new("outcome", Value::CaseState(case.state)),
                Fact::covered("case", &case.reference),
            ],
        }))
    }
}
