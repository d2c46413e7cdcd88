//! What happens to an order: each step through the one table, on record, and told.

use diesel::prelude::*;

use super::{
    life::{Act, By, State, next},
    model::{Ended, Order, PayError, StepId},
    queries::own,
    told,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{payment_orders, payment_steps},
    },
    jobs,
    ledger::CitizenId,
    notices::PaymentNews,
    platform::Moment,
};

/// The first step, which leads from nothing.
pub(super) const MAKE: &str = "make";
/// What is told of an order that a person looks at.
const WITH_STAFF: &str = "with-staff";

/// Who says it: a citizen's id, an agency's or provider's name, a job's kind, a login. Never a person's name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub by: By,
    pub whose: &'a str,
}

/// Moves an order: through the table, in the caller's transaction, on record, and the payer told where it is news.
pub(super) fn take(
    c: &mut Conn,
    now: Moment,
    order: &mut Order,
    act: Act,
    word: Word<'_>,
) -> Result<State, PayError> {
    let from = order.state()?;
    let to = next(from, act, word.by).ok_or(PayError::NotNow)?;
    write(c, now, order, (act.tag(), Some(from), to), word)?;
    // Whoever was faster has changed what this was decided by.
    let moved = diesel::update(own(order).filter(payment_orders::state.eq(from.tag())))
        .set((payment_orders::state.eq(to.tag()), payment_orders::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    if moved != 1 {
        return Err(PayError::NotNow);
    }
    to.tag().clone_into(&mut order.state);
    order.changed_at = now.into();
    told::follow(c, now, order, to)?;
    if to == State::Settled {
        let ended = Ended { citizen: order.citizen_id, reference: order.reference.clone() };
        jobs::enqueue(c, now, &ended)?;
    }
    if to.is_news() {
        tell(c, now, order, to.tag())?;
    }
    Ok(to)
}

/// Writes a step down.
pub(super) fn write(
    c: &mut Conn,
    now: Moment,
    order: &Order,
    (act, from, to): (&str, Option<State>, State),
    word: Word<'_>,
) -> Result<(), PayError> {
    diesel::insert_into(payment_steps::table)
        .values((
            payment_steps::citizen_id.eq(order.citizen_id),
            payment_steps::id.eq(StepId::new()),
            payment_steps::order_id.eq(order.id),
            payment_steps::at.eq(Stamp::from(now)),
            payment_steps::by_kind.eq(word.by.tag()),
            payment_steps::by_whom.eq(word.whose),
            payment_steps::act.eq(act),
            payment_steps::from_state.eq(from.map(State::tag)),
            payment_steps::to_state.eq(to.tag()),
        ))
        .execute(c)?;
    Ok(())
}

/// No machine could bring it to its end: a person looks, and the payer is told once.
pub(super) fn hand_to_staff(c: &mut Conn, now: Moment, order: &mut Order, why: &str) -> Result<(), PayError> {
    let handed = diesel::update(own(order).filter(payment_orders::with_staff.eq(false)))
        .set(payment_orders::with_staff.eq(true))
        .execute(c)?;
    if handed == 1 {
        tracing::error!(agency = order.agency, service = order.service, why, "a payment waits for a person");
        metrics::counter!("yimen_payments_with_staff_total", "agency" => order.agency.clone()).increment(1);
        tell(c, now, order, WITH_STAFF)?;
    }
    order.with_staff = true;
    Ok(())
}

fn tell(c: &mut Conn, now: Moment, order: &Order, stands: &str) -> Result<(), PayError> {
    let news = PaymentNews {
        citizen: order.citizen_id,
        order: order.reference.clone(),
        service: order.service.clone(),
        agency: order.agency.clone(),
        stands: stands.to_owned(),
        amount_fen: order.fen(),
    };
    jobs::enqueue(c, now, &news)?;
    Ok(())
}

/// A step as it is shown.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = payment_steps)]
pub struct Step {
    pub at: Stamp,
    pub by_kind: String,
    pub act: String,
}

/// Everything that happened to an order, oldest first.
pub(super) fn of_order(c: &mut Conn, order: &Order) -> Result<Vec<Step>, PayError> {
    let citizen: CitizenId = order.citizen_id;
    Ok(payment_steps::table
        .filter(payment_steps::citizen_id.eq(citizen))
        .filter(payment_steps::order_id.eq(order.id))
        .order(payment_steps::id)
        .select(Step::as_select())
        .load(c)?)
}
