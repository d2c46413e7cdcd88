//! `[booking]` of a service that gives appointments: its rules, which differ from agency to agency, as data; and, for
//! an agency that keeps no calendar of its own, the places and hours from which the portal keeps one.
//!
//! Times are the city's, written `HH:MM`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{agency::Weekday, text::Bilingual};

/// The rules of a service's appointments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Booking {
    /// For so many days people may book, today among them: 7, 14, 28.
    #[serde(default = "fortnight")]
    pub window_days: u16,
    /// When the last of these days opens; left out, at midnight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Until when it can be given back; left out, until it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancel_until: Option<CutOff>,
    /// For so long what was chosen is kept until it is confirmed. Counts where the portal keeps the calendar.
    #[serde(default = "ten")]
    pub hold_minutes: u16,
    /// For so long what came free is offered to the next on the waiting list.
    #[serde(default = "quarter")]
    pub offer_minutes: u16,
    /// Below this age only a guardian books.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian_under: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Missed>,
    /// Where the portal keeps the calendar. Left out, the backend does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

/// Until when something can be given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CutOff {
    /// So many days before.
    pub days: u8,
    /// At this time of that day.
    pub at: String,
}

/// What follows from not coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Missed {
    /// Whoever is later than this did not come.
    pub late_minutes: u16,
    /// Whoever did not come so often…
    pub times: u8,
    /// … within so many days …
    pub within_days: u16,
    /// … does not book for so many days.
    pub barred_days: u16,
}

/// A place with opening hours, from which the portal makes appointments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Stable: bookings name it.
    pub id: String,
    pub name: Bilingual,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Bilingual>,
    /// How long one appointment lasts.
    pub minutes: u16,
    /// How many people can come to the same one.
    pub capacity: u16,
    pub hours: Vec<Hours>,
    /// Whether it is also open on days off, and shut on none.
    #[serde(default)]
    pub holidays_too: bool,
}

/// Opening hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// On these days of the week. Left out, on the working days of the city's calendar, make-up days among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Weekday>,
    pub from: String,
    pub to: String,
}

/// Rules for a service that says nothing of them.
impl Default for Booking {
    fn default() -> Self {
        Self {
            window_days: fortnight(),
            release: None,
            cancel_until: None,
            hold_minutes: ten(),
            offer_minutes: quarter(),
            guardian_under: None,
            missed: None,
            places: Vec::new(),
        }
    }
}

const fn fortnight() -> u16 {
    14
}

const fn ten() -> u16 {
    10
}

const fn quarter() -> u16 {
    15
}
