//! What a backend remembers: what it answered to which key, the names it gave, and how things stand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use yimen_contract::sample::Failure;

/// What the backend says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The sample it was made from.
    pub sample: String,
    /// The code of HTTP, where it is a certain one.
    pub status: Option<u16>,
    pub fails: Option<Failure>,
    /// In the backend's own form; `None`: nothing but the failure itself.
    pub body: Option<Value>,
}

/// An application.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// The backend's own number for it.
    pub reference: String,
    /// The portal's.
    pub own: Option<String>,
    pub service: Option<String>,
    pub since: DateTime<Utc>,
    /// How it stands, where somebody decided; otherwise time does.
    pub word: Option<String>,
    /// Of how many changes the portal was told.
    pub told: u64,
    /// The last that was told.
    pub said: Option<String>,
    /// How often the portal handed it in again although nothing said that this is done once.
    #[serde(default)]
    pub repeated: u32,
}

/// An appointment that somebody took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Booking {
    pub slot: String,
    pub reference: Option<String>,
    /// In the contract's words.
    pub word: String,
}

/// Something tied to somebody's account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    pub who: String,
    pub reference: String,
    pub kind: String,
    pub number: String,
}

/// What somebody wrote to the agency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Written {
    pub thread: String,
    /// The portal's own number for it.
    pub message: String,
    pub text: String,
    pub at: DateTime<Utc>,
}

/// Everything one backend remembers.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// What was answered, by the key of the question: the same again is done once.
    pub answered: BTreeMap<String, Reply>,
    /// Names given out, and those that they stand for in the samples.
    pub names: BTreeMap<String, String>,
    /// By the backend's own number.
    pub cases: BTreeMap<String, Case>,
    /// What was paid, by the name it was listed under.
    pub settled: BTreeSet<String>,
    /// By which of the portal's orders.
    pub settlers: BTreeMap<String, String>,
    /// By the portal's own number.
    pub bookings: BTreeMap<String, Booking>,
    pub ties: Vec<Tie>,
    /// What was untied, by the name it was listed under.
    pub untied: BTreeSet<String>,
    pub written: Vec<Written>,
    /// Files read, by their digests.
    pub read: BTreeSet<String>,
}

impl Memory {
    /// A case by its number here or at the portal.
    pub fn case(&self, reference: Option<&str>, own: Option<&str>) -> Option<&Case> {
        let here = reference.and_then(|reference| self.cases.get(reference));
        here.or_else(|| self.cases.values().find(|case| own.is_some() && case.own.as_deref() == own))
    }

    /// How many people took an appointment and have it still.
    pub fn taken(&self, slot: &str) -> u64 {
        let taken = |booking: &&Booking| {
            booking.slot == slot && matches!(booking.word.as_str(), "held" | "confirmed")
        };
        self.bookings.values().filter(taken).count() as u64
    }
}
