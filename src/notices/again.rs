//! Once more: what did not arrive goes another way, and what could not be delivered is sent again when somebody at the
//! administrators' desk says so. What it says is taken from the inbox, where it stands anyway.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use diesel::{
    dsl::{count_star, max, min},
    prelude::*,
};
use serde::{Deserialize, Serialize};

use super::{
    courier::Courier,
    manners,
    model::{Carrier, NoticeId, OutletId, Place, Principal, Stand, Suppressed, WayId},
    news::{News, Unreachable},
    say::{CONTENT, Parcel, Send},
    spots,
};
use crate::{
    accounts::{self, AccountError, ContactId},
    db::{
        Conn, DbError, Stamp, among,
        schema::{notice_ways, notices},
    },
    jobs::{self, Done, Failure, Job, Running},
    ledger::{CitizenId, Private},
    platform::Moment,
};

/// For so long what could not be delivered stands on the desk. What is older helps nobody any more.
const LATELY: TimeDelta = TimeDelta::days(7);
/// So many are sent again at a press.
pub(super) const AT_ONCE: i64 = 500;
/// Why a way failed at its receiver's end. Sending it again there is of no use.
pub(super) const UNDELIVERED: &str = "undelivered";

/// Takes a way that was not taken, or that failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Again {
    citizen: CitizenId,
    way: WayId,
}

impl Job for Again {
    const KIND: &'static str = "notices.again";

    fn key(&self) -> Option<String> {
        Some(self.way.to_string())
    }
}

/// Each of these ways failed: if nothing else of its notice is on its way or arrived, the next one is taken.
pub(super) fn otherwise(c: &mut Conn, now: Moment, failed: &[(CitizenId, WayId)]) -> Result<(), DbError> {
    if failed.is_empty() {
        return Ok(());
    }
    let notices: BTreeSet<(CitizenId, NoticeId)> = notice_ways::table
        .filter(among(notice_ways::citizen_id, notice_ways::id, failed))
        .select((notice_ways::citizen_id, notice_ways::notice_id))
        .load::<(CitizenId, NoticeId)>(c)?
        .into_iter()
        .collect();
    let notices: Vec<(CitizenId, NoticeId)> = notices.into_iter().collect();
    let ways: Vec<(CitizenId, NoticeId, WayId, String, Option<String>)> = notice_ways::table
        .filter(among(notice_ways::citizen_id, notice_ways::notice_id, &notices))
        .order(notice_ways::id)
        .select((
            notice_ways::citizen_id,
            notice_ways::notice_id,
            notice_ways::id,
            notice_ways::state,
            notice_ways::reason,
        ))
        .load(c)?;
    let on_its_way =
        |state: &str| matches!(Stand::named(state), Some(Stand::Waiting | Stand::Trying | Stand::Sent));
    let is_spare = |why: Option<&str>| why == Some(Suppressed::AnotherWay.tag());
    let mut next = Vec::new();
    for (citizen, notice) in notices {
        let others = || {
            ways.iter().filter(move |(whose, of, way, ..)| {
                (*whose, *of) == (citizen, notice) && !failed.contains(&(citizen, *way))
            })
        };
        if others().any(|(.., state, _)| on_its_way(state)) {
            continue;
        }
        let spare = others().find(|(.., why)| is_spare(why.as_deref()));
        next.extend(spare.map(|(_, _, way, ..)| Again { citizen, way: *way }));
    }
    if !next.is_empty() {
        jobs::enqueue_all(c, now, &next)?;
    }
    Ok(())
}

/// Runs [`Again`].
pub async fn again(courier: Courier, job: Again, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| take_again(c, &courier, (job.citizen, job.way)).map_err(Failure::from)).await
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = notice_ways)]
struct Kept {
    notice_id: NoticeId,
    channel: String,
    state: String,
    reason: Option<String>,
    contact_id: Option<ContactId>,
    outlet_id: Option<OutletId>,
}

impl Kept {
    fn may_go(&self) -> bool {
        match Stand::named(&self.state) {
            Some(Stand::Failed) => true,
            Some(Stand::Suppressed) => self.reason.as_deref() == Some(Suppressed::AnotherWay.tag()),
            _ => false,
        }
    }
}

fn take_again(c: &mut Conn, courier: &Courier, place: (CitizenId, WayId)) -> Result<(), Unreachable> {
    let (citizen, now) = (place.0, courier.clock.now());
    let kept: Option<Kept> = notice_ways::table.find(place).select(Kept::as_select()).first(c).optional()?;
    let Some(kept) = kept.filter(Kept::may_go) else { return Ok(()) };
    let carrier = Carrier::named(&kept.channel).filter(|carrier| courier.has(*carrier));
    let place_to = Place::of(kept.contact_id, kept.outlet_id);
    let (Some(carrier), Some(place_to)) = (carrier, place_to) else { return Ok(()) };
    let person = match accounts::citizen(c, citizen) {
        Err(AccountError::Unknown) => return Ok(()),
        found => found?,
    };
    if !spots::of(c, citizen)?.iter().any(|known| known.place == place_to && !known.unreached) {
        return Ok(());
    }
    let (content, principal): (Private, Option<String>) = notices::table
        .find((citizen, kept.notice_id))
        .select((notices::content, notices::principal))
        .first(c)?;
    let principal = principal.as_deref().and_then(Principal::named);
    let warrant = spots::look(c, courier, citizen, (&[carrier], Some("notice")))?;
    let content = warrant.open(c, &courier.keys, CONTENT, &content).map_err(AccountError::from)?;
    let news: News = serde_json::from_str(&content).map_err(|error| Unreachable(Failure::give_up(error)))?;
    let manners = manners::of(c, citizen)?;
    if manners.about(principal).wants(news.topic(), carrier) == Some(false) {
        return Ok(());
    }
    let mut addresses = spots::addresses(c, courier, &warrant, &[carrier])?;
    let Some(to) = addresses.remove(&place_to) else { return Ok(()) };
    let due = if news.topic().waits_for_nothing() { now } else { manners.quiet().after(now) };
    let parcel = Parcel { to, lang: person.language, news, principal };
    let sealed = parcel.seal(&courier.keys)?;
    let as_it_was = notice_ways::table.find(place).filter(notice_ways::state.eq(&kept.state));
    let taken = diesel::update(as_it_was)
        .set((
            notice_ways::state.eq(Stand::Waiting.tag()),
            notice_ways::reason.eq(None::<String>),
            notice_ways::parcel.eq(Some(sealed)),
            notice_ways::tries.eq(0),
            notice_ways::gathered.eq(false),
            notice_ways::due_at.eq(Stamp::from(due)),
            notice_ways::settled_at.eq(None::<Stamp>),
        ))
        .execute(c)?;
    if taken == 1 {
        jobs::enqueue_at(c, now, due, &Send { citizen, way: place.1 })?;
    }
    Ok(())
}

/// Ways that could not be taken for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Undelivered {
    pub channel: String,
    pub reason: String,
    pub count: i64,
    pub first: Option<Moment>,
    pub last: Option<Moment>,
}

impl Undelivered {
    /// Whether another attempt could end otherwise.
    pub(super) fn may_go_again(&self) -> bool {
        self.reason != UNDELIVERED
    }
}

/// What could not be delivered lately, by channel and reason. Nobody is named.
pub(super) fn undelivered(c: &mut Conn, now: Moment) -> Result<Vec<Undelivered>, DbError> {
    type Line = (String, Option<String>, i64, Option<Stamp>, Option<Stamp>);
    let lines: Vec<Line> = notice_ways::table
        .filter(notice_ways::state.eq(Stand::Failed.tag()))
        .filter(notice_ways::settled_at.gt(Stamp::from(now - LATELY)))
        .group_by((notice_ways::channel, notice_ways::reason))
        .order((notice_ways::channel, notice_ways::reason))
        .select((
            notice_ways::channel,
            notice_ways::reason,
            count_star(),
            min(notice_ways::settled_at),
            max(notice_ways::settled_at),
        ))
        .load(c)?;
    let line = |(channel, reason, count, first, last): Line| Undelivered {
        channel,
        reason: reason.unwrap_or_default(),
        count,
        first: first.map(Stamp::moment),
        last: last.map(Stamp::moment),
    };
    Ok(lines.into_iter().map(line).collect())
}

/// How many notices could not be delivered lately by a way that can be tried again.
pub fn undelivered_count(c: &mut Conn, now: Moment) -> Result<i64, DbError> {
    Ok(notice_ways::table
        .filter(notice_ways::state.eq(Stand::Failed.tag()))
        .filter(notice_ways::settled_at.gt(Stamp::from(now - LATELY)))
        .filter(notice_ways::reason.ne(UNDELIVERED))
        .count()
        .get_result(c)?)
}

/// Sends what could not be delivered lately once more. The answer is how many ways are taken.
pub(super) fn send_again(
    c: &mut Conn,
    now: Moment,
    (channel, reason): (&str, &str),
) -> Result<usize, DbError> {
    let ways: Vec<(CitizenId, WayId)> = notice_ways::table
        .filter(notice_ways::state.eq(Stand::Failed.tag()))
        .filter(notice_ways::settled_at.gt(Stamp::from(now - LATELY)))
        .filter(notice_ways::channel.eq(channel))
        .filter(notice_ways::reason.eq(reason))
        .filter(notice_ways::reason.ne(UNDELIVERED))
        .order(notice_ways::id)
        .limit(AT_ONCE)
        .select((notice_ways::citizen_id, notice_ways::id))
        .load(c)?;
    let all: Vec<Again> = ways.into_iter().map(|(citizen, way)| Again { citizen, way }).collect();
    jobs::enqueue_all(c, now, &all)
}
