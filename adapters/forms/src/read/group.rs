//! Questions that stand together: the whole form, and groups in it.

use serde_json::Value;
use yimen_contract::json::joined;

use super::Reader;
use crate::model::{Edge, Entry, Field, Kind};

impl Reader<'_> {
    /// The fields of an object, in `order`, else in the order of `x-order`.
    pub(super) fn group(
        &mut self,
        schema: &Value,
        path: &str,
        order: Option<Vec<String>>,
        depth: usize,
    ) -> Vec<Field> {
        let place = joined(path, "properties");
        let Some(properties) = schema["properties"].as_object() else {
            self.mistakes.error(&place, "The questions are missing.", "Write { \"name\": { … } }.");
            return Vec::new();
        };
        match schema.get("additionalProperties") {
            None | Some(Value::Bool(false)) => {}
            Some(_) => {
                let remedy = "Write \"additionalProperties\": false.";
                let place = joined(path, "additionalProperties");
                self.mistakes.error(&place, "Nobody can answer what is not asked.", remedy);
            }
        }
        let order = order.unwrap_or_else(|| self.order(schema, path));
        let mut fields: Vec<Field> = Vec::new();
        for name in &order {
            let Some(property) = properties.get(name) else { continue };
            fields.extend(self.field(name, property, &joined(&place, name), depth));
        }
        self.required(schema, path, &mut fields);
        self.cases(schema, path, &mut fields);
        self.edges(path, &fields);
        fields
    }

    /// All names, in the order in which they are asked.
    fn order(&mut self, schema: &Value, path: &str) -> Vec<String> {
        let place = joined(path, "x-order");
        let names = self.names(schema.get("x-order"), &place);
        let properties = schema["properties"].as_object();
        let exists = |name: &str| properties.is_some_and(|table| table.contains_key(name));
        for name in names.iter().filter(|name| !exists(name)) {
            self.mistakes.error(
                &place,
                format!("There is no question `{name}`."),
                "Correct the name, or remove it.",
            );
        }
        let mut order: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let left = properties.into_iter().flat_map(|table| table.keys());
        let left: Vec<&String> = left.filter(|name| !names.contains(&name.as_str())).collect();
        if !left.is_empty() && (order.len() + left.len() > 1) {
            let message = "Nothing says in which order all questions are asked.";
            self.mistakes.warning(&place, message, "Name every question once.");
        }
        order.extend(left.into_iter().cloned());
        order
    }

    fn required(&mut self, schema: &Value, path: &str, fields: &mut [Field]) {
        let place = joined(path, "required");
        for name in self.names(schema.get("required"), &place) {
            match fields.iter_mut().find(|field| field.name == name) {
                Some(field) => field.required = true,
                // What is wrong with a question that is there has been said.
                None if schema["properties"].get(name).is_some() => {}
                None => {
                    let message = format!("There is no question `{name}`.");
                    self.mistakes.error(&place, message, "Correct the name, or remove it.");
                }
            }
        }
    }

    /// A day can only be compared with one that was asked before.
    fn edges(&mut self, path: &str, fields: &[Field]) {
        for (at, field) in fields.iter().enumerate() {
            let Kind::Text(text) = &field.kind else { continue };
            for (word, edge) in [("x-not-before", &text.not_before), ("x-not-after", &text.not_after)] {
                let Some(Edge::Field(name)) = edge else { continue };
                let is_day = |other: &Field| {
                    other.name == *name
                        && matches!(&other.kind, Kind::Text(text) if text.entry == Entry::Date)
                };
                if !fields[..at].iter().any(is_day) {
                    let place = joined(&joined(&joined(path, "properties"), &field.name), word);
                    let message = format!("No day called `{name}` is asked before this one.");
                    self.mistakes.error(&place, message, "Name a question for a day that comes earlier.");
                }
            }
        }
    }
}
