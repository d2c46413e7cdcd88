//! The other way: from a document to what somebody would have typed, for answers that are known before they are asked
//! and for applications that are corrected.

use serde_json::{Map, Value};

use crate::draft::Draft;
use crate::model::{Field, Form, Kind, Origin};
use crate::money::yuan;
use crate::name::{ITEMS, below, item};

/// What could stand in a field before anybody types. It is no answer until its page is handed in.
#[derive(Clone, PartialEq, Eq)]
pub struct Offer {
    pub name: String,
    pub typed: Vec<String>,
    /// Where it comes from; nothing where the form itself gives it.
    pub from: Option<Origin>,
}

/// Nothing of what it holds.
impl std::fmt::Debug for Offer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Offer").field("name", &self.name).field("from", &self.from).finish_non_exhaustive()
    }
}

impl Draft {
    /// What would have been typed for this document. What the form does not ask is set aside.
    pub fn of(form: &Form, document: &Map<String, Value>) -> Self {
        let mut draft = Self::default();
        for (name, value) in document {
            match form.field(name) {
                Some(field) => draft.tell(field, name, value),
                None => drop(draft.aside.insert(name.clone(), vec![text(value)])),
            }
        }
        draft
    }

    /// Puts a known answer to a question, whatever was typed there.
    pub fn fix(&mut self, form: &Form, name: &str, value: &Value) {
        if let Some(field) = form.field(name) {
            self.tell(field, name, value);
        }
    }

    /// Takes back what was ticked to confirm something: it was said of what is not so any more.
    pub fn unconfirm(&mut self, form: &Form) {
        for field in form.fields.iter().filter(|field| field.kind == Kind::Agree) {
            self.typed.remove(&field.name);
        }
    }

    pub(crate) fn tell(&mut self, field: &Field, name: &str, value: &Value) {
        match (&field.kind, value) {
            (Kind::Group(fields), Value::Object(table)) => {
                self.typed.insert(name.to_owned(), Vec::new());
                for field in fields {
                    if let Some(value) = table.get(&field.name) {
                        self.tell(field, &below(name, &field.name), value);
                    }
                }
            }
            (Kind::Repeat { item: field, .. }, Value::Array(list)) => {
                self.typed.insert(name.to_owned(), Vec::new());
                for (at, value) in list.iter().take(ITEMS).enumerate() {
                    self.tell(field, &item(name, at), value);
                }
            }
            (Kind::Many { choices, .. }, Value::Array(list)) => {
                let ticked = list.iter().take(choices.len() + 1).map(text).collect();
                self.typed.insert(name.to_owned(), ticked);
            }
            (Kind::Money(_), Value::Number(number)) => match number.as_i64() {
                Some(fen) => self.put(name, yuan(fen)),
                None => self.put(name, number.to_string()),
            },
            _ => self.put(name, text(value)),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Form {
    /// Where answers may come from, so that the person can be asked before anybody looks.
    pub fn origins(&self) -> impl Iterator<Item = (&Field, &Origin)> {
        let mut found = Vec::new();
        origins(&self.fields, &mut found);
        found.into_iter()
    }

    /// What could stand in the fields that were not asked yet, from what is known. Repeated groups begin blank.
    pub fn offers(&self, draft: &Draft, known: impl Fn(&Origin) -> Option<Value>) -> Vec<Offer> {
        let mut offers = Vec::new();
        for field in self.fields.iter().filter(|field| !draft.was_asked(&field.name)) {
            offered(field, &field.name, &known, &mut offers);
        }
        offers
    }
}

fn origins<'f>(fields: &'f [Field], found: &mut Vec<(&'f Field, &'f Origin)>) {
    for field in fields {
        found.extend(field.from.as_ref().map(|from| (field, from)));
        if let Kind::Group(fields) = &field.kind {
            origins(fields, found);
        }
    }
}

fn offered(field: &Field, name: &str, known: &impl Fn(&Origin) -> Option<Value>, offers: &mut Vec<Offer>) {
    if let Kind::Group(fields) = &field.kind {
        for field in fields {
            offered(field, &below(name, &field.name), known, offers);
        }
        return;
    }
    let looked_up = field.from.as_ref().and_then(|from| Some((known(from)?, Some(from.clone()))));
    let Some((value, from)) = looked_up.or_else(|| Some((field.default.clone()?, None))) else { return };
    let mut draft = Draft::default();
    draft.tell(field, name, &value);
    // What is ticked to confirm something is ticked by the person alone.
    let typed = draft.typed.into_iter().filter(|(_, typed)| !typed.is_empty() && field.kind != Kind::Agree);
    offers.extend(typed.map(|(name, typed)| Offer { name, typed, from: from.clone() }));
}
