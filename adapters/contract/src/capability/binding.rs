//! How a package says where its backend does what: `[capabilities."identity.verify"]` in `agency.toml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Capability, person::Claim};
use crate::agency::Agency;
use crate::protocol::{FileUse, Frame, Pages, Soap, XmlBody};

/// How the backend does one capability.
///
/// Without `send` the question goes out in the contract's own form, without `read` the answer is taken to be
/// in it. A backend with names and codes of its own gets the two tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    #[serde(default)]
    pub method: Method,
    /// Path below the endpoint, such as `/v1/persons/verify`. Envelopes may have none; frames and files have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Whether asking twice does no more than asking once: nothing is changed, or the backend honours the
    /// header `Idempotency-Key`. Only then is a call repeated whose fate is unknown.
    #[serde(default)]
    pub idempotent: bool,
    /// How long one call may take, where it is not the backend's `deadline_ms`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<u32>,
    /// The backend's fields, as paths with dots, and the field of the question that each is given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub send: BTreeMap<String, String>,
    /// The fields of the answer, and where in the backend's answer each is found.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub read: BTreeMap<String, Read>,
    /// What the portal's statement about the caller says besides a pseudonym and how surely it is them. The
    /// citizen sees it, and every word of it stands in their record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// A map under `maps/` that makes the backend's question, in place of `send`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// A map under `maps/` that makes the answer, in place of `read`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<String>,
    /// The operation's envelope (`soap`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soap: Option<Soap>,
    /// How the answer comes page by page (`rest`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<Pages>,
    /// The outermost element (`rest` with `body = "xml"`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml: Option<XmlBody>,
    /// The question's and the answer's cells (`fixed`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<Frame>,
    /// The daily file that answers or carries it (`csv`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileUse>,
}

/// Where a field of the answer is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// Path with dots in the backend's answer, such as `result.code`.
    pub from: String,
    /// The backend's codes and what each means here. A code that is not listed means `pending`: never success,
    /// never failure.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    Get,
    #[default]
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether the method itself says that nothing is changed.
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get)
    }
}

/// What may be done about a call of which nobody knows whether it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// Asking twice does no more than asking once.
    Yes,
    /// Only after this was asked, and only if it says that nothing arrived.
    After(Capability),
    /// Never by machine: a person has to look.
    Never,
}

impl Agency {
    /// How the backend does a capability for a service: its own way for that service, or else the general one.
    pub fn binding_for(&self, capability: Capability, service: &str) -> Option<&Binding> {
        self.capabilities.get(&own_name(capability, service)).or_else(|| self.binding(capability))
    }

    /// Whether a call whose fate is unknown may be made again. A capability that writes, with neither declared
    /// idempotency nor anything to ask afterwards, is never repeated by machine.
    pub fn repeat(&self, capability: Capability, service: &str) -> Repeat {
        let declared = self.binding_for(capability, service);
        let harmless = |binding: &Binding| binding.idempotent || binding.method.is_safe();
        match capability.asked_after() {
            _ if !capability.writes() || declared.is_some_and(harmless) => Repeat::Yes,
            Some(after) if self.binding_for(after, service).is_some() => Repeat::After(after),
            _ => Repeat::Never,
        }
    }
}

/// The name of a service's own binding: `lookup@YZ02001`.
fn own_name(capability: Capability, service: &str) -> String {
    format!("{}@{service}", capability.name())
}
