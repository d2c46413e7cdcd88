//! What a form is, once read.

use chrono::{Days, Months, NaiveDate};
use serde_json::Value;
use yimen_contract::{Bilingual, capability::person::Claim, pattern::Pattern};

use crate::condition::Condition;
use crate::strict::Strict;

/// A form of a package: its questions in order, and the pages they stand on.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its own name; without one it goes by that of the service.
    pub label: Option<Bilingual>,
    pub fields: Vec<Field>,
    pub pages: Vec<Page>,
    pub(crate) strict: Strict,
}

/// Some questions asked together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its name in addresses: that of its first field.
    pub id: String,
    pub title: Option<Bilingual>,
    pub hint: Option<Bilingual>,
    /// The names of its fields, in order.
    pub fields: Vec<String>,
}

/// One question, or several that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: String,
    pub label: Bilingual,
    pub hint: Option<Bilingual>,
    pub kind: Kind,
    /// Behind a number: square metres, people.
    pub unit: Option<Bilingual>,
    pub example: Option<String>,
    /// What stands there before anybody types.
    pub default: Option<Value>,
    /// Where the city may know the answer from.
    pub from: Option<Origin>,
    /// Whether it must be answered, always.
    pub required: bool,
    /// Whether it must be answered in any of these cases.
    pub(crate) demanded: Vec<Condition>,
    /// When it is asked at all; left out, always, or whenever it is demanded.
    pub(crate) shown: Option<Condition>,
}

/// Where an answer may come from before it is typed. The person sees it and may change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Claim(Claim),
    /// What stands on a licence of the person's own.
    Licence {
        kind: String,
        part: LicencePart,
    },
    /// What stands on the record that the person wants to do something about. It is not theirs to change.
    Record(RecordPart),
}

/// A part of a record that a service's question has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordPart {
    Reference,
    Title,
    /// What was asked to find it, by the key of the input.
    Asked(String),
    /// One of its facts.
    Fact(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LicencePart {
    Number,
    Issued,
    Expires,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Text(Text),
    /// A whole number.
    Whole(Range<i64>),
    /// An amount in fen, typed in yuan.
    Money(Range<i64>),
    /// A number with decimals.
    Number(Range<f64>),
    Choice(Vec<Choice>),
    Many {
        choices: Vec<Choice>,
        least: usize,
        most: usize,
    },
    YesNo,
    /// A box to tick without which the form is not handed in.
    Agree,
    File(Files),
    Group(Vec<Field>),
    /// The same question or group several times.
    Repeat {
        item: Box<Field>,
        least: usize,
        most: usize,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: Bilingual,
}

/// A written answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub entry: Entry,
    /// In characters.
    pub least: usize,
    pub most: usize,
    pub pattern: Option<Shape>,
    /// How high the box is; one line where it is 1.
    pub lines: u8,
    pub not_before: Option<Edge>,
    pub not_after: Option<Edge>,
}

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    Plain,
    Date,
    Month,
    Year,
    Time,
    Identity,
    Credit,
    Phone,
    Mail,
    /// One text, which may be typed as district and street.
    Address,
    /// A meter, a plate or a card that may be tied to the account: chosen, or typed.
    Bound,
}

/// A pattern as written, without its anchors, for browsers; and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub text: String,
    pub(crate) pattern: Pattern,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Range<T> {
    pub least: Option<T>,
    pub most: Option<T>,
    pub step: Option<T>,
}

/// A file that is handed in beside the answers. The answer is its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// Media types that are taken.
    pub accept: Vec<String>,
    pub most_bytes: u64,
}

/// The first or last day that can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edge {
    Day(NaiveDate),
    /// Some days and months before or after the day on which it is answered.
    Today {
        days: i64,
        months: i32,
    },
    /// What another question of the same group was answered with.
    Field(String),
}

impl Edge {
    /// The day, where it is known.
    pub(crate) fn day(
        &self,
        today: NaiveDate,
        siblings: &serde_json::Map<String, Value>,
    ) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Today { days, months } => {
                let count = Months::new(months.unsigned_abs());
                let moved = if *months < 0 {
                    today.checked_sub_months(count)
                } else {
                    today.checked_add_months(count)
                };
                let (moved, count) = (moved?, Days::new(days.unsigned_abs()));
                if *days < 0 { moved.checked_sub_days(count) } else { moved.checked_add_days(count) }
            }
            Self::Field(name) => siblings.get(name)?.as_str()?.parse().ok(),
        }
    }
}

/// Up to this many choices are shown side by side; more stand in a list.
const SHOWN_AT_ONCE: usize = 7;

impl Field {
    /// Whether its choices are too many to be shown side by side.
    pub fn is_list(&self) -> bool {
        matches!(&self.kind, Kind::Choice(choices) if choices.len() > SHOWN_AT_ONCE)
    }

    /// Whether it is asked of everybody.
    pub fn is_always_shown(&self) -> bool {
        self.shown.is_none() && (self.required || self.demanded.is_empty())
    }

    /// Whether other answers can call for it: where it is asked because of them, it must be answered.
    pub fn is_demanded(&self) -> bool {
        !self.demanded.is_empty()
    }

    /// The names of the questions that decide whether it is asked.
    pub fn deciders(&self) -> impl Iterator<Item = &str> {
        let demanded = if self.is_always_shown() { &[] } else { self.demanded.as_slice() };
        self.shown.iter().chain(demanded).flat_map(Condition::fields)
    }

    pub(crate) fn is_many_parts(&self) -> bool {
        matches!(self.kind, Kind::Group(_) | Kind::Repeat { .. })
    }
}

impl Form {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// The page on which something stands, such as `child[1].name`.
    pub fn page_of(&self, name: &str) -> Option<&Page> {
        let root = crate::name::root(name);
        self.pages.iter().find(|page| page.fields.iter().any(|field| field == root))
    }

    /// The questions of a page.
    pub fn on<'f>(&'f self, page: &'f Page) -> impl Iterator<Item = &'f Field> {
        page.fields.iter().filter_map(|name| self.field(name))
    }
}
