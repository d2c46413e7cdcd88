//! The provider's side of an order: opening it there, and asking what became of it.

use std::time::Duration;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::{
    Capability, Repeat,
    pay::{CreateInput, CreateOutput, Output, QueryInput, Status},
};

use super::{
    Means, PayError, learn,
    life::{Act, By, State},
    means::{WITHIN, again, failure, of_provider},
    model::{GRACE, Order, OrderId, PATIENCE},
    order::ask_now,
    queries,
    steps::{self, Word},
};
use crate::{
    db::{Conn, DbError, schema::payment_orders},
    gateway::{GatewayError, Sent},
    jobs::{self, Done, Failure, Job, Running},
    ledger::CitizenId,
};

pub(super) const KIND: &str = "payments.ask";
/// How soon after it was opened the provider is asked, should nobody come back and nothing be pushed.
const FIRST: TimeDelta = TimeDelta::seconds(45);
/// Pages that are looked at again and again ask no oftener.
const PAUSE: TimeDelta = TimeDelta::seconds(3);

/// Asks a provider what became of a payment, and opens it if that has not been done.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ask {
    citizen: CitizenId,
    order: OrderId,
}

impl Ask {
    pub(super) const fn of(order: &Order) -> Self {
        Self { citizen: order.citizen_id, order: order.id }
    }
}

impl Job for Ask {
    const KIND: &'static str = KIND;
    const BUDGET: TimeDelta = TimeDelta::days(14);

    fn key(&self) -> Option<String> {
        Some(self.order.to_string())
    }
}

impl Means {
    /// Opens an order at its provider, for a payer who waits so long for it. Whatever comes of it, the order says so. Of two
    /// who press at the same moment one opens it; the other does only where the provider knows the repeat for one.
    pub async fn open(&self, order: Order, title: &str, within: Duration) -> Result<Order, PayError> {
        let (order, mine) = match order.state()? {
            State::Created => self.begin(order).await?,
            _ => (order, false),
        };
        let may = mine || (order.pay_at.is_none() && self.may_open_again(&order).await?);
        if may { self.create(order, title, within, mine).await } else { Ok(order) }
    }

    /// The same, with the provider. `first`: it cannot have heard of it before.
    async fn create(
        &self,
        order: Order,
        title: &str,
        within: Duration,
        first: bool,
    ) -> Result<Order, PayError> {
        if order.state()? != State::Paying || order.pay_at.is_some() {
            return Ok(order);
        }
        let question = CreateInput {
            order: order.reference.clone(),
            amount_fen: order.fen(),
            title: title.to_owned(),
            return_to: format!("{}/me/payments/{}?back=1", self.site.origin(), order.reference),
            expires: order.expires_at.moment(),
        };
        let sent = self.gateway.send(of_provider(&order, question, within), &order.reference).await;
        let said = match sent {
            Ok(Sent::Done(said)) => said,
            // It will not be opened: there is nothing that could be paid.
            Ok(Sent::Refused { .. } | Sent::Impossible(_)) | Err(GatewayError::Undeclared { .. })
                if first =>
            {
                CreateOutput { status: Status::Failed, payment: None, pay_at: None }
            }
            // A repeat that is refused says nothing of what came of the first time.
            Ok(Sent::Refused { .. } | Sent::Impossible(_)) | Err(GatewayError::Undeclared { .. }) => {
                return Ok(order);
            }
            // The job goes on with it.
            Ok(Sent::NotSent { .. } | Sent::Unknown) => return Ok(order),
            Err(error) => return Err(error.into()),
        };
        let now = self.site.clock.now();
        let keep = move |c: &mut Conn| {
            let Some(mut order) = queries::of_payer(c, order.citizen_id, order.id)? else {
                return Err(PayError::Unknown);
            };
            learn::opened(c, &mut order, said.payment.as_deref(), said.pay_at.as_deref())?;
            // That it is paid the provider says when it is asked, with the amount.
            if said.status == Status::Failed {
                let output =
                    Output { status: Status::Failed, payment: said.payment, amount_fen: None, at: None };
                learn::payment(c, now, &mut order, &output)?;
            }
            Ok(order)
        };
        self.learned((order.citizen_id, order.id), self.site.db.tx(keep).await).await
    }

    /// What was learned of an order; or, where somebody else learned it at the same moment, what stands there now.
    async fn learned(
        &self,
        (payer, id): (CitizenId, OrderId),
        learned: Result<Order, PayError>,
    ) -> Result<Order, PayError> {
        match learned {
            Err(PayError::NotNow) => {
                let read = move |c: &mut Conn| queries::of_payer(c, payer, id)?.ok_or(PayError::Unknown);
                self.site.db.read(read).await
            }
            other => other,
        }
    }

    /// From now on the provider may know of it. Whether it is this one who opens it.
    async fn begin(&self, order: Order) -> Result<(Order, bool), PayError> {
        let now = self.site.clock.now();
        let place = (order.citizen_id, order.id);
        let begin = move |c: &mut Conn| {
            let mut order = queries::of_payer(c, order.citizen_id, order.id)?.ok_or(PayError::Unknown)?;
            let mine = order.state()? == State::Created && now < order.expires_at.moment();
            if mine {
                steps::take(c, now, &mut order, Act::Open, Word { by: By::Portal, whose: KIND })?;
                jobs::enqueue_at(c, now, now + FIRST, &Ask::of(&order))?;
            }
            Ok((order, mine))
        };
        match self.site.db.tx(begin).await {
            Err(PayError::NotNow) => Ok((self.learned(place, Err(PayError::NotNow)).await?, false)),
            other => other,
        }
    }

    /// What the provider says of a payment. `None`: nothing.
    pub(super) async fn query(
        &self,
        order: &Order,
        within: Duration,
    ) -> Result<Option<Output>, GatewayError> {
        let question = QueryInput { order: order.reference.clone(), refund: None };
        // A provider that knows a repeat by its key must not take the question for the payment.
        let sent =
            self.gateway.send(of_provider(order, question, within), &format!("{}-ask", order.id)).await;
        Ok(match sent? {
            Sent::Done(said) => Some(said),
            _ => None,
        })
    }

    /// Asks the provider for whoever looks at the page, if nobody did a moment ago. What it says is taken over.
    pub(super) async fn look_now(&self, order: Order, within: Duration) -> Result<Order, PayError> {
        let (now, asked) = (self.site.clock.now(), order.clone());
        let mine = self.site.db.tx(move |c| ask_now(c, now, &asked, PAUSE)).await?;
        if !mine {
            return Ok(order);
        }
        let said = match self.query(&order, within).await {
            Ok(Some(said)) => said,
            Ok(None) => return Ok(order),
            Err(GatewayError::Db(error)) => return Err(error.into()),
            Err(error) => {
                tracing::warn!(provider = order.provider, %error, "a provider could not be asked");
                return Ok(order);
            }
        };
        let keep = move |c: &mut Conn| {
            let mut order = queries::of_payer(c, order.citizen_id, order.id)?.ok_or(PayError::Unknown)?;
            learn::payment(c, now, &mut order, &said)?;
            Ok(order)
        };
        self.learned((order.citizen_id, order.id), self.site.db.tx(keep).await).await
    }

    /// Whether opening may be repeated although nobody knows whether it was done.
    async fn may_open_again(&self, order: &Order) -> Result<bool, GatewayError> {
        let repeats = self.gateway.repeats(&order.provider, Capability::PayCreate, "").await?;
        Ok(matches!(repeats, Some(Repeat::Yes)))
    }
}

/// Runs [`Ask`].
pub async fn ask(means: Means, job: Ask, running: Running) -> Result<Done, Failure> {
    let nothing = |_: &mut Conn| Ok::<_, DbError>(());
    let Some(order) = means.order(job.citizen, job.order).await? else {
        return running.finish(nothing).await;
    };
    if !order.state().map_err(failure)?.waits_for_provider() {
        return running.finish(nothing).await;
    }
    let now = means.site.clock.now();
    let mut said = means.query(&order, WITHIN).await?;
    let unopened = order.pay_at.is_none() && now < order.expires_at.moment();
    let nowhere = said.as_ref().is_some_and(|said| said.status == Status::NotFound);
    if unopened && (nowhere || means.may_open_again(&order).await?) {
        let title = means.title(&order);
        means.create(order, &title, WITHIN, nowhere).await.map_err(failure)?;
        said = said.filter(|said| said.status != Status::NotFound);
    }
    let effect = move |c: &mut Conn| {
        // As it stands now: an event may have come while the provider was asked.
        let Some(mut order) = queries::of_payer(c, job.citizen, job.order)? else { return Ok(()) };
        match &said {
            Some(said) => drop(learn::payment(c, now, &mut order, said)?),
            None if now >= order.expires_at.moment() + GRACE => drop(learn::lose(c, now, &mut order)?),
            None => {}
        }
        go_on(c, now, order)
    };
    running.finish(move |c| effect(c).map_err(failure)).await
}

/// Has it asked for again, unless it is known or has taken too long.
fn go_on(c: &mut Conn, now: crate::platform::Moment, mut order: Order) -> Result<(), PayError> {
    if !order.state()?.waits_for_provider() {
        return Ok(());
    }
    let asked = order.asked.saturating_add(1);
    diesel::update(queries::own(&order)).set(payment_orders::asked.eq(asked)).execute(c)?;
    if now - order.created_at.moment() > PATIENCE {
        return steps::hand_to_staff(c, now, &mut order, "the provider does not say whether it was paid");
    }
    let at = again(now, order.created_at.moment(), None);
    jobs::enqueue_at(c, now, at, &Ask::of(&order))?;
    Ok(())
}

impl Means {
    /// What the payer reads at the provider: the service, and nothing of the person.
    pub fn title(&self, order: &Order) -> String {
        let edition = self.shelf.edition();
        let name = edition
            .ok()
            .and_then(|edition| Some(edition.catalogue.service(&order.service)?.service.name.zh.clone()));
        name.unwrap_or_else(|| order.service.clone())
    }
}
