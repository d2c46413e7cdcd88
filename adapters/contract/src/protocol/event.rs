//! `[backend.events]`: how the backend tells the portal that something changed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How events are proved and read. A package without this can receive none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// Names of the secrets that sign events: the one in use, and while keys are changed the next.
    pub secrets: Vec<String>,
    /// A map under `maps/` that makes the backend's own shape a CloudEvent; left out, it sends CloudEvents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
}
