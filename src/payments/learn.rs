//! What a provider says of a payment, by answer, by event or in its statement: taken over through the table, so that it
//! does not matter how often or in which order it comes.

use diesel::prelude::*;
use yimen_contract::capability::pay::{Output, Status};

use super::{
    back::GiveBack,
    life::{Act, By, State, next},
    model::{GRACE, Order, PayError},
    queries::own,
    settle::Settle,
    steps::{self, Word},
};
use crate::{
    db::{Conn, Stamp, schema::payment_orders},
    jobs,
    platform::Moment,
};

/// Takes over how a payment stands. `false`: it says nothing new, or nothing that could be.
pub(super) fn payment(c: &mut Conn, now: Moment, order: &mut Order, said: &Output) -> Result<bool, PayError> {
    let act = match said.status {
        Status::Paid | Status::Refunded => Act::Confirm,
        Status::Failed => Act::Fail,
        Status::Expired => Act::Expire,
        // Before its time is over the question may have overtaken the order.
        Status::NotFound if now >= order.expires_at.moment() => Act::Expire,
        Status::Open if now >= order.expires_at.moment() + GRACE => return lose(c, now, order),
        Status::NotFound | Status::Open | Status::Pending => return Ok(false),
    };
    let from = order.state()?;
    if next(from, act, By::Provider).is_none() {
        return Ok(false);
    }
    if act == Act::Confirm && said.amount_fen != Some(order.fen()) {
        // Neither paid nor not: what came is not what was asked for.
        steps::hand_to_staff(c, now, order, "the provider names another amount")?;
        return Ok(false);
    }
    remember_number(c, order, said.payment.as_deref())?;
    let provider = order.provider.clone();
    let to = steps::take(c, now, order, act, Word { by: By::Provider, whose: &provider })?;
    if act == Act::Confirm {
        // Never later than it was heard of: the day of a payment is not in the future.
        let at = Stamp::from(said.at.unwrap_or(now).min(now));
        order.paid_at = Some(at);
        // What a person was asked to look into has come clear.
        order.with_staff = false;
        diesel::update(own(order))
            .set((payment_orders::paid_at.eq(Some(at)), payment_orders::with_staff.eq(false)))
            .execute(c)?;
    }
    match to {
        State::Paid => drop(jobs::enqueue(c, now, &Settle::of(order))?),
        State::Refunding => drop(jobs::enqueue(c, now, &GiveBack::of(order))?),
        _ => {}
    }
    Ok(true)
}

/// Takes over how a refund stands.
pub(super) fn refund(c: &mut Conn, now: Moment, order: &mut Order, said: &Output) -> Result<bool, PayError> {
    if said.status != Status::Refunded || next(order.state()?, Act::GiveBack, By::Provider).is_none() {
        return Ok(false);
    }
    if said.amount_fen != Some(order.fen()) {
        steps::hand_to_staff(c, now, order, "the provider gives back another amount")?;
        return Ok(false);
    }
    let provider = order.provider.clone();
    steps::take(c, now, order, Act::GiveBack, Word { by: By::Provider, whose: &provider })?;
    let at = Some(Stamp::from(said.at.unwrap_or(now).min(now)));
    order.refunded_at = at;
    order.with_staff = false;
    diesel::update(own(order))
        .set((payment_orders::refunded_at.eq(at), payment_orders::with_staff.eq(false)))
        .execute(c)?;
    Ok(true)
}

/// Its time is over and nobody knows. It is asked for on.
pub(super) fn lose(c: &mut Conn, now: Moment, order: &mut Order) -> Result<bool, PayError> {
    if next(order.state()?, Act::Lose, By::Clock).is_none() {
        return Ok(false);
    }
    steps::take(c, now, order, Act::Lose, Word { by: By::Clock, whose: super::till::KIND })?;
    Ok(true)
}

/// The provider's number is written down when it is first told, and never changed.
fn remember_number(c: &mut Conn, order: &mut Order, number: Option<&str>) -> Result<(), PayError> {
    let number = number.filter(|number| !number.is_empty() && number.len() <= 200);
    if let (Some(number), None) = (number, &order.provider_payment) {
        diesel::update(own(order)).set(payment_orders::provider_payment.eq(number)).execute(c)?;
        order.provider_payment = Some(number.to_owned());
    }
    Ok(())
}

/// Where the payer is sent, once the provider has opened the payment.
pub(super) fn opened(
    c: &mut Conn,
    order: &mut Order,
    number: Option<&str>,
    pay_at: Option<&str>,
) -> Result<(), PayError> {
    remember_number(c, order, number)?;
    if let Some(address) = pay_at.filter(|address| is_web_address(address)) {
        diesel::update(own(order)).set(payment_orders::pay_at.eq(address)).execute(c)?;
        order.pay_at = Some(address.to_owned());
    }
    Ok(())
}

/// Nobody is sent to anything but a page.
fn is_web_address(text: &str) -> bool {
    text.len() <= 2_000
        && url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}
