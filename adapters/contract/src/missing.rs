//! Every field that a file lacks. Deserialisation stops at the first one; a person who begins with an empty
//! file wants the whole list, so the file is held against the schema of its kind.

use schemars::Schema;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::segment;

/// Paths of the fields that `table` must have and has not, at any depth.
pub(crate) fn fields(table: &DeTable<'_>, schema: &Schema) -> Vec<String> {
    let mut missing = Vec::new();
    let root = schema.as_value();
    in_table(table, root, root, "", &mut missing);
    missing
}

fn in_table(table: &DeTable<'_>, schema: &Value, root: &Value, path: &str, missing: &mut Vec<String>) {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let absent = required.filter(|name| !table.contains_key(*name));
    missing.extend(absent.map(|name| joined(path, name)));
    for (key, value) in table {
        let name: &str = key.get_ref();
        // A table whose names are the author's own says only what each entry looks like.
        let entry = schema.get("additionalProperties").filter(|entry| entry.is_object());
        if let Some(property) = schema["properties"].get(name).or(entry) {
            in_value(value, property, root, &joined(path, name), missing);
        }
    }
}

fn in_value(
    value: &Spanned<DeValue<'_>>,
    schema: &Value,
    root: &Value,
    path: &str,
    missing: &mut Vec<String>,
) {
    let schema = resolved(schema, root);
    match value.get_ref() {
        DeValue::Table(table) => in_table(table, schema, root, path, missing),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                in_value(item, &schema["items"], root, &format!("{path}[{index}]"), missing);
            }
        }
        _ => {}
    }
}

/// Follows a reference, also where the alternative is to leave the field out.
fn resolved<'s>(schema: &'s Value, root: &'s Value) -> &'s Value {
    let choices = schema["anyOf"].as_array().into_iter().flatten();
    let reference = std::iter::once(schema).chain(choices).find_map(|choice| choice["$ref"].as_str());
    reference.and_then(|name| root["$defs"].get(name.strip_prefix("#/$defs/")?)).unwrap_or(schema)
}

fn joined(path: &str, name: &str) -> String {
    let name = segment(name);
    if path.is_empty() { name.into_owned() } else { format!("{path}.{name}") }
}
