//! What this room itself holds about people, for the port `PersonalData`.

use diesel::prelude::*;

use super::{
    CitizenId, Joining, Kept, LedgerError, PersonalData, Purpose, Record, Value, Warrant, Who, consent,
    requests, seen,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{citizen_keys, consents},
    },
    platform::{Moment, keys::KeyRing},
};

/// Every part of the ledger that holds data about people.
pub fn holders() -> Vec<Box<dyn PersonalData>> {
    vec![Box::new(Looks), Box::new(Consents), Box::new(Requests), Box::new(Keys)]
}

fn tag(word: &str) -> Value {
    Value::Tag(word.to_owned())
}

fn at(stamp: Stamp) -> Value {
    Value::At(stamp.moment())
}

struct Looks;

impl PersonalData for Looks {
    fn kind(&self) -> &'static str {
        "looks"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["looks", "chain"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let (seen, _) = seen::among(c, ring, (warrant, &[warrant.citizen()]), 0, i64::MAX)?;
        let record = |look: seen::Seen| {
            let (kind, name) = match look.who {
                Who::Yourself => ("yourself", None),
                Who::Citizen => ("citizen", None),
                Who::Staff => ("staff", None),
                Who::Agency(slug) => ("agency", Some(slug)),
                Who::Portal(part) => ("portal", Some(part)),
            };
            let mut record = vec![("at", Value::At(look.at)), ("who", tag(kind))];
            record.extend(name.map(|name| ("actor", Value::Text(name))));
            record.push(("purpose", tag(look.purpose.map_or("", Purpose::tag))));
            record.push(("basis", tag(look.basis.map_or("", super::Basis::tag))));
            record.push(("fields", Value::Tags(look.fields)));
            record.extend(look.detail.map(|detail| ("detail", Value::Text(detail))));
            record
        };
        Ok(seen.into_iter().map(record).collect())
    }

    /// Nothing: the reasons in it become unreadable with the key, and the chain stays whole.
    fn erase(&self, _: &mut Conn, _: Moment, _: CitizenId) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Nothing: the chain is what it is. The person goes on seeing it, as [`seen`] is asked for both accounts.
    fn join(&self, _: &mut Conn, _: &Joining<'_>) -> Result<(), LedgerError> {
        Ok(())
    }

    fn retain(&self) -> Option<Kept> {
        Some(Kept::LookRecord)
    }
}

struct Consents;

impl PersonalData for Consents {
    fn kind(&self) -> &'static str {
        "consents"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["consents"]
    }

    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let record = |consent: consent::Consent| {
            let mut record = vec![
                ("recipient", Value::Text(consent.recipient)),
                ("purpose", Value::Tag(consent.purpose)),
                ("fields", Value::Tags(consent.kinds.0)),
                ("version", Value::Text(consent.version)),
                ("given-at", at(consent.given_at)),
            ];
            record.extend(consent.withdrawn_at.map(|stamp| ("withdrawn-at", at(stamp))));
            record
        };
        Ok(consent::of(c, warrant.citizen())?.into_iter().map(record).collect())
    }

    /// What was agreed to ends; that it was agreed to stays provable.
    fn erase(&self, c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::update(
            consents::table.filter(consents::citizen_id.eq(citizen)).filter(consents::withdrawn_at.is_null()),
        )
        .set(consents::withdrawn_at.eq(Some(Stamp::from(now))))
        .execute(c)?;
        Ok(())
    }

    /// What was agreed to under the closed account ends with it; the person is asked again when it matters.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        self.erase(c, joining.now, joining.from())
    }

    fn retain(&self) -> Option<Kept> {
        Some(Kept::ConsentProof)
    }
}

struct Requests;

impl PersonalData for Requests {
    fn kind(&self) -> &'static str {
        "requests"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["data_requests"]
    }

    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let record = |request: requests::Request| {
            let mut record = vec![("request", Value::Tag(request.kind)), ("made-at", at(request.made_at))];
            record.extend(request.ended_at.map(|stamp| ("ended-at", at(stamp))));
            record.extend(request.outcome.map(|outcome| ("outcome", Value::Tag(outcome))));
            record
        };
        Ok(requests::of(c, warrant.citizen())?.into_iter().map(record).collect())
    }

    /// Nothing: there are no words in it.
    fn erase(&self, _: &mut Conn, _: Moment, _: CitizenId) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Nothing but that nobody wants the closed account erased apart from the other.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        requests::stop_erasure(c, joining.now, joining.from())?;
        Ok(())
    }

    fn retain(&self) -> Option<Kept> {
        Some(Kept::RequestProof)
    }
}

struct Keys;

impl PersonalData for Keys {
    fn kind(&self) -> &'static str {
        "keys"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["citizen_keys"]
    }

    /// When it was made; the key itself is the portal's secret.
    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let made: Vec<Stamp> = citizen_keys::table
            .filter(citizen_keys::citizen_id.eq(warrant.citizen()))
            .select(citizen_keys::created_at)
            .load(c)?;
        Ok(made.into_iter().map(|stamp| vec![("made-at", at(stamp))]).collect())
    }

    /// Nothing here: [`super::Holders::erase`] destroys the key when all others are done.
    fn erase(&self, _: &mut Conn, _: Moment, _: CitizenId) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Nothing: it opens what stays with the closed account.
    fn join(&self, _: &mut Conn, _: &Joining<'_>) -> Result<(), LedgerError> {
        Ok(())
    }

    fn retain(&self) -> Option<Kept> {
        Some(Kept::KeyDestroyed)
    }
}
