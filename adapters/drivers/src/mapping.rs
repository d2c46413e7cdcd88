//! Between the contract's form and the backend's own: by the maps of a package, or by the tables of a binding.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use yimen_contract::{
    capability::{Binding, Read},
    protocol::Meaning,
};

use crate::{
    call::{Call, CallError, Code},
    maps::Job,
};

/// What a code means that the package does not list: neither success nor failure.
pub const PENDING: &str = "pending";

/// The answer of a backend that has not decided, in the contract's words.
pub fn undecided() -> Value {
    json!({ "outcome": PENDING, "status": PENDING })
}

impl Call<'_> {
    /// The question in the backend's form.
    pub async fn outgoing(&self) -> Result<Value, CallError> {
        match &self.binding.request {
            None => Ok(outgoing(self.binding, self.input)),
            Some(path) => {
                self.map(path, &self.facts(), self.input, self.within).await.map_err(Failed::before)
            }
        }
    }

    /// The answer in the contract's form. Result codes of the backend's own come first: what it refused is
    /// no answer, whatever else stands in it.
    pub async fn incoming(&self, answer: Value, began: Instant) -> Result<Value, CallError> {
        if !self.is_decided(&answer)? {
            return Ok(undecided());
        }
        let Some(path) = &self.binding.response else { return Ok(incoming(self.binding, answer)) };
        let mut facts = self.facts();
        facts["input"] = self.input.clone();
        // What came in the last moment is read all the same: it cannot be asked for again.
        let left = self.within.saturating_sub(began.elapsed()).max(Duration::from_millis(200));
        self.map(path, &facts, &answer, left).await.map_err(Failed::after)
    }

    async fn map(&self, path: &str, facts: &Value, input: &Value, within: Duration) -> Result<Value, Failed> {
        let text = self.programs.get(path).ok_or(Failed::Absent)?;
        let job = Job { agency: self.agency, program: path, text, facts, input, within };
        self.ports.maps.run(job).await.map_err(Failed::Ran)
    }

    /// What maps know of a call.
    fn facts(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "key": self.idempotency_key,
            "time": self.now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            "agency": self.agency,
            "capability": self.capability.name(),
            "amount_unit": self.backend.amount_unit,
            "date_format": self.backend.date_format,
        })
    }

    /// Whether the backend's own result code says that there is an answer; what it refused is an error.
    pub fn is_decided(&self, answer: &Value) -> Result<bool, CallError> {
        let Some(codes) = &self.backend.codes else { return Ok(true) };
        let code = at(&codes.from, answer).map(text).unwrap_or_default();
        match codes.words.get(&code) {
            Some(Meaning::Ok) => Ok(true),
            Some(Meaning::Pending) | None => Ok(false),
            Some(Meaning::Refused) => Err(CallError::Refused(Code::new(&code))),
            Some(Meaning::Credentials) => Err(CallError::Credentials(Code::new(&code))),
            Some(Meaning::Busy) => Err(CallError::Busy { retry_after: None }),
            Some(Meaning::Unknown) => {
                Err(CallError::Unknown("the backend does not know it itself".to_owned()))
            }
        }
    }
}

enum Failed {
    Absent,
    Ran(crate::maps::MapError),
}

impl Failed {
    fn before(self) -> CallError {
        match self {
            Self::Absent => CallError::Impossible("the package has no such map".to_owned()),
            Self::Ran(error) => error.before(),
        }
    }

    fn after(self) -> CallError {
        match self {
            Self::Absent => CallError::Broken("the package has no such map".to_owned()),
            Self::Ran(error) => error.after(),
        }
    }
}

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

/// Puts a value at a path with dots.
pub fn put(table: &mut Map<String, Value>, path: &str, value: Value) {
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
    let here = at(&read.from, answer)?;
    if read.words.is_empty() {
        return (!here.is_null()).then(|| here.clone());
    }
    let code = text(here);
    Some(Value::String(read.words.get(&code).map_or(PENDING, String::as_str).to_owned()))
}

/// What stands at a path with dots.
pub fn at<'v>(path: &str, answer: &'v Value) -> Option<&'v Value> {
    path.split('.').try_fold(answer, |here, name| match here {
        Value::Array(list) => list.get(name.parse::<usize>().ok()?),
        other => other.get(name),
    })
}

/// Codes come as texts from some backends and as numbers from others.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[expect(clippy::type_complexity, reason = "a table written out in the tests")]
    fn binding(send: &[(&str, &str)], read: &[(&str, &str, &[(&str, &str)])]) -> Binding {
        let text = |(one, other): &(&str, &str)| ((*one).to_owned(), (*other).to_owned());
        let read = read.iter().map(|(ours, from, words)| {
            let words = words.iter().map(text).collect();
            ((*ours).to_owned(), Read { from: (*from).to_owned(), words })
        });
        let plain: Binding = serde_json::from_value(json!({ "path": "/", "idempotent": true })).unwrap();
        Binding { send: send.iter().map(text).collect(), read: read.collect::<BTreeMap<_, _>>(), ..plain }
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
