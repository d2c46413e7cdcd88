//! SOAP from the service's side: the operation and its fields out of an envelope, an answer or a fault into one.

use serde_json::{Value, json};
use yimen_contract::{
    agency::Encoding,
    protocol::{Soap, SoapStyle, SoapVersion},
    sample::Failure,
};
use yimen_drivers::{
    text,
    xml::{self, Style, escaped},
};

const V11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const V12: &str = "http://www.w3.org/2003/05/soap-envelope";
const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

/// What an envelope asks.
pub struct Opened {
    pub head: Value,
    pub operation: String,
    pub fields: Value,
}

pub fn open(encoding: Encoding, bytes: &[u8]) -> Option<Opened> {
    let (name, mut envelope) = xml::read(&text::decode(encoding, bytes).ok()?).ok()?;
    let Value::Object(body) = envelope["Body"].take() else { return None };
    let mut elements = body.into_iter().filter(|(name, _)| !name.starts_with(['@', '#']));
    let (operation, fields) = elements.next().filter(|_| name == "Envelope")?;
    let fields = if fields.is_object() { fields } else { json!({}) };
    Some(Opened { head: envelope["Header"].take(), operation, fields })
}

/// An answer. A fault that was recorded is one here too.
pub fn write(encoding: Encoding, operation: &Soap, answer: &Value) -> Option<Vec<u8>> {
    let fault = answer.get("Fault");
    let mut body = String::new();
    if let Some(fault) = fault {
        let prefix = if operation.version == SoapVersion::V12 { "soap:" } else { "" };
        body.push_str("<soap:Fault>");
        Style { prefix, order: &[] }.fields(&mut body, fault.as_object()?).ok()?;
        body.push_str("</soap:Fault>");
    } else {
        let qualified = operation.qualified && operation.style == SoapStyle::Document;
        let (name, namespace) = (&operation.operation, escaped(&operation.namespace).ok()?);
        body.extend(["<m:", name, "Response xmlns:m=\"", &namespace, "\">"]);
        Style { prefix: if qualified { "m:" } else { "" }, order: &[] }
            .fields(&mut body, answer.as_object()?)
            .ok()?;
        body.extend(["</m:", name, "Response>"]);
    }
    enveloped(encoding, operation.version, &body)
}

/// A fault of the protocol's own: what was refused, and what nobody knows.
pub fn fault(encoding: Encoding, version: SoapVersion, fails: Failure) -> Option<Vec<u8>> {
    let code = match (version, fails) {
        (SoapVersion::V11, Failure::Refused) => "soap:Client",
        (SoapVersion::V11, _) => "soap:Server",
        (SoapVersion::V12, Failure::Refused) => "soap:Sender",
        (SoapVersion::V12, _) => "soap:Receiver",
    };
    enveloped(encoding, version, &faulty(version, code))
}

/// The fault of WS-Security for whoever does not prove who they are.
pub fn unproved(encoding: Encoding, version: SoapVersion) -> Option<Vec<u8>> {
    enveloped(encoding, version, &faulty(version, "wsse:FailedAuthentication"))
}

fn faulty(version: SoapVersion, code: &str) -> String {
    let text = "See the code.";
    match version {
        SoapVersion::V11 => format!(
            "<soap:Fault xmlns:wsse=\"{WSSE}\"><faultcode>{code}</faultcode><faultstring>{text}</faultstring></soap:Fault>"
        ),
        SoapVersion::V12 => {
            let (outer, inner) = match code {
                "wsse:FailedAuthentication" => {
                    ("soap:Sender", format!("<soap:Subcode><soap:Value>{code}</soap:Value></soap:Subcode>"))
                }
                code => (code, String::new()),
            };
            format!(
                "<soap:Fault xmlns:wsse=\"{WSSE}\"><soap:Code><soap:Value>{outer}</soap:Value>{inner}</soap:Code>\
                 <soap:Reason><soap:Text>{text}</soap:Text></soap:Reason></soap:Fault>"
            )
        }
    }
}

fn enveloped(encoding: Encoding, version: SoapVersion, body: &str) -> Option<Vec<u8>> {
    let namespace = match version {
        SoapVersion::V11 => V11,
        SoapVersion::V12 => V12,
    };
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"{}\"?><soap:Envelope xmlns:soap=\"{namespace}\"><soap:Body>{body}\
         </soap:Body></soap:Envelope>",
        text::name(encoding)
    );
    xml::encoded(encoding, &document).ok()
}

pub const fn kind(version: SoapVersion) -> &'static str {
    match version {
        SoapVersion::V11 => "text/xml",
        SoapVersion::V12 => "application/soap+xml",
    }
}
