//! The summary before handing in: page by page, what is asked and what was answered, as it is meant.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use yimen_contract::Bilingual;

use crate::fill::{Filled, State};
use crate::model::{Choice, Entry, Field, Kind, Page};
use crate::name::{below, item};
use crate::problem::Problem;
use crate::walk::Walk;

/// A page of the form and its answers; the page is where they are changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet<'f> {
    pub page: &'f Page,
    pub lines: Vec<Line<'f>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line<'f> {
    /// Where it stands, such as `child[1].name`.
    pub name: String,
    pub field: &'f Field,
    pub shown: Shown<'f>,
    pub wrong: Option<Problem>,
}

/// An answer as it is shown.
#[derive(Clone, PartialEq)]
pub enum Shown<'f> {
    /// Left blank.
    Blank,
    Text(String),
    Date(NaiveDate),
    /// Its first day.
    Month(NaiveDate),
    /// To be shown in part only.
    Identity(String),
    Whole(i64),
    Fen(i64),
    Number(f64),
    Choice(&'f Bilingual),
    Choices(Vec<&'f Bilingual>),
    YesNo(bool),
    Agreed,
    /// The file's id.
    File(String),
    Group(Vec<Line<'f>>),
    Items(Vec<Line<'f>>),
    /// Wrong, as it was typed.
    Wrong(String),
}

/// Nothing of what it holds.
impl std::fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown")
    }
}

impl<'f> Filled<'f, '_> {
    /// Everything that applies, with what was answered.
    pub fn review(&self) -> Vec<Sheet<'f>> {
        let shown = self.form.pages.iter().filter(|page| self.state(page) != State::Skipped);
        let sheets = shown.map(|page| {
            let fields: Vec<&Field> = self.form.on(page).collect();
            Sheet { page, lines: self.lines(&fields, self.document(), "") }
        });
        sheets.collect()
    }

    fn lines(&self, fields: &[&'f Field], answers: &Map<String, Value>, name: &str) -> Vec<Line<'f>> {
        let shown = fields.iter().filter(|field| field.is_shown(answers));
        shown.map(|field| self.line(field, answers.get(&field.name), below(name, &field.name))).collect()
    }

    fn line(&self, field: &'f Field, answer: Option<&Value>, name: String) -> Line<'f> {
        let shown = answer.map_or(Shown::Blank, |answer| self.shown(field, answer, &name));
        Line { wrong: self.problem(&name).cloned(), field, shown, name }
    }

    fn shown(&self, field: &'f Field, answer: &Value, name: &str) -> Shown<'f> {
        match (&field.kind, answer) {
            (Kind::Group(fields), Value::Object(answers)) => {
                let fields: Vec<&Field> = fields.iter().collect();
                Shown::Group(self.lines(&fields, answers, name))
            }
            (Kind::Repeat { item, .. }, Value::Array(_)) => Shown::Items(self.items(item, name)),
            (Kind::Many { choices, .. }, Value::Array(ticked)) => {
                let labels = ticked.iter().map(|value| label(choices, value.as_str()?));
                labels.collect::<Option<_>>().map_or_else(|| Shown::Wrong(answer.to_string()), Shown::Choices)
            }
            (kind, answer) => simple(kind, answer),
        }
    }

    /// Items as they were typed, so that their names are those on the page; blank ones are left out.
    fn items(&self, field: &'f Field, name: &str) -> Vec<Line<'f>> {
        let mut walk = Walk { draft: self.draft, today: self.today, wrong: Vec::new() };
        let none = Map::new();
        let items = (0..self.draft.typed_items(name)).filter_map(|index| {
            let name = item(name, index);
            let answer = walk.answer(field, &name, false, &none)?;
            Some(self.line(field, Some(&answer), name))
        });
        items.collect()
    }
}

fn label<'f>(choices: &'f [Choice], value: &str) -> Option<&'f Bilingual> {
    choices.iter().find(|choice| choice.value == value).map(|choice| &choice.label)
}

fn simple<'f>(kind: &'f Kind, answer: &Value) -> Shown<'f> {
    let shown = match kind {
        Kind::Text(text) => answer.as_str().and_then(|answer| match text.entry {
            Entry::Date => answer.parse().ok().map(Shown::Date),
            Entry::Month => format!("{answer}-01").parse().ok().map(Shown::Month),
            Entry::Identity => Some(Shown::Identity(answer.to_owned())),
            _ => Some(Shown::Text(answer.to_owned())),
        }),
        Kind::Choice(choices) => answer.as_str().and_then(|value| label(choices, value)).map(Shown::Choice),
        Kind::Whole(_) => answer.as_i64().map(Shown::Whole),
        Kind::Money(_) => answer.as_i64().map(Shown::Fen),
        Kind::Number(_) => answer.as_f64().map(Shown::Number),
        Kind::YesNo => answer.as_bool().map(Shown::YesNo),
        Kind::Agree => answer.as_bool().filter(|yes| *yes).map(|_| Shown::Agreed),
        Kind::File(_) => answer.as_str().map(|id| Shown::File(id.to_owned())),
        Kind::Many { .. } | Kind::Group(_) | Kind::Repeat { .. } => None,
    };
    shown.unwrap_or_else(|| Shown::Wrong(answer.as_str().unwrap_or_default().to_owned()))
}
