//! Text in the two languages of the portal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The same sentence in Chinese and in English. Chinese is compulsory; English may be missing, and the
/// portal then shows the Chinese with a mark that says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Bilingual {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// Whether nothing has been written at all.
    pub fn is_empty(&self) -> bool {
        self.zh.trim().is_empty()
    }
}
