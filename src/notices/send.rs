//! A notice on one of its ways: marked before it is handed over, settled after. Whoever dies in between leaves a mark, and
//! the next one knows that it may have gone out already.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{
    courier::{Courier, NotSent},
    model::{Stand, Suppressed, WayId, contact_kind},
    news::{News, Unreachable, hand_over},
    say::{CONTENT, Send},
};
use crate::{
    accounts::{self, AccountError, Channel, ContactId},
    db::{
        Conn, Db, DbError, Stamp,
        schema::{notice_ways, notices},
    },
    jobs::{Done, Failure, Running},
    ledger::{self, Actor, Basis, CitizenId, Look, Private, Purpose},
};

/// So long after it was due a way is tried.
const TRIED: TimeDelta = TimeDelta::days(2);

/// What is handed over.
struct Parcel {
    channel: Channel,
    to: String,
    lang: String,
    news: News,
    due: crate::platform::Moment,
}

/// Runs [`Send`].
pub async fn send((db, courier): (Db, Courier), job: Send, running: Running) -> Result<Done, Failure> {
    let (taking, place) = (courier.clone(), job.clone());
    let taken = db.tx(move |c| take(c, &taking, &place)).await;
    let Some(parcel) = taken.map_err(Failure::from)? else {
        return running.finish(|_| Ok::<_, Failure>(())).await;
    };
    let handed = hand_over(&courier, &job.way.to_string(), parcel.channel, &parcel.lang, &parcel.to, &parcel.news);
    let now = courier.clock.now();
    let (stand, reason) = match handed.await {
        Ok(()) => (Stand::Sent, None),
        Err(NotSent::Never(reason)) => (Stand::Failed, Some(reason)),
        Err(NotSent::Later(reason)) if now - parcel.due >= TRIED => (Stand::Failed, Some(reason)),
        Err(NotSent::Later(reason)) => {
            let place = job.clone();
            db.tx(move |c| wait(c, &place)).await.map_err(Failure::from)?;
            return Err(Failure::Retry(reason));
        }
    };
    running.finish(move |c| settle(c, now, (job.citizen, job.way), stand, reason.as_deref()).map_err(Failure::from)).await
}

/// Marks the way and opens what is to be handed over. `None`: there is nothing to do any more.
fn take(c: &mut Conn, courier: &Courier, job: &Send) -> Result<Option<Parcel>, Unreachable> {
    let (ring, now) = (&courier.keys, courier.clock.now());
    let found: Option<(String, String, bool, Option<ContactId>, Stamp, Private)> = notice_ways::table
        .inner_join(
            notices::table
                .on(notices::citizen_id.eq(notice_ways::citizen_id).and(notices::id.eq(notice_ways::notice_id))),
        )
        .filter(notice_ways::citizen_id.eq(job.citizen))
        .filter(notice_ways::id.eq(job.way))
        .select((
            notice_ways::state,
            notice_ways::channel,
            notice_ways::uncertain,
            notice_ways::contact_id,
            notice_ways::due_at,
            notices::content,
        ))
        .first(c)
        .optional()?;
    let place = (job.citizen, job.way);
    let Some((state, channel, uncertain, contact, due, content)) = found else { return Ok(None) };
    let channel = if channel == "sms" { Channel::Sms } else { Channel::Email };
    let died = match Stand::named(&state) {
        Some(Stand::Waiting) => false,
        Some(Stand::Trying) => true,
        _ => return Ok(None),
    };
    // A provider of text messages knows a repeat by its key; a mail server does not, so a mail is repeated once at most.
    if died && uncertain && channel == Channel::Email {
        settle(c, now, place, Stand::Failed, Some("it may have been sent twice, and is not sent again"))?;
        return Ok(None);
    }
    let person = match accounts::citizen(c, job.citizen) {
        Err(AccountError::Unknown) => {
            settle(c, now, place, Stand::Suppressed, Some(Suppressed::Left.tag()))?;
            return Ok(None);
        }
        found => found?,
    };
    let look = Look {
        citizen: job.citizen,
        actor: Actor::Portal("notices"),
        purpose: Purpose::Notify,
        basis: Basis::Duty,
        fields: &[contact_kind(channel)],
        detail: None,
    };
    let warrant = ledger::look(c, ring, now, &look).map_err(AccountError::from)?;
    let contacts = accounts::contacts(c, ring, &warrant).map_err(AccountError::from)?;
    let Some(contact) = contacts.into_iter().find(|one| Some(one.id) == contact) else {
        settle(c, now, place, Stand::Suppressed, Some(Suppressed::NoAddress.tag()))?;
        return Ok(None);
    };
    let content = warrant.open(c, ring, CONTENT, &content).map_err(AccountError::from)?;
    let news = serde_json::from_str(&content).map_err(|error| Unreachable(Failure::give_up(error)))?;
    diesel::update(notice_ways::table.find(place))
        .set((
            notice_ways::state.eq(Stand::Trying.tag()),
            notice_ways::tries.eq(notice_ways::tries + 1),
            notice_ways::uncertain.eq(uncertain || (died && channel == Channel::Email)),
        ))
        .execute(c)?;
    Ok(Some(Parcel { channel, to: contact.value, lang: person.language, news, due: due.moment() }))
}

/// It did not go out this time.
fn wait(c: &mut Conn, job: &Send) -> Result<(), DbError> {
    let tried = notice_ways::table
        .find((job.citizen, job.way))
        .filter(notice_ways::state.eq(Stand::Trying.tag()));
    diesel::update(tried).set(notice_ways::state.eq(Stand::Waiting.tag())).execute(c)?;
    Ok(())
}

fn settle(
    c: &mut Conn,
    now: crate::platform::Moment,
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
            notice_ways::settled_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(())
}
