//! How a backend writes things down: encodings, bodies, amounts, dates, signatures, and the hours it keeps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    Gbk,
    Gb18030,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    #[default]
    Json,
    Form,
    Xml,
    Fixed,
    Csv,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AmountUnit {
    /// Whole hundredths of a yuan.
    #[default]
    Fen,
    /// Yuan with exactly two decimals.
    #[serde(rename = "yuan-2dp")]
    Yuan2dp,
}

/// What signs under a shared secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Digest {
    #[default]
    HmacSha256,
    /// HMAC over SM3 (GM/T 0004).
    HmacSm3,
}

/// How the backend writes dates and times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum DateFormat {
    #[default]
    #[serde(rename = "iso")]
    Iso,
    #[serde(rename = "yyyy-MM-dd")]
    Dashed,
    #[serde(rename = "yyyy-MM-dd HH:mm:ss")]
    DashedTime,
    #[serde(rename = "yyyy/MM/dd")]
    Slashed,
    #[serde(rename = "yyyyMMdd")]
    Compact,
    #[serde(rename = "yyyyMMddHHmmss")]
    CompactTime,
    #[serde(rename = "epoch_ms")]
    EpochMs,
}

/// A span of the day, `from` inclusive and `to` exclusive, both `HH:MM` in the city's zone. A span may
/// pass midnight. `days` empty means every day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosedSpan {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Weekday>,
    pub from: String,
    pub to: String,
    pub reason: Bilingual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}
