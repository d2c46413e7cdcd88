//! What descriptions of every kind are read into, before a package is made of it.

use serde_json::Value;
use yimen_contract::{
    agency::{Auth, BodyKind, Driver},
    capability::Method,
    protocol::Soap,
};

use super::Unread;

/// A backend, as its description has it.
pub(super) struct Described {
    pub(super) title: String,
    pub(super) driver: Driver,
    pub(super) body: BodyKind,
    pub(super) auth: Auth,
    pub(super) token_path: Option<String>,
    /// Where it says that it is. Never written into the package but for the README.
    pub(super) addresses: Vec<String>,
    pub(super) operations: Vec<Operation>,
    pub(super) unread: Vec<Unread>,
}

/// One thing that the backend can be asked.
pub(super) struct Operation {
    pub(super) place: String,
    /// As its author calls it, for people to read.
    pub(super) name: String,
    /// The same for programs.
    pub(super) called: String,
    pub(super) about: String,
    pub(super) method: Method,
    pub(super) path: String,
    /// Schemas without references.
    pub(super) request: Value,
    pub(super) response: Value,
    pub(super) soap: Option<Soap>,
}

/// What an operation is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Health,
    Lookup,
    Submit,
}

const ASKS: [&str; 14] = [
    "query", "search", "list", "get", "find", "lookup", "fetch", "read", "detail", "info", "chaxun", "cx",
    "select", "verify",
];
const WELL: [&str; 4] = ["health", "healthcheck", "ping", "heartbeat"];

impl Operation {
    pub(super) fn purpose(&self) -> Purpose {
        let words = words(&format!("{} {} {}", self.name, self.called, self.path));
        if words.iter().any(|word| WELL.contains(&word.as_str())) {
            Purpose::Health
        } else if self.method == Method::Get || words.iter().any(|word| ASKS.contains(&word.as_str())) {
            Purpose::Lookup
        } else {
            Purpose::Submit
        }
    }
}

/// The words of a name: `queryFines`, `query_fines` and `/query/fines` have the same two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_small) {
            words.push(String::new());
        }
        was_small = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words
}
