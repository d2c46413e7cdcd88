//! Notices on their ways out of the house, set by set: marked before they are handed over ([`super::take`]), handed over at the
//! same time, settled after with a statement for each way in which they ended.

use std::collections::{BTreeMap, HashMap};

use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;

use super::{
    again::{self, UNDELIVERED},
    courier::{Courier, NotSent},
    model::{OutletId, Stand, WayId},
    news::{Receiver, hand_over},
    outlets,
    providers::{Twice, Whom},
    receipts,
    say::Send,
    stop::Stop,
    take::{Step, Taken, take},
};
use crate::{
    db::{Conn, Db, DbError, Sealed, Stamp, among, schema::notice_ways},
    jobs::{Failure, Settled, Together},
    ledger::CitizenId,
    platform::Moment,
};

/// So many ways are taken at once: enough that statements are few for each, and few enough that none waits long for the others
/// of its set.
pub const SET: usize = 50;
/// So long after it was due a way is tried.
pub(super) const TRIED: TimeDelta = TimeDelta::days(2);
/// Why what may have gone out twice is not sent a third time.
pub(super) const TWICE: &str = "it may have gone out twice";

/// Runs [`Send`], a set at a time.
pub async fn send(
    (db, courier): (Db, Courier),
    jobs: Vec<Send>,
    together: Together,
) -> Result<Settled, Failure> {
    let places: Vec<(CitizenId, WayId)> = jobs.iter().map(|job| (job.citizen, job.way)).collect();
    let taking = courier.clone();
    let steps = db.tx(move |c| take(c, &taking, &places)).await.map_err(Failure::from)?;
    let handed = hand_over_all(&courier, &steps).await;
    let now = courier.clock.now();
    together.finish(move |c, ours| conclude(c, (now, &courier), (steps, handed), ours)).await
}

/// What came of handing over, by the place in the set.
type Handed = HashMap<usize, Result<(), NotSent>>;

/// Hands over what is to be: of one person one after the other, so that they hear of things in the order in which they happened;
/// of different people at the same time.
async fn hand_over_all(courier: &Courier, steps: &[Step]) -> Handed {
    let mut lines: BTreeMap<CitizenId, Vec<(usize, &Taken)>> = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        if let Step::HandOver(taken) = step {
            let taken: &Taken = taken;
            lines.entry(taken.place.0).or_default().push((at, taken));
        }
    }
    let handing = lines.values().map(|line| hand_over_line(courier, line));
    join_all(handing).await.into_iter().flatten().collect()
}

async fn hand_over_line(courier: &Courier, line: &[(usize, &Taken)]) -> Vec<(usize, Result<(), NotSent>)> {
    let mut handed = Vec::with_capacity(line.len());
    for (at, taken) in line {
        handed.push((*at, hand_over_one(courier, taken).await));
    }
    handed
}

async fn hand_over_one(courier: &Courier, taken: &Taken) -> Result<(), NotSent> {
    let (citizen, way) = taken.place;
    let (key, parcel) = (way.to_string(), &taken.parcel);
    let stop = Stop { citizen, topic: Some(parcel.news.topic()) }.path(&courier.keys);
    let to =
        Receiver { carrier: taken.carrier, lang: &parcel.lang, address: &parcel.to, stop: stop.as_deref() };
    let _place = courier.place().await;
    hand_over(courier, &key, &to, &parcel.news, (taken.whom, Twice::Noticed)).await
}

type Ways = Vec<(CitizenId, WayId)>;

/// What is written of a set.
#[derive(Default)]
struct Ends {
    settled: BTreeMap<(Stand, Option<String>), Ways>,
    /// By the provider that may have them.
    waiting: BTreeMap<Option<i32>, Ways>,
    arrived: Vec<(CitizenId, OutletId)>,
    failed: Vec<(CitizenId, OutletId)>,
    gone: Vec<(CitizenId, OutletId)>,
    /// Their carriers are asked what became of them.
    asked_after: Ways,
}

/// Writes what came of a set, and says what becomes of each job. What another runner has by now is left to it.
fn conclude(
    c: &mut Conn,
    (now, courier): (Moment, &Courier),
    (steps, mut handed): (Vec<Step>, Handed),
    ours: &[bool],
) -> Result<Vec<Result<(), Failure>>, Failure> {
    let mut ends = Ends::default();
    let mut jobs = Vec::with_capacity(steps.len());
    for (at, step) in steps.into_iter().enumerate() {
        jobs.push(match (step, handed.remove(&at)) {
            _ if ours.get(at) != Some(&true) => Err(Failure::LeaseLost),
            (Step::Failed(failure), _) => Err(failure),
            (Step::HandOver(taken), Some(handed)) => {
                if handed.is_ok() && courier.asks_receipts(taken.carrier) {
                    ends.asked_after.push(taken.place);
                }
                ends.add(now, &taken, handed)
            }
            (Step::HandOver(_), None) => Err(Failure::retry("it was not handed over")),
            (Step::Over, _) => Ok(()),
        });
    }
    ends.write(c, now)?;
    Ok(jobs)
}

impl Ends {
    /// Adds what came of handing one over, and says what becomes of its job.
    fn add(&mut self, now: Moment, taken: &Taken, handed: Result<(), NotSent>) -> Result<(), Failure> {
        if let Some(outlet) = taken.outlet {
            let heard = match &handed {
                Ok(()) => Some(&mut self.arrived),
                Err(NotSent::Gone(_)) => Some(&mut self.gone),
                Err(_) if taken.carrier.is_their_own() => Some(&mut self.failed),
                // A provider of the operator's failed, which says nothing of what it was to reach.
                Err(_) => None,
            };
            if let Some(heard) = heard {
                heard.push((taken.place.0, outlet));
            }
        }
        let (stand, reason) = match handed {
            Ok(()) => (Stand::Sent, None),
            Err(NotSent::Gone(_)) => (Stand::Failed, Some(UNDELIVERED.to_owned())),
            Err(NotSent::Never(reason)) => (Stand::Failed, Some(reason)),
            Err(not_sent) if now - taken.due >= TRIED => (Stand::Failed, Some(not_sent.to_string())),
            Err(not_sent) => {
                let held = match (&not_sent, taken.whom) {
                    (NotSent::Unknown { provider, .. }, _) => Some(*provider),
                    (_, Whom::Only(held)) => Some(held),
                    _ => None,
                };
                self.waiting.entry(held).or_default().push(taken.place);
                return Err(not_sent.into());
            }
        };
        // What went wrong at somebody's own outlet is theirs to mend, not the operator's.
        let own = taken.carrier.is_their_own();
        let reason = reason.map(|reason| if own { UNDELIVERED.to_owned() } else { reason });
        self.settled.entry((stand, reason)).or_default().push(taken.place);
        Ok(())
    }

    fn write(self, c: &mut Conn, now: Moment) -> Result<(), DbError> {
        outlets::failed(c, now, &self.failed)?;
        outlets::arrived(c, &self.arrived)?;
        outlets::gone(c, now, &self.gone)?;
        receipts::ask_soon(c, now, &self.asked_after)?;
        let mut failed = Vec::new();
        // A statement for each reason: one, where all went well.
        for ((stand, reason), ways) in &self.settled {
            settle(c, now, ways, *stand, reason.as_deref())?;
            if *stand == Stand::Failed {
                failed.extend_from_slice(ways);
            }
        }
        for (held, ways) in &self.waiting {
            wait(c, ways, *held)?;
        }
        again::otherwise(c, now, &failed)
    }
}

/// They did not go out this time.
fn wait(c: &mut Conn, ways: &[(CitizenId, WayId)], held: Option<i32>) -> Result<(), DbError> {
    let tried = notice_ways::table
        .filter(among(notice_ways::citizen_id, notice_ways::id, ways))
        .filter(notice_ways::state.eq(Stand::Trying.tag()));
    diesel::update(tried)
        .set((notice_ways::state.eq(Stand::Waiting.tag()), notice_ways::held.eq(held)))
        .execute(c)?;
    Ok(())
}

/// Their end. What they carried is forgotten.
pub(super) fn settle(
    c: &mut Conn,
    now: Moment,
    ways: &[(CitizenId, WayId)],
    stand: Stand,
    reason: Option<&str>,
) -> Result<(), DbError> {
    let open = notice_ways::table
        .filter(among(notice_ways::citizen_id, notice_ways::id, ways))
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
