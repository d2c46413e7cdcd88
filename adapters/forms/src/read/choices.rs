//! Answers that are chosen.

use serde_json::Value;
use yimen_contract::{Bilingual, json::joined};

use super::{Reader, words};
use crate::model::Choice;

const CHOICES: usize = 300;
const LONGEST: usize = 100;

impl Reader<'_> {
    pub(super) fn choices(&mut self, schema: &Value, path: &str) -> Vec<Choice> {
        self.known(schema, path, &[words::EVERYWHERE, words::CHOICE].concat());
        let values = self.names(schema.get("enum"), &joined(path, "enum"));
        if values.is_empty() || values.len() > CHOICES {
            let message = format!("There are from 1 to {CHOICES} choices, each of them a text.");
            self.mistakes.error(&joined(path, "enum"), message, "Correct the list.");
        }
        let labels = &schema["x-choices"];
        for name in labels.as_object().into_iter().flat_map(|table| table.keys()) {
            if !values.contains(&name.as_str()) {
                let place = joined(&joined(path, "x-choices"), name);
                self.mistakes.error(
                    &place,
                    format!("There is no choice `{name}`."),
                    "Remove it, or add it to `enum`.",
                );
            }
        }
        values.into_iter().filter_map(|value| self.choice(value, labels.get(value), path)).collect()
    }

    fn choice(&mut self, value: &str, label: Option<&Value>, path: &str) -> Option<Choice> {
        if value.is_empty() || value.chars().count() > LONGEST || crate::entry::line(value) != value {
            let message = "A choice is a short text without spaces around it.";
            self.mistakes.error(&joined(path, "enum"), message, "Correct it.");
        }
        let label = if let Some(label) = label {
            self.bilingual(label, &joined(&joined(path, "x-choices"), value))?
        } else {
            let message = format!("Nothing says what `{value}` means; people see `{value}`.");
            let remedy = "Add it to `x-choices`, in both languages.";
            self.mistakes.warning(&joined(path, "enum"), message, remedy);
            Bilingual::new(value, value)
        };
        Some(Choice { value: value.to_owned(), label })
    }
}
