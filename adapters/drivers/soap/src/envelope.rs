//! Envelopes, written and read.

use serde_json::Value;
use yimen_contract::{
    agency::{Auth, Encoding},
    protocol::{Soap as Operation, SoapStyle, SoapVersion},
};
use yimen_drivers::{
    Call, CallError, text,
    xml::{self, Style, escaped},
};

use crate::{impossible, security};

const V11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const V12: &str = "http://www.w3.org/2003/05/soap-envelope";

/// The question as the bytes of an envelope.
pub(crate) fn write(call: &Call<'_>, operation: &Operation, question: &Value) -> Result<Vec<u8>, CallError> {
    let encoding = call.backend.encoding;
    let namespace = match operation.version {
        SoapVersion::V11 => V11,
        SoapVersion::V12 => V12,
    };
    let mut out = format!("<?xml version=\"1.0\" encoding=\"{}\"?>", text::name(encoding));
    out.extend(["<soap:Envelope xmlns:soap=\"", namespace, "\">"]);
    if call.backend.auth == Auth::WsSecurity {
        out.push_str("<soap:Header>");
        security::write(call, &mut out)?;
        out.push_str("</soap:Header>");
    }
    let name = &operation.operation;
    let Value::Object(fields) = question else {
        return Err(CallError::Impossible("only fields make an envelope".to_owned()));
    };
    if !xml::is_name(name) {
        return Err(impossible(xml::XmlError::Name));
    }
    let qualified = operation.qualified && operation.style == SoapStyle::Document;
    let style = Style { prefix: if qualified { "m:" } else { "" }, order: &operation.order };
    let namespace = escaped(&operation.namespace).map_err(impossible)?;
    out.extend(["<soap:Body><m:", name, " xmlns:m=\"", &namespace, "\">"]);
    style.fields(&mut out, fields).map_err(impossible)?;
    out.extend(["</m:", name, "></soap:Body></soap:Envelope>"]);
    xml::encoded(encoding, &out).map_err(|error| CallError::Impossible(format!("a name: {error}")))
}

/// The fields of an envelope's body.
pub(crate) fn read(encoding: Encoding, bytes: &[u8]) -> Result<Value, CallError> {
    let broken = |why: String| CallError::Broken(format!("the answer: {why}"));
    let document = text::decode(encoding, bytes).map_err(|error| broken(error.to_string()))?;
    let (name, mut value) = xml::read(&document).map_err(|error| broken(error.to_string()))?;
    match value.get_mut("Body") {
        Some(body) if name == "Envelope" && !body.is_array() => Ok(body.take()),
        _ => Err(broken("it is no envelope".to_owned())),
    }
}

/// What stands in the body's element.
pub(crate) fn content(operation: &Operation, body: Value) -> Result<Value, CallError> {
    let broken = |why: &str| CallError::Broken(format!("the answer: {why}"));
    let Value::Object(fields) = body else { return Err(broken("its body is empty")) };
    let mut elements = fields.into_iter().filter(|(name, _)| !name.starts_with(['@', '#']));
    let (name, value) = elements.next().ok_or_else(|| broken("its body is empty"))?;
    if elements.next().is_some() || value.is_array() {
        return Err(broken("its body holds more than one element"));
    }
    if operation.style == SoapStyle::Rpc && name != format!("{}Response", operation.operation) {
        return Err(broken("it answers another operation"));
    }
    Ok(value)
}
