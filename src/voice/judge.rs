//! What people say of an answer: once. Whoever is not satisfied has it opened once more; after that those who supervise see it.

use diesel::prelude::*;

use super::{
    Act, By, Clocks, Order, OrderId, ReportId, Said, Verdict, VoiceError,
    mine::Whose,
    steps::{self, Doer},
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{voice_guests, voice_orders, voice_reports},
    },
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
};

/// Takes what somebody says of the answer. Said twice, the first counts.
pub fn judge(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    whose: &Whose,
    (verdict, words): (Verdict, &str),
) -> Result<(), VoiceError> {
    let (report, order) = whose.find(c, ring)?;
    let mut order = steps::held(c, order.merged_into.unwrap_or(order.id))?;
    if !order.state()?.is_answered() {
        return Err(VoiceError::NotNow);
    }
    if !mark(c, now, whose, report, verdict)? {
        return Ok(());
    }
    let doer = Doer::plain(By::Reporter);
    let said = if words.trim().is_empty() { Said::default() } else { Said::words(words) };
    let act = match verdict {
        Verdict::Dissatisfied if !order.reopened => {
            reopen(c, (ring, now), &mut order, &doer, &said)?;
            Act::Reopen
        }
        Verdict::Dissatisfied => {
            order.supervised_at = Some(now.into());
            steps::write(c, ring, now, &order, ("dissatisfied", &doer), &said)?;
            return steps::save(c, &order);
        }
        Verdict::Satisfied => {
            let next = super::next(order.state()?, Act::Close, By::Reporter);
            if next.is_none() || others(c, order.id, report)? {
                return Ok(());
            }
            steps::take(c, ring, now, &mut order, (Act::Close, &doer), &said)?;
            Act::Close
        }
    };
    steps::settle(c, clocks, now, &mut order, act, whose.citizen())
}

/// Opens it once more, for the unit that answered, which has to deal with it and does not give it back.
pub(super) fn reopen(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    order: &mut Order,
    doer: &Doer,
    said: &Said,
) -> Result<(), VoiceError> {
    order.reopened = true;
    order.decided = true;
    order.extended = false;
    order.supervised_at = Some(now.into());
    steps::take(c, ring, now, order, (Act::Reopen, doer), said)?;
    Ok(())
}

/// Whether this is the first time that they say something of it.
fn mark(
    c: &mut Conn,
    now: Moment,
    whose: &Whose,
    report: ReportId,
    verdict: Verdict,
) -> Result<bool, VoiceError> {
    let at = Some(Stamp::from(now));
    let made = if let Some(citizen) = whose.citizen() {
        let own = voice_reports::table.find((citizen, report)).filter(voice_reports::verdict.is_null());
        diesel::update(own)
            .set((voice_reports::verdict.eq(Some(verdict.tag())), voice_reports::judged_at.eq(at)))
            .execute(c)?
    } else {
        let own = voice_guests::table.find(report).filter(voice_guests::verdict.is_null());
        diesel::update(own)
            .set((voice_guests::verdict.eq(Some(verdict.tag())), voice_guests::judged_at.eq(at)))
            .execute(c)?
    };
    Ok(made == 1)
}

/// Whether anybody else reported it, who may not be satisfied.
fn others(c: &mut Conn, order: OrderId, report: ReportId) -> Result<bool, VoiceError> {
    let named: i64 = voice_reports::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_reports::order_id)))
        .filter(voice_orders::id.eq(order).or(voice_orders::merged_into.eq(Some(order))))
        .filter(voice_reports::id.ne(report))
        .count()
        .get_result(c)?;
    let guests: i64 = voice_guests::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_guests::order_id)))
        .filter(voice_orders::id.eq(order).or(voice_orders::merged_into.eq(Some(order))))
        .filter(voice_guests::id.ne(report))
        .count()
        .get_result(c)?;
    Ok(named + guests > 0)
}

/// Takes back what one reported, while nobody has answered. Not where others reported the same.
pub fn withdraw(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    citizen: CitizenId,
    number: &str,
) -> Result<(), VoiceError> {
    let whose = Whose::Citizen(citizen, number.to_owned());
    let (report, order) = whose.find(c, ring)?;
    let mut order = steps::held(c, order.id)?;
    if order.state()? == super::State::Withdrawn {
        return Ok(());
    }
    if others(c, order.id, report)? {
        return Err(VoiceError::NotNow);
    }
    let doer = Doer::plain(By::Reporter);
    steps::take(c, ring, now, &mut order, (Act::Withdraw, &doer), &Said::default())?;
    steps::settle(c, clocks, now, &mut order, Act::Withdraw, Some(citizen))
}
