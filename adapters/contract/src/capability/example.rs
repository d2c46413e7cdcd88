//! One worked example of each capability's question and answer, as the agency handbook prints them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Capability, EventKind};

const FAMILIES: [&str; 11] = [
    include_str!("examples/basics.json"),
    include_str!("examples/lookup.json"),
    include_str!("examples/case.json"),
    include_str!("examples/slots.json"),
    include_str!("examples/dues.json"),
    include_str!("examples/licences.json"),
    include_str!("examples/binding.json"),
    include_str!("examples/thread.json"),
    include_str!("examples/pay.json"),
    include_str!("examples/message.json"),
    include_str!("examples/event.json"),
];

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub question: Value,
    pub answer: Value,
}

fn named<T: for<'de> Deserialize<'de>>(name: &str) -> Option<T> {
    FAMILIES.iter().find_map(|family| {
        let mut family: BTreeMap<String, Value> = serde_json::from_str(family).ok()?;
        serde_json::from_value(family.remove(name)?).ok()
    })
}

impl Capability {
    /// The handbook's example.
    pub fn example(self) -> Option<Example> {
        named(self.name())
    }
}

impl EventKind {
    /// The handbook's example of `data`.
    pub fn example(self) -> Option<Value> {
        named(self.name())
    }
}
