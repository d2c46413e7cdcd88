//! What reminders hold about people, for the port `PersonalData`.

use diesel::prelude::*;

use super::{
    model::{Deadline, DeadlineId, WORDS},
    queries,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{date_feeds, deadlines, reminders},
    },
    hand_over, hand_over_plain,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, clock::city_day, keys::KeyRing},
    wallet::Whose,
};

pub struct Dates;

impl PersonalData for Dates {
    fn kind(&self) -> &'static str {
        "dates"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["deadlines", "reminders", "date_feeds"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let rows: Vec<Deadline> = deadlines::table
            .filter(deadlines::citizen_id.eq(warrant.citizen()))
            .order(deadlines::id)
            .select(Deadline::as_select())
            .load(c)?;
        let mut records = Vec::with_capacity(rows.len());
        let whose = Whose { citizen: warrant.citizen(), company: None };
        for (deadline, words) in queries::named(c, ring, (warrant, &whose), rows)? {
            let words = words.unwrap_or_else(|| deadline.about.clone());
            records.push(vec![
                ("title", Value::Text(words)),
                ("expires-on", Value::Text(deadline.due_on.to_string())),
                ("made-at", Value::At(deadline.made_at.moment())),
            ]);
        }
        let sent: Vec<(i32, Stamp)> = reminders::table
            .filter(reminders::citizen_id.eq(warrant.citizen()))
            .filter(reminders::state.eq("sent"))
            .order(reminders::id)
            .select((reminders::days_before, reminders::armed_at))
            .load(c)?;
        for (days, at) in sent {
            records.push(vec![("title", Value::Text(format!("-{days}D"))), ("at", Value::At(at.moment()))]);
        }
        Ok(records)
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(date_feeds::table.filter(date_feeds::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(reminders::table.filter(reminders::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(deadlines::table.filter(deadlines::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    /// The calendar of the account that closes ends: its address leads to somebody who is no more.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        diesel::delete(date_feeds::table.filter(date_feeds::citizen_id.eq(joining.from()))).execute(c)?;
        hand_over!(c, joining, deadlines, DeadlineId, [], [words: WORDS]);
        hand_over_plain!(c, joining, reminders);
        // What was on its way was so under the other name: the next look puts it on its way again.
        diesel::update(
            deadlines::table.filter(deadlines::citizen_id.eq(joining.into)).filter(deadlines::waiting.ne(0)),
        )
        .set(deadlines::next_look.eq(Some(city_day(joining.now))))
        .execute(c)?;
        Ok(())
    }
}
