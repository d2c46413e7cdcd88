//! Between the contract's form and the backend's own, by the tables of a binding.

use serde_json::{Map, Value};
use yimen_contract::capability::{Binding, Read};

/// What a code means that the package does not list: neither success nor failure.
pub const PENDING: &str = "pending";

/// The question in the backend's form. A field that the question leaves out is left out.
pub fn outgoing(binding: &Binding, input: &Value) -> Value {
    if binding.send.is_empty() {
        return input.clone();
    }
    let mut out = Map::new();
    for (theirs, ours) in &binding.send {
        if let Some(value) = input.get(ours).filter(|value| !value.is_null()) {
            put(&mut out, theirs, value.clone());
        }
    }
    Value::Object(out)
}

fn put(table: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            table.insert(path.to_owned(), value);
        }
        Some((head, rest)) => {
            let group = table.entry(head).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(group) = group {
                put(group, rest, value);
            }
        }
    }
}

/// The answer in the contract's form.
pub fn incoming(binding: &Binding, answer: Value) -> Value {
    if binding.read.is_empty() {
        return answer;
    }
    let mut out = Map::new();
    for (ours, read) in &binding.read {
        if let Some(value) = found(read, &answer) {
            out.insert(ours.clone(), value);
        }
    }
    Value::Object(out)
}

fn found(read: &Read, answer: &Value) -> Option<Value> {
    let mut here = answer;
    for name in read.from.split('.') {
        here = match here {
            Value::Array(list) => list.get(name.parse::<usize>().ok()?)?,
            other => other.get(name)?,
        };
    }
    if read.words.is_empty() {
        return (!here.is_null()).then(|| here.clone());
    }
    // Codes come as texts from some backends and as numbers from others.
    let code = match here {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(Value::String(read.words.get(&code).map_or(PENDING, String::as_str).to_owned()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;
    use yimen_contract::capability::Method;

    use super::*;

    #[expect(clippy::type_complexity, reason = "a table written out in the tests")]
    fn binding(send: &[(&str, &str)], read: &[(&str, &str, &[(&str, &str)])]) -> Binding {
        let text = |(one, other): &(&str, &str)| ((*one).to_owned(), (*other).to_owned());
        let read = read.iter().map(|(ours, from, words)| {
            let words = words.iter().map(text).collect();
            ((*ours).to_owned(), Read { from: (*from).to_owned(), words })
        });
        Binding {
            method: Method::Post,
            path: "/".to_owned(),
            idempotent: true,
            deadline_ms: None,
            send: send.iter().map(text).collect(),
            read: read.collect::<BTreeMap<_, _>>(),
            claims: Vec::new(),
            request: None,
            response: None,
        }
    }

    #[test]
    fn without_tables_nothing_changes() {
        let (plain, value) = (binding(&[], &[]), json!({ "name": "𬱖", "level": 3 }));
        assert_eq!(outgoing(&plain, &value), value);
        assert_eq!(incoming(&plain, value.clone()), value);
    }

    #[test]
    fn names_and_groups_become_the_backends() {
        let table = binding(&[("rq.xm", "name"), ("rq.zjhm", "identity_number"), ("jb", "level")], &[]);
        let question = json!({ "name": "林晓", "identity_number": "990101198501010010", "level": null });
        let expected = json!({ "rq": { "xm": "林晓", "zjhm": "990101198501010010" } });
        assert_eq!(outgoing(&table, &question), expected);
    }

    #[test]
    fn codes_become_words_and_an_unlisted_one_is_pending() {
        let table = binding(
            &[],
            &[("outcome", "result.0.code", &[("00", "match"), ("7", "deceased")]), ("level", "lv", &[])],
        );
        let read = |code: Value| incoming(&table, json!({ "result": [{ "code": code }], "lv": 3 }));
        assert_eq!(read(json!("00")), json!({ "outcome": "match", "level": 3 }));
        assert_eq!(read(json!(7)), json!({ "outcome": "deceased", "level": 3 }));
        for code in [json!("99"), json!(""), json!(null), json!(true), json!("match")] {
            assert_eq!(read(code.clone())["outcome"], PENDING, "{code}");
        }
        // What is not there at all is left out, and the reader of the answer says so.
        assert_eq!(incoming(&table, json!({ "result": [] })), json!({}));
        assert_eq!(incoming(&table, json!("?")), json!({}));
    }
}
