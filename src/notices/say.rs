//! Saying something to somebody: into the inbox, and on its ways, in one transaction.

use std::collections::HashMap;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    courier::Courier,
    gather::Gather,
    manners,
    model::{Carrier, ENOUGH, NoticeId, Place, Principal, Spot, Stand, Suppressed, WORDS, WayId},
    news::{News, Unreachable},
    spots,
};
use crate::{
    accounts::{self, AccountError},
    db::{
        Conn, DbError, Sealed, Stamp,
        schema::{notice_ways, notices},
    },
    jobs::{self, Failure, Job, Priority},
    ledger::{self, CitizenId},
    platform::{Moment, keys::KeyRing},
};

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
    const PRIORITY: Priority = Priority::Urgent;
    /// Longer than a way is tried: it is settled by its runner, not by the queue.
    const BUDGET: TimeDelta = TimeDelta::days(5);

    fn key(&self) -> Option<String> {
        Some(self.way.to_string())
    }
}

/// What a way carries.
#[derive(Serialize, Deserialize)]
pub(super) struct Parcel {
    pub to: String,
    pub lang: String,
    pub news: News,
    /// Whose matter it is, where its reader acts for somebody.
    #[serde(default)]
    pub principal: Option<Principal>,
}

impl Parcel {
    const PLACE: &'static str = "notice_ways.parcel";

    pub(super) fn seal(&self, ring: &KeyRing) -> Result<Sealed, Unreachable> {
        let plain = serde_json::to_string(self).map_err(|error| Unreachable(Failure::give_up(error)))?;
        Ok(Sealed::new(ring, Self::PLACE, &plain).map_err(AccountError::from)?)
    }

    pub(super) fn open(ring: &KeyRing, sealed: &Sealed) -> Result<Self, Unreachable> {
        let plain = sealed.open(ring, Self::PLACE).map_err(AccountError::from)?;
        serde_json::from_str(&plain).map_err(|error| Unreachable(Failure::give_up(error)))
    }
}

/// A way before it is written down: taken, or not for a reason.
struct Way {
    carrier: Carrier,
    place: Option<Place>,
    why_not: Option<Suppressed>,
    /// It goes with the others of the day.
    gathered: bool,
}

/// Says it. Whoever has left is told nothing more.
pub(super) fn say(
    c: &mut Conn,
    courier: &Courier,
    citizen: CitizenId,
    news: &News,
) -> Result<(), Unreachable> {
    say_of(c, courier, (citizen, None), news)
}

/// The same of a matter of somebody for whom the reader acts.
pub(super) fn say_of(
    c: &mut Conn,
    courier: &Courier,
    (citizen, principal): (CitizenId, Option<Principal>),
    news: &News,
) -> Result<(), Unreachable> {
    let person = match accounts::citizen(c, citizen) {
        Err(AccountError::Unknown) => return Ok(()),
        found => found?,
    };
    let (ring, now) = (&courier.keys, courier.clock.now());
    let notice = keep(c, ring, now, (citizen, principal), news)?;
    let topic = news.topic();
    let manners = manners::of(c, citizen)?;
    let manners = manners.about(principal);
    let ways =
        ways(c, courier, citizen, (topic.is_urgent(), |there: &[Carrier]| manners.ways(topic, there)))?;
    let gathering = manners.gathering(now).filter(|_| !topic.waits_for_nothing());
    let gathered = |way: Way| Way { gathered: gathering.is_some() && way.carrier == Carrier::Email, ..way };
    let ways: Vec<Way> = ways.into_iter().map(gathered).collect();
    let ways = if topic.is_urgent() { ways } else { within_bounds(c, now, citizen, ways)? };
    let addresses = addresses(c, courier, citizen, &ways)?;
    let at_once = if topic.waits_for_nothing() { now } else { manners.quiet().after(now) };
    for way in ways {
        let to = way.place.filter(|_| way.why_not.is_none()).and_then(|place| addresses.get(&place));
        let parcel = to.map(|to| Parcel {
            to: to.clone(),
            lang: person.language.clone(),
            news: news.clone(),
            principal,
        });
        let due = gathering.filter(|_| way.gathered).unwrap_or(at_once);
        put(c, ring, (now, due), (citizen, notice), &way, parcel.as_ref())?;
    }
    Ok(())
}

/// Puts it into the inbox.
fn keep(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (citizen, principal): (CitizenId, Option<Principal>),
    news: &News,
) -> Result<NoticeId, Unreachable> {
    let (id, topic) = (NoticeId::new(), news.topic());
    let content = serde_json::to_string(news).map_err(|error| Unreachable(Failure::give_up(error)))?;
    let content = ledger::seal(c, ring, citizen, CONTENT, &content).map_err(AccountError::from)?;
    diesel::insert_into(notices::table)
        .values((
            notices::citizen_id.eq(citizen),
            notices::id.eq(id),
            notices::topic.eq(topic.tag()),
            notices::words.eq(WORDS),
            notices::urgent.eq(topic.is_urgent()),
            notices::content.eq(content),
            notices::said_at.eq(Stamp::from(now)),
            notices::principal.eq(principal.map(Principal::tag)),
        ))
        .execute(c)?;
    Ok(id)
}

/// Every way there could be, with those that are taken.
fn ways(
    c: &mut Conn,
    courier: &Courier,
    citizen: CitizenId,
    (urgent, judge): (bool, impl Fn(&[Carrier]) -> Vec<(Carrier, Option<Suppressed>)>),
) -> Result<Vec<Way>, DbError> {
    let spots = spots::of(c, citizen)?;
    // What happens to the account is said even where nothing arrived before.
    let usable = |known: &&Spot| urgent || !known.unreached;
    let of = |carrier: Carrier| spots.iter().filter(move |known| known.carrier == carrier);
    let has = |carrier: &Carrier| courier.has(*carrier) && of(*carrier).any(|known| usable(&known));
    let there: Vec<Carrier> = Carrier::ALL.into_iter().filter(has).collect();
    let expected = |carrier: &Carrier| carrier.is_usual() || of(*carrier).next().is_some();
    let absent = Carrier::ALL.into_iter().filter(|carrier| !there.contains(carrier)).filter(expected);
    let missing = absent.map(|carrier| {
        let why = match (courier.has(carrier), of(carrier).next()) {
            (false, _) => Suppressed::NoChannel,
            (true, Some(_)) => Suppressed::Unreached,
            (true, None) => Suppressed::NoAddress,
        };
        Way { carrier, place: None, why_not: Some(why), gathered: false }
    });
    let mut ways: Vec<Way> = missing.collect();
    for (carrier, why_not) in judge(&there) {
        // What is urgent goes to every telephone and mailbox, everything else to the oldest. Of programs and browsers it
        // is not known which is looked at, so that each gets it.
        let enough = if urgent || !carrier.is_usual() { usize::MAX } else { 1 };
        let places = of(carrier).filter(usable).map(|known| known.place);
        let way = |place| Way { carrier, place: Some(place), why_not, gathered: false };
        ways.extend(places.take(enough).map(way));
    }
    Ok(ways)
}

/// Without the ways on which somebody was sent enough today.
fn within_bounds(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    mut ways: Vec<Way>,
) -> Result<Vec<Way>, DbError> {
    let today: Vec<(String, i64)> = notice_ways::table
        .filter(notice_ways::citizen_id.eq(citizen))
        .filter(notice_ways::state.ne(Stand::Suppressed.tag()))
        .filter(notice_ways::gathered.eq(false))
        .filter(notice_ways::made_at.gt(Stamp::from(now - TimeDelta::days(1))))
        .group_by(notice_ways::channel)
        .select((notice_ways::channel, diesel::dsl::count(notice_ways::notice_id).aggregate_distinct()))
        .load(c)?;
    for way in ways.iter_mut().filter(|way| way.why_not.is_none() && !way.gathered) {
        let tag = way.carrier.tag();
        if today.iter().any(|(channel, count)| channel == tag && *count >= ENOUGH) {
            way.why_not = Some(Suppressed::Enough);
        }
    }
    Ok(ways)
}

/// Where the ways that are taken lead. Looking that up is on record; where nothing is taken nobody looks.
fn addresses(
    c: &mut Conn,
    courier: &Courier,
    citizen: CitizenId,
    ways: &[Way],
) -> Result<HashMap<Place, String>, AccountError> {
    let taken: Vec<Carrier> =
        ways.iter().filter(|way| way.why_not.is_none()).map(|way| way.carrier).collect();
    if taken.is_empty() {
        return Ok(HashMap::new());
    }
    let warrant = spots::look(c, courier, citizen, (&taken, None))?;
    spots::addresses(c, courier, &warrant, &taken)
}

fn put(
    c: &mut Conn,
    ring: &KeyRing,
    (now, due): (Moment, Moment),
    (citizen, notice): (CitizenId, NoticeId),
    way: &Way,
    parcel: Option<&Parcel>,
) -> Result<(), Unreachable> {
    let id = WayId::new();
    // A place that was removed between the two looks at it is none.
    let why_not = way.why_not.or(parcel.is_none().then_some(Suppressed::NoAddress));
    let stand = if why_not.is_some() { Stand::Suppressed } else { Stand::Waiting };
    let sealed = parcel.map(|parcel| parcel.seal(ring)).transpose()?;
    diesel::insert_into(notice_ways::table)
        .values((
            notice_ways::citizen_id.eq(citizen),
            notice_ways::id.eq(id),
            notice_ways::notice_id.eq(notice),
            notice_ways::channel.eq(way.carrier.tag()),
            notice_ways::contact_id.eq(way.place.and_then(Place::contact)),
            notice_ways::outlet_id.eq(way.place.and_then(Place::outlet)),
            notice_ways::parcel.eq(sealed),
            notice_ways::state.eq(stand.tag()),
            notice_ways::reason.eq(why_not.map(Suppressed::tag)),
            notice_ways::made_at.eq(Stamp::from(now)),
            notice_ways::due_at.eq(Stamp::from(due)),
            notice_ways::gathered.eq(way.gathered),
            notice_ways::settled_at.eq(why_not.map(|_| Stamp::from(now))),
        ))
        .execute(c)?;
    if stand == Stand::Waiting && way.gathered {
        jobs::enqueue_at(c, now, due, &Gather { citizen })?;
    } else if stand == Stand::Waiting {
        jobs::enqueue_at(c, now, due, &Send { citizen, way: id })?;
    }
    Ok(())
}
