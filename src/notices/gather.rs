//! Mails once a day: whoever wants it so gets all of a day in one. Each of them is a way of its own in the account; they are
//! marked, handed over and settled together. The dates within come along as entries for the reader's own calendar.

use std::collections::BTreeMap;

use askama::Template;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    again,
    courier::{Courier, NotSent},
    letters::Letter,
    manners,
    model::{Carrier, Stand, Suppressed, WayId},
    news::{Shown, Unreachable},
    providers::{Twice, Whom},
    say::Parcel,
    send::{TRIED, TWICE},
    stop::Stop,
};
use crate::{
    accounts::{self, ContactId},
    db::{Conn, Db, DbError, Sealed, Stamp, schema::notice_ways},
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Lang, Moment, Texts, named},
    web::{
        frame::CityLine,
        ical::{self, Entry},
    },
};

/// So many are in one letter; what is more comes with the next.
const AT_MOST: i64 = 200;

/// Sends somebody what was gathered for them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Gather {
    pub(super) citizen: CitizenId,
}

impl Job for Gather {
    const KIND: &'static str = "notices.gather";
    const PRIORITY: Priority = Priority::Normal;
    /// Longer than it is tried: it is settled by its runner, not by the queue.
    const BUDGET: TimeDelta = TimeDelta::days(5);

    fn key(&self) -> Option<String> {
        Some(self.citizen.to_string())
    }
}

/// A way as it is kept.
#[derive(Queryable, Selectable)]
#[diesel(table_name = notice_ways)]
struct Kept {
    id: WayId,
    state: String,
    uncertain: bool,
    parcel: Option<Sealed>,
    due_at: Stamp,
    contact_id: Option<ContactId>,
    held: Option<i32>,
}

/// What is handed over now.
struct Taken {
    ways: Vec<WayId>,
    parcels: Vec<Parcel>,
    first_due: Moment,
    whom: Whom,
}

/// Runs [`Gather`].
pub async fn gather((db, courier): (Db, Courier), job: Gather, running: Running) -> Result<Done, Failure> {
    let (taking, citizen) = (courier.clone(), job.citizen);
    let taken = db.tx(move |c| take(c, &taking, citizen)).await;
    let Some(Taken { ways, parcels, first_due, whom }) = taken.map_err(Failure::from)? else {
        return running.finish(|_| Ok::<_, Failure>(())).await;
    };
    let handed = hand_over(&courier, citizen, (&ways, &parcels), whom).await;
    let now = courier.clock.now();
    let (stand, reason) = match handed {
        Ok(()) => (Stand::Sent, None),
        Err(NotSent::Never(reason)) => (Stand::Failed, Some(reason)),
        Err(not_sent) if now - first_due >= TRIED => (Stand::Failed, Some(not_sent.to_string())),
        Err(not_sent) => {
            let held = match &not_sent {
                NotSent::Unknown { provider, .. } => Some(*provider),
                _ => None,
            };
            db.tx(move |c| wait(c, citizen, &ways, held)).await.map_err(Failure::from)?;
            return Err(not_sent.into());
        }
    };
    let settle = move |c: &mut Conn| {
        settle(c, now, (citizen, &ways), stand, reason.as_deref())?;
        if stand == Stand::Failed {
            let failed: Vec<(CitizenId, WayId)> = ways.iter().map(|way| (citizen, *way)).collect();
            again::otherwise(c, now, &failed)?;
        }
        Ok::<_, DbError>(())
    };
    running.finish(move |c| settle(c).map_err(Failure::from)).await
}

/// The first way's number is the letter's: a provider that says that the letter came back says it of that one.
async fn hand_over(
    courier: &Courier,
    citizen: CitizenId,
    (ways, parcels): (&[WayId], &[Parcel]),
    whom: Whom,
) -> Result<(), NotSent> {
    let (Some(way), Some(last)) = (ways.first(), parcels.last()) else { return Ok(()) };
    let t = Texts::new(last.lang.parse::<Lang>().unwrap_or_default());
    let (city, now) = (courier.chrome.city(), courier.clock.now());
    let made = if let [only] = parcels {
        let stop = Stop { citizen, topic: Some(only.news.topic()) }.path(&courier.keys);
        only.news.letter((t, now), &city, stop.as_deref())
    } else {
        let stop = Stop { citizen, topic: None };
        let all = parcels.iter().map(|parcel| parcel.news.shown(t, &city)).collect();
        let stop = stop.path(&courier.keys).map(|path| (t.notice_topic(stop.tag()), path));
        letter(t, &city, (all, entries(t, parcels, &city, now)), stop)
    };
    let letter = made.map_err(|error| NotSent::Never(format!("the letter: {error}")))?;
    courier.mail(&way.to_string(), &last.to, &letter, (whom, Twice::Noticed)).await
}

/// Marks what is due and opens it. What nobody wants any more, or what may have gone out twice, is settled. `None`: there
/// is nothing to send.
fn take(c: &mut Conn, courier: &Courier, citizen: CitizenId) -> Result<Option<Taken>, Unreachable> {
    let now = courier.clock.now();
    let all: Vec<Kept> = notice_ways::table
        .filter(notice_ways::citizen_id.eq(citizen))
        .filter(notice_ways::gathered.eq(true))
        .filter(notice_ways::state.eq_any([Stand::Waiting.tag(), Stand::Trying.tag()]))
        .filter(notice_ways::due_at.le(Stamp::from(now)))
        .order(notice_ways::id)
        .limit(AT_MOST)
        .select(Kept::as_select())
        .load(c)?;
    let reached = accounts::ways_to_reach(c, citizen)?;
    let manners = manners::of(c, citizen)?;
    let (mut ways, mut parcels, mut whom) = (Vec::new(), Vec::new(), Whom::Any);
    let (mut gone, mut unwanted, mut twice, mut again) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut first_due = now;
    for kept in all {
        let Some(sealed) = &kept.parcel else { continue };
        let repeated = Stand::named(&kept.state) == Some(Stand::Trying) || kept.held.is_some();
        let parcel = Parcel::open(&courier.keys, sealed)?;
        if repeated && kept.uncertain {
            twice.push(kept.id);
        } else if reached.iter().all(|known| Some(known.id) != kept.contact_id) {
            gone.push(kept.id);
        } else if manners.about(parcel.principal).wants(parcel.news.topic(), Carrier::Email) == Some(false) {
            unwanted.push(kept.id);
        } else {
            again.extend(repeated.then_some(kept.id));
            whom = kept.held.map_or(whom, Whom::Others);
            first_due = first_due.min(kept.due_at.moment());
            ways.push(kept.id);
            parcels.push(parcel);
        }
    }
    settle(c, now, (citizen, &twice), Stand::Failed, Some(TWICE))?;
    settle(c, now, (citizen, &gone), Stand::Suppressed, Some(Suppressed::NoAddress.tag()))?;
    settle(c, now, (citizen, &unwanted), Stand::Suppressed, Some(Suppressed::Chosen.tag()))?;
    if ways.is_empty() {
        return Ok(None);
    }
    diesel::update(of(citizen, &ways))
        .set((
            notice_ways::state.eq(Stand::Trying.tag()),
            notice_ways::tries.eq(notice_ways::tries + 1),
            notice_ways::held.eq(None::<i32>),
        ))
        .execute(c)?;
    diesel::update(of(citizen, &again)).set(notice_ways::uncertain.eq(true)).execute(c)?;
    Ok(Some(Taken { ways, parcels, first_due, whom }))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn of<'a>(citizen: CitizenId, ways: &'a [WayId]) -> _ {
    notice_ways::table.filter(notice_ways::citizen_id.eq(citizen)).filter(notice_ways::id.eq_any(ways))
}

/// It did not go out this time.
fn wait(c: &mut Conn, citizen: CitizenId, ways: &[WayId], held: Option<i32>) -> Result<(), DbError> {
    let tried = of(citizen, ways).filter(notice_ways::state.eq(Stand::Trying.tag()));
    diesel::update(tried)
        .set((notice_ways::state.eq(Stand::Waiting.tag()), notice_ways::held.eq(held)))
        .execute(c)?;
    Ok(())
}

/// Their end. What they carried is forgotten.
fn settle(
    c: &mut Conn,
    now: Moment,
    (citizen, ways): (CitizenId, &[WayId]),
    stand: Stand,
    reason: Option<&str>,
) -> Result<(), DbError> {
    if ways.is_empty() {
        return Ok(());
    }
    let open =
        of(citizen, ways).filter(notice_ways::state.eq_any([Stand::Waiting.tag(), Stand::Trying.tag()]));
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

struct Said<'a> {
    t: Texts,
    subject: String,
    origin: &'a str,
    city: &'a str,
    hotline: String,
    all: Vec<Shown>,
    /// What its reader can hear no more of, and where they say so.
    stop: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "mail/gathered/body.txt", whitespace = "preserve")]
struct Text<'a> {
    it: &'a Said<'a>,
}

#[derive(Template)]
#[template(path = "mail/gathered/body.html")]
struct Html<'a> {
    it: &'a Said<'a>,
}

/// The dates of all that is said, each as it stood last: what was booked and given back on one day is entered nowhere.
fn entries(t: Texts, parcels: &[Parcel], line: &CityLine, now: Moment) -> Option<String> {
    let mut all: BTreeMap<String, Entry> = BTreeMap::new();
    for (known_by, entry) in parcels.iter().filter_map(|parcel| parcel.news.entered(t)) {
        match entry {
            Some(entry) => all.insert(known_by, entry),
            None => all.remove(&known_by),
        };
    }
    let all: Vec<Entry> = all.into_values().collect();
    (!all.is_empty()).then(|| ical::calendar(&line.origin, now, None, &all))
}

fn letter(
    t: Texts,
    line: &CityLine,
    (all, calendar): (Vec<Shown>, Option<String>),
    stop: Option<(String, String)>,
) -> askama::Result<Letter> {
    let city = t.say(&line.name).text;
    let it = &Said {
        t,
        subject: t.mail_gathered_subject(named::City(city), named::Count(all.len())),
        origin: &line.origin,
        city,
        hotline: line.hotline.clone(),
        all,
        stop: stop.map(|(topic, path)| (topic, format!("{}{path}", line.origin))),
    };
    Ok(Letter {
        subject: it.subject.clone(),
        text: Text { it }.render()?,
        html: Html { it }.render()?,
        stop: it.stop.as_ref().map(|(_, address)| address.clone()),
        calendar,
    })
}
