//! `[backend.frames]` and `[capabilities."…".frame]`: fixed-length frames, as tables of cells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What all frames of a backend share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Frames {
    /// How the length in front of each frame is written.
    pub length: Length,
    /// Whether the length counts its own bytes.
    #[serde(default)]
    pub counts_itself: bool,
    /// The longest frame either side sends, in bytes.
    #[serde(default = "default_at_most")]
    pub at_most: u32,
    /// The cells in front of every question.
    #[serde(default)]
    pub head: Vec<Cell>,
    /// The cells in front of every answer; left out, the same as in front of a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_head: Option<Vec<Cell>>,
}

fn default_at_most() -> u32 {
    65_536
}

/// The length in front of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// So many decimal digits, zeros in front.
    Digits(u8),
    /// So many bytes, the highest first.
    Bytes(u8),
}

/// One capability's question and answer, behind the heads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// The code that asks for it: what a cell of the kind `code` holds.
    pub code: String,
    #[serde(default)]
    pub request: Vec<Cell>,
    #[serde(default)]
    pub response: Vec<Cell>,
    /// Cells that the answer repeats at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Rows>,
}

/// A list at the end of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// The cell of the answer that says how many there are.
    pub count: String,
    pub cells: Vec<Cell>,
}

/// A field of fixed width.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    pub name: String,
    /// In bytes of the backend's encoding, not in characters.
    pub width: u16,
    #[serde(default)]
    pub kind: CellKind,
    /// Which side the value stands on; left out, numbers stand right and all else left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub align: Option<Align>,
    /// The one character that fills the rest; left out, `0` for numbers and a space for all else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pad: Option<String>,
    /// What it always holds, where it is always the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CellKind {
    #[default]
    Text,
    /// A whole number.
    Number,
    /// The code of what is asked.
    Code,
    /// What tells a repeat from another question: at least 32 bytes wide.
    Key,
    /// When it was sent, `yyyyMMddHHmmss` in the city's zone.
    Time,
    /// A digest over everything in front of it, under the shared secret, in hexadecimal digits.
    Mac,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    Left,
    Right,
}
