//! Telling an agency of a booking, once in effect: keeping a slot, booking it, giving it back.
//!
//! Before a call is made the booking says `unknown`, in a transaction of its own: a process that dies in the middle
//! leaves behind that it does not know. What is unknown is asked for first (`slots.find`), and repeated only where the
//! agency says that nothing came, or has promised that twice is once. Otherwise a person looks.

mod ends;

use std::time::Duration;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::{
    Capability, Repeat,
    person::{Answers, Claim, Person},
    slots::{CancelInput, CancelReason, ConfirmInput, FindInput, HoldInput, Output, Status},
};

use ends::{give_up, later, settle, told};

use super::{
    BookingError,
    act::held,
    life::{Act, By, State},
    model::{Booking, BookingId, Slot},
    queries, report,
    steps::own,
};
use crate::{
    cases::Means,
    db::{Conn, DbError, schema::bookings},
    gateway::{Gateway, GatewayError, Request, Sent},
    jobs::{Done, Failure, Job, Running},
    ledger::{self, Actor, Basis, CitizenId, LedgerError, Look, Purpose},
    platform::Moment,
};

/// How long one call may take when nobody waits for it before a screen, and when somebody does.
const WITHIN: Duration = Duration::from_secs(30);
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// When to try again where the agency does not say: an appointment does not wait for long.
const SOON: TimeDelta = TimeDelta::seconds(30);
const SELDOM: TimeDelta = TimeDelta::minutes(30);

/// Books what the person confirmed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reserve {
    citizen: CitizenId,
    booking: BookingId,
}

/// Gives back what the person does not want any more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GiveBack {
    citizen: CitizenId,
    booking: BookingId,
}

impl Reserve {
    pub(super) const fn of(booking: &Booking) -> Self {
        Self { citizen: booking.citizen_id, booking: booking.id }
    }
}

impl GiveBack {
    pub(super) const fn of(booking: &Booking) -> Self {
        Self { citizen: booking.citizen_id, booking: booking.id }
    }
}

impl Job for Reserve {
    const KIND: &'static str = "bookings.reserve";
    const BUDGET: TimeDelta = TimeDelta::days(60);

    fn key(&self) -> Option<String> {
        Some(self.booking.to_string())
    }
}

impl Job for GiveBack {
    const KIND: &'static str = "bookings.give-back";
    const BUDGET: TimeDelta = TimeDelta::days(60);

    fn key(&self) -> Option<String> {
        Some(self.booking.to_string())
    }
}

/// What to do about a booking whose last call has an unknown end.
enum After {
    Send,
    Answer(Output),
    Later(Option<Moment>),
    Person,
}

pub fn failure(error: BookingError) -> Failure {
    match error {
        BookingError::Db(error) => error.into(),
        // Somebody else moved the booking on, perhaps; looking again shows where it is.
        error @ (BookingError::NotNow | BookingError::Ledger(LedgerError::Db(_))) => Failure::retry(error),
        BookingError::Gateway(error) => error.into(),
        error => Failure::give_up(error),
    }
}

fn asking<'a, Q>(booking: &'a Booking, question: Q, claims: &'a [Claim]) -> Request<'a, Q> {
    let (agency, service) = (booking.agency.as_str(), Some(booking.service.as_str()));
    Request { agency, service, question, about: Some(booking.about(claims)), within: WITHIN }
}

async fn load(means: &Means, citizen: CitizenId, id: BookingId) -> Result<Option<Booking>, Failure> {
    means.site.db.read(move |c| queries::of_owner(c, citizen, id)).await.map_err(failure)
}

async fn nothing(running: Running) -> Result<Done, Failure> {
    running.finish(|_: &mut Conn| Ok::<_, DbError>(())).await
}

/// Has the agency keep a slot while the form is filled in, where it can. What comes of it is the answer, or `None`: it
/// is not kept, and whether it is free shows when it is confirmed.
pub(super) async fn hold(
    gateway: &Gateway,
    booking: &Booking,
    slot: &Slot,
    claims: &[Claim],
) -> Result<Option<Output>, GatewayError> {
    let question = HoldInput {
        service: booking.service.clone(),
        slot: slot.id.clone(),
        booking: booking.reference.clone(),
    };
    let request = Request { within: PATIENCE, ..asking(booking, question, claims) };
    match gateway.send(request, &format!("{}-hold", booking.id)).await {
        Ok(Sent::Done(output)) => Ok(Some(output)),
        Ok(_) | Err(GatewayError::Undeclared { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Asks before anything is repeated.
async fn after_unknown(
    means: &Means,
    booking: &Booking,
    (what, claims): (Capability, &[Claim]),
) -> Result<After, Failure> {
    let repeats = means.gateway.repeats(&booking.agency, what, &booking.service).await;
    let repeats = repeats?;
    let finds = means.gateway.repeats(&booking.agency, Capability::SlotsFind, &booking.service).await;
    if finds?.is_none() {
        return Ok(if repeats == Some(Repeat::Yes) { After::Send } else { After::Person });
    }
    let question = FindInput { service: booking.service.clone(), booking: booking.reference.clone() };
    let found = means.gateway.send(asking(booking, question, claims), &format!("{}-find", booking.id)).await;
    if let Err(error @ GatewayError::TooMany { .. }) = &found {
        return Ok(After::Later(error.until(means.site.clock.now())));
    }
    Ok(match found? {
        Sent::Done(output) => match output.status {
            // It has heard nothing, or only that the slot is to be kept.
            Status::NotFound | Status::Held => After::Send,
            Status::Pending => After::Later(None),
            _ => After::Answer(output),
        },
        Sent::Impossible(_) => After::Person,
        Sent::NotSent { .. } | Sent::Unknown | Sent::Refused { .. } => After::Later(None),
    })
}

/// Runs [`Reserve`].
pub async fn reserve(means: Means, job: Reserve, running: Running) -> Result<Done, Failure> {
    let Some(booking) = load(&means, job.citizen, job.booking).await? else { return nothing(running).await };
    if booking.state != State::Asked.tag() || !matches!(booking.handover.as_str(), "queued" | "unknown") {
        return nothing(running).await;
    }
    let claims = means.claims(&booking.service)?;
    if booking.handover == "unknown" {
        match after_unknown(&means, &booking, (Capability::SlotsConfirm, &claims)).await? {
            After::Send => {}
            After::Answer(output) => return told(&means, booking, running, output).await,
            After::Later(until) => return later(&means, (booking, Act::Fail), running, until).await,
            After::Person => return give_up(booking, running).await,
        }
    }
    if means.site.clock.now() >= booking.starts() {
        return later(&means, (booking, Act::Fail), running, None).await;
    }
    let question = confirmation(&means, &booking).await?;
    if !begins(&means, &booking).await? {
        return nothing(running).await;
    }
    let sent = means.gateway.send(asking(&booking, question, &claims), &booking.id.to_string()).await;
    match sent {
        // Neither booked nor free: it is asked again how it stands.
        Ok(Sent::Done(Output { status: Status::Pending | Status::Held | Status::NotFound, .. })) => {
            later(&means, (booking, Act::Fail), running, None).await
        }
        Ok(Sent::Done(output)) => told(&means, booking, running, output).await,
        Ok(Sent::Refused { .. }) => settle(&means, booking, running, (Act::Refuse, By::Agency)).await,
        Ok(Sent::NotSent { until }) => {
            not_sent(&means, &booking).await?;
            later(&means, (booking, Act::Fail), running, until).await
        }
        Ok(Sent::Impossible(why)) => {
            not_sent(&means, &booking).await?;
            tracing::error!(agency = booking.agency, service = booking.service, why, "nothing can be booked");
            later(&means, (booking, Act::Fail), running, None).await
        }
        Ok(Sent::Unknown) => later(&means, (booking, Act::Fail), running, None).await,
        // The person's share of the hour is used up. It goes when the next begins.
        Err(error @ GatewayError::TooMany { .. }) => {
            not_sent(&means, &booking).await?;
            later(&means, (booking, Act::Fail), running, error.until(means.site.clock.now())).await
        }
        // Refused by the gateway itself, before anything left.
        Err(error) => {
            not_sent(&means, &booking).await?;
            Err(error.into())
        }
    }
}

/// Runs [`GiveBack`].
pub async fn give_back(means: Means, job: GiveBack, running: Running) -> Result<Done, Failure> {
    let Some(booking) = load(&means, job.citizen, job.booking).await? else { return nothing(running).await };
    let reason = match booking.state().map_err(failure)? {
        State::Cancelling => CancelReason::Person,
        // It was only kept, and nobody confirmed it.
        State::Lapsed => CancelReason::Expired,
        _ => return nothing(running).await,
    };
    if !matches!(booking.handover.as_str(), "queued" | "unknown") {
        return nothing(running).await;
    }
    let claims = means.claims(&booking.service)?;
    if booking.handover == "unknown" {
        match after_unknown(&means, &booking, (Capability::SlotsCancel, &claims)).await? {
            // Nothing is there that could be given back, or it was heard the first time.
            After::Answer(output) if output.status == Status::Cancelled => {
                return told(&means, booking, running, output).await;
            }
            After::Send | After::Answer(_) => {}
            After::Later(until) => return later(&means, (booking, Act::Retain), running, until).await,
            After::Person => return give_up(booking, running).await,
        }
    }
    if !begins(&means, &booking).await? {
        return nothing(running).await;
    }
    let (service, number) = (booking.service.clone(), booking.reference.clone());
    let question = CancelInput { service, booking: number, reason };
    let key = format!("{}-cancel", booking.id);
    let sent = means.gateway.send(asking(&booking, question, &claims), &key).await;
    match sent {
        Ok(Sent::Done(Output { status: Status::NotFound, .. })) => {
            settle(&means, booking, running, (Act::Release, By::Agency)).await
        }
        Ok(Sent::Done(Output { status: Status::Pending, .. }) | Sent::Unknown) => {
            later(&means, (booking, Act::Retain), running, None).await
        }
        Ok(Sent::Impossible(why)) => {
            let (agency, service) = (&booking.agency, &booking.service);
            tracing::error!(agency, service, why, "a booking cannot be given back");
            settle(&means, booking, running, (Act::Retain, By::Agency)).await
        }
        // It stands as it was: too late for the agency.
        Ok(Sent::Done(Output { status: Status::Confirmed, .. }) | Sent::Refused { .. })
        | Err(GatewayError::Undeclared { .. }) => {
            settle(&means, booking, running, (Act::Retain, By::Agency)).await
        }
        Ok(Sent::Done(output)) => told(&means, booking, running, output).await,
        Ok(Sent::NotSent { until }) => {
            not_sent(&means, &booking).await?;
            later(&means, (booking, Act::Retain), running, until).await
        }
        Err(error @ GatewayError::TooMany { .. }) => {
            not_sent(&means, &booking).await?;
            later(&means, (booking, Act::Retain), running, error.until(means.site.clock.now())).await
        }
        Err(error) => {
            not_sent(&means, &booking).await?;
            Err(error.into())
        }
    }
}

/// The question as the agency gets it. That the answers leave is on record, with the reading.
async fn confirmation(means: &Means, booking: &Booking) -> Result<ConfirmInput, Failure> {
    let (booking, ring, now) = (booking.clone(), means.site.keys.clone(), means.site.clock.now());
    let read = move |c: &mut Conn| {
        let look = Look {
            citizen: booking.citizen_id,
            actor: Actor::Portal(Reserve::KIND),
            purpose: Purpose::Service,
            basis: Basis::Consent,
            fields: &["answers"],
            detail: Some(&booking.service),
        };
        let warrant = ledger::look(c, &ring, now, &look)?;
        let answers = booking.filled(c, &ring, &warrant)?;
        let slot = booking.slot(c, &ring, &warrant)?;
        Ok::<_, BookingError>(ConfirmInput {
            service: booking.service.clone(),
            slot: slot.id,
            booking: booking.reference.clone(),
            // The gateway says who it is, from the claims.
            person: Person::default(),
            answers: Answers(answers.into_iter().collect()),
        })
    };
    means.site.db.tx(read).await.map_err(failure)
}

/// From now on it is not known what the agency has heard. `false`: the booking has moved on.
async fn begins(means: &Means, booking: &Booking) -> Result<bool, Failure> {
    let booking = booking.clone();
    let mark = move |c: &mut Conn| {
        let still = own(&booking)
            .filter(bookings::handover.eq_any(["queued", "unknown"]))
            .filter(bookings::state.eq(&booking.state));
        let marked = diesel::update(still).set(bookings::handover.eq("unknown")).execute(c)?;
        Ok::<_, DbError>(marked == 1)
    };
    Ok(means.site.db.tx(mark).await?)
}

/// It is known again that the agency has heard nothing.
async fn not_sent(means: &Means, booking: &Booking) -> Result<(), Failure> {
    let booking = booking.clone();
    let mark = move |c: &mut Conn| {
        let row = own(&booking).filter(bookings::handover.eq("unknown"));
        diesel::update(row).set(bookings::handover.eq("queued")).execute(c).map(|_| ()).map_err(DbError::from)
    };
    Ok(means.site.db.tx(mark).await?)
}

/// Takes over what came of keeping a slot.
pub(super) fn was_held(
    c: &mut Conn,
    ring: &crate::platform::keys::KeyRing,
    now: Moment,
    booking: &mut Booking,
    output: &Output,
) -> Result<State, BookingError> {
    match output.status {
        Status::Held => held(c, booking, output.until)?,
        Status::Full | Status::Barred | Status::Stopped => {
            report::take_over(c, ring, now, booking, output, None)?;
        }
        _ => {}
    }
    booking.state()
}
