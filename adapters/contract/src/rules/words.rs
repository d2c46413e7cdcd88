//! Rules for texts that people read: there in Chinese, better also in English, not too long, and free of
//! characters that hide something.

use crate::rules::Report;
use crate::text::{Bilingual, is_unprintable};

/// How long a text may be, in characters of Chinese. English needs about twice as many letters to say the
/// same and may have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// Names, which stand in lists and menus.
    Name,
    /// Titles of documents, which are official and long.
    Title,
    /// A sentence or two.
    Summary,
    /// A paragraph.
    Text,
    /// A document.
    Body,
}

impl Length {
    fn limit(self) -> usize {
        match self {
            Self::Name => 60,
            Self::Title => 120,
            Self::Summary => 300,
            Self::Text => 4_000,
            Self::Body => 20_000,
        }
    }

    fn allows_lines(self) -> bool {
        matches!(self, Self::Text | Self::Body)
    }
}

impl Report<'_, '_> {
    /// A text that must be there.
    pub fn text(&mut self, field: impl AsRef<str>, text: &Bilingual, length: Length) {
        let field = field.as_ref();
        if text.zh.trim().is_empty() {
            self.error(format!("{field}.zh"), "The Chinese text is empty.", "Write it in Chinese.");
        }
        if text.en.trim().is_empty() {
            self.warning(
                format!("{field}.en"),
                "The English text is missing.",
                "Write it in English too; until then readers of English see the Chinese.",
            );
        }
        self.words(format!("{field}.zh"), &text.zh, length, length.limit());
        self.words(format!("{field}.en"), &text.en, length, length.limit() * 2);
    }

    /// A text that may be absent, but not half there.
    pub fn optional_text(&mut self, field: impl AsRef<str>, text: Option<&Bilingual>, length: Length) {
        if let Some(text) = text {
            self.text(field, text, length);
        }
    }

    /// Words of no particular language, such as synonyms.
    pub fn word(&mut self, field: impl AsRef<str>, word: &str) {
        let field = field.as_ref();
        if word.trim().is_empty() {
            self.error(field, "This word is empty.", "Write it, or remove it.");
        }
        self.words(field, word, Length::Name, Length::Name.limit());
    }

    /// The rules that hold for every text, in whatever language.
    pub fn words(&mut self, field: impl AsRef<str>, text: &str, length: Length, limit: usize) {
        let field = field.as_ref();
        let count = text.chars().count();
        if count > limit {
            let message = format!("This text has {count} characters, more than the {limit} allowed here.");
            self.error(field, message, "Shorten it.");
        }
        let line_break = |c: char| matches!(c, '\n' | '\r' | '\t');
        if text.chars().any(|c| is_unprintable(c) && !line_break(c)) {
            self.error(field, "This text holds a character that cannot be seen.", "Type the text again.");
        } else if !length.allows_lines() && text.chars().any(line_break) {
            self.error(field, "This text has more than one line.", "Write it on one line.");
        }
    }
}
