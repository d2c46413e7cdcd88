//! Telling people where their payment stands: once for each change.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;

use super::{
    courier::Courier,
    matter::Matter,
    names::Names,
    news::{News, Unreachable},
    say::say,
};
use crate::{
    db::Conn,
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Texts, named},
};

/// A payment stands differently. Whoever enqueues it does so in the transaction that changes the order.
#[derive(Debug, Serialize, Deserialize)]
pub struct PaymentNews {
    pub citizen: CitizenId,
    /// Its number.
    pub order: String,
    /// The service's code.
    pub service: String,
    /// The agency's public name.
    pub agency: String,
    /// The state's name in the table of payments.
    pub stands: String,
    pub amount_fen: u64,
}

impl Job for PaymentNews {
    const KIND: &'static str = "notices.payment";
    const PRIORITY: Priority = Priority::Normal;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// What a notice about a payment says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PaymentTold {
    order: String,
    service: Bilingual,
    stands: String,
    amount_fen: u64,
}

/// Runs [`PaymentNews`].
pub async fn payment_changed(courier: Courier, job: PaymentNews, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell(c, &courier, job)).await
}

fn tell(c: &mut Conn, courier: &Courier, job: PaymentNews) -> Result<(), Unreachable> {
    let service = Names::of(c, &job.agency, &job.service)?.service;
    let citizen = job.citizen;
    let PaymentNews { order, stands, amount_fen, .. } = job;
    let told = PaymentTold { order, service, stands, amount_fen };
    say(c, courier, citizen, &News::Payment(told))
}

fn said(t: Texts, told: &PaymentTold) -> String {
    t.mail_payment_subject(
        named::Service(t.say(&told.service).text),
        named::State(t.payment_state(&told.stands)),
    )
}

fn lead(t: Texts, told: &PaymentTold) -> String {
    let (yuan, fen) = (told.amount_fen / 100, told.amount_fen % 100);
    t.mail_payment_lead(
        named::Amount(t.amount_yuan(format!("{yuan}.{fen:02}"))),
        named::Reference(told.order.as_str()),
        named::Service(t.say(&told.service).text),
        named::State(t.payment_state(&told.stands)),
    )
}

/// What a notice says, whichever way it goes.
pub(super) fn matter(t: Texts, told: &PaymentTold) -> Matter {
    Matter::new(said(t, told), lead(t, told), format!("/me/payments/{}", told.order))
}
