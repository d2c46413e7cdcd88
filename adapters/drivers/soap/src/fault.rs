//! What a fault means.

use serde_json::Value;
use yimen_drivers::{CallError, Code};

/// Codes of WS-Security that speak of the portal's proof.
const SECURITY: [&str; 7] = [
    "FailedAuthentication",
    "FailedCheck",
    "InvalidSecurity",
    "InvalidSecurityToken",
    "MessageExpired",
    "SecurityTokenUnavailable",
    "UnsupportedSecurityToken",
];

/// What came of a call that was answered with a fault.
pub fn meaning(fault: &Value) -> CallError {
    // 1.1 has `faultcode`, 1.2 `Code` with as many codes inside as the service likes.
    let mut codes = vec![text(&fault["faultcode"])];
    let mut code = &fault["Code"];
    while codes.len() < 10 && code.is_object() {
        codes.push(text(&code["Value"]));
        code = &code["Subcode"];
    }
    codes.retain(|code| !code.is_empty());
    let names: Vec<&str> = codes.iter().map(|code| local(code)).collect();
    let last = Code::new(names.last().copied().unwrap_or_default());
    if names.iter().any(|name| SECURITY.contains(name)) {
        return CallError::Credentials(last);
    }
    // 1.1 writes finer codes behind a dot: `Client.Authentication`.
    match names.first().and_then(|name| name.split('.').next()) {
        Some("Client" | "Sender" | "VersionMismatch" | "MustUnderstand" | "DataEncodingUnknown") => {
            CallError::Refused(last)
        }
        _ => CallError::Unknown(format!("the service had a fault ({last})")),
    }
}

/// The code without its namespace's prefix.
fn local(code: &str) -> &str {
    code.rsplit(':').next().unwrap_or_default()
}

fn text(value: &Value) -> String {
    let text = value.as_str().or_else(|| value["#text"].as_str());
    text.unwrap_or_default().trim().to_owned()
}
