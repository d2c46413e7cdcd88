//! `identity.verify`: whether a name and an identity number belong together, asked of a register of persons.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who the person says to be.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "IdentityVerifyInput")]
pub struct Input {
    /// As in the register, rare characters included, in Unicode.
    pub name: String,
    /// 18 characters (GB 11643), the last one a digit or a capital X.
    pub identity_number: String,
    /// The level of assurance that is asked for: 3, name and number agree; 4, a real person was seen with them.
    pub level: u8,
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("level", &self.level).finish_non_exhaustive()
    }
}

/// What the register says. Fields beyond these are not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "IdentityVerifyOutput")]
pub struct Output {
    pub outcome: Finding,
    /// The level of assurance that this answer gives; 0 with anything but a match.
    #[serde(default)]
    pub level: u8,
    /// The register's own number for this answer, for questions later.
    #[serde(default)]
    pub reference: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// Name and number belong together.
    Match,
    /// The number belongs to somebody of another name.
    Mismatch,
    /// Name and number belong together, and the person has died.
    Deceased,
    /// The register has no such number.
    NotFound,
    /// The register has not decided, or said a word that the contract does not know. Neither a match nor a
    /// mismatch.
    #[serde(other)]
    Pending,
}
