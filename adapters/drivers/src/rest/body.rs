//! Questions and answers as bytes: JSON, forms and plain XML, in the backend's encoding.

use bytes::Bytes;
use serde_json::{Map, Value};
use url::Url;
use yimen_contract::agency::{Backend, BodyKind, Encoding};

use crate::{
    call::{Call, CallError},
    text,
    xml::{self, Style},
};

pub(super) const fn accepted(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Xml => "application/xml, text/xml",
        _ => "application/json",
    }
}

pub(super) fn content_type(backend: &Backend) -> String {
    let kind = match backend.body {
        BodyKind::Form => "application/x-www-form-urlencoded",
        BodyKind::Xml => "application/xml",
        // JSON in UTF-8 has no charset to name.
        _ if backend.encoding == Encoding::Utf8 => return "application/json".to_owned(),
        _ => "application/json",
    };
    format!("{kind}; charset={}", text::name(backend.encoding))
}

/// The question as bytes.
pub(super) fn write(call: &Call<'_>, question: &Value) -> Result<Bytes, CallError> {
    let encoding = call.backend.encoding;
    let text = match call.backend.body {
        BodyKind::Json => question.to_string(),
        BodyKind::Form => pairs(question, encoding)?,
        BodyKind::Xml => document(call, question)?,
        BodyKind::Fixed | BodyKind::Csv => {
            return Err(CallError::Impossible("this driver has no such bodies".to_owned()));
        }
    };
    let bytes = text::encode(encoding, &text).map_err(|error| unwritable("the question", error))?;
    Ok(bytes.into())
}

fn unwritable(field: &str, error: text::TextError) -> CallError {
    CallError::Impossible(format!("{field}: {error}"))
}

fn document(call: &Call<'_>, question: &Value) -> Result<String, CallError> {
    let body = call.binding.xml.as_ref();
    let root = body.map_or("request", |body| body.root.as_str());
    let style = Style { prefix: "", order: body.map_or(&[], |body| body.order.as_slice()) };
    let mut question = question.clone();
    if let (Some(fields), Some(namespace)) =
        (question.as_object_mut(), body.and_then(|body| body.namespace.as_ref()))
    {
        fields.insert("@xmlns".to_owned(), namespace.as_str().into());
    }
    let name = text::name(call.backend.encoding);
    let mut out = format!("<?xml version=\"1.0\" encoding=\"{name}\"?>");
    let written = style.write(&mut out, root, &question);
    written.map_err(|error| CallError::Impossible(format!("the question: {error}")))?;
    Ok(out)
}

/// Puts the question into the address.
pub(super) fn into_query(url: &mut Url, question: &Value, encoding: Encoding) -> Result<(), CallError> {
    let pairs = pairs(question, encoding)?;
    if !pairs.is_empty() {
        url.set_query(Some(&pairs));
    }
    Ok(())
}

/// `name=value&…`, percent-encoded in the backend's encoding. A list becomes its field several times.
fn pairs(question: &Value, encoding: Encoding) -> Result<String, CallError> {
    let empty = Map::new();
    let fields = match question {
        Value::Object(fields) => fields,
        Value::Null => &empty,
        _ => return Err(CallError::Impossible("only fields make a form".to_owned())),
    };
    let mut out = Vec::new();
    for (name, value) in fields {
        let values = match value {
            Value::Null => continue,
            Value::Array(list) => list.iter().collect(),
            one => vec![one],
        };
        for value in values {
            let value = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let encoded = |text: &str| percent(text, encoding).map_err(|error| unwritable(name, error));
            out.push(format!("{}={}", encoded(name)?, encoded(&value)?));
        }
    }
    Ok(out.join("&"))
}

fn percent(text: &str, encoding: Encoding) -> Result<String, text::TextError> {
    let bytes = text::encode(encoding, text)?;
    Ok(url::form_urlencoded::byte_serialize(&bytes).collect())
}

/// The answer as a value. A failure says where and never what: the text may be personal.
pub(super) fn read(backend: &Backend, bytes: &[u8]) -> Result<Value, CallError> {
    let text = text::decode(backend.encoding, bytes).map_err(|error| CallError::Broken(error.to_string()))?;
    // A form has no form of answer of its own: such backends answer JSON or XML.
    let xml = match backend.body {
        BodyKind::Xml => true,
        BodyKind::Form => text.trim_start().starts_with('<'),
        _ => false,
    };
    if xml {
        let (name, value) =
            xml::read(&text).map_err(|error| CallError::Broken(format!("the answer: {error}")))?;
        // A page of some machine in between can be well-formed, and would read as an answer without entries.
        if name.eq_ignore_ascii_case("html") {
            return Err(CallError::Broken("a page, and no answer".to_owned()));
        }
        return Ok(value);
    }
    serde_json::from_str(&text).map_err(|error| {
        CallError::Broken(format!("not JSON from line {}, column {}", error.line(), error.column()))
    })
}
