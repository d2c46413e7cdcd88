//! What the clock does: what is late is put on the supervision list, and what was answered and nobody spoke against is closed.

use actix_web::web::Data;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    Act, By, Clocks, OrderId, Said, State, VoiceError,
    life::next,
    steps::{self, Doer},
};
use crate::{
    catalogue::Shelf,
    db::{Conn, schema::voice_orders},
    jobs::{self, Done, Failure, Job, Priority, Running},
    platform::{Moment, clock::city_day, keys::KeyRing},
    web::Site,
};

/// So many are looked at in one transaction.
const SET: i64 = 100;

/// Looks for orders whose day is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Watch;

impl Job for Watch {
    const KIND: &'static str = "voice.watch";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Watch`].
pub async fn watch((site, shelf): (Data<Site>, Data<Shelf>), running: Running) -> Result<Done, Failure> {
    let edition = shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let (now, ring) = (site.clock.now(), std::sync::Arc::clone(&site.keys));
    let work = move |c: &mut Conn| match Clocks::of(&edition) {
        Ok(clocks) => look(c, (&ring, now), &clocks),
        Err(_) => Ok(()),
    };
    running.finish(move |c| work(c).map_err(Failure::retry)).await
}

fn look(c: &mut Conn, at: (&KeyRing, Moment), clocks: &Clocks) -> Result<(), VoiceError> {
    super::recount(c, &clocks.edition().catalogue.calendar, |began| clocks.terms(began))?;
    let due = due(c, city_day(at.1))?;
    let more = i64::try_from(due.len()).unwrap_or_default() == SET;
    for id in due {
        over(c, at, clocks, id)?;
    }
    if more {
        jobs::enqueue(c, at.1, &Watch)?;
    }
    Ok(())
}

fn due(c: &mut Conn, today: NaiveDate) -> Result<Vec<OrderId>, VoiceError> {
    let answered = voice_orders::state.eq_any([State::Replied.tag(), State::Visited.tag()]);
    let waiting = voice_orders::state.eq_any([
        State::Received.tag(),
        State::Classified.tag(),
        State::Returned.tag(),
        State::Dispatched.tag(),
        State::Handling.tag(),
    ]);
    Ok(voice_orders::table
        .filter(voice_orders::due_on.lt(Some(today)))
        .filter(answered.or(waiting.and(voice_orders::supervised_at.is_null())))
        .order(voice_orders::due_on)
        .limit(SET)
        .select(voice_orders::id)
        .load(c)?)
}

/// One of them, under its lock: it may have been answered a moment ago.
fn over(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    id: OrderId,
) -> Result<(), VoiceError> {
    let mut order = steps::held(c, id)?;
    if order.due_on.is_none_or(|last| last >= city_day(now)) {
        return Ok(());
    }
    let (state, clock) = (order.state()?, Doer::plain(By::Clock));
    if next(state, Act::Close, By::Clock).is_some() {
        steps::take(c, ring, now, &mut order, (Act::Close, &clock), &Said::default())?;
        steps::settle(c, clocks, now, &mut order, Act::Close, None)?;
    } else if next(state, Act::Supervise, By::Clock).is_some() && !order.is_supervised() {
        steps::take(c, ring, now, &mut order, (Act::Supervise, &clock), &Said::default())?;
        order.supervised_at = Some(now.into());
        // Its day stays: how late it is must be seen.
        steps::save(c, &order)?;
    }
    Ok(())
}
