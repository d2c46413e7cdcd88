//! A schema with everything it points at written out. What points outside, at itself or without end is refused.

use serde_json::{Map, Value};
use yimen_contract::json::joined;

use crate::read::Mistakes;

/// More parts than any form that somebody would fill in.
const PARTS: usize = 20_000;
const DEEPEST: usize = 32;

pub(crate) fn expanded(schema: &Value, mistakes: &mut Mistakes) -> Value {
    let mut expand = Expand { root: schema, parts: 0, mistakes };
    expand.value(schema, "", 0)
}

struct Expand<'s, 'm> {
    root: &'s Value,
    parts: usize,
    mistakes: &'m mut Mistakes,
}

impl<'s> Expand<'s, '_> {
    fn value(&mut self, value: &'s Value, path: &str, depth: usize) -> Value {
        if self.is_too_much(path, depth) {
            return Value::Null;
        }
        match value {
            Value::Object(table) => Value::Object(self.table(table, path, depth)),
            Value::Array(list) => {
                let each = list.iter().enumerate();
                each.map(|(at, value)| self.value(value, &format!("{path}[{at}]"), depth + 1)).collect()
            }
            plain => plain.clone(),
        }
    }

    /// Said once: what is too deep in one place is often so in many.
    fn is_too_much(&mut self, path: &str, depth: usize) -> bool {
        self.parts += 1;
        let too_much = depth > DEEPEST || self.parts > PARTS;
        if too_much && self.parts <= PARTS + 1 {
            let message = "This is nested too deep, points at itself, or is too large.";
            self.mistakes.error(path, message, "Write it shorter.");
        }
        if too_much {
            self.parts = PARTS + 1;
        }
        too_much
    }

    fn table(&mut self, table: &'s Map<String, Value>, path: &str, depth: usize) -> Map<String, Value> {
        let mut out = Map::new();
        if self.is_too_much(path, depth) {
            return out;
        }
        // `properties` may have a field of this name; it is an object then, and no text.
        if let Some(to) = table.get("$ref").and_then(Value::as_str) {
            match to.strip_prefix("#/$defs/").and_then(|name| self.root.get("$defs")?.get(name)) {
                Some(Value::Object(target)) => out = self.table(target, path, depth + 1),
                _ => self.mistakes.error(
                    &joined(path, "$ref"),
                    "This points at nothing that stands under `$defs`.",
                    "Write what is meant under `$defs`, and point there with `#/$defs/…`.",
                ),
            }
        }
        for (name, value) in table {
            let points = name == "$ref" && value.is_string() || name == "$defs" && path.is_empty();
            if !points {
                let place = joined(path, name);
                out.insert(name.clone(), self.value(value, &place, depth + 1));
            }
        }
        out
    }
}
