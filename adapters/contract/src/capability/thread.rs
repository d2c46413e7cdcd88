//! `thread.post`, `thread.list`: messages between a person and the agency about a case or a question.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::{FileRef, Person};

/// A message to the agency.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ThreadPostInput")]
pub struct PostInput {
    /// Number of the conversation: the agency's number of a case, or one that the portal chose.
    pub thread: String,
    /// The portal's own number of the message: the same in every repeat.
    pub message: String,
    /// Who writes.
    pub person: Person,
    /// What is written.
    pub text: String,
    /// What is attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

impl std::fmt::Debug for PostInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostInput").field("thread", &self.thread).finish_non_exhaustive()
    }
}

/// What became of the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ThreadPostOutput")]
pub struct PostOutput {
    pub status: Status,
}

/// Whether a message was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ThreadStatus")]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It arrived.
    Posted,
    /// The conversation is closed: it was not taken.
    Closed,
    /// A word that the contract does not know.
    #[serde(other)]
    Pending,
}

/// What was written. Asked before a message is sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ThreadListInput")]
pub struct ListInput {
    /// Number of the conversation.
    pub thread: String,
    /// Who reads.
    pub person: Person,
    /// Only what was written after this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<DateTime<Utc>>,
}

/// The messages, by time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ThreadListOutput")]
pub struct ListOutput {
    pub messages: Vec<Message>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// The portal's number for a person's message, the agency's for its own.
    pub id: String,
    /// Who wrote it.
    pub from: Side,
    /// When.
    pub at: DateTime<Utc>,
    /// What is written.
    pub text: String,
    /// What is attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// A side of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Person,
    Agency,
}
