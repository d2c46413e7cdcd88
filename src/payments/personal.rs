//! What this room holds about people, for the privacy centre.

use diesel::prelude::*;

use super::{
    model::{Order, OrderId, REASON, TITLE},
    told::{self, ToldDue, ToldId},
};
use crate::{
    db::{
        Conn,
        schema::{payment_orders, payment_steps, told_dues},
    },
    hand_over, hand_over_plain,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Orders and what happened to them, and what agencies said is owed.
pub struct Payments;

impl PersonalData for Payments {
    fn kind(&self) -> &'static str {
        "payments"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["payment_orders", "payment_steps", "told_dues"]
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
        let told: Vec<ToldDue> = told_dues::table
            .filter(told_dues::citizen_id.eq(warrant.citizen()))
            .order(told_dues::id)
            .select(ToldDue::as_select())
            .load(c)?;
        for due in told {
            records.push(vec![
                ("reference", Value::Text(warrant.open(c, ring, told::DUE, &due.due)?)),
                ("service", Value::Text(due.service)),
                ("actor", Value::Text(due.agency)),
                ("detail", Value::Text(warrant.open(c, ring, told::TITLE, &due.title)?)),
                ("amount", Value::Text(format!("{}.{:02}", due.amount_fen / 100, due.amount_fen % 100))),
                ("state", Value::Tag(due.status)),
                ("made-at", Value::At(due.told_at.moment())),
            ]);
        }
        Ok(records)
    }

    /// All of it goes. What the law on accounts keeps for years stands in the agency's and the provider's books.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(payment_steps::table.filter(payment_steps::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(payment_orders::table.filter(payment_orders::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(told_dues::table.filter(told_dues::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, payment_orders, OrderId, [title: TITLE], [refund_reason: REASON]);
        hand_over_plain!(c, joining, payment_steps);
        // Of the same due told to both, the account that stays has its own.
        let there: Vec<Vec<u8>> = told_dues::table
            .filter(told_dues::citizen_id.eq(joining.into))
            .select(told_dues::due_key)
            .load(c)?;
        let twice = told_dues::table.filter(told_dues::citizen_id.eq(joining.from()));
        diesel::delete(twice.filter(told_dues::due_key.eq_any(there))).execute(c)?;
        hand_over!(c, joining, told_dues, ToldId, [due: told::DUE, title: told::TITLE]);
        Ok(())
    }
}
