//! What the portal can ask of an agency: a closed list of capabilities, each with the form of its question
//! and of its answer. Agencies read these as JSON Schemas, generated from the types here, so the two cannot
//! differ. A package binds the capabilities its backend has ([`Binding`]); one that it does not bind is
//! refused by name and never quietly skipped.

mod answer;
mod binding;
pub mod bound;
pub mod case;
pub mod dues;
pub mod event;
mod example;
pub mod file;
pub mod health;
pub mod identity;
pub mod licences;
mod list;
pub mod lookup;
pub mod message;
pub mod pay;
pub mod person;
pub mod slots;
pub mod thread;

pub use answer::Outcome;
pub use binding::{Binding, Method, Read, Repeat};
pub use event::EventKind;
pub use example::Example;
pub use list::{Capability, Effect};

use schemars::Schema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The version of the contract. It counts up when a question or an answer changes so that an old backend would
/// misunderstand it; fields that may be left out are added without.
pub const VERSION: u32 = 1;

/// Gives a schema the name under which the contract's version publishes it.
fn identified(mut schema: Schema, name: &str) -> Schema {
    schema.insert("$id".to_owned(), format!("urn:yimen:contract:{VERSION}:{name}").into());
    schema
}

/// Ties the types of a question and its answer to the capability.
pub trait Question: Serialize {
    const CAPABILITY: Capability;
    type Answer: DeserializeOwned + Serialize + Send + 'static;
}

/// The fields of an object's schema: name, whether it must be there, and the words it is limited to.
pub(crate) struct Fields(Value);

impl Fields {
    pub(crate) fn of(schema: &Schema) -> Self {
        Self(schema.as_value().clone())
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.0["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
    }

    pub(crate) fn required(&self) -> Vec<&str> {
        self.0["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The words a field may have, where it is a choice.
    pub(crate) fn words(&self, name: &str) -> Option<Vec<&str>> {
        let mut field = &self.0["properties"][name];
        let choices = field["anyOf"].as_array().into_iter().flatten();
        let reference = std::iter::once(field).chain(choices).find_map(|one| one["$ref"].as_str());
        if let Some(name) = reference.and_then(|reference| reference.strip_prefix("#/$defs/")) {
            field = &self.0["$defs"][name];
        }
        // With remarks on its words, a choice is written as a list of constants.
        let remarked = field["oneOf"].as_array().into_iter().flatten().flat_map(|one| {
            one["const"].as_str().into_iter().chain(strings(&one["enum"])).collect::<Vec<_>>()
        });
        let words: Vec<&str> = strings(&field["enum"]).chain(remarked).collect();
        (!words.is_empty()).then_some(words)
    }
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
