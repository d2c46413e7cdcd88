//! Money that goes back: asked for by the payer, or by itself where it was paid for nothing.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::{
    Capability, Repeat,
    pay::{Output, QueryInput, RefundInput},
};

use super::{
    Means, PayError, learn,
    life::{Act, By, State},
    means::{WITHIN, again, failure, of_provider},
    model::{Order, OrderId, PATIENCE, REASON},
    queries::{self, own},
    steps::{self, Word},
};
use crate::{
    db::{Conn, DbError, schema::payment_orders},
    gateway::Sent,
    jobs::{self, Done, Failure, Job, Running},
    ledger::{self, CitizenId},
    platform::{Moment, keys::KeyRing},
};
use diesel::prelude::*;

/// Gives money back.
#[derive(Debug, Serialize, Deserialize)]
pub struct GiveBack {
    citizen: CitizenId,
    order: OrderId,
}

impl GiveBack {
    pub(super) const fn of(order: &Order) -> Self {
        Self { citizen: order.citizen_id, order: order.id }
    }
}

impl Job for GiveBack {
    const KIND: &'static str = "payments.give-back";
    const BUDGET: TimeDelta = TimeDelta::days(14);

    fn key(&self) -> Option<String> {
        Some(self.order.to_string())
    }
}

/// What the payer reads at the provider. Why is nobody's business there.
const WHY: &str = "退款";

/// The payer asks for the money back. A person decides, who asks the agency.
pub fn ask_back(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    payer: CitizenId,
    (reference, reason): (&str, &str),
) -> Result<Order, PayError> {
    let mut order = queries::find(c, payer, reference)?;
    let sealed = ledger::seal(c, ring, payer, REASON, reason)?;
    diesel::update(own(&order)).set(payment_orders::refund_reason.eq(Some(sealed))).execute(c)?;
    let whose = payer.to_string();
    steps::take(c, now, &mut order, Act::AskRefund, Word { by: By::Payer, whose: &whose })?;
    Ok(order)
}

/// Runs [`GiveBack`].
pub async fn give_back(means: Means, job: GiveBack, running: Running) -> Result<Done, Failure> {
    let nothing = |_: &mut Conn| Ok::<_, DbError>(());
    let Some(order) = means.order(job.citizen, job.order).await? else {
        return running.finish(nothing).await;
    };
    if order.state().map_err(failure)? != State::Refunding || order.with_staff {
        return running.finish(nothing).await;
    }
    let now = means.site.clock.now();
    let (said, until) = try_once(&means, &order).await?;
    let effect = move |c: &mut Conn| {
        let Some(mut order) = queries::of_payer(c, job.citizen, job.order)? else { return Ok(()) };
        if order.state()? != State::Refunding {
            return Ok(());
        }
        let over = now - order.changed_at.moment() > PATIENCE;
        match said {
            Some(said) if learn::refund(c, now, &mut order, &said)? => return Ok(()),
            _ if over => {
                return steps::hand_to_staff(c, now, &mut order, "the provider does not give it back");
            }
            _ => {}
        }
        let at = again(now, order.changed_at.moment(), until);
        jobs::enqueue_at(c, now, at, &GiveBack::of(&order))?;
        Ok(())
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}

/// Asks for the refund if that may be repeated, and else only how it stands.
async fn try_once(means: &Means, order: &Order) -> Result<(Option<Output>, Option<Moment>), Failure> {
    let repeats = means.gateway.repeats(&order.provider, Capability::PayRefund, "").await;
    let harmless = matches!(repeats?, Some(Repeat::Yes));
    if !harmless {
        let question = QueryInput { order: order.reference.clone(), refund: Some(order.refund()) };
        let key = format!("{}-back", order.id);
        let sent = means.gateway.send(of_provider(order, question, WITHIN), &key).await;
        match sent? {
            Sent::Done(said) if said.status != yimen_contract::capability::pay::Status::NotFound => {
                return Ok((Some(said), None));
            }
            Sent::Done(_) => {}
            _ => return Ok((None, None)),
        }
    }
    let question = RefundInput {
        order: order.reference.clone(),
        refund: order.refund(),
        amount_fen: order.fen(),
        reason: WHY.to_owned(),
    };
    let sent = means.gateway.send(of_provider(order, question, WITHIN), &order.refund()).await;
    Ok(match sent? {
        Sent::Done(said) => (Some(said), None),
        Sent::NotSent { until } => (None, until),
        Sent::Refused { .. } | Sent::Impossible(_) | Sent::Unknown => (None, None),
    })
}
