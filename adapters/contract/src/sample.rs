//! `samples/*.json`: recorded exchanges with the backend. Tests hold the maps against them, the sandbox answers from
//! them, and reviewers see them. People in them are made up.

use chrono::NaiveDate;
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
    /// The capability that was asked; `events` for what the backend pushes by itself.
    pub capability: String,
    /// Code of the service, where the question names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The day on which it was recorded: the sandbox then moves every date of its answer near today. Left out, the
    /// dates stay as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<NaiveDate>,
    /// The question in the contract's form. What a backend pushes by itself has none.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub question: Value,
    /// What the backend was sent, in its own form; left out, the question itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Value>,
    /// The code with which an HTTP backend answered; left out, 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What the backend answered or pushed, in its own form; left out, the answer itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Value>,
    /// The answer in the contract's form; left out where the backend gives none. Of what it pushes, the list of
    /// CloudEvents that it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Value>,
    /// Why there is no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fails: Option<Failure>,
}

/// What samples of pushed events have in the place of a capability's name.
pub const EVENTS: &str = "events";

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
