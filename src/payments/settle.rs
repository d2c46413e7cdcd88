//! Telling the agency that a due was paid, once in effect.
//!
//! Before a call is made the order says `settling`, in a transaction of its own: a process that dies in the middle leaves
//! behind that it does not know. What is unknown is asked for first (`dues.status`), and told again only where the
//! agency says that it is still owed, or has promised that twice is once.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::{
    Capability, Repeat,
    dues::{Output, SettleInput, Status, StatusInput},
};

use super::{
    Means, PayError,
    back::GiveBack,
    life::{Act, By, State},
    means::{again, failure, of_agency},
    model::{Order, OrderId, PATIENCE, new_receipt_code},
    queries::{self, own},
    steps::{self, Word},
};
use crate::{
    db::{Conn, DbError, schema::payment_orders},
    gateway::{GatewayError, Sent},
    jobs::{self, Done, Failure, Job, Running},
    ledger::CitizenId,
    platform::Moment,
};

/// Tells an agency that a due was paid.
#[derive(Debug, Serialize, Deserialize)]
pub struct Settle {
    citizen: CitizenId,
    order: OrderId,
}

impl Settle {
    pub(super) const fn of(order: &Order) -> Self {
        Self { citizen: order.citizen_id, order: order.id }
    }
}

impl Job for Settle {
    const KIND: &'static str = "payments.settle";
    const BUDGET: TimeDelta = TimeDelta::days(14);

    fn key(&self) -> Option<String> {
        Some(self.order.to_string())
    }
}

/// What an agency's word means for an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is booked, with the agency's number of the receipt.
    Booked(Option<String>),
    /// It was paid by somebody else, or is not owed any more.
    Refused,
    /// It is still owed: nothing has arrived.
    Owed,
    /// Nobody knows yet.
    Undecided,
}

/// What an agency's word means for this order. A due that somebody else's order settled was not paid by this one.
pub(super) fn verdict(order: &Order, said: &Output) -> Verdict {
    match said.status {
        Status::Settled if said.order.as_ref().is_none_or(|paid| *paid == order.reference) => {
            Verdict::Booked(said.receipt.clone())
        }
        Status::Settled | Status::Cancelled | Status::Refunded => Verdict::Refused,
        Status::Open => Verdict::Owed,
        Status::Pending => Verdict::Undecided,
    }
}

impl Means {
    /// How the agency says that the due stands. `None`: it does not say.
    pub(super) async fn due_status(&self, order: &Order) -> Result<Option<Output>, GatewayError> {
        let question = StatusInput {
            service: order.service.clone(),
            reference: order.due.clone(),
            order: Some(order.reference.clone()),
        };
        // A backend that knows a repeat by its key must not take the question for the settlement.
        let sent = self.gateway.send(of_agency(order, question), &format!("{}-status", order.id)).await;
        Ok(match sent? {
            Sent::Done(said) => Some(said),
            _ => None,
        })
    }

    async fn tell_paid(&self, order: &Order) -> Result<Sent<Output>, GatewayError> {
        let question = SettleInput {
            service: order.service.clone(),
            reference: order.due.clone(),
            order: order.reference.clone(),
            amount_fen: order.fen(),
            paid: order.paid_at.unwrap_or(order.changed_at).moment(),
            provider: order.provider.clone(),
            payment: order.provider_payment.clone().unwrap_or_else(|| order.reference.clone()),
        };
        self.gateway.send(of_agency(order, question), &order.reference).await
    }
}

/// How a try ended.
enum End {
    /// The agency has said what becomes of it.
    Said(Verdict),
    /// Nothing left: it may be told again, at the earliest then.
    NotSent(Option<Moment>),
    Unknown,
}

/// Runs [`Settle`].
pub async fn settle(means: Means, job: Settle, running: Running) -> Result<Done, Failure> {
    let nothing = |_: &mut Conn| Ok::<_, DbError>(());
    let Some(order) = means.order(job.citizen, job.order).await? else {
        return running.finish(nothing).await;
    };
    let state = order.state().map_err(failure)?;
    if !state.waits_for_agency() || order.with_staff {
        return running.finish(nothing).await;
    }
    let now = means.site.clock.now();
    if now - order.paid_at.unwrap_or(order.created_at).moment() > PATIENCE {
        let give_up = move |c: &mut Conn| {
            let Some(mut order) = queries::of_payer(c, job.citizen, job.order)? else { return Ok(()) };
            steps::hand_to_staff(c, now, &mut order, "the agency could not be told that it was paid")
        };
        return running.finish(move |c| give_up(c).map_err(failure)).await;
    }
    let before = state != State::Paid;
    let end = if before { after_unknown(&means, &order).await? } else { None };
    let end = match end {
        Some(end) => end,
        None if begins(&means, &order).await? => try_once(&means, &order, before).await?,
        None => return running.finish(nothing).await,
    };
    let effect = move |c: &mut Conn| {
        let Some(mut order) = queries::of_payer(c, job.citizen, job.order)? else { return Ok(()) };
        conclude(c, now, &mut order, end)
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}

/// Asks before anything is repeated. `None`: it may be told again.
async fn after_unknown(means: &Means, order: &Order) -> Result<Option<End>, Failure> {
    let repeats = means.gateway.repeats(&order.agency, Capability::DuesSettle, &order.service).await;
    match repeats? {
        Some(Repeat::Yes) => return Ok(None),
        Some(Repeat::After(Capability::DuesStatus)) => {}
        _ => return Ok(Some(End::Unknown)),
    }
    Ok(match means.due_status(order).await? {
        None => Some(End::Unknown),
        Some(said) => match verdict(order, &said) {
            Verdict::Owed => None,
            verdict => Some(End::Said(verdict)),
        },
    })
}

/// From now on it is not known whether the agency has heard. `false`: it was ended meanwhile.
async fn begins(means: &Means, order: &Order) -> Result<bool, Failure> {
    let (now, order) = (means.site.clock.now(), order.clone());
    let mark = move |c: &mut Conn| {
        let mut order = queries::of_payer(c, order.citizen_id, order.id)?.ok_or(PayError::Unknown)?;
        match order.state()? {
            // The program stopped in the middle of a call; it was asked after that.
            State::Settling => return Ok(true),
            State::Paid | State::SettleUnknown => {}
            _ => return Ok(false),
        }
        steps::take(c, now, &mut order, Act::Settle, Word { by: By::Portal, whose: Settle::KIND })?;
        Ok(true)
    };
    means.site.db.tx(mark).await.map_err(failure)
}

async fn try_once(means: &Means, order: &Order, before: bool) -> Result<End, Failure> {
    let said = match means.tell_paid(order).await {
        Ok(Sent::Done(said)) => said,
        Ok(Sent::NotSent { until }) => return Ok(End::NotSent(until)),
        Ok(Sent::Unknown) => return Ok(End::Unknown),
        Ok(Sent::Impossible(why)) => {
            tracing::error!(agency = order.agency, why, "an agency cannot be told of a payment");
            return Ok(End::NotSent(None));
        }
        // "Paid already" is a refusal too: by whom is asked before money goes back.
        Ok(Sent::Refused { .. }) => {
            let said = means.due_status(order).await?;
            return Ok(after_refusal(order, said.as_ref(), before));
        }
        // Refused by the gateway itself, before anything left.
        Err(error) => {
            tracing::warn!(agency = order.agency, %error, "an agency was not told of a payment");
            return Ok(End::NotSent(error.until(means.site.clock.now())));
        }
    };
    Ok(match verdict(order, &said) {
        // It was told and says that it is owed: nobody knows what that means.
        Verdict::Owed | Verdict::Undecided => End::Unknown,
        verdict => End::Said(verdict),
    })
}

/// What a refusal means, by what the agency says afterwards.
fn after_refusal(order: &Order, said: Option<&Output>, before: bool) -> End {
    let Some(said) = said else { return End::Unknown };
    let names_us = said.order.as_ref() == Some(&order.reference);
    match verdict(order, said) {
        // Settled, and it does not say by whom. After a try of which nobody knows the end it may be ours: a person asks.
        Verdict::Booked(_) if !names_us && before => End::Unknown,
        Verdict::Booked(_) if !names_us => End::Said(Verdict::Refused),
        Verdict::Owed => End::Said(Verdict::Refused),
        Verdict::Undecided => End::Unknown,
        verdict => End::Said(verdict),
    }
}

fn conclude(c: &mut Conn, now: Moment, order: &mut Order, end: End) -> Result<(), PayError> {
    if !order.state()?.waits_for_agency() {
        return Ok(());
    }
    let agency = order.agency.clone();
    let by_agency = Word { by: By::Agency, whose: &agency };
    let by_portal = Word { by: By::Portal, whose: Settle::KIND };
    let until = match end {
        End::Said(Verdict::Booked(receipt)) => return book(c, now, order, by_agency, receipt),
        End::Said(Verdict::Refused) => {
            steps::take(c, now, order, Act::Refuse, by_agency)?;
            jobs::enqueue(c, now, &GiveBack::of(order))?;
            return Ok(());
        }
        End::NotSent(until) => {
            if order.state()? == State::Settling {
                steps::take(c, now, order, Act::Hold, by_portal)?;
            }
            until
        }
        End::Unknown | End::Said(_) => {
            if order.state()? == State::Settling {
                steps::take(c, now, order, Act::Lose, by_portal)?;
            }
            None
        }
    };
    let at = again(now, order.paid_at.unwrap_or(order.created_at).moment(), until);
    jobs::enqueue_at(c, now, at, &Settle::of(order))?;
    Ok(())
}

/// The agency has it: there is a receipt.
pub(super) fn book(
    c: &mut Conn,
    now: Moment,
    order: &mut Order,
    word: Word<'_>,
    receipt: Option<String>,
) -> Result<(), PayError> {
    let receipt = receipt.filter(|number| number.len() <= 200);
    let code = new_receipt_code().map_err(|error| PayError::Stored(error.to_string()))?;
    diesel::update(own(order))
        .set((
            payment_orders::agency_receipt.eq(receipt),
            payment_orders::receipt_code.eq(Some(code)),
            payment_orders::with_staff.eq(false),
        ))
        .execute(c)?;
    steps::take(c, now, order, Act::Book, word)?;
    Ok(())
}
