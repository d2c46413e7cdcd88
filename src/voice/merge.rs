//! Of two orders about the same there is one: whoever reported the other is told where it goes on, and goes on reading it under
//! the number they know.

use diesel::prelude::*;

use super::{
    Act, Clocks, Order, Said, State, VoiceError,
    steps::{self, Doer},
};
use crate::{
    db::{Conn, schema::voice_orders},
    platform::{Moment, keys::KeyRing},
};

/// Merges an order that is held into another of the same kind that is being dealt with. Whose sender is secret is merged with
/// its like only, because what is answered to one is read by the others.
pub(super) fn merge(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    order: &mut Order,
    doer: &Doer,
    into: &str,
) -> Result<(), VoiceError> {
    let target: Option<super::OrderId> = voice_orders::table
        .filter(voice_orders::number.eq(into))
        .select(voice_orders::id)
        .first(c)
        .optional()?;
    let target = target.filter(|id| *id != order.id).ok_or(VoiceError::NotWhole)?;
    let target = steps::held(c, target)?;
    let gone = matches!(target.state()?, State::NotTaken | State::Merged | State::Withdrawn | State::Closed);
    // The senders of both are secret, or of neither.
    let alike = matches!((target.secret, order.secret), (true, true) | (false, false));
    if gone || target.kind()? != order.kind()? || !alike {
        return Err(VoiceError::NotWhole);
    }
    let said = Said { number: Some(target.number), ..Said::default() };
    steps::take(c, ring, now, order, (Act::Merge, doer), &said)?;
    order.merged_into = Some(target.id);
    order.supervised_at = None;
    // Their duplicates are from now on duplicates of the one that stays.
    diesel::update(voice_orders::table.filter(voice_orders::merged_into.eq(Some(order.id))))
        .set(voice_orders::merged_into.eq(Some(target.id)))
        .execute(c)?;
    steps::settle(c, clocks, now, order, Act::Merge, None)
}
