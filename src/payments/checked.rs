//! What the code of a receipt proves to anybody: that so much was paid for what and when, and whether that still holds.

use super::{PayError, life::State, model::receipt_code_of, queries};
use crate::{
    db::{Conn, DbError},
    ledger::LedgerError,
    platform::clock::city_day,
    web::checks::{Checks, Fact, Proved, Value},
};

/// Receipts.
pub struct Receipts;

impl Checks for Receipts {
    fn check(&self, c: &mut Conn, code: &str) -> Result<Option<Proved>, DbError> {
        let Some(code) = receipt_code_of(code) else { return Ok(None) };
        let order = match queries::of_receipt(c, &code) {
            Ok(order) => order,
            Err(PayError::Db(error) | PayError::Ledger(LedgerError::Db(error))) => return Err(error),
            Err(error) => {
                tracing::error!(%error, "a receipt cannot be read");
                None
            }
        };
        let Some(order) = order else { return Ok(None) };
        let paid = order.paid_at.map(|at| Fact::new("paid-on", Value::Day(city_day(at.moment()))));
        let facts = [
            Some(Fact::new("service", Value::Service(order.service.clone()))),
            Some(Fact::new("agency", Value::Agency(order.agency.clone()))),
            Some(Fact::new("amount", Value::Fen(order.fen()))),
            paid,
            Some(Fact::covered("due", &order.due)),
            Some(Fact::covered("order", &order.reference)),
        ];
        // Money that went back was not paid.
        let valid = matches!(order.state(), Ok(State::Settled | State::RefundAsked));
        Ok(Some(Proved { kind: "receipt", valid, facts: facts.into_iter().flatten().collect() }))
    }
}
