//! A notice on one of its ways: marked before it is handed over, settled after. Whoever dies in between leaves the mark, and
//! the next one knows that it may have gone out already.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{
    again::{self, UNDELIVERED},
    courier::{Courier, NotSent},
    manners,
    model::{Carrier, OutletId, Place, Stand, Suppressed, WayId},
    news::{Receiver, Unreachable, hand_over},
    outlets,
    providers::{Twice, Whom},
    say::{Parcel, Send},
    spots,
    stop::Stop,
};
use crate::{
    accounts::ContactId,
    db::{Conn, Db, DbError, Sealed, Stamp, schema::notice_ways},
    jobs::{Done, Failure, Running},
    ledger::CitizenId,
    platform::Moment,
};

/// So long after it was due a way is tried.
pub(super) const TRIED: TimeDelta = TimeDelta::days(2);
/// Why what may have gone out twice is not sent a third time.
pub(super) const TWICE: &str = "it may have gone out twice";
/// So often a provider that may have it and knows a repeat is asked before another one is.
const PATIENCE: i32 = 5;

/// What is handed over now.
struct Taken {
    carrier: Carrier,
    outlet: Option<OutletId>,
    parcel: Parcel,
    due: Moment,
    whom: Whom,
}

/// Runs [`Send`].
pub async fn send((db, courier): (Db, Courier), job: Send, running: Running) -> Result<Done, Failure> {
    let (taking, place) = (courier.clone(), (job.citizen, job.way));
    let taken = db.tx(move |c| take(c, &taking, place)).await;
    let Some(Taken { carrier, outlet, parcel, due, whom }) = taken.map_err(Failure::from)? else {
        return running.finish(|_| Ok::<_, Failure>(())).await;
    };
    let key = job.way.to_string();
    let stop = Stop { citizen: job.citizen, topic: Some(parcel.news.topic()) }.path(&courier.keys);
    let to = Receiver { carrier, lang: &parcel.lang, address: &parcel.to, stop: stop.as_deref() };
    let handed = hand_over(&courier, &key, &to, &parcel.news, (whom, Twice::Noticed)).await;
    let now = courier.clock.now();
    let heard = outlet.and_then(|outlet| Some(((job.citizen, outlet), Heard::of(carrier, &handed)?)));
    let (stand, reason) = match handed {
        Ok(()) => (Stand::Sent, None),
        Err(NotSent::Gone(_)) => (Stand::Failed, Some(UNDELIVERED.to_owned())),
        Err(NotSent::Never(reason)) => (Stand::Failed, Some(reason)),
        Err(not_sent) if now - due >= TRIED => (Stand::Failed, Some(not_sent.to_string())),
        Err(not_sent) => {
            let held = match (&not_sent, whom) {
                (NotSent::Unknown { provider, .. }, _) => Some(*provider),
                (_, Whom::Only(held)) => Some(held),
                _ => None,
            };
            let put_off = move |c: &mut Conn| {
                heard.map_or(Ok(()), |(outlet, heard)| heard.keep(c, now, outlet))?;
                wait(c, place, held)
            };
            db.tx(put_off).await.map_err(Failure::from)?;
            return Err(not_sent.into());
        }
    };
    // What went wrong at somebody's own outlet is theirs to mend, not the operator's.
    let reason = reason.map(|reason| if carrier.is_their_own() { UNDELIVERED.to_owned() } else { reason });
    let settle = move |c: &mut Conn| {
        settle(c, now, place, stand, reason.as_deref())?;
        heard.map_or(Ok(()), |(outlet, heard)| heard.keep(c, now, outlet))?;
        if stand == Stand::Failed { again::otherwise(c, now, place) } else { Ok(()) }
    };
    running.finish(move |c| settle(c).map_err(Failure::from)).await
}

/// What an attempt says of an outlet.
#[derive(Debug, Clone, Copy)]
enum Heard {
    Arrived,
    Failed,
    Gone,
}

impl Heard {
    /// `None`: it says nothing of it, since a provider of the operator's failed.
    const fn of(carrier: Carrier, handed: &Result<(), NotSent>) -> Option<Self> {
        match handed {
            Ok(()) => Some(Self::Arrived),
            Err(NotSent::Gone(_)) => Some(Self::Gone),
            Err(_) if carrier.is_their_own() => Some(Self::Failed),
            Err(_) => None,
        }
    }

    fn keep(self, c: &mut Conn, now: Moment, outlet: (CitizenId, OutletId)) -> Result<(), DbError> {
        match self {
            Self::Arrived => outlets::arrived(c, outlet),
            Self::Failed => outlets::failed(c, now, outlet),
            Self::Gone => outlets::gone(c, now, outlet),
        }
    }
}

/// A way as it is kept.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = notice_ways)]
struct Kept {
    state: String,
    channel: String,
    uncertain: bool,
    parcel: Option<Sealed>,
    due_at: Stamp,
    contact_id: Option<ContactId>,
    outlet_id: Option<OutletId>,
    held: Option<i32>,
    tries: i32,
}

impl Kept {
    /// Whether handing it over now may be the second time, and to whom it is handed.
    fn stands(&self, courier: &Courier, carrier: Carrier) -> (bool, Whom) {
        if courier.knows_repeats(carrier) {
            return (false, Whom::Any);
        }
        let died = Stand::named(&self.state) == Some(Stand::Trying);
        // Of text messages, and those for apps, each provider knows its own; with mail no server does.
        let patient = !died && carrier != Carrier::Email && self.tries < PATIENCE;
        match self.held {
            Some(held) if patient => (false, Whom::Only(held)),
            Some(held) => (true, Whom::Others(held)),
            None => (died, Whom::Any),
        }
    }
}

/// Marks the way and opens what is to be handed over. `None`: there is nothing to do any more.
fn take(c: &mut Conn, courier: &Courier, place: (CitizenId, WayId)) -> Result<Option<Taken>, Unreachable> {
    let now = courier.clock.now();
    let found: Option<Kept> = notice_ways::table.find(place).select(Kept::as_select()).first(c).optional()?;
    let Some(kept) = found else { return Ok(None) };
    let (Some(sealed), Some(carrier)) = (&kept.parcel, Carrier::named(&kept.channel)) else {
        return Ok(None);
    };
    let (twice, whom) = kept.stands(courier, carrier);
    if twice && kept.uncertain {
        settle(c, now, place, Stand::Failed, Some(TWICE))?;
        return Ok(None);
    }
    // They took it off their account while it waited, or left.
    let leads = Place::of(kept.contact_id, kept.outlet_id);
    let spots = spots::of(c, place.0)?;
    let Some(spot) = spots.iter().find(|known| Some(known.place) == leads) else {
        settle(c, now, place, Stand::Suppressed, Some(Suppressed::NoAddress.tag()))?;
        return Ok(None);
    };
    let parcel = Parcel::open(&courier.keys, sealed)?;
    let topic = parcel.news.topic();
    // They said that they want no more of these while it waited.
    if manners::of(c, place.0)?.about(parcel.principal).wants(topic, carrier) == Some(false) {
        settle(c, now, place, Stand::Suppressed, Some(Suppressed::Chosen.tag()))?;
        return Ok(None);
    }
    // Others that went there before it never arrived.
    if !carrier.is_usual() && spot.unreached && !topic.is_urgent() {
        settle(c, now, place, Stand::Failed, Some(UNDELIVERED))?;
        again::otherwise(c, now, place)?;
        return Ok(None);
    }
    diesel::update(notice_ways::table.find(place))
        .set((
            notice_ways::state.eq(Stand::Trying.tag()),
            notice_ways::tries.eq(notice_ways::tries + 1),
            notice_ways::uncertain.eq(kept.uncertain || twice),
        ))
        .execute(c)?;
    Ok(Some(Taken { carrier, outlet: kept.outlet_id, parcel, due: kept.due_at.moment(), whom }))
}

/// It did not go out this time.
fn wait(c: &mut Conn, place: (CitizenId, WayId), held: Option<i32>) -> Result<(), DbError> {
    let tried = notice_ways::table.find(place).filter(notice_ways::state.eq(Stand::Trying.tag()));
    diesel::update(tried)
        .set((notice_ways::state.eq(Stand::Waiting.tag()), notice_ways::held.eq(held)))
        .execute(c)?;
    Ok(())
}

/// Its end. What it carried is forgotten.
pub(super) fn settle(
    c: &mut Conn,
    now: Moment,
    place: (CitizenId, WayId),
    stand: Stand,
    reason: Option<&str>,
) -> Result<(), DbError> {
    let open = notice_ways::table
        .find(place)
        .filter(notice_ways::state.eq_any([Stand::Waiting.tag(), Stand::Trying.tag()]));
    diesel::update(open)
        .set((
            notice_ways::state.eq(stand.tag()),
            notice_ways::reason.eq(reason),
            notice_ways::parcel.eq(None::<Sealed>),
            notice_ways::held.eq(None::<i32>),
            notice_ways::settled_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(())
}
