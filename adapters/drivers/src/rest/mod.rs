//! The driver for backends that speak JSON, forms or plain XML over HTTP.
//!
//! | the backend answers | it counts as |
//! |---|---|
//! | 200, 201 with a body | the answer |
//! | 204, or 200 with nothing | an empty answer, which most capabilities cannot be satisfied with |
//! | 202 | not decided: `pending`, where the capability has that word |
//! | 400, 404, 405, 409, 410, 413, 415, 422 and other 4xx | refused: nothing was done |
//! | 401, 403, 407 | the portal's credentials are wrong |
//! | 429, 503 | busy: nothing was done |
//! | 500 and other 5xx | nobody knows whether it was done |
//! | 3xx, 1xx, unheard-of ones, and anything that cannot be read | an answer that cannot be understood |

mod body;
mod pages;
pub mod signing;

use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::{Value, json};
use yimen_contract::{
    agency::Auth,
    capability::{Capability, Method},
};

use crate::{
    auth::{Exchanges, Unsigned, address, sign},
    call::{Answer, Call, CallError, Driver, Future},
    dial::HttpAnswer,
    mapping,
};

/// Header with the portal's statement who is behind the call.
pub const ASSERTION: &str = "x-yimen-assertion";

/// JSON, forms or plain XML over HTTP.
#[derive(Default)]
pub struct Rest {
    exchanges: Exchanges,
}

/// What came back, before it is read.
pub enum Said {
    Answer(Value),
    /// Taken, and not decided, with whatever the backend says about that.
    Taken(Option<Value>),
}

impl Driver for Rest {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>> {
        Box::pin(async move {
            let began = Instant::now();
            match self.ask(call).await? {
                Said::Answer(answer) => Ok(call.incoming(answer, began).await?.into()),
                Said::Taken(_) => Ok(mapping::undecided().into()),
            }
        })
    }
}

impl Rest {
    /// The exchange without reading the answer in the contract's form.
    pub async fn ask(&self, call: &Call<'_>) -> Result<Said, CallError> {
        let began = Instant::now();
        let question = call.outgoing().await?;
        match &call.binding.pages {
            None => Ok(self.one(call, question, 0, began).await?.0),
            Some(pages) => self.all(call, pages, question, began).await,
        }
    }

    /// One exchange, and how long its answer was.
    async fn one(
        &self,
        call: &Call<'_>,
        question: Value,
        part: u32,
        began: Instant,
    ) -> Result<(Said, usize), CallError> {
        let request = request(call, question, part)?;
        let call = &Call { within: call.within.saturating_sub(began.elapsed()), ..call.clone() };
        let answer = self.exchanges.make(call, request).await?;
        Ok((understand(call, &answer)?, answer.body.len()))
    }
}

fn request(call: &Call<'_>, mut question: Value, part: u32) -> Result<Unsigned, CallError> {
    let proved = call.backend.auth == Auth::SharedSecret;
    if proved {
        sign::sign_fields(call, &mut question, part)?;
    }
    let mut url = address(&call.endpoint.address, &call.binding.path)?;
    let mut headers = vec![("accept", body::accepted(call.backend.body).to_owned())];
    let method = call.binding.method;
    let body = if matches!(method, Method::Get | Method::Delete) {
        body::into_query(&mut url, &question, call.backend.encoding)?;
        Bytes::new()
    } else {
        headers.push(("content-type", body::content_type(call.backend)));
        body::write(call, &question)?
    };
    // The same for every attempt, so that the backend can tell a repeat.
    if method != Method::Get {
        headers.push(("idempotency-key", call.idempotency_key.to_owned()));
    }
    headers.push(("x-request-id", call.id.to_string()));
    Ok(Unsigned { method, url, headers, body, proved, part })
}

/// What the backend said.
fn understand(call: &Call<'_>, answer: &HttpAnswer) -> Result<Said, CallError> {
    let read = || body::read(call.backend, &answer.body);
    let wordless = answer.body.trim_ascii().is_empty();
    // Who was asked something and says nothing has not said that there is nothing.
    let answers = !call.capability.writes() && call.capability != Capability::Health;
    match answer.status {
        200 | 201 if wordless && answers => Err(CallError::Broken("the answer is empty".to_owned())),
        200 | 201 | 204 if wordless => Ok(Said::Answer(json!({}))),
        200 | 201 => read().map(Said::Answer),
        202 => Ok(Said::Taken(read().ok())),
        _ => Err(refusal(answer)),
    }
}

/// What a status other than success means.
pub fn refusal(answer: &HttpAnswer) -> CallError {
    match answer.status {
        status @ (401 | 403 | 407) => CallError::Credentials(status.into()),
        429 | 503 => CallError::Busy { retry_after: answer.retry_after.map(Duration::from_secs) },
        status @ 400..=499 => CallError::Refused(status.into()),
        status @ 500..=599 => CallError::Unknown(format!("the backend answered {status}")),
        status => CallError::Broken(format!("the backend answered {status}")),
    }
}
