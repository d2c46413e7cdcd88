//! Free text without what tells who somebody is.
//!
//! People write their numbers where nobody asked for them. Before staff read a text, [`mask`] replaces identity numbers,
//! credit codes, bank cards, telephone numbers, plates, mailboxes, and names that are introduced as such (我叫…, "my name
//! is …"), in Chinese and English, in full-width and Chinese digits, and with the spaces and dashes that people put
//! between. It would rather hide one number too many: any number of eleven digits or more goes, unless it is a date.
//! What was hidden is told by kind, so that the text can be flagged.

mod check;
mod names;
mod numbers;
mod plain;
mod signs;

use serde::{Deserialize, Serialize};

pub use check::{is_bank_card, is_credit_code, is_identity};

/// What stands in the place of what was hidden. The same in every language.
pub const MASK: &str = "***";

/// A kind of what is hidden, from the plainest to what it only may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    Identity,
    CreditCode,
    BankCard,
    Phone,
    Plate,
    Mail,
    /// A long number of no kind that is known.
    Number,
    Name,
}

/// A text without what tells who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    pub text: String,
    /// What was hidden, in the order of the text.
    pub hidden: Vec<Hidden>,
}

/// A stretch of characters to hide: from, up to and without the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: usize,
    to: usize,
    kind: Hidden,
}

/// Hides what tells who somebody is.
pub fn mask(text: &str) -> Masked {
    let written: Vec<char> = text.chars().collect();
    let plain = plain::of(&written);
    let mut spans = numbers::find(&plain);
    spans.extend(signs::mails(&plain));
    spans.extend(signs::plates(&plain));
    spans.extend(names::find(&plain));
    spans.sort_by_key(|span| (span.from, span.to));
    let mut masked = Masked { text: String::with_capacity(text.len()), hidden: Vec::new() };
    let mut at = 0;
    for span in spans {
        // What begins inside what is hidden only makes it longer; the plainest kind names both.
        if let Some(kind) = masked.hidden.last_mut().filter(|_| span.from < at) {
            *kind = span.kind.min(*kind);
        } else {
            masked.text.extend(&written[at..span.from]);
            masked.text.push_str(MASK);
            masked.hidden.push(span.kind);
        }
        at = at.max(span.to);
    }
    masked.text.extend(&written[at..]);
    masked
}
