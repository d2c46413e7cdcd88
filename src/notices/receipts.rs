//! What became of messages that packages carry: they are asked, ever more seldom, until one says. What they say counts as a
//! report does.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{carrier::Became, courier::Courier, model::WayId, reports};
use crate::{
    db::{Conn, Db, DbError},
    jobs::{self, Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::Moment,
};

/// So long after the time before a carrier is asked. After the last nobody asks any more: it was taken over, and that is all
/// that is known.
const PAUSES: [TimeDelta; 6] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(8),
    TimeDelta::hours(24),
];

/// Asks what became of a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AskReceipt {
    citizen: CitizenId,
    way: WayId,
    /// How often it was asked before.
    asked: usize,
}

impl Job for AskReceipt {
    const KIND: &'static str = "notices.ask-receipt";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// Has it asked what became of these, which were taken over just now.
pub(super) fn ask_soon(c: &mut Conn, now: Moment, ways: &[(CitizenId, WayId)]) -> Result<(), DbError> {
    let asks: Vec<AskReceipt> =
        ways.iter().map(|(citizen, way)| AskReceipt { citizen: *citizen, way: *way, asked: 0 }).collect();
    if !asks.is_empty() {
        jobs::enqueue_all_at(c, now, now + PAUSES[0], &asks)?;
    }
    Ok(())
}

/// Runs [`AskReceipt`].
pub async fn ask_receipt(
    (db, courier): (Db, Courier),
    job: AskReceipt,
    running: Running,
) -> Result<Done, Failure> {
    let place = (job.citizen, job.way);
    // It was reported meanwhile, taken up anew, or forgotten.
    let open = db.read(move |c| reports::open_by(c, place)).await.map_err(Failure::from)?;
    let Some(carrier) = open else {
        return running.finish(|_| Ok::<_, DbError>(())).await;
    };
    let (became, now) = (courier.became(carrier, &job.way.to_string()).await, courier.clock.now());
    running.finish(move |c| learn(c, now, &job, became)).await
}

fn learn(c: &mut Conn, now: Moment, job: &AskReceipt, became: Became) -> Result<(), DbError> {
    let place = (job.citizen, job.way);
    match became {
        Became::Arrived | Became::CameBack | Became::Gone => reports::answered(c, now, place, became),
        Became::Open => {
            let asked = job.asked + 1;
            if let Some(pause) = PAUSES.get(asked) {
                jobs::enqueue_at(c, now, now + *pause, &AskReceipt { asked, ..job.clone() })?;
            }
            Ok(())
        }
    }
}
