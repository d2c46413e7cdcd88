//! Whether a value has the form that a schema of the contract asks for, said field by field. Knows what the
//! schemas generated here use and no more; whatever it lets pass, the types still read.

use serde_json::Value;

use crate::json::{Mistake, joined};

/// Everything in `value` that is not as `schema` asks, with paths that begin at `path`.
pub(crate) fn mistakes(value: &Value, schema: &Value, path: &str) -> Vec<Mistake> {
    let mut check = Check { root: schema, mistakes: Vec::new() };
    check.value(value, schema, path);
    check.mistakes
}

struct Check<'s> {
    root: &'s Value,
    mistakes: Vec<Mistake>,
}

impl<'s> Check<'s> {
    fn resolved(&self, schema: &'s Value) -> &'s Value {
        let name = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/"));
        name.map_or(schema, |name| &self.root["$defs"][name])
    }

    fn value(&mut self, value: &Value, schema: &'s Value, path: &str) {
        let schema = self.resolved(schema);
        for key in ["anyOf", "oneOf"] {
            if let Some(choices) = schema[key].as_array() {
                return self.choices(value, choices, path);
            }
        }
        if let Some(word) = schema.get("const") {
            return self.words(value, &[word], path);
        }
        if let Some(words) = schema["enum"].as_array() {
            return self.words(value, &words.iter().collect::<Vec<_>>(), path);
        }
        if !has_type(value, &schema["type"]) {
            let wanted = kinds(&schema["type"]);
            let message = format!("{} stands here.", kind(value));
            return self.mistakes.push(Mistake::new(path, message, format!("Write {wanted}.")));
        }
        self.limits(value, schema, path);
        if let Some(items) = schema.get("items") {
            for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                self.value(item, items, &format!("{path}[{index}]"));
            }
        }
        self.fields(value, schema, path);
    }

    fn fields(&mut self, value: &Value, schema: &'s Value, path: &str) {
        let Some(table) = value.as_object() else { return };
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !table.contains_key(name) {
                self.mistakes.push(Mistake::new(joined(path, name), "This field is missing.", "Add it."));
            }
        }
        for (name, value) in table {
            let place = joined(path, name);
            match (schema["properties"].get(name), &schema["additionalProperties"]) {
                (Some(property), _) => self.value(value, property, &place),
                (None, Value::Bool(false)) => {
                    let message = format!("There is no field `{name}` here.");
                    self.mistakes.push(Mistake::new(place, message, "Remove it, or correct its name."));
                }
                (None, other) if other.is_object() => self.value(value, other, &place),
                (None, _) => {}
            }
        }
    }

    fn choices(&mut self, value: &Value, choices: &'s [Value], path: &str) {
        let tries = choices.iter().map(|choice| {
            let mut check = Check { root: self.root, mistakes: Vec::new() };
            check.value(value, choice, path);
            check.mistakes
        });
        let tries: Vec<_> = tries.collect();
        if tries.iter().any(Vec::is_empty) {
            return;
        }
        let words: Vec<&Value> = choices
            .iter()
            .map(|choice| self.resolved(choice))
            .flat_map(|choice| {
                choice.get("const").into_iter().chain(choice["enum"].as_array().into_iter().flatten())
            })
            .collect();
        if !words.is_empty() {
            return self.words(value, &words, path);
        }
        // What may be left out is either nothing or the one other thing: that one's mistakes are meant.
        let other = choices.iter().zip(tries).find(|(choice, _)| choice["type"] != "null");
        self.mistakes.extend(other.map(|(_, mistakes)| mistakes).unwrap_or_default());
    }

    fn words(&mut self, value: &Value, words: &[&Value], path: &str) {
        if !words.contains(&value) {
            let known: Vec<&str> = words.iter().filter_map(|word| word.as_str()).collect();
            let message = format!("{} is no word of the contract.", shown(value));
            self.mistakes.push(Mistake::new(path, message, format!("Write one of {}.", known.join(", "))));
        }
    }

    fn limits(&mut self, value: &Value, schema: &Value, path: &str) {
        let below =
            schema["minimum"].as_f64().zip(value.as_f64()).is_some_and(|(limit, value)| value < limit);
        let above =
            schema["maximum"].as_f64().zip(value.as_f64()).is_some_and(|(limit, value)| value > limit);
        if below || above {
            self.mistakes.push(Mistake::new(path, "This number cannot stand here.", "Check it."));
        }
        let Some(text) = value.as_str() else { return };
        let (fits, remedy) = match schema["format"].as_str() {
            Some("date") => (text.parse::<chrono::NaiveDate>().is_ok(), "Write a day as 2026-11-21."),
            Some("date-time") => (
                chrono::DateTime::parse_from_rfc3339(text).is_ok(),
                "Write a moment with its zone as 2026-11-21T04:05:06Z or 2026-11-21T12:05:06+08:00.",
            ),
            _ => (true, ""),
        };
        if !fits {
            self.mistakes.push(Mistake::new(path, format!("{} is no date.", shown(value)), remedy));
        }
    }
}

fn has_type(value: &Value, wanted: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    match wanted {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

fn kinds(wanted: &Value) -> &'static str {
    let first = wanted.as_str().or_else(|| wanted[0].as_str());
    match first.unwrap_or_default() {
        "boolean" => "true or false",
        "integer" => "a whole number, without quotation marks",
        "number" => "a number, without quotation marks",
        "string" => "a text in quotation marks",
        "array" => "a list in [ ]",
        "object" => "an object in { }",
        _ => "something else",
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "Nothing (null)",
        Value::Bool(_) => "true or false",
        Value::Number(number) if number.is_f64() => "A number with decimals",
        Value::Number(_) => "A whole number",
        Value::String(_) => "A text",
        Value::Array(_) => "A list",
        Value::Object(_) => "An object",
    }
}

fn shown(value: &Value) -> String {
    match value.as_str() {
        Some(text) => format!("`{}`", text.chars().take(40).collect::<String>()),
        None => kind(value).to_owned(),
    }
}
