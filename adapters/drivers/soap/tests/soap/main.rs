//! The driver against services on real sockets.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod answers;
mod questions;

use serde_json::{Value, json};
use yimen_rig::{Asked, Server};

/// An operation of a register of persons, in the style of a test.
pub fn asked(server: &Server, backend: &Value, soap: &Value) -> Asked {
    let mut whole = json!({ "driver": "soap", "endpoint": "sample", "auth": "none", "body": "xml" });
    whole.as_object_mut().unwrap().extend(backend.as_object().unwrap().clone());
    let mut operation = json!({ "namespace": "urn:persons", "operation": "verify" });
    operation.as_object_mut().unwrap().extend(soap.as_object().unwrap().clone());
    let binding = json!({
        "soap": operation,
        "send": { "zjhm": "identity_number", "xm": "name", "jb": "level" },
        "read": {
            "outcome": { "from": "result.code", "words": { "00": "match" } },
            "reference": { "from": "result.ref" },
        },
    });
    Asked::new(format!("http://{}/ws/persons", server.address), whole, binding)
}

pub fn envelope(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>"
    )
}

pub const MATCH: &str = "<p:verifyResponse xmlns:p=\"urn:persons\"><result><code>00</code><ref>R-1</ref></result></p:verifyResponse>";
