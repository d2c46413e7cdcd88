//! Terms that were counted through a year whose calendar nobody had published are counted anew once it is known.

use std::collections::HashMap;

use diesel::prelude::*;
use yimen_contract::voice::Terms;

use super::{Act, Order, OrderId, VoiceError, clock::counted_anew};
use crate::{
    db::{
        Conn, Stamp,
        schema::{voice_orders, voice_steps},
    },
    platform::{Moment, calendar::WorkingCalendar},
};

/// So many are counted in one go; the next go has the rest.
const SET: i64 = 100;
/// With these a clock begins.
const BEGIN: [&str; 5] =
    ["report", Act::GiveBack.tag(), Act::Dispatch.tag(), Act::Reopen.tag(), Act::Reply.tag()];

/// Counts them anew. How many have another day now.
///
/// `terms`: those of what began at a moment.
pub fn recount(
    c: &mut Conn,
    calendar: &WorkingCalendar,
    terms: impl Fn(Moment) -> Terms,
) -> Result<usize, VoiceError> {
    let guessed: Vec<Order> = voice_orders::table
        .filter(voice_orders::provisional.eq(true))
        .filter(voice_orders::due_on.is_not_null())
        .order((voice_orders::due_on, voice_orders::id))
        .limit(SET)
        .select(Order::as_select())
        .load(c)?;
    if guessed.is_empty() {
        return Ok(0);
    }
    let ids: Vec<OrderId> = guessed.iter().map(|order| order.id).collect();
    let steps: Vec<(OrderId, Stamp)> = voice_steps::table
        .filter(voice_steps::order_id.eq_any(ids))
        .filter(voice_steps::act.eq_any(BEGIN))
        .order(voice_steps::id)
        .select((voice_steps::order_id, voice_steps::at))
        .load(c)?;
    // Of each the last.
    let began: HashMap<OrderId, Stamp> = steps.into_iter().collect();
    let mut moved = 0;
    for order in guessed {
        let Some(at) = began.get(&order.id) else { continue };
        let at = at.moment();
        let Some(due) = counted_anew(calendar, &terms(at), &order, at)? else { continue };
        if due.provisional && Some(due.on) == order.due_on {
            continue;
        }
        // Whoever did something with it meanwhile has wound its clock by the new calendar.
        let same = voice_orders::table.find(order.id).filter(voice_orders::due_on.eq(order.due_on));
        moved += diesel::update(same.filter(voice_orders::state.eq(&order.state)))
            .set((voice_orders::due_on.eq(Some(due.on)), voice_orders::provisional.eq(due.provisional)))
            .execute(c)?;
    }
    Ok(moved)
}
