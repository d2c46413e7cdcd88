//! The driver for SOAP services: 1.1 and 1.2, document and rpc style with literal parts, in UTF-8, GBK or
//! GB18030.
//!
//! Maps and tables see JSON only, by the rules at the top of [`yimen_drivers::xml`]. The question's fields become
//! the elements in the operation's element, in the order that the binding names; what stands in the first element
//! of the answer's body becomes the answer.
//!
//! | the service answers | it counts as |
//! |---|---|
//! | an envelope without a fault | the answer |
//! | a fault `Client`/`Sender` | refused: nothing was done |
//! | a fault that names security | the portal's credentials are wrong |
//! | a fault `Server`/`Receiver`, or of another name | nobody knows whether it was done |
//! | 401, 403, 407; 429, 503 | the credentials are wrong; busy |
//! | other 4xx; 5xx without a fault | refused; nobody knows |
//! | anything that is no envelope, a document type, another style's wrapper | cannot be understood |
//!
//! The words of a fault are dropped: they have been seen to repeat the question. Its code is kept. Where
//! `backend.codes.from` begins with `Fault.`, the codes listed there decide first.

mod envelope;
pub mod fault;
mod security;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use yimen_contract::{
    agency::Auth,
    capability::Method,
    protocol::{Soap as Operation, SoapVersion},
};
use yimen_drivers::{
    Answer, Call, CallError, Driver, Future, HttpAnswer,
    auth::{Exchanges, Unsigned, address},
    mapping, rest, text, xml,
};

/// SOAP over HTTP.
#[derive(Default)]
pub struct Soap {
    exchanges: Exchanges,
}

impl Driver for Soap {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>> {
        Box::pin(async move {
            let began = Instant::now();
            let operation = call.binding.soap.as_ref();
            let operation = operation
                .ok_or_else(|| CallError::Impossible("the operation is not described".to_owned()))?;
            let question = call.outgoing().await?;
            let request = request(call, operation, &question)?;
            let within = call.within.saturating_sub(began.elapsed());
            let answer = self.exchanges.make(&Call { within, ..call.clone() }, request).await?;
            match understand(call, operation, &answer)? {
                Some(answer) => Ok(call.incoming(answer, began).await?.into()),
                None => Ok(mapping::undecided().into()),
            }
        })
    }
}

fn request(call: &Call<'_>, operation: &Operation, question: &Value) -> Result<Unsigned, CallError> {
    let charset = text::name(call.backend.encoding);
    let action = &operation.action;
    if action.contains(|c: char| c == '"' || c.is_control() || !c.is_ascii()) {
        return Err(CallError::Impossible("the action holds characters that no header can".to_owned()));
    }
    let mut headers = match operation.version {
        SoapVersion::V11 => vec![
            ("content-type", format!("text/xml; charset={charset}")),
            ("soapaction", format!("\"{action}\"")),
        ],
        SoapVersion::V12 if action.is_empty() => {
            vec![("content-type", format!("application/soap+xml; charset={charset}"))]
        }
        SoapVersion::V12 => {
            vec![("content-type", format!("application/soap+xml; charset={charset}; action=\"{action}\""))]
        }
    };
    headers.push(("idempotency-key", call.idempotency_key.to_owned()));
    headers.push(("x-request-id", call.id.to_string()));
    let url = address(&call.endpoint.address, &call.binding.path)?;
    let body = envelope::write(call, operation, question)?.into();
    let proved = call.backend.auth == Auth::WsSecurity;
    Ok(Unsigned { method: Method::Post, url, headers, body, proved, part: 0 })
}

/// What the service said; nothing if it has not decided.
fn understand(
    call: &Call<'_>,
    operation: &Operation,
    answer: &HttpAnswer,
) -> Result<Option<Value>, CallError> {
    match answer.status {
        202 => return Ok(None),
        200 | 400 | 500 => {}
        _ => return Err(rest::refusal(answer)),
    }
    let body = match envelope::read(call.backend.encoding, &answer.body) {
        Ok(body) => body,
        Err(error) if answer.status == 200 => return Err(error),
        // A page of some machine in between: the status is all there is.
        Err(_) => return Err(rest::refusal(answer)),
    };
    if let Some(fault) = body.get("Fault") {
        // The backend's own codes know more than the protocol does.
        if call.backend.codes.as_ref().is_some_and(|codes| codes.from.starts_with("Fault.")) {
            call.is_decided(&json!({ "Fault": fault }))?;
        }
        return Err(fault::meaning(fault));
    }
    if answer.status != 200 {
        return Err(rest::refusal(answer));
    }
    envelope::content(operation, body).map(Some)
}

/// How long a message is good for.
const GOOD_FOR: Duration = Duration::from_mins(5);

fn impossible(error: xml::XmlError) -> CallError {
    CallError::Impossible(format!("the question: {error}"))
}
