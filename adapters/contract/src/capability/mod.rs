//! What the portal can ask of an agency: a closed list of capabilities, each with the form of its question
//! and of its answer. Agencies read these as JSON Schemas, generated from the types here, so the two cannot
//! differ. A package binds the capabilities its backend has ([`Binding`]); one that it does not bind is
//! refused by name and never quietly skipped.

mod answer;
mod binding;
pub mod health;
pub mod identity;

pub use answer::Outcome;
pub use binding::{Binding, Claim, Method, Read};

use schemars::Schema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::schema::of;

/// Something an agency can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Capability {
    /// Whether the backend is well.
    #[serde(rename = "health")]
    Health,
    /// Whether name and identity number belong together.
    #[serde(rename = "identity.verify")]
    IdentityVerify,
}

impl Capability {
    pub const ALL: [Self; 2] = [Self::Health, Self::IdentityVerify];

    /// The name in packages, logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::IdentityVerify => "identity.verify",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capability| capability.name() == name)
    }

    /// Whether the question says something about a person. Such questions never stand in an address, which
    /// ends up in logs.
    pub const fn is_personal(self) -> bool {
        match self {
            Self::Health => false,
            Self::IdentityVerify => true,
        }
    }

    /// The form of the question.
    pub fn input_schema(self) -> Schema {
        match self {
            Self::Health => of::<health::Input>(),
            Self::IdentityVerify => of::<identity::Input>(),
        }
    }

    /// The form of the answer.
    pub fn output_schema(self) -> Schema {
        match self {
            Self::Health => of::<health::Output>(),
            Self::IdentityVerify => of::<identity::Output>(),
        }
    }
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
