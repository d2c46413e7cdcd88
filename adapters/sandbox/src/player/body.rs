//! Questions and answers of HTTP backends as bytes: JSON, forms, plain XML, in the backend's encoding.

use serde_json::{Map, Value};
use yimen_contract::agency::{Backend, BodyKind, Encoding};
use yimen_drivers::{
    text,
    xml::{self, Style},
};

/// What was asked, wherever it stands: in the body, or in the address.
pub fn read(backend: &Backend, query: Option<&str>, bytes: &[u8]) -> Option<Value> {
    if bytes.is_empty() {
        return pairs(query.unwrap_or_default(), backend.encoding);
    }
    let text = text::decode(backend.encoding, bytes).ok()?;
    match backend.body {
        BodyKind::Form => pairs(&text, backend.encoding),
        BodyKind::Xml => xml::read(&text).ok().map(|(_, value)| value),
        _ => serde_json::from_str(&text).ok(),
    }
}

/// `name=value&…` as fields; one that comes several times is a list.
fn pairs(text: &str, encoding: Encoding) -> Option<Value> {
    let mut fields = Map::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (unescaped(name, encoding)?, unescaped(value, encoding)?);
        // A group in a form is JSON.
        let group = Some(&value).filter(|value| value.starts_with(['{', '[']));
        let value = group.and_then(|value| serde_json::from_str(value).ok()).unwrap_or_else(|| value.into());
        match fields.get_mut(&name) {
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => {
                fields.insert(name, value);
            }
        }
    }
    Some(Value::Object(fields))
}

fn unescaped(text: &str, encoding: Encoding) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    text::decode(encoding, &bytes).ok()
}

/// The kind of content, and the answer as bytes.
pub fn write(backend: &Backend, answer: &Value) -> Option<(String, Vec<u8>)> {
    let charset = text::name(backend.encoding);
    if backend.body == BodyKind::Xml {
        let mut out = format!("<?xml version=\"1.0\" encoding=\"{charset}\"?>");
        Style::default().write(&mut out, "response", answer).ok()?;
        return Some((
            format!("application/xml; charset={charset}"),
            xml::encoded(backend.encoding, &out).ok()?,
        ));
    }
    let bytes = text::encode(backend.encoding, &answer.to_string()).ok()?;
    Some((format!("application/json; charset={charset}"), bytes))
}
