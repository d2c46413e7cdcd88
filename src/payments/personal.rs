//! What this room holds about people, for the privacy centre.

use diesel::prelude::*;

use super::model::{Order, OrderId, REASON, TITLE};
use crate::{
    db::{
        Conn,
        schema::{payment_orders, payment_steps},
    },
    hand_over, hand_over_plain,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Orders and what happened to them.
pub struct Payments;

impl PersonalData for Payments {
    fn kind(&self) -> &'static str {
        "payments"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["payment_orders", "payment_steps"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let orders: Vec<Order> = payment_orders::table
            .filter(payment_orders::citizen_id.eq(warrant.citizen()))
            .order(payment_orders::id)
            .select(Order::as_select())
            .load(c)?;
        let mut records = Vec::new();
        for order in orders {
            let title = warrant.open(c, ring, TITLE, &order.title)?;
            let mut record = vec![
                ("reference", Value::Text(order.reference)),
                ("service", Value::Text(order.service)),
                ("actor", Value::Text(order.agency)),
                ("detail", Value::Text(title)),
                ("amount", Value::Text(format!("{}.{:02}", order.amount_fen / 100, order.amount_fen % 100))),
                ("state", Value::Tag(order.state)),
                ("made-at", Value::At(order.created_at.moment())),
            ];
            if let Some(reason) = &order.refund_reason {
                record.push(("reason", Value::Text(warrant.open(c, ring, REASON, reason)?)));
            }
            records.push(record);
        }
        Ok(records)
    }

    /// All of it goes. What the law on accounts keeps for years stands in the agency's and the provider's books.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(payment_steps::table.filter(payment_steps::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(payment_orders::table.filter(payment_orders::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, payment_orders, OrderId, [title: TITLE], [refund_reason: REASON]);
        hand_over_plain!(c, joining, payment_steps);
        Ok(())
    }
}
