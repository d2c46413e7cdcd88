//! Telling people how their booking stands: once for each change. The place is not said: which
//! department somebody goes to is nobody's who reads over their shoulder.

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
    platform::{Moment, Texts, clock::CITY_ZONE, named},
    web::frame::{CityLine, Dates as _},
};

/// A booking stands differently. Whoever enqueues it does so in the transaction that changes the booking.
#[derive(Debug, Serialize, Deserialize)]
pub struct BookingNews {
    pub citizen: CitizenId,
    pub reference: String,
    /// The service's code.
    pub service: String,
    /// The agency's public name.
    pub agency: String,
    /// The state's name in the table of bookings; or `offered`: something came free and is kept for them.
    pub state: String,
    pub starts: Moment,
    /// Until when it is kept, where it is.
    pub until: Option<Moment>,
}

impl Job for BookingNews {
    const KIND: &'static str = "notices.booking";
    const PRIORITY: Priority = Priority::Normal;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// What a notice about a booking says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct BookingTold {
    reference: String,
    service: Bilingual,
    state: String,
    starts: Moment,
    until: Option<Moment>,
}

/// Runs [`BookingNews`].
pub async fn booking_changed(courier: Courier, job: BookingNews, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell(c, &courier, job)).await
}

fn tell(c: &mut Conn, courier: &Courier, job: BookingNews) -> Result<(), Unreachable> {
    let service = match agencies::agency(c, &job.agency) {
        Ok(found) => found.package.services.into_iter().find(|service| service.code == job.service),
        Err(InstallError::Db(error)) => return Err(error.into()),
        Err(_) => None,
    };
    // A service that is gone is known by its code.
    let service = service.map_or_else(|| Bilingual::new(&job.service, &job.service), |service| service.name);
    let citizen = job.citizen;
    let BookingNews { reference, state, starts, until, .. } = job;
    let told = BookingTold { reference, service, state, starts, until };
    say(c, courier, citizen, &News::Booking(told))
}

struct BookingLetter {
    t: Texts,
    city: String,
    hotline: String,
    subject: String,
    lead: String,
    address: String,
}

#[derive(Template)]
#[template(path = "mail/booking/subject.txt")]
struct BookingSubject<'a> {
    it: &'a BookingLetter,
}

#[derive(Template)]
#[template(path = "mail/booking/body.txt", whitespace = "preserve")]
struct BookingText<'a> {
    it: &'a BookingLetter,
}

#[derive(Template)]
#[template(path = "mail/booking/body.html")]
struct BookingHtml<'a> {
    it: &'a BookingLetter,
}

/// The letter about a booking.
pub(super) fn letter(t: Texts, line: &CityLine, told: &BookingTold) -> askama::Result<Letter> {
    let it = &BookingLetter {
        t,
        city: t.say(&line.name).text.to_owned(),
        hotline: line.hotline.clone(),
        subject: said(t, told),
        lead: lead(t, told),
        address: address(line, told),
    };
    Ok(Letter {
        subject: BookingSubject { it }.render()?.trim().to_owned(),
        text: BookingText { it }.render()?,
        html: BookingHtml { it }.render()?,
    })
}

/// The text message about a booking.
pub(super) fn text(t: Texts, line: &CityLine, told: &BookingTold) -> String {
    t.sms_booking(named::Address(address(line, told)), named::Said(lead(t, told)))
}

fn said(t: Texts, told: &BookingTold) -> String {
    t.mail_booking_subject(
        named::Service(t.say(&told.service).text),
        named::State(t.booking_news(&told.state)),
    )
}

fn lead(t: Texts, told: &BookingTold) -> String {
    let local = |at: Moment| t.short_moment(&at.with_timezone(&CITY_ZONE).naive_local());
    let news = match told.until.filter(|_| told.state == "offered") {
        Some(until) => t.booking_offered_until(local(until)),
        None => t.booking_news(&told.state),
    };
    t.mail_booking_lead(
        named::At(local(told.starts)),
        named::News(news),
        named::Reference(told.reference.as_str()),
        named::Service(t.say(&told.service).text),
    )
}

fn address(line: &CityLine, told: &BookingTold) -> String {
    format!("{}{}", line.origin, path(told))
}

fn path(told: &BookingTold) -> String {
    format!("/me/bookings/{}", told.reference)
}

/// In the inbox.
pub(super) fn shown(t: Texts, told: &BookingTold) -> Shown {
    Shown { title: said(t, told), text: lead(t, told), path: path(told) }
}
