//! `binding.add`, `binding.list`, `binding.remove`: a meter, a plate or a card that somebody ties to their account.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::{Answers, Person};

/// Ties a thing to a person's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BindingAddInput")]
pub struct AddInput {
    /// Code of the service.
    pub service: String,
    /// Whose account.
    pub person: Person,
    /// What kind of thing.
    pub kind: Kind,
    /// The number on it.
    pub number: String,
    /// What else proves that the person may.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
}

/// What is tied to a person's account. Asked before anything is tied again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BindingListInput")]
pub struct ListInput {
    /// Code of the service.
    pub service: String,
    /// Whose account.
    pub person: Person,
}

/// Unties a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BindingRemoveInput")]
pub struct RemoveInput {
    /// Code of the service.
    pub service: String,
    /// Whose account.
    pub person: Person,
    /// The agency's number for the tie, as `binding.list` gives it.
    pub reference: String,
}

/// What kind of thing is tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BindingKind")]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Electricity, water, gas or heat.
    Meter,
    /// A vehicle, by its plate.
    Plate,
    /// A card: transport, library, patient.
    Card,
    /// An account of another kind.
    Account,
}

/// Everything tied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BindingListOutput")]
pub struct ListOutput {
    pub bindings: Vec<Tie>,
}

/// A thing tied to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tie {
    /// The agency's number for it.
    pub reference: String,
    /// What kind of thing.
    pub kind: Kind,
    /// The number on it, as much of it as the person may see.
    pub number: String,
    pub status: Status,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
}

/// What became of tying or untying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BindingOutput")]
pub struct Output {
    pub status: Status,
    /// The agency's number for the tie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Why not, for the person to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How a tie stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BindingStatus")]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Bound,
    /// Untied.
    Removed,
    /// Not tied: the number does not fit the person, or somebody must agree first.
    Refused,
    /// A word that the contract does not know: neither tied nor untied.
    #[serde(other)]
    Pending,
}
