//! `lookup`: every service that answers a question. What is asked and what the answer's facts are called stands in
//! the service's `[query]`; the backend supplies values only.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::{Answers, Page, Person};

/// What is looked up, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "LookupInput")]
pub struct Input {
    /// Code of the service.
    pub service: String,
    /// Whom it is about; left out where nobody has to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// What the person filled in, by the keys of the service's inputs.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
    /// Which part of the list is wanted.
    #[serde(default)]
    pub page: Page,
}

/// What was found. An empty list of records says that there is nothing; a list that is absent is no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LookupOutput")]
pub struct Output {
    /// What was found, in the order in which it is to be shown.
    pub records: Vec<Record>,
    /// Facts about the whole, by the keys of the service's `summary`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub summary: BTreeMap<String, Fact>,
    /// Whether there are more records behind this page.
    #[serde(default)]
    pub more: bool,
    /// How many there are on all pages, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// When it was so, where the backend does not know it as of now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<DateTime<Utc>>,
}

/// One thing found: a violation, a month's contribution, an application.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// The backend's own number for it, the same every time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What it is, in the backend's words; left out, the service's own name for a record stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One of the service's state words. Any other word is shown as not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Values by the keys of the service's facts. A fact that is not known is left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Fact>,
    /// The reference of what is to be paid for it, as `dues.list` gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The licence it is about, as `licences.list` gives its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// What can be done about it: one of the services that the service's `next` names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A value. What kind it is, what it is called and in which unit it counts stands in the package.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Fact {
    /// Yes or no.
    Flag(bool),
    /// A whole number; money in fen.
    Whole(i64),
    /// A number with decimals; never money.
    Decimal(f64),
    /// A text, a state word, a reference, or a date such as `2026-10-08`.
    Text(String),
}

/// Its kind, not what it says: it may be personal.
impl fmt::Debug for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flag(_) => "Flag(…)",
            Self::Whole(_) => "Whole(…)",
            Self::Decimal(_) => "Decimal(…)",
            Self::Text(_) => "Text(…)",
        })
    }
}
