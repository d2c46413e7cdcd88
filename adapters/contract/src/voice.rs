//! `voice.toml`: how the city takes questions, complaints and reports, who deals with which, and by when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// The agency whose staff classify what comes in and give it to others.
    pub desk: String,
    pub terms: Terms,
    /// What is taken from people without an account: `report`, `tip-off` and so on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guests: Vec<String>,
    pub topics: Vec<Topic>,
    /// What is not taken here, and where to go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Elsewhere>,
    /// Public things whose code leads to a report about them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<Asset>,
}

/// Terms, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// To give it to a unit.
    pub dispatch: u32,
    /// In which a unit that is the wrong one gives it back.
    pub give_back: u32,
    /// To deal with it.
    pub handle: u32,
    /// To answer a question.
    pub answer: u32,
    /// By so much a term is lengthened, once.
    pub extend: u32,
    /// To ask back whether it was dealt with well.
    pub visit: u32,
}

/// What something can be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Public id: lower-case words with dashes.
    pub id: String,
    pub name: Bilingual,
    /// Words by which people speak of it.
    pub words: Vec<String>,
    /// Who deals with it.
    pub agency: String,
}

/// A kind of matter that belongs elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    pub id: String,
    pub name: Bilingual,
    /// Where to go with it.
    pub turn_to: Bilingual,
}

/// A lamp, a bench, a lift: something public with a code on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// As it stands on the thing: capital letters, digits and dashes.
    pub code: String,
    pub name: Bilingual,
    /// Code of its district.
    pub district: String,
    /// Where it stands.
    pub place: Bilingual,
    pub topic: String,
}

impl Voice {
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    pub fn asset(&self, code: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.code == code)
    }

    pub fn elsewhere(&self, id: &str) -> Option<&Elsewhere> {
        self.elsewhere.iter().find(|one| one.id == id)
    }
}
