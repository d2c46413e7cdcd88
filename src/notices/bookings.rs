//! Telling people how their booking stands: once for each change. The place is not said: which
//! department somebody goes to is nobody's who reads over their shoulder.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;

use super::{
    courier::Courier,
    matter::Matter,
    model::Principal,
    names::Names,
    news::{News, Unreachable},
    say::say_of,
};
use crate::{
    db::Conn,
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Moment, Texts, clock::CITY_ZONE, named},
    web::{
        frame::Dates as _,
        ical::{Entry, When},
    },
};

/// A booking stands differently. Whoever enqueues it does so in the transaction that changes the booking.
#[derive(Debug, Serialize, Deserialize)]
pub struct BookingNews {
    pub citizen: CitizenId,
    /// For whom they act in it, if they do.
    #[serde(default)]
    pub principal: Option<Principal>,
    pub reference: String,
    /// The service's code.
    pub service: String,
    /// The agency's public name.
    pub agency: String,
    /// The state's name in the table of bookings; or `offered`: something came free and is kept for them.
    pub state: String,
    pub starts: Moment,
    pub ends: Moment,
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
    /// What was said by an older version does not have it.
    #[serde(default)]
    ends: Option<Moment>,
    until: Option<Moment>,
}

/// Runs [`BookingNews`].
pub async fn booking_changed(courier: Courier, job: BookingNews, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell(c, &courier, job)).await
}

fn tell(c: &mut Conn, courier: &Courier, job: BookingNews) -> Result<(), Unreachable> {
    let service = Names::of(c, &job.agency, &job.service)?.service;
    let reader = (job.citizen, job.principal);
    let BookingNews { reference, state, starts, ends, until, .. } = job;
    let told = BookingTold { reference, service, state, starts, ends: Some(ends), until };
    say_of(c, courier, reader, &News::Booking(told))
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

/// The appointment in the reader's own calendar, once it is made. As in the notice, the place is not said.
fn entry(t: Texts, told: &BookingTold) -> Option<Entry> {
    let ends = told.ends.filter(|_| told.state == "booked")?;
    Some(Entry {
        id: told.reference.clone(),
        when: When::At { starts: told.starts, ends },
        summary: t.say(&told.service).text.to_owned(),
        place: String::new(),
        about: String::new(),
        url: String::new(),
    })
}

/// By what an entry of the booking is known, and the entry if the appointment stands.
pub(super) fn entered(t: Texts, told: &BookingTold) -> (String, Option<Entry>) {
    (told.reference.clone(), entry(t, told))
}

/// What a notice says, whichever way it goes.
pub(super) fn matter(t: Texts, told: &BookingTold) -> Matter {
    let path = format!("/me/bookings/{}", told.reference);
    Matter { entry: entry(t, told), ..Matter::new(said(t, told), lead(t, told), path) }
}
