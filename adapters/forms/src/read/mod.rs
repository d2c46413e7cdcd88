//! Reading a form: from a schema with hints to typed fields, or everything that is wrong with it. A word that is not
//! understood is refused, because nobody would check what it says.

mod bounds;
mod cases;
mod choices;
mod editor;
mod group;
mod labels;
mod one;
mod sheets;
mod texts;
mod words;

use serde_json::Value;
use yimen_contract::json::joined;

use crate::expand::expanded;
use crate::model::Form;
use crate::strict::Strict;

/// The most questions in a form, those in groups included.
const FIELDS: usize = 200;

/// Something wrong with a form, at a path such as `properties.income.minimum`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub path: String,
    pub message: String,
    pub remedy: String,
    /// It works, and would be better otherwise.
    pub warning: bool,
}

/// Everything that is wrong with a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    pub fn iter(&self) -> std::slice::Iter<'_, Mistake> {
        self.0.iter()
    }

    /// Whether the form cannot be used.
    pub fn refuse(&self) -> bool {
        self.0.iter().any(|mistake| !mistake.warning)
    }

    pub(crate) fn error(&mut self, path: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(path, message.into(), remedy.into(), false);
    }

    pub(crate) fn warning(&mut self, path: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(path, message.into(), remedy.into(), true);
    }

    fn add(&mut self, path: &str, message: String, remedy: String, warning: bool) {
        self.0.push(Mistake { path: path.to_owned(), message, remedy, warning });
    }
}

impl<'m> IntoIterator for &'m Mistakes {
    type Item = &'m Mistake;
    type IntoIter = std::slice::Iter<'m, Mistake>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl std::fmt::Display for Mistakes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|mistake| writeln!(f, "{}: {} {}", mistake.path, mistake.message, mistake.remedy))
    }
}

impl std::error::Error for Mistakes {}

impl Form {
    /// The form, or what is wrong with it.
    pub fn read(schema: &Value) -> Result<Self, Mistakes> {
        let (form, mistakes) = Self::judge(schema);
        form.ok_or(mistakes)
    }

    /// The form where nothing forbids using it, and everything worth saying about it.
    pub fn judge(schema: &Value) -> (Option<Self>, Mistakes) {
        let mut mistakes = Mistakes::default();
        let written_out = expanded(schema, &mut mistakes);
        if mistakes.refuse() {
            return (None, mistakes);
        }
        let mut reader = Reader { mistakes: &mut mistakes, fields: 0 };
        let form = reader.form(&written_out);
        if !mistakes.refuse() {
            editor::underline(schema, &mut mistakes);
        }
        (form.filter(|_| !mistakes.refuse()), mistakes)
    }
}

/// Reads, and writes down what is wrong on the way.
pub(crate) struct Reader<'m> {
    pub mistakes: &'m mut Mistakes,
    fields: usize,
}

impl Reader<'_> {
    fn form(&mut self, schema: &Value) -> Option<Form> {
        if schema["type"] != "object" {
            self.mistakes.error("type", "A form is a schema of an object.", "Write \"type\": \"object\".");
            return None;
        }
        self.known(schema, "", words::FORM);
        // A form that serves several services goes by their names.
        let named = ["x-label", "title"].into_iter().any(|word| schema.get(word).is_some());
        let label = if named { self.label(schema, "") } else { None };
        let order = self.page_order(schema);
        let fields = self.group(schema, "", order, 0);
        if fields.is_empty() && !self.mistakes.refuse() {
            let remedy = "Add a question, or leave the form out.";
            self.mistakes.warning("properties", "This form asks nothing.", remedy);
        }
        let pages = self.pages(schema, &fields);
        if self.mistakes.refuse() {
            return None;
        }
        match Strict::new(schema, &fields) {
            Ok(strict) => Some(Form { label, fields, pages, strict }),
            Err((place, why)) => {
                let why: String = why.chars().take(editor::LONGEST).collect();
                let message = format!("This is no JSON Schema: {why}.");
                self.mistakes.error(
                    &editor::dotted(schema, &place),
                    message,
                    "Compare it with the handbook.",
                );
                None
            }
        }
    }

    /// Refuses words that do not belong here.
    fn known(&mut self, schema: &Value, path: &str, known: &[&str]) {
        for word in schema.as_object().into_iter().flat_map(|table| table.keys()) {
            if !known.contains(&word.as_str()) {
                let remedy = format!("Here may stand: {}.", known.join(", "));
                self.mistakes.error(&joined(path, word), format!("`{word}` is not known here."), remedy);
            }
        }
    }

    /// A list of texts; what else stands there is refused.
    fn names<'s>(&mut self, value: Option<&'s Value>, path: &str) -> Vec<&'s str> {
        let Some(value) = value else { return Vec::new() };
        let list = value.as_array().map(|list| list.iter().map(Value::as_str).collect::<Option<Vec<&str>>>());
        let Some(Some(names)) = list else {
            self.mistakes.error(path, "This is no list of names.", "Write [\"…\", \"…\"].");
            return Vec::new();
        };
        let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
        if let Some((_, name)) = twice {
            self.mistakes.error(path, format!("`{name}` stands here twice."), "Write it once.");
        }
        names
    }
}
