//! Reading orders. The payer stands in every query but those of providers' messages, of the desk and of receipts.

use diesel::prelude::*;

use super::{
    life::State,
    model::{Order, OrderId, PayError},
    order::due_key,
};
use crate::{
    db::{Conn, DbError, Stamp, schema::payment_orders},
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
};

#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn own(order: &Order) -> _ {
    let (citizen, id): (CitizenId, OrderId) = (order.citizen_id, order.id);
    payment_orders::table.filter(payment_orders::citizen_id.eq(citizen)).filter(payment_orders::id.eq(id))
}

/// An order by its payer and id.
pub(super) fn of_payer(c: &mut Conn, payer: CitizenId, id: OrderId) -> Result<Option<Order>, PayError> {
    Ok(payment_orders::table
        .filter(payment_orders::citizen_id.eq(payer))
        .filter(payment_orders::id.eq(id))
        .select(Order::as_select())
        .first(c)
        .optional()?)
}

/// An order of this person's. Somebody else's is as unknown as none.
pub fn find(c: &mut Conn, payer: CitizenId, reference: &str) -> Result<Order, PayError> {
    let found = payment_orders::table
        .filter(payment_orders::citizen_id.eq(payer))
        .filter(payment_orders::reference.eq(reference))
        .select(Order::as_select())
        .first(c)
        .optional()?;
    found.ok_or(PayError::Unknown)
}

/// An order by the number under which providers and agencies know it.
pub(super) fn of_reference(c: &mut Conn, reference: &str) -> Result<Option<Order>, DbError> {
    Ok(payment_orders::table
        .filter(payment_orders::reference.eq(reference))
        .select(Order::as_select())
        .first(c)
        .optional()?)
}

/// The payer's order for a due that is on its way.
pub(super) fn under_way(c: &mut Conn, payer: CitizenId, due: &[u8]) -> Result<Option<Order>, PayError> {
    let open = State::ALL.into_iter().filter(|state| state.is_open()).map(State::tag);
    Ok(payment_orders::table
        .filter(payment_orders::citizen_id.eq(payer))
        .filter(payment_orders::due_key.eq(due))
        .filter(payment_orders::state.eq_any(open.collect::<Vec<_>>()))
        .select(Order::as_select())
        .first(c)
        .optional()?)
}

/// This person's newest order for a due of an agency's: one that is on its way, or by which it was paid.
pub fn for_due(
    c: &mut Conn,
    ring: &KeyRing,
    payer: CitizenId,
    (agency, due): (&str, &str),
) -> Result<Option<Order>, DbError> {
    let counts = State::ALL.into_iter().filter(|state| state.is_open() || state.holds_money());
    Ok(payment_orders::table
        .filter(payment_orders::citizen_id.eq(payer))
        .filter(payment_orders::due_key.eq(due_key(ring, agency, due)))
        .filter(payment_orders::state.eq_any(counts.map(State::tag).collect::<Vec<_>>()))
        .order((payment_orders::created_at.desc(), payment_orders::id.desc()))
        .select(Order::as_select())
        .first(c)
        .optional()?)
}

/// Whether anybody's money for a due has come since then. By whom is not told.
pub(super) fn was_paid(c: &mut Conn, due: &[u8], since: Moment) -> Result<bool, PayError> {
    let holds = State::ALL.into_iter().filter(|state| state.holds_money()).map(State::tag);
    let paid = payment_orders::table
        .filter(payment_orders::due_key.eq(due))
        .filter(payment_orders::state.eq_any(holds.collect::<Vec<_>>()))
        .filter(payment_orders::paid_at.ge(Stamp::from(since)));
    Ok(diesel::select(diesel::dsl::exists(paid)).get_result(c)?)
}

/// Which of a payer's orders are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    All,
    Open,
    Done,
    Back,
}

impl Shown {
    pub const ALL: [Self; 4] = [Self::All, Self::Open, Self::Done, Self::Back];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Done => "done",
            Self::Back => "back",
        }
    }

    pub fn named(tag: &str) -> Self {
        Self::ALL.into_iter().find(|shown| shown.tag() == tag).unwrap_or(Self::All)
    }

    fn takes(self, state: State) -> bool {
        match self {
            Self::All => true,
            Self::Open => state.is_open(),
            Self::Done => state == State::Settled,
            Self::Back => matches!(state, State::RefundAsked | State::Refunding | State::Refunded),
        }
    }
}

/// A payer's orders, newest first, and how many there are.
pub fn list(
    c: &mut Conn,
    payer: CitizenId,
    shown: Shown,
    (skip, limit): (i64, i64),
) -> Result<(Vec<Order>, i64), PayError> {
    let states: Vec<&str> =
        State::ALL.into_iter().filter(|state| shown.takes(*state)).map(State::tag).collect();
    let of = || {
        payment_orders::table
            .filter(payment_orders::citizen_id.eq(payer))
            .filter(payment_orders::state.eq_any(states.clone()))
    };
    let found = of()
        .order((payment_orders::created_at.desc(), payment_orders::id.desc()))
        .offset(skip)
        .limit(limit)
        .select(Order::as_select())
        .load(c)?;
    Ok((found, of().count().get_result(c)?))
}

/// The order behind a receipt: for whoever has its code.
pub fn of_receipt(c: &mut Conn, code: &str) -> Result<Option<Order>, PayError> {
    Ok(payment_orders::table
        .filter(payment_orders::receipt_code.eq(code))
        .select(Order::as_select())
        .first(c)
        .optional()?)
}
