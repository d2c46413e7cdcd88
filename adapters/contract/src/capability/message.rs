//! `message.send`, `message.receipt`: what a package that carries text messages, or notices to apps, can do.

use std::fmt;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A message to carry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MessageSendInput")]
pub struct SendInput {
    /// The portal's own number of the message: the same in every repeat.
    pub message: String,
    /// The telephone number, or the token by which an app is reached.
    pub to: String,
    /// What it says.
    pub text: String,
    /// The heading, where the channel has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Where to go on, where the channel can lead there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// When it is of no use any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<DateTime<Utc>>,
}

impl fmt::Debug for SendInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendInput").field("message", &self.message).finish_non_exhaustive()
    }
}

/// What became of a message. Asked before one is sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MessageReceiptInput")]
pub struct ReceiptInput {
    /// The portal's own number of the message.
    pub message: String,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MessageOutput")]
pub struct Output {
    pub status: Status,
    /// The carrier's number for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

/// How far a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MessageStatus")]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Taken, and on its way.
    Sent,
    /// It arrived.
    Delivered,
    /// There is nobody at that number or address.
    Unreachable,
    /// It could not be carried.
    Failed,
    /// The carrier has no such message.
    NotFound,
    /// A word that the contract does not know.
    #[serde(other)]
    Pending,
}
