//! `slots.list`, `slots.hold`, `slots.confirm`, `slots.find`, `slots.cancel`: appointments and what is left of them.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::{Answers, Person};

/// Which appointments there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SlotsListInput")]
pub struct ListInput {
    /// Code of the service.
    pub service: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Only at this place: a department, a doctor, a counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// The appointments, by time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SlotsListOutput")]
pub struct ListOutput {
    pub slots: Vec<Slot>,
}

/// A span of time at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Slot {
    /// The backend's own id for it, the same every time.
    pub id: String,
    /// When it begins.
    pub starts: DateTime<Utc>,
    /// When it ends.
    pub ends: DateTime<Utc>,
    /// The backend's own id of the place: a department, a doctor, a counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What the place is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_name: Option<String>,
    /// How many are left; 0 means that it is full.
    pub free: u32,
    /// What it costs, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_fen: Option<u64>,
    /// Whether it will not take place after all.
    #[serde(default)]
    pub stopped: bool,
}

/// Keeps an appointment for a moment, until it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SlotsHoldInput")]
pub struct HoldInput {
    /// Code of the service.
    pub service: String,
    /// The slot's id.
    pub slot: String,
    /// The portal's own number of the booking: the same in every repeat, and what `slots.find` asks for.
    pub booking: String,
}

/// Makes the booking for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SlotsConfirmInput")]
pub struct ConfirmInput {
    /// Code of the service.
    pub service: String,
    /// The slot's id.
    pub slot: String,
    /// The portal's own number of the booking.
    pub booking: String,
    /// Who comes.
    pub person: Person,
    /// What was filled in, by the fields of the service's form.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
}

/// How a booking stands. Asked before anything is booked again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SlotsFindInput")]
pub struct FindInput {
    /// Code of the service.
    pub service: String,
    /// The portal's own number of the booking.
    pub booking: String,
}

/// Gives the appointment back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SlotsCancelInput")]
pub struct CancelInput {
    /// Code of the service.
    pub service: String,
    /// The portal's own number of the booking.
    pub booking: String,
    /// Why.
    pub reason: CancelReason,
}

/// Why an appointment is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CancelReason {
    /// The person does not come.
    Person,
    /// The hold ran out before it was confirmed.
    Expired,
}

/// How a booking stands: the answer to everything but `slots.list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SlotsBookingOutput")]
pub struct Output {
    pub status: Status,
    /// The agency's number for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// With `held`: until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// What the person shows at the counter: a queue number, a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SlotsStatus")]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Kept for a moment.
    Held,
    /// Booked.
    Confirmed,
    /// Somebody else was faster: nothing was booked.
    Full,
    /// The person may not book it: too often absent, too young.
    Barred,
    /// Given back.
    Cancelled,
    /// The agency stopped it.
    Stopped,
    /// The person was there.
    Kept,
    /// The person did not come.
    Missed,
    /// There is no such booking.
    NotFound,
    /// A word that the contract does not know: neither booked nor free.
    #[serde(other)]
    Pending,
}
