//! `samples/*.json`: recorded exchanges with the backend. Tests hold the maps against them, the sandbox answers from
//! them, and reviewers see them. People in them are made up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::text::Bilingual;

/// One exchange: what the portal asked, what travelled, and what the portal read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// What happens here, for a reviewer to read.
    pub about: Bilingual,
    /// The capability that was asked.
    pub capability: String,
    /// Code of the service, where the question names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The question in the contract's form.
    pub question: Value,
    /// What the backend was sent, in its own form; left out, the question itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Value>,
    /// The code with which an HTTP backend answered; left out, 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What the backend answered, in its own form; left out, the answer itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Value>,
    /// The answer in the contract's form; left out where the backend gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Value>,
    /// Why there is no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fails: Option<Failure>,
}

/// Why a backend gives no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// It refused; nothing was done.
    Refused,
    /// Too much to do; nothing was done.
    Busy,
    /// It has not decided.
    Pending,
    /// Nobody knows whether it was done.
    Unknown,
}
