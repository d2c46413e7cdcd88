//! `health`: whether the backend is well. Asked before people are told that it is back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Nothing needs saying.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "HealthInput")]
pub struct Input {}

/// How the backend is. Fields beyond these are not read, and an answer without any means that it is well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "HealthOutput")]
pub struct Output {
    #[serde(default)]
    pub status: Status,
}

/// Whether people can be sent to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[default]
    Up,
    /// It answers, but people should not be sent to it.
    Down,
    /// A word that the contract does not know.
    #[serde(other)]
    Pending,
}
