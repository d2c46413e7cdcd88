//! How somebody gets a result that is more than a page: by post, to an address that only they and the officers of the agency
//! read, or at a counter, against a code that is good for once.
//!
//! The applicant chooses among what the service offers, until it is on its way. Agencies with a system of their own send it from there,
//! to where their form asked; so only those of a service are asked here that officers work in the portal.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::service::{Delivery, Service};

use super::{
    CaseError, Whose,
    life::State,
    model::{Case, CaseId},
    queries, report,
    steps::Said,
};
use crate::{
    accounts::acting::{self, What},
    db::{
        Conn, Stamp,
        schema::{case_deliveries, cases},
    },
    ledger::{self, CitizenId, LedgerError, Private, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing, spoken},
};

pub(super) const ADDRESS: &str = "case_deliveries.address";
pub(super) const CODE: &str = "case_deliveries.code";
/// Five bits each: forty in all, for somebody who stands at a counter.
const LENGTH: usize = 8;
/// What people are told when it can be picked up, in place of the state.
pub(super) const READY: &str = "ready";

/// In these nothing is on its way yet.
const OPEN: &[&str] = &[
    State::Submitted.tag(),
    State::CorrectionRequired.tag(),
    State::Resubmitted.tag(),
    State::Accepted.tag(),
    State::InReview.tag(),
    State::Suspended.tag(),
    State::Granted.tag(),
];

/// To whom and where a parcel goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub name: String,
    pub phone: String,
    pub place: String,
}

impl Address {
    /// As it stands on a parcel.
    pub fn line(&self) -> String {
        format!("{} {} {}", self.name, self.phone, self.place)
    }
}

/// What somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub way: Delivery,
    pub address: Option<Address>,
}

pub(super) const fn tag(way: Delivery) -> &'static str {
    match way {
        Delivery::Electronic => "electronic",
        Delivery::Post => "post",
        Delivery::Counter => "counter",
    }
}

pub(super) fn named(word: &str) -> Option<Delivery> {
    [Delivery::Electronic, Delivery::Post, Delivery::Counter].into_iter().find(|way| tag(*way) == word)
}

/// Among what can be chosen; nothing where the result is a page in any case.
pub(super) fn offered<'s>(service: Option<&'s Service>, case: &Case) -> &'s [Delivery] {
    let ways = service.map_or(&[][..], |service| service.result.delivery.as_slice());
    if case.is_at_desk() && ways.iter().any(|way| *way != Delivery::Electronic) { ways } else { &[] }
}

/// Whether it can still be chosen.
pub(super) fn is_open(case: &Case) -> bool {
    OPEN.contains(&case.state.as_str())
}

/// Chooses. Choosing again takes the place of what was chosen before.
pub fn choose(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    whose: &Whose,
    (reference, service): (&str, &Service),
    chosen: &Chosen,
) -> Result<(), CaseError> {
    let case = queries::find(c, whose, reference)?;
    let fits = (chosen.way == Delivery::Post) == chosen.address.is_some();
    if !fits || !offered(Some(service), &case).contains(&chosen.way) {
        return Err(CaseError::NotNow);
    }
    // This holds the case until the end: whoever sends the result meanwhile waits for it, or was faster.
    let open = report::own(&case).filter(cases::state.eq_any(OPEN));
    if diesel::update(open).set(cases::changed_at.eq(cases::changed_at)).execute(c)? != 1 {
        return Err(CaseError::NotNow);
    }
    let address = match &chosen.address {
        Some(address) => {
            let text =
                serde_json::to_string(address).map_err(|error| CaseError::Stored(error.to_string()))?;
            Some(ledger::seal(c, ring, case.citizen_id, ADDRESS, &text)?)
        }
        None => None,
    };
    let values = || {
        (
            case_deliveries::way.eq(tag(chosen.way)),
            case_deliveries::address.eq(&address),
            case_deliveries::chosen_at.eq(Stamp::from(now)),
        )
    };
    let own = case_deliveries::table.find((case.citizen_id, case.id));
    if diesel::update(own).set(values()).execute(c)? == 0 {
        let key = (case_deliveries::citizen_id.eq(case.citizen_id), case_deliveries::id.eq(case.id));
        diesel::insert_into(case_deliveries::table).values((key, values())).execute(c)?;
    }
    acting::done(c, now, &whose.party, What::Service, Some(&case.service))?;
    Ok(())
}

/// What was chosen, and nothing that is personal.
pub(super) fn way(c: &mut Conn, case: &Case) -> Result<Option<Delivery>, CaseError> {
    let word: Option<String> = case_deliveries::table
        .find((case.citizen_id, case.id))
        .select(case_deliveries::way)
        .first(c)
        .optional()?;
    Ok(word.and_then(|word| named(&word)))
}

/// What was chosen, with the address.
pub(super) fn chosen(
    c: &mut Conn,
    ring: &KeyRing,
    case: &Case,
    warrant: &Warrant,
) -> Result<Option<Chosen>, CaseError> {
    let row: Option<(String, Option<Private>)> = case_deliveries::table
        .find((case.citizen_id, case.id))
        .select((case_deliveries::way, case_deliveries::address))
        .first(c)
        .optional()?;
    let Some((word, address)) = row else { return Ok(None) };
    let way = named(&word).ok_or_else(|| CaseError::Stored(format!("the way {word}")))?;
    let address = match &address {
        Some(sealed) => Some(address_of(&warrant.open(c, ring, ADDRESS, sealed)?)?),
        None => None,
    };
    Ok(Some(Chosen { way, address }))
}

fn address_of(text: &str) -> Result<Address, CaseError> {
    serde_json::from_str(text).map_err(|error| CaseError::Stored(error.to_string()))
}

/// The code against which it is handed over, for the person alone.
pub(super) fn code(
    c: &mut Conn,
    ring: &KeyRing,
    case: &Case,
    warrant: &Warrant,
) -> Result<Option<String>, CaseError> {
    let sealed: Option<Option<Private>> = case_deliveries::table
        .find((case.citizen_id, case.id))
        .select(case_deliveries::code)
        .first(c)
        .optional()?;
    let code = sealed.flatten().map(|sealed| warrant.open(c, ring, CODE, &sealed)).transpose()?;
    Ok(code.map(|code| spoken::grouped(&code)))
}

/// The result leaves for where the person wants it: the word by which they are told. Called when the case is on its way already,
/// so that nobody chooses anew. `None`: what the officer says does not fit what was chosen.
pub(super) fn send(
    c: &mut Conn,
    ring: &KeyRing,
    case: &Case,
    said: &Said,
) -> Result<Option<&'static str>, CaseError> {
    if way(c, case)? != Some(Delivery::Counter) {
        return Ok(said.parcel.is_some().then_some(State::Delivering.tag()));
    }
    if said.place.is_none() {
        return Ok(None);
    }
    let code = spoken::new::<LENGTH>().map_err(|error| CaseError::Stored(error.to_string()))?;
    let sealed = ledger::seal(c, ring, case.citizen_id, CODE, &code)?;
    set_code(c, (case.citizen_id, case.id), Some((sealed, hash(ring, &code))))?;
    Ok(Some(READY))
}

fn hash(ring: &KeyRing, code: &str) -> Vec<u8> {
    ring.lookup(CODE, code.as_bytes()).to_vec()
}

fn set_code(
    c: &mut Conn,
    case: (CitizenId, CaseId),
    code: Option<(Private, Vec<u8>)>,
) -> Result<(), CaseError> {
    let (sealed, hash) = code.unzip();
    diesel::update(case_deliveries::table.find(case))
        .set((case_deliveries::code.eq(sealed), case_deliveries::code_hash.eq(hash)))
        .execute(c)?;
    Ok(())
}

/// Uses the code up, if it is the right one.
pub(super) fn redeem(c: &mut Conn, ring: &KeyRing, case: &Case, typed: &str) -> Result<bool, CaseError> {
    let Some(code) = spoken::read(typed, LENGTH) else { return Ok(false) };
    let found: Option<CaseId> = case_deliveries::table
        .find((case.citizen_id, case.id))
        .filter(case_deliveries::code_hash.eq(Some(hash(ring, &code))))
        .select(case_deliveries::id)
        .first(c)
        .optional()?;
    if found.is_some() {
        end(c, case)?;
    }
    Ok(found.is_some())
}

/// The code is good for nothing any more.
pub(super) fn end(c: &mut Conn, case: &Case) -> Result<(), CaseError> {
    set_code(c, (case.citizen_id, case.id), None)
}

/// Where results go, for the privacy centre.
pub(super) fn export(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
    let rows: Vec<(String, Option<Private>, Stamp)> = case_deliveries::table
        .filter(case_deliveries::citizen_id.eq(warrant.citizen()))
        .order(case_deliveries::id)
        .select((case_deliveries::way, case_deliveries::address, case_deliveries::chosen_at))
        .load(c)?;
    let mut records = Vec::with_capacity(rows.len());
    for (way, address, at) in rows {
        let mut record =
            vec![("delivery", Value::Tag(format!("delivery-{way}"))), ("made-at", Value::At(at.moment()))];
        if let Some(sealed) = &address {
            let to = address_of(&warrant.open(c, ring, ADDRESS, sealed)?).map_err(|_| LedgerError::Sealed)?;
            record.push(("address", Value::Text(to.line())));
        }
        records.push(record);
    }
    Ok(records)
}
