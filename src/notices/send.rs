//! A notice on one of its ways: marked before it is handed over, settled after. Whoever dies in between leaves the mark, and
//! the next one knows that it may have gone out already.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{
    courier::{Courier, NotSent},
    manners,
    model::{Stand, Suppressed, WayId},
    news::{Receiver, Unreachable, hand_over},
    say::{Parcel, Send},
    stop::Stop,
};
use crate::{
    accounts::{self, Channel, ContactId},
    db::{Conn, Db, DbError, Sealed, Stamp, schema::notice_ways},
    jobs::{Done, Failure, Running},
    ledger::CitizenId,
    platform::Moment,
};

/// So long after it was due a way is tried.
const TRIED: TimeDelta = TimeDelta::days(2);
/// Why a mail that may have gone out twice is not sent a third time.
const TWICE: &str = "it may have gone out twice";

/// What is handed over now.
struct Taken {
    channel: Channel,
    parcel: Parcel,
    due: Moment,
}

/// Runs [`Send`].
pub async fn send((db, courier): (Db, Courier), job: Send, running: Running) -> Result<Done, Failure> {
    let (taking, place) = (courier.clone(), (job.citizen, job.way));
    let taken = db.tx(move |c| take(c, &taking, place)).await;
    let Some(Taken { channel, parcel, due }) = taken.map_err(Failure::from)? else {
        return running.finish(|_| Ok::<_, Failure>(())).await;
    };
    let key = job.way.to_string();
    let stop = Stop { citizen: job.citizen, topic: parcel.news.topic() }.path(&courier.keys);
    let to = Receiver { channel, lang: &parcel.lang, address: &parcel.to, stop: stop.as_deref() };
    let handed = hand_over(&courier, &key, &to, &parcel.news).await;
    let now = courier.clock.now();
    let (stand, reason) = match handed {
        Ok(()) => (Stand::Sent, None),
        Err(NotSent::Never(reason)) => (Stand::Failed, Some(reason)),
        Err(NotSent::Later(reason)) if now - due >= TRIED => (Stand::Failed, Some(reason)),
        Err(NotSent::Later(reason)) => {
            db.tx(move |c| wait(c, place)).await.map_err(Failure::from)?;
            return Err(Failure::Retry(reason));
        }
    };
    running.finish(move |c| settle(c, now, place, stand, reason.as_deref()).map_err(Failure::from)).await
}

/// A way as it is kept: state, channel, whether it may have gone out, what it carries, when it was due, where to.
type Kept = (String, String, bool, Option<Sealed>, Stamp, Option<ContactId>);

/// Marks the way and opens what is to be handed over. `None`: there is nothing to do any more.
fn take(c: &mut Conn, courier: &Courier, place: (CitizenId, WayId)) -> Result<Option<Taken>, Unreachable> {
    let now = courier.clock.now();
    let found: Option<Kept> = notice_ways::table
        .find(place)
        .select((
            notice_ways::state,
            notice_ways::channel,
            notice_ways::uncertain,
            notice_ways::parcel,
            notice_ways::due_at,
            notice_ways::contact_id,
        ))
        .first(c)
        .optional()?;
    let Some((state, channel, uncertain, Some(sealed), due, contact)) = found else { return Ok(None) };
    let channel = if channel == "sms" { Channel::Sms } else { Channel::Email };
    let died = Stand::named(&state) == Some(Stand::Trying);
    // A provider of text messages knows a repeat by its key; a mail server does not, so a mail is repeated once at most.
    if died && uncertain && channel == Channel::Email {
        settle(c, now, place, Stand::Failed, Some(TWICE))?;
        return Ok(None);
    }
    // They took it off their account while it waited, or left.
    let reached = accounts::ways_to_reach(c, place.0)?;
    if reached.iter().all(|(known, _)| Some(*known) != contact) {
        settle(c, now, place, Stand::Suppressed, Some(Suppressed::NoAddress.tag()))?;
        return Ok(None);
    }
    let parcel = Parcel::open(&courier.keys, &sealed)?;
    // They said that they want no more of these while it waited.
    if manners::of(c, place.0)?.wants(parcel.news.topic(), channel) == Some(false) {
        settle(c, now, place, Stand::Suppressed, Some(Suppressed::Chosen.tag()))?;
        return Ok(None);
    }
    diesel::update(notice_ways::table.find(place))
        .set((
            notice_ways::state.eq(Stand::Trying.tag()),
            notice_ways::tries.eq(notice_ways::tries + 1),
            notice_ways::uncertain.eq(uncertain || (died && channel == Channel::Email)),
        ))
        .execute(c)?;
    Ok(Some(Taken { channel, parcel, due: due.moment() }))
}

/// It did not go out this time.
fn wait(c: &mut Conn, place: (CitizenId, WayId)) -> Result<(), DbError> {
    let tried = notice_ways::table.find(place).filter(notice_ways::state.eq(Stand::Trying.tag()));
    diesel::update(tried).set(notice_ways::state.eq(Stand::Waiting.tag())).execute(c)?;
    Ok(())
}

/// Its end. What it carried is forgotten.
fn settle(
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
            notice_ways::settled_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(())
}
