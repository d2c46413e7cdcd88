//! `policies/<id>.toml` and `bulletins/<id>.toml`: what an agency publishes to read.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// A rule or policy explained in plain words, linked to the services it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Stable public id, equal to the file's name: lower-case letters, digits and dashes.
    pub id: String,
    pub title: Bilingual,
    pub summary: Bilingual,
    /// Who issued the policy itself.
    pub issuer: Bilingual,
    pub issued: NaiveDate,
    pub valid_from: NaiveDate,
    /// Absent when it is in force until replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// Codes of the services it concerns, of any agency.
    pub services: Vec<String>,
    /// Markdown.
    pub body: Bilingual,
    #[serde(default)]
    pub sample: bool,
}

/// A notice to the public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bulletin {
    /// Stable public id, equal to the file's name: lower-case letters, digits and dashes.
    pub id: String,
    pub kind: BulletinKind,
    pub title: Bilingual,
    pub published: DateTime<Utc>,
    /// When it stops being shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<DateTime<Utc>>,
    /// Span in which it stands on the home page, for what is urgent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<Pin>,
    /// What it warns of concerns districts, by its level. Whoever follows warnings for one of them is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<Warning>,
    /// Codes of the services it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// Markdown.
    pub body: Bilingual,
    #[serde(default)]
    pub sample: bool,
}

/// Of what strength a warning is, and for where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    pub level: Level,
    /// Six-digit codes of districts. Absent: the whole city.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<String>,
}

/// The colours of warnings, from the weakest to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Blue,
    Yellow,
    Orange,
    Red,
}

impl Level {
    pub const ALL: [Self; 4] = [Self::Blue, Self::Yellow, Self::Orange, Self::Red];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.tag() == tag)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BulletinKind {
    News,
    /// Something is closed, moved or changed.
    Change,
    Urgent,
    /// A rumour put right.
    Clarification,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}
