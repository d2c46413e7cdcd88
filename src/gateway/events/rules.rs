//! What an event may be about, and by what its order is known.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::Value;
use yimen_callback::event::Event;
use yimen_contract::capability::{
    EventKind,
    event::{
        BulletinIssued, CaseChanged, DueRaised, LicenceChanged, MessageChanged, PaymentChanged, SlotChanged,
    },
};

/// What an agency's package has, to which its events are held.
pub(super) struct Own<'p> {
    pub levels: &'p BTreeMap<String, Option<u8>>,
    pub licences: &'p BTreeSet<String>,
    /// Whether it is a provider and not an agency.
    pub provider: bool,
    /// Whether it takes payments, and whether it carries messages: what providers do.
    pub pays: bool,
    pub carries: bool,
}

/// What an event is about, and its place among the events about the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct About {
    pub subject: String,
    pub sequence: u64,
}

/// Longer numbers are none that a case, a licence or a bill has.
const LONGEST: usize = 200;

/// Holds an event to the form of its kind and to the agency's own matters. The answer names places, never values.
pub(super) fn about(own: &Own<'_>, event: &Event) -> Result<About, String> {
    // Who takes payments says what became of them and nothing else, who carries messages what became of those, and nobody else
    // says either.
    let is_its_matter = match event.kind {
        EventKind::PaymentChanged => own.provider && own.pays,
        EventKind::MessageChanged => own.provider && own.carries,
        _ => !own.provider,
    };
    if !is_its_matter {
        return Err("`type` is no matter of whoever sends it".to_owned());
    }
    let (parts, sequence) = match event.kind {
        EventKind::CaseChanged => {
            let CaseChanged { case, sequence, now } = read(&event.data)?;
            let number = case.map(|case| ["case".to_owned(), case]);
            let named = number.or_else(|| now.reference.map(|own| ["reference".to_owned(), own]));
            (Vec::from(named.ok_or("`data` names neither `case` nor `reference`")?), sequence)
        }
        EventKind::LicenceChanged => {
            let LicenceChanged { subject, sequence, licence } = read(&event.data)?;
            if !own.licences.contains(&licence.kind) {
                return Err("`data.licence.kind` is none that the agency issues".to_owned());
            }
            (vec![subject, licence.kind, licence.number], sequence)
        }
        EventKind::DueRaised => {
            let DueRaised { subject, service, sequence, due } = read(&event.data)?;
            is_own(own, &service, "data.service")?;
            (vec![subject, service, due.reference], sequence)
        }
        EventKind::SlotChanged => {
            let SlotChanged { service, sequence, booking, slot, .. } = read(&event.data)?;
            is_own(own, &service, "data.service")?;
            let booked = booking.map(|booking| ["booking".to_owned(), booking]);
            let named = booked.or_else(|| slot.map(|slot| ["slot".to_owned(), slot]));
            let named = named.ok_or("`data` names neither `booking` nor `slot`")?;
            ([vec![service], named.into()].concat(), sequence)
        }
        EventKind::PaymentChanged => {
            let PaymentChanged { order, refund, sequence, .. } = read(&event.data)?;
            (vec![order, refund.unwrap_or_else(|| "-".to_owned())], sequence)
        }
        EventKind::MessageChanged => {
            let MessageChanged { message, sequence, .. } = read(&event.data)?;
            (vec![message], sequence)
        }
        EventKind::Bulletin => {
            let BulletinIssued { id, sequence, services, .. } = read(&event.data)?;
            services.iter().try_for_each(|code| is_own(own, code, "data.services"))?;
            (vec![id], sequence)
        }
    };
    if parts.iter().any(|part| part.is_empty() || part.len() > LONGEST) {
        return Err("what `data` names is empty or too long".to_owned());
    }
    if i64::try_from(sequence).is_err() {
        return Err("`data.sequence` is too large".to_owned());
    }
    Ok(About { subject: Value::from(parts).to_string(), sequence })
}

fn is_own(own: &Own<'_>, code: &str, place: &str) -> Result<(), String> {
    if own.levels.contains_key(code) {
        return Ok(());
    }
    Err(format!("`{place}` names a service that is not the agency's"))
}

fn read<D: DeserializeOwned>(data: &Value) -> Result<D, String> {
    // The reader's own words would repeat what stands there.
    serde_path_to_error::deserialize(data)
        .map_err(|error| format!("`data.{}` does not have the form of its kind", error.path()))
}
