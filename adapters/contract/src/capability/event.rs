//! What an agency tells by itself: `data` of the CloudEvents that its backend pushes. The envelope (id, source, type,
//! time) and its signature are the driver's; here is only what it carries.

use chrono::{DateTime, Utc};
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

use serde_json::Value;

use super::{case, dues, licences, message, pay, slots};
use crate::finding::Problem;
use crate::rules::told;
use crate::schema::of;
use crate::text::Bilingual;
use crate::writing::{BulletinKind, Warning};

/// What can have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A case stands differently.
    #[serde(rename = "case.changed")]
    CaseChanged,
    /// A licence was issued or stands differently.
    #[serde(rename = "licence.changed")]
    LicenceChanged,
    /// Something is to be paid, or no longer.
    #[serde(rename = "due.raised")]
    DueRaised,
    /// A booking stands differently, or an appointment was stopped.
    #[serde(rename = "slot.changed")]
    SlotChanged,
    /// A payment or a refund stands differently. Only a payment provider tells it.
    #[serde(rename = "payment.changed")]
    PaymentChanged,
    /// A message arrived, or did not. Only a carrier of messages tells it.
    #[serde(rename = "message.changed")]
    MessageChanged,
    /// Something that everybody should know.
    #[serde(rename = "bulletin")]
    Bulletin,
}

impl EventKind {
    pub const ALL: [Self; 7] = [
        Self::CaseChanged,
        Self::LicenceChanged,
        Self::DueRaised,
        Self::SlotChanged,
        Self::PaymentChanged,
        Self::MessageChanged,
        Self::Bulletin,
    ];

    /// The `type` of the CloudEvent.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CaseChanged => "case.changed",
            Self::LicenceChanged => "licence.changed",
            Self::DueRaised => "due.raised",
            Self::SlotChanged => "slot.changed",
            Self::PaymentChanged => "payment.changed",
            Self::MessageChanged => "message.changed",
            Self::Bulletin => "bulletin",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Everything in an event that is not as the portal needs it: where, and what to do about it.
    pub fn faults(event: &Value, path: &str) -> Vec<(String, Problem)> {
        told::of_event(event, path).into_iter().map(|mistake| (mistake.path, mistake.problem)).collect()
    }

    /// The form of `data`.
    pub fn schema(self) -> Schema {
        let schema = match self {
            Self::CaseChanged => of::<CaseChanged>(),
            Self::LicenceChanged => of::<LicenceChanged>(),
            Self::DueRaised => of::<DueRaised>(),
            Self::SlotChanged => of::<SlotChanged>(),
            Self::PaymentChanged => of::<PaymentChanged>(),
            Self::MessageChanged => of::<MessageChanged>(),
            Self::Bulletin => of::<BulletinIssued>(),
        };
        super::identified(schema, &format!("event:{}", self.name()))
    }
}

/// `case.changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseChanged {
    /// The portal's own number of the case, where the backend kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Counts the changes of this case, so that one that comes late is not taken for the newest.
    pub sequence: u64,
    /// How it stands now; its `reference` names the case where `case` does not.
    #[serde(flatten)]
    pub now: case::Output,
}

/// `licence.changed`. Only kinds that the agency issues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LicenceChanged {
    /// The holder's pseudonym at this agency.
    pub subject: String,
    /// Counts the changes of this licence.
    pub sequence: u64,
    /// How it stands now.
    pub licence: licences::Licence,
}

/// `due.raised`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DueRaised {
    /// The payer's pseudonym at this agency.
    pub subject: String,
    /// Code of the service that pays it.
    pub service: String,
    /// Counts the changes of this due.
    pub sequence: u64,
    /// How it stands now.
    pub due: dues::Due,
}

/// `slot.changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SlotChanged {
    /// Code of the service.
    pub service: String,
    /// Counts the changes of this booking or appointment.
    pub sequence: u64,
    /// The portal's own number of the booking; left out, everybody who booked `slot` is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<String>,
    /// The appointment's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// How it stands now.
    pub status: slots::Status,
    /// Why, for people to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `payment.changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentChanged {
    /// The portal's own number of the order.
    pub order: String,
    /// The portal's own number of the refund, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
    /// Counts the changes of this payment or refund.
    pub sequence: u64,
    /// How it stands now.
    #[serde(flatten)]
    pub now: pay::Output,
}

/// `message.changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MessageChanged {
    /// The portal's own number of the message.
    pub message: String,
    /// Counts the changes of this message.
    pub sequence: u64,
    /// What became of it.
    #[serde(flatten)]
    pub now: message::Output,
}

/// `bulletin`: shown like a notice of the agency's own package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Bulletin")]
pub struct BulletinIssued {
    /// The agency's own id for it: the same again replaces it.
    pub id: String,
    /// Counts its versions.
    pub sequence: u64,
    pub title: Bilingual,
    /// Markdown.
    pub body: Bilingual,
    /// Absent: news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<BulletinKind>,
    /// Of a warning, which needs an end as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<Warning>,
    /// Codes of services it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// From when it is not shown any more. What is urgent stands on the home page until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<DateTime<Utc>>,
}
