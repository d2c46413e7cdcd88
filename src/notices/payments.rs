//! Telling people where their payment stands: once for each change.

use askama::Template;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;

use super::{
    courier::Courier,
    letters::Letter,
    news::{News, Shown, Unreachable},
    say::say,
};
use crate::{
    agencies::{self, InstallError},
    db::Conn,
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Texts, named},
    web::frame::CityLine,
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
    let service = match agencies::agency(c, &job.agency) {
        Ok(found) => found.package.services.into_iter().find(|service| service.code == job.service),
        Err(InstallError::Db(error)) => return Err(error.into()),
        Err(_) => None,
    };
    // A service that is gone is known by its code.
    let service = service.map_or_else(|| Bilingual::new(&job.service, &job.service), |service| service.name);
    let citizen = job.citizen;
    let PaymentNews { order, stands, amount_fen, .. } = job;
    let told = PaymentTold { order, service, stands, amount_fen };
    say(c, courier, citizen, &News::Payment(told))
}

struct PaymentLetter {
    t: Texts,
    city: String,
    hotline: String,
    subject: String,
    lead: String,
    address: String,
}

#[derive(Template)]
#[template(path = "mail/payment/subject.txt")]
struct PaymentSubject<'a> {
    it: &'a PaymentLetter,
}

#[derive(Template)]
#[template(path = "mail/payment/body.txt", whitespace = "preserve")]
struct PaymentText<'a> {
    it: &'a PaymentLetter,
}

#[derive(Template)]
#[template(path = "mail/payment/body.html")]
struct PaymentHtml<'a> {
    it: &'a PaymentLetter,
}

/// The letter about a payment.
pub(super) fn letter(t: Texts, line: &CityLine, told: &PaymentTold) -> askama::Result<Letter> {
    let it = &PaymentLetter {
        t,
        city: t.say(&line.name).text.to_owned(),
        hotline: line.hotline.clone(),
        subject: said(t, told),
        lead: lead(t, told),
        address: address(line, told),
    };
    Ok(Letter {
        subject: PaymentSubject { it }.render()?.trim().to_owned(),
        text: PaymentText { it }.render()?,
        html: PaymentHtml { it }.render()?,
    })
}

/// The text message about a payment.
pub(super) fn text(t: Texts, line: &CityLine, told: &PaymentTold) -> String {
    t.sms_payment(named::Address(address(line, told)), named::Said(lead(t, told)))
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

fn address(line: &CityLine, told: &PaymentTold) -> String {
    format!("{}{}", line.origin, path(told))
}

fn path(told: &PaymentTold) -> String {
    format!("/me/payments/{}", told.order)
}

/// In the inbox.
pub(super) fn shown(t: Texts, told: &PaymentTold) -> Shown {
    Shown { title: said(t, told), text: lead(t, told), path: path(told) }
}
