//! Where two values differ, said path by path.

use std::collections::BTreeSet;

use serde_json::Value;
use yimen_contract::json::joined;

/// What counts as the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// JSON: a text is no number.
    Exact,
    /// XML, forms, frames and files carry texts only: `3` and `"3"` travel alike, and nothing is an empty text.
    Texts,
}

/// One place where they differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub path: String,
    pub expected: Option<Value>,
    pub found: Option<Value>,
}

/// Every place where `found` is not as `expected`, with paths that begin at `path`.
pub fn differences(
    path: &str,
    expected: Option<&Value>,
    found: Option<&Value>,
    strictness: Strictness,
) -> Vec<Difference> {
    let mut list = Vec::new();
    walk(path, expected, found, strictness, &mut list);
    list
}

fn walk(
    path: &str,
    expected: Option<&Value>,
    found: Option<&Value>,
    strictness: Strictness,
    list: &mut Vec<Difference>,
) {
    match (expected, found) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for name in names {
                walk(&joined(path, name), one.get(name), other.get(name), strictness, list);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            for index in 0..one.len().max(other.len()) {
                walk(&format!("{path}[{index}]"), one.get(index), other.get(index), strictness, list);
            }
        }
        (expected, found) if same(expected, found, strictness) => {}
        (expected, found) => {
            let (expected, found) = (expected.cloned(), found.cloned());
            list.push(Difference { path: path.to_owned(), expected, found });
        }
    }
}

fn same(one: Option<&Value>, other: Option<&Value>, strictness: Strictness) -> bool {
    match (one, other) {
        (Some(Value::Number(one)), Some(Value::Number(other))) => {
            one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
        }
        _ if one == other => true,
        _ if strictness == Strictness::Texts => text(one).is_some_and(|one| Some(one) == text(other)),
        _ => false,
    }
}

/// As it travels where there are only texts.
fn text(value: Option<&Value>) -> Option<String> {
    match value {
        None | Some(Value::Null) => Some(String::new()),
        Some(Value::String(text)) => Some(text.clone()),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => Some(value.to_string()),
        Some(_) => None,
    }
}

/// Enough of a value to recognise it by.
pub fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let text = value.to_string();
    let mut short: String = text.chars().take(160).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(one: &Value, other: &Value, strictness: Strictness) -> Vec<String> {
        differences("a", Some(one), Some(other), strictness).into_iter().map(|one| one.path).collect()
    }

    #[test]
    fn each_place_is_named_once() {
        let (one, other) =
            (json!({ "x": [1, { "y": "2" }], "z": null }), json!({ "x": [1.0, { "y": 2 }, 3] }));
        assert_eq!(paths(&one, &other, Strictness::Exact), ["a.x[1].y", "a.x[2]", "a.z"]);
        assert_eq!(paths(&one, &other, Strictness::Texts), ["a.x[2]"]);
        assert_eq!(paths(&json!([]), &json!({}), Strictness::Texts), ["a"]);
    }
}
