//! What travelled, for the author of a package to see. Secrets are taken out wherever they stand.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use yimen_drivers::{DialError, Dialer, Future, HttpAnswer, HttpRequest, TcpRequest, Wire};

/// Nobody reads more of a body.
const SHOWN: usize = 20_000;

/// One exchange over HTTP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    pub method: &'static str,
    pub address: String,
    /// Names only: what proves who calls is nobody's to see.
    pub headers: Vec<&'static str>,
    pub sent: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
}

pub(super) struct Recorder<'a> {
    dialer: &'a dyn Dialer,
    seen: Mutex<Vec<Seen>>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(dialer: &'a dyn Dialer) -> Self {
        Self { dialer, seen: Mutex::default() }
    }

    pub(super) fn seen(&self, secrets: &BTreeMap<String, SecretString>) -> Vec<Seen> {
        let mut seen = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        for one in &mut seen {
            let texts = [Some(&mut one.address), Some(&mut one.sent), one.received.as_mut()];
            for text in texts.into_iter().flatten() {
                for secret in
                    secrets.values().map(SecretString::expose_secret).filter(|secret| secret.len() > 3)
                {
                    *text = text.replace(secret, "…");
                }
            }
        }
        seen
    }
}

impl Dialer for Recorder<'_> {
    fn http<'a>(&'a self, request: HttpRequest<'a>) -> Future<'a, Result<HttpAnswer, DialError>> {
        Box::pin(async move {
            let mut one = Seen {
                method: request.method.name(),
                address: request.url.to_string(),
                headers: request.headers.iter().map(|(name, _)| *name).collect(),
                sent: shown(&request.body),
                status: None,
                received: None,
            };
            let result = self.dialer.http(request).await;
            if let Ok(answer) = &result {
                one.status = Some(answer.status);
                one.received = Some(shown(&answer.body));
            }
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(one);
            result
        })
    }

    fn tcp<'a>(&'a self, request: TcpRequest<'a>) -> Future<'a, Result<Wire, DialError>> {
        self.dialer.tcp(request)
    }
}

/// Bytes as text; other encodings than UTF-8 show in part.
fn shown(bytes: &[u8]) -> String {
    let end = bytes.len().min(SHOWN);
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}
