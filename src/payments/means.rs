//! What the jobs about payments work with, and what they do about what goes wrong.

use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;

use super::{
    PayError,
    model::{Order, OrderId},
    queries,
};
use crate::{
    catalogue::Shelf,
    gateway::{Gateway, Request},
    jobs::Failure,
    ledger::{self, CitizenId},
    platform::Moment,
    web::Site,
};

/// How long one call may take. Nobody waits for it before a screen.
pub(super) const WITHIN: Duration = Duration::from_secs(30);
const SOON: TimeDelta = TimeDelta::seconds(20);
const SELDOM: TimeDelta = TimeDelta::hours(1);

/// What the runners need.
#[derive(Clone)]
pub struct Means {
    pub site: Data<Site>,
    pub gateway: Data<Gateway>,
    pub shelf: Data<Shelf>,
}

impl Means {
    pub(super) async fn order(&self, payer: CitizenId, id: OrderId) -> Result<Option<Order>, Failure> {
        self.site.db.read(move |c| queries::of_payer(c, payer, id)).await.map_err(failure)
    }
}

/// A question to an order's provider. It says nothing of the payer.
pub(super) fn of_provider<Q>(order: &Order, question: Q, within: Duration) -> Request<'_, Q> {
    Request { agency: &order.provider, service: None, question, about: None, within }
}

/// A question to the agency about an order's due.
pub(super) fn of_agency<Q>(order: &Order, question: Q) -> Request<'_, Q> {
    Request {
        agency: &order.agency,
        service: Some(&order.service),
        question,
        about: Some(order.about(None)),
        within: WITHIN,
    }
}

/// When to try again: ever more seldom, or when it is said.
pub(super) fn again(now: Moment, since: Moment, until: Option<Moment>) -> Moment {
    let pause = ((now - since) / 4).clamp(SOON, SELDOM);
    until.filter(|until| *until > now).unwrap_or(now + pause)
}

pub(super) fn failure(error: PayError) -> Failure {
    match error {
        PayError::Db(error) => error.into(),
        // Somebody else moved the order on, perhaps; looking again shows where it is.
        error @ (PayError::NotNow | PayError::Ledger(ledger::LedgerError::Db(_))) => Failure::retry(error),
        PayError::Gateway(error) => error.into(),
        error => Failure::give_up(error),
    }
}
