//! Backends that answer everything with "200" and say in a code of their own what came of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// Where the backend's result code stands, and what each code means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// Path with dots in the backend's answer, such as `head.rc`.
    pub from: String,
    /// A code that is not listed means `pending`: never success, never failure.
    pub words: BTreeMap<String, Meaning>,
    /// What a code that refuses means, for the person to read. Without it they only learn that the answer is no.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, Bilingual>,
}

/// What a result code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// The answer is to be read.
    Ok,
    /// Not decided yet.
    Pending,
    /// Refused: nothing was done.
    Refused,
    /// Too much to do: nothing was done.
    Busy,
    /// The portal's credentials are wrong.
    Credentials,
    /// The backend does not know itself whether it was done.
    Unknown,
}
