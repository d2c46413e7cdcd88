//! What orders hold about people, for the port `PersonalData`: what they wrote. The orders themselves hold nothing about anybody.

use diesel::prelude::*;

use super::{Order, OrderId, ReportId, VoiceError, Words, disputes, photos, take::WORDS};
use crate::{
    db::{
        Conn, Sealed, Stamp,
        schema::{voice_orders, voice_reports, voice_steps},
    },
    hand_over,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Private, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

pub struct Reports;

impl PersonalData for Reports {
    fn kind(&self) -> &'static str {
        "voice"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["voice_reports"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let rows: Vec<(Private, Stamp, Order)> = voice_reports::table
            .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_reports::order_id)))
            .filter(voice_reports::citizen_id.eq(warrant.citizen()))
            .order(voice_reports::id)
            .select((voice_reports::words, voice_reports::made_at, Order::as_select()))
            .load(c)?;
        let mut records = Vec::with_capacity(rows.len());
        for (words, at, order) in rows {
            let words = Words::read(&warrant.open(c, ring, WORDS, &words)?).map_err(ledger_error)?;
            let mut record = vec![
                ("made-at", Value::At(at.moment())),
                ("number", Value::Text(order.number)),
                ("state", Value::Tag(format!("voice-{}", order.state))),
                ("title", Value::Text(words.title)),
                ("said", Value::Text(words.text)),
            ];
            if !words.place.is_empty() {
                record.push(("address", Value::Text(words.place)));
            }
            records.push(record);
        }
        Ok(records)
    }

    /// The orders go on where others reported the same; of what was said to this person alone nothing stays.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        let rows: Vec<(ReportId, OrderId)> = voice_reports::table
            .filter(voice_reports::citizen_id.eq(citizen))
            .select((voice_reports::id, voice_reports::order_id))
            .load(c)?;
        let (reports, orders): (Vec<ReportId>, Vec<OrderId>) = rows.into_iter().unzip();
        photos::forget(c, &reports)?;
        diesel::delete(voice_reports::table.filter(voice_reports::citizen_id.eq(citizen))).execute(c)?;
        let shared: Vec<Option<OrderId>> = voice_orders::table
            .filter(voice_orders::merged_into.eq_any(orders.iter().copied().map(Some)))
            .select(voice_orders::merged_into)
            .load(c)?;
        let alone: Vec<OrderId> = orders.into_iter().filter(|id| !shared.contains(&Some(*id))).collect();
        diesel::update(voice_steps::table.filter(voice_steps::order_id.eq_any(alone)))
            .set(voice_steps::said.eq(None::<Sealed>))
            .execute(c)?;
        disputes::forget(c, citizen).map_err(LedgerError::Db)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, voice_reports, ReportId, [words: WORDS]);
        Ok(())
    }
}

fn ledger_error(error: VoiceError) -> LedgerError {
    match error {
        VoiceError::Db(error) => LedgerError::Db(error),
        VoiceError::Ledger(error) => error,
        _ => LedgerError::Sealed,
    }
}
