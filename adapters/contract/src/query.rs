//! `[query]` in `services/*.toml`: what a service that answers questions asks for, and what its answers are called.
//! The words are the package's, in both languages; the backend supplies values only.

use chrono::{DateTime, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::capability::Capability;
use crate::capability::lookup::Fact;
use crate::text::Bilingual;

mod misfit;

pub use misfit::{Misfit, MisfitKind};

/// Who serves a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServedBy {
    /// The backend answers: `lookup`.
    Lookup,
    /// The backend takes applications: `case.submit` and what belongs to it.
    Case,
    /// The backend gives appointments: `slots.list` and what belongs to it.
    Slots,
    /// The backend says what is to be paid: `dues.list` and what belongs to it.
    Dues,
    /// The backend ties a meter, a plate or a card to an account: `binding.add` and what belongs to it.
    Binding,
    /// The agency's officers, in the portal.
    Desk,
    /// The agency's own site, to which people are led.
    Site,
}

impl ServedBy {
    /// What the backend must be able to do.
    pub const fn needs(self) -> &'static [Capability] {
        use Capability as C;
        match self {
            Self::Lookup => &[C::Lookup],
            Self::Case => &[C::CaseSubmit, C::CaseStatus],
            Self::Slots => &[C::SlotsList, C::SlotsConfirm, C::SlotsFind, C::SlotsCancel],
            Self::Dues => &[C::DuesList, C::DuesSettle, C::DuesStatus],
            Self::Binding => &[C::BindingAdd, C::BindingList, C::BindingRemove],
            Self::Desk | Self::Site => &[],
        }
    }

    /// What pages offer where the backend can do it, and hide where it cannot.
    pub const fn offers(self) -> &'static [Capability] {
        use Capability as C;
        match self {
            Self::Case => &[C::CaseCorrect, C::CaseWithdraw, C::ThreadPost, C::ThreadList, C::FileGet],
            Self::Slots => &[C::SlotsHold],
            Self::Lookup | Self::Dues => &[C::FileGet],
            Self::Binding | Self::Desk | Self::Site => &[],
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Case => "case",
            Self::Slots => "slots",
            Self::Dues => "dues",
            Self::Binding => "binding",
            Self::Desk => "desk",
            Self::Site => "site",
        }
    }
}

/// What is asked for, and what the answer is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// What one record is: "violation", "month's contribution".
    pub record: Bilingual,
    /// What is said when there is none.
    pub empty: Bilingual,
    /// How many records stand on a page.
    #[serde(default = "default_page", skip_serializing_if = "is_default_page")]
    pub page_size: u16,
    /// What the person fills in. What the claims give is not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// The states a record can be in, where it has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateWord>,
    /// What a record tells, in the order in which it is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactLine>,
    /// What is told of all records together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub summary: Vec<FactLine>,
    /// Codes of the services that can be offered beside a record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<String>,
}

fn default_page() -> u16 {
    20
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_default_page(size: &u16) -> bool {
    *size == default_page()
}

/// One field of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// By which the backend gets it.
    pub key: String,
    pub label: Bilingual,
    /// Where to find it and how to write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Bilingual>,
    #[serde(default)]
    pub kind: InputKind,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
    /// What a text must look like, such as `\d{10}` or `[A-Z]{2}\d{5,6}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// An answer that fits, shown in the hint and used to try the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// What there is to choose from (`choice`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    #[default]
    Text,
    /// A whole number.
    Number,
    /// A day, `2026-11-21`.
    Date,
    /// A month, `2026-11`.
    Month,
    /// A year, `2026`.
    Year,
    /// One of several.
    Choice,
    /// A meter, plate or card that the person tied to the account, or else types.
    Bound,
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the backend gets.
    pub value: String,
    pub label: Bilingual,
}

/// A state that a record or a fact can be in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateWord {
    /// The word in the answer.
    pub word: String,
    pub label: Bilingual,
    #[serde(default)]
    pub tone: Tone,
}

/// How a state is shown. Never by colour alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    #[default]
    Plain,
    /// Done, or in order.
    Good,
    /// Something is to be done.
    Attention,
    /// Refused, or no longer valid.
    Bad,
    /// Not decided yet.
    Waiting,
}

/// One fact: what it is called and what kind of value it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactLine {
    /// By which the backend gives it.
    pub key: String,
    pub label: Bilingual,
    #[serde(default)]
    pub kind: FactKind,
    /// What a number counts: cubic metres, points, months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Bilingual>,
    /// The words of a state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateWord>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    #[default]
    Text,
    /// Whole fen.
    Money,
    /// A day, `2026-10-08`.
    Date,
    /// A moment, `2026-10-08T07:41:00Z`.
    Time,
    /// A month, `2026-10`.
    Month,
    Number,
    /// One of `states`; any other word is shown as not decided.
    State,
    /// A number by which something is found again; shown whole and never translated.
    Reference,
    /// Yes or no.
    Flag,
    /// The name of a document, as `file.get` takes it: offered for keeping.
    File,
    /// The name of a picture, as `file.get` takes it: shown.
    Picture,
}

impl FactKind {
    /// Whether a value is of this kind. Words of states are not looked at: an unknown one is "not decided".
    pub fn takes(self, fact: &Fact) -> bool {
        match (self, fact) {
            (Self::Money | Self::Number, Fact::Whole(_))
            | (Self::Number, Fact::Decimal(_))
            | (Self::Flag, Fact::Flag(_))
            | (Self::Text | Self::State | Self::Reference | Self::File | Self::Picture, Fact::Text(_)) => {
                true
            }
            (Self::Date, Fact::Text(text)) => text.len() == 10 && text.parse::<NaiveDate>().is_ok(),
            (Self::Month, Fact::Text(text)) => is_month(text),
            (Self::Time, Fact::Text(text)) => DateTime::parse_from_rfc3339(text).is_ok(),
            _ => false,
        }
    }

    /// How a value of this kind is written, for messages.
    pub const fn looks(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Money => "a whole number of fen, such as 20000 for 200 yuan",
            Self::Date => "a day such as \"2026-10-08\"",
            Self::Time => "a moment such as \"2026-10-08T07:41:00Z\"",
            Self::Month => "a month such as \"2026-10\"",
            Self::Number => "a number",
            Self::State => "a state word",
            Self::Reference => "a text, also where it has only digits",
            Self::Flag => "true or false",
            Self::File | Self::Picture => "the name by which `file.get` gives the file",
        }
    }
}

fn is_month(text: &str) -> bool {
    text.len() == 7 && format!("{text}-01").parse::<NaiveDate>().is_ok()
}
