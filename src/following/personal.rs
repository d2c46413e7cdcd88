//! What is held about people here, for the port `PersonalData`: what they follow.

use diesel::prelude::*;

use crate::{
    db::{Conn, Stamp, schema::follows},
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

pub struct Follows;

impl PersonalData for Follows {
    fn kind(&self) -> &'static str {
        "follows"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["follows"]
    }

    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let rows: Vec<(String, Stamp)> = follows::table
            .filter(follows::citizen_id.eq(warrant.citizen()))
            .order(follows::what)
            .select((follows::what, follows::since))
            .load(c)?;
        let record = |(what, since): (String, Stamp)| {
            vec![("title", Value::Text(what)), ("made-at", Value::At(since.moment()))]
        };
        Ok(rows.into_iter().map(record).collect())
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(follows::table.filter(follows::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    /// What the account that stays follows holds for both.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        diesel::delete(follows::table.filter(follows::citizen_id.eq(joining.from()))).execute(c)?;
        Ok(())
    }
}
