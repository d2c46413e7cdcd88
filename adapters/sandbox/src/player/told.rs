//! Events in a backend's own shape: a recorded push, with the values of another event in the places of its own. Where each
//! stands is found by its value.

use chrono::{DateTime, Utc};
use serde_json::Value;
use yimen_contract::sample::{EVENTS, Sample};

use super::{
    days::{Move, YEAR, day, rewrite},
    leaves::{Swap, bare, list_of, plain, swap},
};

/// What tells one event from another.
const NAMES: [&str; 5] = ["/id", "/subject", "/data/reference", "/data/case", "/data/sequence"];

/// One recorded push, of which one event is about a case.
#[derive(Debug)]
pub struct Pushed {
    body: Value,
    event: Value,
}

impl Pushed {
    /// Nothing where it is of no event.
    pub fn new(sample: &Sample) -> Option<Self> {
        let told = sample.capability == EVENTS;
        let (body, answer) = (sample.response.as_ref()?, sample.answer.as_ref()?);
        let event = answer.as_array()?.first()?.clone();
        told.then(|| Self { body: only(body, answer), event })
    }

    /// The push that tells this event; nothing where the recorded one told of something else.
    pub fn telling(&self, event: &Value) -> Option<Value> {
        let word = |event: &Value| (event["type"].clone(), event["data"]["status"].clone());
        if word(&self.event) != word(event) {
            return None;
        }
        let mut body = self.body.clone();
        let mut swaps = Vec::new();
        for pointer in NAMES {
            // What is not said of this event cannot stand as it was recorded: it is somebody else's.
            let Some(from) = self.event.pointer(pointer).map(plain) else { continue };
            let to = plain(event.pointer(pointer)?);
            // A short number is the same as others by accident: only the field that alone holds it is meant.
            let only = if from.len() < 4 { Some(alone(&self.body, &from)?) } else { None };
            swaps.push(Swap { from, to, only });
        }
        let moment = |event: &Value| event["time"].as_str()?.parse::<DateTime<Utc>>().ok();
        if let (Some(from), Some(to)) = (moment(&self.event), moment(event)) {
            let (near, on) = (day(from)?, day(to)?);
            let names: Vec<&str> = swaps.iter().map(|swap| swap.from.as_str()).collect();
            Move { near, within: YEAR, by: on - near, names: &names }.all(&mut body);
            rewrite(&mut body, from + (on - near), to);
        }
        swap(&mut body, &swaps);
        Some(body)
    }
}

/// Of a push with several events the first alone.
fn only(body: &Value, answer: &Value) -> Value {
    let mut body = body.clone();
    let first = answer[0]["id"].as_str().unwrap_or_default().to_owned();
    if let Some(list) = list_of(&mut body, &[&first]) {
        list.truncate(1);
    }
    body
}

/// The name of the one field that holds a value.
fn alone(value: &Value, text: &str) -> Option<String> {
    let mut names = Vec::new();
    named(value, "", text, &mut names);
    match names.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

fn named(value: &Value, name: &str, text: &str, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| named(value, name, text, names)),
        Value::Array(list) => list.iter().for_each(|value| named(value, name, text, names)),
        leaf if bare(&plain(leaf)) == text => names.push(name.to_owned()),
        _ => {}
    }
}
