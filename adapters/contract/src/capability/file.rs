//! `file.get`: fetches a decision, a certificate or a picture that another answer named.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::Person;

/// Which file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FileGetInput")]
pub struct GetInput {
    /// As the other answer named it.
    pub id: String,
    /// Who may see it; left out for what is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
}

/// The file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "FileGetOutput")]
pub struct GetOutput {
    /// What it is called.
    pub name: String,
    /// Its kind, such as `application/pdf`. The portal looks for itself too.
    pub media_type: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Its bytes, in base64 with padding.
    pub content: String,
}

impl fmt::Debug for GetOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetOutput").field("media_type", &self.media_type).finish_non_exhaustive()
    }
}
