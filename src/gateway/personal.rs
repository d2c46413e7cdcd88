//! What the gateway holds about people, for the port `PersonalData`: who wants to hear that an agency is back, and by which
//! names agencies know them.

use diesel::prelude::*;

use crate::{
    db::{
        Conn, Stamp,
        schema::{introductions, return_wishes},
    },
    hand_over_plain,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Wishes to be told.
pub struct Wishes;

impl PersonalData for Wishes {
    fn kind(&self) -> &'static str {
        "wishes"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["return_wishes"]
    }

    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let wishes: Vec<(String, Stamp)> = return_wishes::table
            .filter(return_wishes::citizen_id.eq(warrant.citizen()))
            .order(return_wishes::id)
            .select((return_wishes::agency, return_wishes::wished_at))
            .load(c)?;
        let record = |(agency, at): (String, Stamp)| {
            vec![("actor", Value::Text(agency)), ("made-at", Value::At(at.moment()))]
        };
        Ok(wishes.into_iter().map(record).collect())
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(return_wishes::table.filter(return_wishes::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        let there: Vec<String> = return_wishes::table
            .filter(return_wishes::citizen_id.eq(joining.into))
            .select(return_wishes::agency)
            .load(c)?;
        let theirs = return_wishes::table.filter(return_wishes::citizen_id.eq(joining.from()));
        diesel::delete(theirs.filter(return_wishes::agency.eq_any(there))).execute(c)?;
        diesel::update(theirs).set(return_wishes::citizen_id.eq(joining.into)).execute(c)?;
        Ok(())
    }
}

/// Names by which agencies know somebody.
pub struct Names;

impl PersonalData for Names {
    fn kind(&self) -> &'static str {
        "introductions"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["introductions"]
    }

    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let known: Vec<(String, String, Stamp)> = introductions::table
            .filter(introductions::citizen_id.eq(warrant.citizen()))
            .order((introductions::since, introductions::agency))
            .select((introductions::agency, introductions::subject, introductions::since))
            .load(c)?;
        let record = |(agency, subject, since): (String, String, Stamp)| {
            vec![
                ("actor", Value::Text(agency)),
                ("reference", Value::Text(subject)),
                ("made-at", Value::At(since.moment())),
            ]
        };
        Ok(known.into_iter().map(record).collect())
    }

    /// What an agency tells of this person afterwards finds nobody.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(introductions::table.filter(introductions::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    /// Agencies go on using the name they know.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over_plain!(c, joining, introductions);
        Ok(())
    }
}
