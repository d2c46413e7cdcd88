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
        Self { zh: zh.into(), en: en.into() }
    }

    /// Whether nothing has been written at all.
    pub fn is_empty(&self) -> bool {
        self.zh.trim().is_empty()
    }
}

/// Whether a character hides something from the reader: a control character, or one of those that turn the
/// direction of the text around, with which a sentence can be made to look like another.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || c == '\u{feff}'
}
