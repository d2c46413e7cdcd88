//! Schemas with everything they point at written out, in the words that forms use. Cycles end, and so does
//! everything else.

use serde_json::{Map, Value, json};

use super::{
    Unread,
    document::{Document, below},
};

const DEEPEST: usize = 8;
/// Fields in one schema, all levels together.
const FIELDS: usize = 2_000;

/// Words that mean the same in every version and may stand in a form.
const KEPT: [&str; 14] = [
    "title",
    "description",
    "format",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "multipleOf",
    "default",
    "const",
];

pub(super) struct Shapes<'d> {
    document: &'d Document,
    unread: Vec<Unread>,
    fields: usize,
}

/// A schema without references, and what in it could not be read.
pub(super) fn written_out(document: &Document, schema: &Value, place: &str) -> (Value, Vec<Unread>) {
    let mut shapes = Shapes { document, unread: Vec::new(), fields: 0 };
    let shape = shapes.shape(schema, place, &mut Vec::new()).unwrap_or_else(|| json!({}));
    (shape, shapes.unread)
}

impl Shapes<'_> {
    fn skip(&mut self, place: &str, reason: &str) -> Option<Value> {
        self.unread.push(self.document.unread(place, reason));
        None
    }

    fn shape(&mut self, schema: &Value, place: &str, above: &mut Vec<String>) -> Option<Value> {
        let document = self.document;
        let (schema, place) = match document.resolved(schema, place) {
            Ok(found) => found,
            Err(unread) => {
                self.unread.push(unread);
                return None;
            }
        };
        if above.contains(&place) {
            return self.skip(&place, "it holds itself; the inner one is left out");
        }
        if above.len() >= DEEPEST {
            return self.skip(&place, "it is nested too deep");
        }
        for word in ["oneOf", "anyOf", "not", "if"] {
            if schema.get(word).is_some() && !is_nullable(schema, word) {
                return self
                    .skip(&place, &format!("`{word}` has no place in a form; describe the field by hand"));
            }
        }
        let schema = &without_null(schema);
        above.push(place.clone());
        let shape = self.plain(schema, &place, above);
        above.pop();
        Some(shape)
    }

    fn plain(&mut self, schema: &Value, place: &str, above: &mut Vec<String>) -> Value {
        let mut shape = Map::new();
        for word in KEPT {
            if let Some(value) = schema.get(word) {
                shape.insert(word.to_owned(), value.clone());
            }
        }
        for (index, part) in schema["allOf"].as_array().into_iter().flatten().enumerate() {
            let place = below(&below(place, "allOf"), &index.to_string());
            if let Some(Value::Object(part)) = self.shape(part, &place, above) {
                merge(&mut shape, part);
            }
        }
        match kind(schema, &shape) {
            Some("object") => self.object(schema, place, above, &mut shape),
            Some("array") => {
                shape.insert("type".to_owned(), "array".into());
                let items =
                    schema.get("items").and_then(|items| self.shape(items, &below(place, "items"), above));
                shape.insert("items".to_owned(), items.unwrap_or_else(|| json!({})));
            }
            Some(kind) => drop(shape.insert("type".to_owned(), kind.into())),
            None => {}
        }
        Value::Object(shape)
    }

    fn object(
        &mut self,
        schema: &Value,
        place: &str,
        above: &mut Vec<String>,
        shape: &mut Map<String, Value>,
    ) {
        shape.insert("type".to_owned(), "object".into());
        let mut own = Map::new();
        let place = below(place, "properties");
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            self.fields += 1;
            if self.fields > FIELDS {
                self.skip(&place, "it has too many fields; the rest is left out");
                break;
            }
            if let Some(field) = self.shape(field, &below(&place, name), above) {
                own.insert(name.clone(), field);
            }
        }
        let required: Vec<Value> = schema["required"].as_array().cloned().unwrap_or_default();
        merge(
            shape,
            Map::from_iter([
                ("properties".to_owned(), Value::Object(own)),
                ("required".to_owned(), Value::Array(required)),
            ]),
        );
        // What could not be read cannot be required.
        let known = shape["properties"].as_object().cloned().unwrap_or_default();
        if let Some(Value::Array(required)) = shape.get_mut("required") {
            required.retain(|name| name.as_str().is_some_and(|name| known.contains_key(name)));
        }
    }
}

fn merge(shape: &mut Map<String, Value>, part: Map<String, Value>) {
    for (word, value) in part {
        match (shape.get_mut(&word), value) {
            (Some(Value::Object(fields)), Value::Object(more)) => fields.extend(more),
            (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
            (Some(_), _) => {}
            (None, value) => drop(shape.insert(word, value)),
        }
    }
}

fn kind<'s>(schema: &'s Value, shape: &Map<String, Value>) -> Option<&'s str> {
    let named = schema["type"].as_str().or_else(|| {
        let list = schema["type"].as_array().into_iter().flatten().filter_map(Value::as_str);
        list.into_iter().find(|kind| *kind != "null")
    });
    let object = schema.get("properties").is_some() || shape.contains_key("properties");
    match named {
        Some("file") | None if object => Some("object"),
        Some(kind @ ("object" | "array" | "string" | "integer" | "number" | "boolean")) => Some(kind),
        Some("file") => Some("string"),
        _ => schema.get("items").map(|_| "array"),
    }
}

/// 3.1 writes "this or nothing" as a choice with `null` in it.
fn is_nullable(schema: &Value, word: &str) -> bool {
    let list = schema[word].as_array();
    list.is_some_and(|list| list.len() == 2 && list.iter().any(|one| one["type"] == "null"))
}

fn without_null(schema: &Value) -> Value {
    for word in ["oneOf", "anyOf"] {
        if is_nullable(schema, word) {
            let other = schema[word].as_array().into_iter().flatten().find(|one| one["type"] != "null");
            return json!({ "allOf": [other] });
        }
    }
    schema.clone()
}
