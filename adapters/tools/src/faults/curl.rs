//! A line that asks the backend the same question from a shell. Secrets stand in it by name only.

use std::fmt::Write as _;

use serde_json::Value;
use yimen_contract::{
    Package,
    agency::{Auth, BodyKind, Driver},
    capability::{Binding, Method},
};

/// The line; nothing for protocols that no `curl` speaks by itself.
pub(crate) fn of(package: &Package, binding: &Binding, request: &Value) -> Option<String> {
    let backend = &package.agency.backend;
    if !matches!(backend.driver, Driver::Rest | Driver::Callback) {
        return None;
    }
    let mut line = format!("curl -sS -X {}", binding.method.name());
    let secret = |index: usize| backend.secrets.get(index).map(|name| variable(name)).unwrap_or_default();
    match backend.auth {
        Auth::ApiKey => drop(write!(line, " -H \"X-Api-Key: ${}\"", secret(0))),
        Auth::Token => drop(write!(line, " -H \"Authorization: Bearer ${}\"", secret(0))),
        Auth::Oauth2 => line.push_str(" -H \"Authorization: Bearer $TOKEN\""),
        Auth::Mtls => drop(write!(line, " --cert \"${}\"", secret(0))),
        Auth::None | Auth::IpAllow => {}
        // A signature is made for each request.
        _ => line.push_str(" -H \"$SIGNATURE_HEADERS\""),
    }
    let in_address = matches!(binding.method, Method::Get | Method::Delete);
    match backend.body {
        _ if in_address => line.push_str(" -G"),
        BodyKind::Json => {
            let _ =
                write!(line, " -H 'Content-Type: application/json' --data {}", quoted(&request.to_string()));
        }
        BodyKind::Form => {}
        _ => return None,
    }
    if in_address || backend.body == BodyKind::Form {
        for (name, value) in request.as_object().into_iter().flatten() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let _ = write!(line, " --data-urlencode {}", quoted(&format!("{name}={text}")));
        }
    }
    let _ = write!(line, " \"$ENDPOINT\"{}", quoted(&binding.path));
    Some(line)
}

fn variable(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

/// For a shell, which reads nothing into it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_nothing_into_it() {
        assert_eq!(quoted("a'; rm -rf $HOME `x`"), r"'a'\''; rm -rf $HOME `x`'");
        assert_eq!(variable("signing-key"), "SIGNING_KEY");
    }
}
