//! Saying something to somebody: into the inbox, and on its ways, in one transaction.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    courier::Courier,
    manners,
    model::{CHANNELS, NoticeId, Stand, Suppressed, WORDS, WayId, channel_tag},
    news::{News, Unreachable},
};
use crate::{
    accounts::{self, AccountError, Channel, ContactId},
    db::{
        Conn, Stamp,
        schema::{notice_ways, notices},
    },
    jobs::{self, Failure, Job, Priority},
    ledger::{self, CitizenId},
    platform::Moment,
};
use chrono::TimeDelta;

/// Where what was said is sealed.
pub(super) const CONTENT: &str = "notices.content";

/// Takes a notice one way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Send {
    pub(super) citizen: CitizenId,
    pub(super) way: WayId,
}

impl Job for Send {
    const KIND: &'static str = "notices.send";
    const PRIORITY: Priority = Priority::Normal;
    /// Longer than a way is tried: it is settled by its runner, not by the queue.
    const BUDGET: TimeDelta = TimeDelta::days(5);

    fn key(&self) -> Option<String> {
        Some(self.way.to_string())
    }
}

/// A way before it is written down.
struct Way {
    channel: Channel,
    contact: Option<ContactId>,
    why_not: Option<Suppressed>,
}

/// Says it. Whoever has left is told nothing more.
pub(super) fn say(c: &mut Conn, courier: &Courier, citizen: CitizenId, news: &News) -> Result<(), Unreachable> {
    match accounts::citizen(c, citizen) {
        Err(AccountError::Unknown) => return Ok(()),
        found => found?,
    };
    let (topic, now, notice) = (news.topic(), courier.clock.now(), NoticeId::new());
    let content = serde_json::to_string(news).map_err(|error| Unreachable(Failure::give_up(error)))?;
    let content = ledger::seal(c, &courier.keys, citizen, CONTENT, &content).map_err(AccountError::from)?;
    diesel::insert_into(notices::table)
        .values((
            notices::citizen_id.eq(citizen),
            notices::id.eq(notice),
            notices::topic.eq(topic.tag()),
            notices::words.eq(WORDS),
            notices::urgent.eq(topic.is_urgent()),
            notices::content.eq(content),
            notices::said_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    let manners = manners::of(c, citizen)?;
    let contacts = accounts::ways_to_reach(c, citizen)?;
    let has = |channel: &Channel| courier.has(*channel) && contacts.iter().any(|(_, known)| known == channel);
    let there: Vec<Channel> = CHANNELS.into_iter().filter(has).collect();
    let mut ways: Vec<Way> = Vec::new();
    for channel in CHANNELS.into_iter().filter(|channel| !there.contains(channel)) {
        let why = if courier.has(channel) { Suppressed::NoAddress } else { Suppressed::NoChannel };
        ways.push(Way { channel, contact: None, why_not: Some(why) });
    }
    for (channel, why_not) in manners.ways(topic, &there) {
        let of_channel = contacts.iter().filter(|(_, known)| *known == channel).map(|(id, _)| *id);
        // What is urgent goes to every telephone and mailbox, everything else to the oldest.
        let enough = if topic.is_urgent() { usize::MAX } else { 1 };
        ways.extend(of_channel.take(enough).map(|id| Way { channel, contact: Some(id), why_not }));
    }
    let due = if topic.is_urgent() { now } else { manners.quiet().after(now) };
    for way in ways {
        put(c, now, due, (citizen, notice), &way)?;
    }
    Ok(())
}

fn put(
    c: &mut Conn,
    now: Moment,
    due: Moment,
    (citizen, notice): (CitizenId, NoticeId),
    way: &Way,
) -> Result<(), Unreachable> {
    let id = WayId::new();
    let stand = if way.why_not.is_some() { Stand::Suppressed } else { Stand::Waiting };
    diesel::insert_into(notice_ways::table)
        .values((
            notice_ways::citizen_id.eq(citizen),
            notice_ways::id.eq(id),
            notice_ways::notice_id.eq(notice),
            notice_ways::channel.eq(channel_tag(way.channel)),
            notice_ways::contact_id.eq(way.contact),
            notice_ways::state.eq(stand.tag()),
            notice_ways::reason.eq(way.why_not.map(Suppressed::tag)),
            notice_ways::made_at.eq(Stamp::from(now)),
            notice_ways::due_at.eq(Stamp::from(due)),
            notice_ways::settled_at.eq(way.why_not.map(|_| Stamp::from(now))),
        ))
        .execute(c)?;
    if stand == Stand::Waiting {
        jobs::enqueue_at(c, now, due, &Send { citizen, way: id })?;
    }
    Ok(())
}
