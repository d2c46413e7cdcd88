//! The safe dialer: the only place that opens connections to agencies.
//!
//! It checks the address written and the address found, follows no redirect, uses no proxy of the environment,
//! sends no cookie, and ends every exchange at a size and a time that nobody can switch off. Each agency has a
//! pool of connections of its own.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use reqwest::Client;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use url::{Host, Url};
use yimen_contract::capability::Method;

use self::{
    address::{Allowed, Forbidden},
    resolver::Guarded,
};
use crate::call::Future;

pub mod address;
mod client;
mod resolver;
mod wire;

pub use resolver::{Lookup, SystemLookup};
pub use wire::{TcpRequest, Wire};

/// No exchange lasts longer, whatever a package says.
const LONGEST: Duration = Duration::from_mins(1);
/// No answer is read further, whatever a package says.
const LARGEST: usize = 8 << 20;
const TO_CONNECT: Duration = Duration::from_secs(3);

/// Opens connections for drivers.
pub trait Dialer: Send + Sync {
    /// One HTTP exchange. An answer of whatever status is an answer.
    fn http<'a>(&'a self, request: HttpRequest<'a>) -> Future<'a, Result<HttpAnswer, DialError>>;

    /// A connection for protocols of another kind.
    fn tcp<'a>(&'a self, request: TcpRequest<'a>) -> Future<'a, Result<Wire, DialError>>;
}

/// A request about to be sent.
#[derive(Debug, Clone)]
pub struct HttpRequest<'a> {
    /// Whose pool of connections is used.
    pub agency: &'a str,
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
    pub tls: Tls<'a>,
    /// How long the whole exchange may take.
    pub within: Duration,
    /// The largest answer that is read, in bytes.
    pub at_most: usize,
}

/// What TLS needs beyond the usual, in PEM.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tls<'a> {
    /// The portal's certificate with its key.
    pub identity: Option<&'a SecretString>,
    /// Who vouches for the backend, in place of those that all the world trusts.
    pub roots: Option<&'a SecretString>,
}

impl Tls<'_> {
    /// What tells two settings apart, so that a changed certificate is not passed by.
    fn digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        for part in [self.identity, self.roots] {
            digest.update(part.map_or("-", |part| part.expose_secret()).as_bytes());
            digest.update([0]);
        }
        digest.finalize().into()
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct HttpAnswer {
    pub status: u16,
    /// Seconds after which asking again is welcome, if the backend said so.
    pub retry_after: Option<u64>,
    pub body: Bytes,
}

/// Why there is no answer. None of these carries a word of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    /// The address may not be dialled; nothing was sent.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The address cannot be used at all; nothing was sent.
    #[error("the address or its certificates cannot be used: {0}")]
    Address(&'static str),
    /// No connection was made; nothing was sent.
    #[error("no connection: {0}")]
    NotSent(String),
    /// The request went out, wholly or in part, and there is no whole answer.
    #[error("no answer: {0}")]
    Lost(String),
    /// The answer is larger than is read.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
}

/// The dialer of the portal.
pub struct SafeDialer {
    allowed: Allowed,
    lookup: Arc<dyn Lookup>,
    /// By agency, and whether over TLS.
    clients: Mutex<HashMap<(String, bool), Made>>,
}

/// A client, and the digest of the certificates it was made with.
type Made = ([u8; 32], Client);

impl SafeDialer {
    /// TLS needs the process to have chosen its cryptography before.
    pub fn new(allowed: Allowed) -> Self {
        Self::with_lookup(allowed, Arc::new(SystemLookup))
    }

    /// The same with another way to find addresses.
    pub fn with_lookup(allowed: Allowed, lookup: Arc<dyn Lookup>) -> Self {
        Self { allowed, lookup, clients: Mutex::default() }
    }

    /// Checks what is written in an address, before any name is looked up. Numbers in disguise (`0x7f.1`,
    /// `2130706433`) have become plain addresses by parsing.
    pub fn check(&self, url: &Url) -> Result<(), DialError> {
        let tls = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(DialError::Address("it is neither http nor https")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(DialError::Address("it carries a name or password"));
        }
        match url.host() {
            None => Err(DialError::Address("it names no host")),
            Some(Host::Ipv4(address)) => Ok(self.allowed.check(IpAddr::V4(address), tls)?),
            Some(Host::Ipv6(address)) => Ok(self.allowed.check(IpAddr::V6(address), tls)?),
            // A name is judged by its addresses.
            Some(Host::Domain(_)) => Ok(()),
        }
    }

    fn client(&self, agency: &str, sealed: bool, tls: Tls<'_>) -> Result<Client, DialError> {
        let digest = tls.digest();
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (agency.to_owned(), sealed);
        if let Some((_, client)) = clients.get(&key).filter(|(known, _)| *known == digest) {
            return Ok(client.clone());
        }
        let guarded =
            Guarded { lookup: Arc::clone(&self.lookup), allowed: self.allowed.clone(), tls: sealed };
        let client = client::build(guarded, sealed, tls)?;
        clients.insert(key, (digest, client.clone()));
        Ok(client)
    }

    async fn exchange(&self, request: HttpRequest<'_>) -> Result<HttpAnswer, DialError> {
        self.check(&request.url)?;
        let client = self.client(request.agency, request.url.scheme() == "https", request.tls)?;
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = client.request(method, request.url);
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        if !request.body.is_empty() {
            builder = builder.body(request.body);
        }
        let answer = builder.send().await.map_err(|error| client::classify(&error))?;
        client::read(answer, request.at_most.min(LARGEST)).await
    }
}

impl Dialer for SafeDialer {
    fn http<'a>(&'a self, request: HttpRequest<'a>) -> Future<'a, Result<HttpAnswer, DialError>> {
        let within = request.within.min(LONGEST);
        Box::pin(async move {
            let late = || Err(DialError::Lost("it did not come in time".to_owned()));
            tokio::time::timeout(within, self.exchange(request)).await.unwrap_or_else(|_| late())
        })
    }

    fn tcp<'a>(&'a self, request: TcpRequest<'a>) -> Future<'a, Result<Wire, DialError>> {
        Box::pin(wire::open(request, &self.allowed, self.lookup.as_ref()))
    }
}
