//! `[backend.files]` and `[capabilities."…".file]`: daily files, and which question is answered from which.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The files that agency and portal exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DailyFiles {
    /// What shows that a file is whole.
    #[serde(default)]
    pub companion: Companion,
    /// Files that the agency writes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inbound: Vec<Table>,
    /// Files that the portal writes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outbound: Vec<Table>,
}

/// A small file beside each file, written last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Companion {
    /// `NAME.sha256` with the digest of the file.
    #[default]
    Sha256,
    /// `NAME.ok` with the file's size in bytes.
    Ok,
}

/// One kind of file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What capabilities call it, and what its files' names begin with: `benefits` is `benefits-20261121.csv`.
    pub name: String,
    /// The head line, in this order.
    pub columns: Vec<String>,
    /// The column by which lines are found.
    pub key: String,
    /// Columns that no line may leave empty, besides the key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// Whether each file holds everything; otherwise it holds what changed.
    #[serde(default)]
    pub whole: bool,
    /// The one character between values; a comma where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
}

/// How a capability is done by files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileUse {
    /// The file: one that the agency writes answers the question, one that the portal writes carries it.
    pub table: String,
    /// The field of the question that holds the key; with a file that the portal writes, nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}
