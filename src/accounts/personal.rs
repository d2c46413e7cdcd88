//! What this room holds about people, for the port `PersonalData`: the account and where it is signed in.

use diesel::prelude::*;

use super::{acting, inquiries, staff};
use crate::{
    db::{
        Conn, Stamp,
        schema::{citizens, contact_points, credentials, identities},
    },
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Private, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
    web::{
        aside,
        session::{self, Realm},
    },
};

/// Every part of the accounts that holds data about people.
pub fn holders() -> Vec<Box<dyn PersonalData>> {
    vec![
        Box::new(Account),
        Box::new(Sessions),
        Box::new(acting::personal::ActingData),
        Box::new(staff::counter::AccessLinks),
        Box::new(staff::breach::BreachNotices),
        Box::new(inquiries::Inquiries),
    ]
}

struct Account;

impl PersonalData for Account {
    fn kind(&self) -> &'static str {
        "account"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["citizens", "identities", "contact_points", "credentials"]
    }

    /// Secrets stay secret: of a password or a passkey only that there is one.
    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let citizen = warrant.citizen();
        let (name, level, language, made): (Option<Private>, i32, String, Stamp) = citizens::table
            .filter(citizens::id.eq(citizen))
            .select((citizens::name, citizens::level, citizens::language, citizens::created_at))
            .first(c)?;
        let mut first = Record::new();
        if let Some(name) = name {
            first.push(("name", Value::Text(warrant.open(c, ring, "citizens.name", &name)?)));
        }
        first.push(("level", Value::Text(level.to_string())));
        first.push(("language", Value::Text(language)));
        first.push(("made-at", Value::At(made.moment())));
        let mut records = vec![first];
        let numbers: Vec<(Private, Option<Stamp>)> = identities::table
            .filter(identities::citizen_id.eq(citizen))
            .select((identities::number, identities::verified_at))
            .load(c)?;
        for (number, verified) in numbers {
            let number = warrant.open(c, ring, "identities.number", &number)?;
            records.push(checked(("identity-number", Value::Text(number)), verified));
        }
        let reach: Vec<(String, Private, Option<Stamp>)> = contact_points::table
            .filter(contact_points::citizen_id.eq(citizen))
            .order(contact_points::id)
            .select((contact_points::kind, contact_points::value, contact_points::verified_at))
            .load(c)?;
        for (kind, value, verified) in reach {
            let value = Value::Text(warrant.open(c, ring, "contact_points.value", &value)?);
            records.push(checked((if kind == "phone" { "phone" } else { "email" }, value), verified));
        }
        let ways: Vec<(String, String, Stamp, Option<Stamp>)> = credentials::table
            .filter(credentials::citizen_id.eq(citizen))
            .order(credentials::id)
            .select((credentials::kind, credentials::label, credentials::created_at, credentials::used_at))
            .load(c)?;
        for (kind, label, made, used) in ways {
            let mut record = vec![("way", Value::Tag(kind))];
            if !label.is_empty() {
                record.push(("label", Value::Text(label)));
            }
            record.push(("made-at", Value::At(made.moment())));
            record.extend(used.map(|used| ("used-at", Value::At(used.moment()))));
            records.push(record);
        }
        Ok(records)
    }

    /// An empty row stays, so that the account's name is never anybody else's.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(credentials::table.filter(credentials::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(contact_points::table.filter(contact_points::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(identities::table.filter(identities::citizen_id.eq(citizen))).execute(c)?;
        diesel::update(citizens::table.filter(citizens::id.eq(citizen)))
            .set((citizens::name.eq(None::<Private>), citizens::state.eq("erased")))
            .execute(c)?;
        Ok(())
    }

    /// Nothing here: [`staff::counter::merge`] decides what of two accounts the one has.
    fn join(&self, _: &mut Conn, _: &Joining<'_>) -> Result<(), LedgerError> {
        Ok(())
    }
}

fn checked(value: (&'static str, Value), verified: Option<Stamp>) -> Record {
    let mut record = vec![value];
    record.extend(verified.map(|stamp| ("verified-at", Value::At(stamp.moment()))));
    record
}

struct Sessions;

impl PersonalData for Sessions {
    fn kind(&self) -> &'static str {
        "sessions"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["sessions", "set_aside"]
    }

    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        // Those that are over and not swept yet are of no use to anybody, but they are held. Answers set aside are
        // on their way into a form, for two hours at most, and are part of what that form asks for.
        let sessions = session::of(c, Moment::UNIX_EPOCH, Realm::Citizen, warrant.citizen().uuid())?;
        let record = |session: session::Device| {
            vec![
                ("device", Value::Text(session.device)),
                ("made-at", Value::At(session.created_at.moment())),
                ("used-at", Value::At(session.seen_at.moment())),
            ]
        };
        Ok(sessions.into_iter().map(record).collect())
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        session::end_of(c, Realm::Citizen, citizen.uuid(), None, None)?;
        aside::forget(c, Realm::Citizen, citizen.uuid())?;
        Ok(())
    }

    /// Nothing: signing in is something that the closed account no longer does.
    fn join(&self, _: &mut Conn, _: &Joining<'_>) -> Result<(), LedgerError> {
        Ok(())
    }
}
