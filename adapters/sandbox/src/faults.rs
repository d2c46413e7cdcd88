//! Failing on demand. `PUT /faults` on any server of the sandbox replaces what is wrong with it; `{}` makes it
//! well again. Only a program can ask: browsers ask leave before they PUT across sites, and nobody gives it.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::StatusCode,
    middleware::Next,
    web::{Data, Json},
};
use serde::{Deserialize, Serialize};

const PATH: &str = "/faults";

/// What is wrong with a server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// Answers, but only after so many milliseconds.
    pub slow_ms: u64,
    /// Takes the request and never answers.
    pub hang: bool,
    /// Answers with this status and does nothing.
    pub status: Option<u16>,
    /// Does what it was asked and answers with half a sentence.
    pub malformed: bool,
    /// Does what it was asked and answers with this status all the same.
    pub wrong_status: Option<u16>,
    /// What an agency's backend gets wrong beyond that.
    pub wrong: Option<Wrong>,
    /// Only these requests: their path begins so.
    pub path: String,
    /// Only so many requests, then all is well again.
    pub times: Option<u32>,
    /// What the national provider gets wrong.
    pub lie: Option<Lie>,
}

/// What else a backend may get wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrong {
    /// Does what it was asked, and breaks off in the middle of the answer.
    Truncated,
    /// Does what it was asked, and breaks off before the answer.
    LostAnswer,
    /// Does not believe the portal's proof, and does nothing.
    AuthRefused,
    /// Tells every event twice.
    DuplicateCallback,
    /// Tells an event of before once more after the newest.
    ReorderedCallback,
    /// Tells an event only when asked to go on.
    LateCallback,
    /// Tells nobody.
    LostCallback,
    /// Does not know how things stand.
    Undecided,
    /// Writes half a file beside the companion of the whole.
    HalfFile,
    /// Writes a companion that does not fit.
    WrongDigest,
    /// Writes no file.
    NoFile,
}

impl Wrong {
    /// Whether it shows when somebody asks, and not in what the backend sends by itself.
    const fn is_of_answers(self) -> bool {
        matches!(self, Self::Truncated | Self::LostAnswer | Self::AuthRefused)
    }
}

/// What an identity provider may get wrong by mistake or malice. A client that accepts any of it is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lie {
    WrongNonce,
    NoNonce,
    WrongAudience,
    WrongIssuer,
    Expired,
    /// A token from tomorrow.
    NotYet,
    AlgNone,
    /// HMAC, with the public key as the secret.
    HmacWithPublicKey,
    /// The right key's name over another key's signature.
    BadSignature,
    /// Another provider's name in the answer to the browser.
    MixUp,
    NoIssuer,
    /// Another state than the one sent.
    WrongState,
    /// Userinfo about someone else.
    OtherSubject,
}

#[derive(Debug, Default)]
pub struct Faults(Mutex<Fault>);

impl Faults {
    pub fn set(&self, fault: Fault) {
        *self.now() = fault;
    }

    pub fn lie(&self) -> Option<Lie> {
        self.now().lie
    }

    pub fn get(&self) -> Fault {
        self.now().clone()
    }

    /// What is wrong with something that the backend sends by itself, counting it.
    pub fn unasked(&self) -> Option<Wrong> {
        let mut fault = self.now();
        let wrong = fault.wrong.filter(|wrong| !wrong.is_of_answers())?;
        fault.count();
        Some(wrong)
    }

    fn now(&self) -> MutexGuard<'_, Fault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is wrong for a request to `path`, counting it.
    pub fn strike(&self, path: &str) -> Fault {
        let mut fault = self.now();
        let elsewhere = fault.wrong.is_some_and(|wrong| !wrong.is_of_answers());
        if path == PATH || !path.starts_with(&fault.path) || elsewhere {
            return Fault::default();
        }
        let struck = fault.clone();
        fault.count();
        struck
    }
}

impl Fault {
    fn count(&mut self) {
        match &mut self.times {
            None => {}
            Some(0 | 1) => *self = Self::default(),
            Some(times) => *times -= 1,
        }
    }
}

pub async fn show(faults: Data<Faults>) -> HttpResponse {
    HttpResponse::Ok().json(faults.get())
}

pub async fn set(faults: Data<Faults>, fault: Json<Fault>) -> HttpResponse {
    faults.set(fault.into_inner());
    HttpResponse::NoContent().finish()
}

/// Stands before every request and lets the fault happen.
pub async fn act(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let fault =
        request.app_data::<Data<Faults>>().map(|faults| faults.strike(request.path())).unwrap_or_default();
    if fault.slow_ms > 0 {
        tokio::time::sleep(Duration::from_millis(fault.slow_ms)).await;
    }
    if fault.hang {
        std::future::pending::<()>().await;
    }
    if let Some(status) = fault.status.and_then(|status| StatusCode::from_u16(status).ok()) {
        return Ok(request.into_response(HttpResponse::build(status).finish()));
    }
    let response = next.call(request).await?.map_into_boxed_body();
    if fault.malformed {
        let half =
            HttpResponse::build(response.status()).content_type("application/json").body("{\"result\": \"ma");
        return Ok(response.into_response(half));
    }
    Ok(response)
}
