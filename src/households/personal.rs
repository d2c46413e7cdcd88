//! What is held about people here, for the port `PersonalData`: their household's record, and who looked in.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{ABOUT, Household, HouseholdId, VisitId, WORDS};
use crate::{
    db::{
        Conn,
        schema::{household_visits, households},
    },
    hand_over,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Private, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

pub struct Households;

impl PersonalData for Households {
    fn kind(&self) -> &'static str {
        "households"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["households", "household_visits"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let rows: Vec<Household> = households::table
            .filter(households::citizen_id.eq(warrant.citizen()))
            .order(households::id)
            .select(Household::as_select())
            .load(c)?;
        let mut records = Vec::with_capacity(rows.len());
        for household in rows {
            let about = warrant.open(c, ring, ABOUT, &household.about)?;
            records.push(vec![
                ("service", Value::Text(household.service)),
                ("actor", Value::Text(household.agency)),
                ("made-at", Value::At(household.opened_at.moment())),
                ("household", Value::Text(about)),
            ]);
        }
        let visits: Vec<(String, String, NaiveDate, Private)> = household_visits::table
            .filter(household_visits::citizen_id.eq(warrant.citizen()))
            .order(household_visits::id)
            .select((
                household_visits::service,
                household_visits::agency,
                household_visits::visited_on,
                household_visits::words,
            ))
            .load(c)?;
        for (service, agency, on, words) in visits {
            records.push(vec![
                ("service", Value::Text(service)),
                ("actor", Value::Text(agency)),
                ("at", Value::Text(on.to_string())),
                ("visit", Value::Text(warrant.open(c, ring, WORDS, &words)?)),
            ]);
        }
        Ok(records)
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(household_visits::table.filter(household_visits::citizen_id.eq(citizen)))
            .execute(c)?;
        diesel::delete(households::table.filter(households::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, households, HouseholdId, [about: ABOUT]);
        hand_over!(c, joining, household_visits, VisitId, [words: WORDS]);
        Ok(())
    }
}
