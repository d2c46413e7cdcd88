//! A call to an agency, and what can become of it.

use std::{collections::BTreeMap, fmt, pin::Pin, time::Duration};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;
use uuid::Uuid;
use yimen_contract::{
    agency::Backend,
    capability::{Binding, Capability, Repeat},
};

use crate::{
    dial::{DialError, Dialer},
    maps::Maps,
    store::{Store, StoreError},
};

/// What an asynchronous method of a trait object answers with.
pub type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

/// Speaks one protocol. There is nothing a driver could leave out: what it cannot do it says.
pub trait Driver: Send + Sync {
    /// Asks the backend, and answers in the contract's own form.
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>>;
}

/// What a backend said, in the contract's form.
#[derive(Clone, PartialEq)]
pub struct Answer {
    pub value: Value,
    /// When it was so, if that is not now: the time of a daily file.
    pub since: Option<DateTime<Utc>>,
}

impl From<Value> for Answer {
    fn from(value: Value) -> Self {
        Self { value, since: None }
    }
}

/// Without what it says, which may be personal.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("since", &self.since).finish_non_exhaustive()
    }
}

/// Everything a driver may know.
#[derive(Clone)]
pub struct Call<'a> {
    /// The same for every attempt.
    pub id: Uuid,
    /// Counted from 1.
    pub attempt: u32,
    pub now: DateTime<Utc>,
    /// How long this attempt may take.
    pub within: Duration,
    pub agency: &'a str,
    pub capability: Capability,
    pub input: &'a Value,
    /// By which the backend can tell a repeat.
    pub idempotency_key: &'a str,
    pub backend: &'a Backend,
    pub binding: &'a Binding,
    /// What may be done when nobody knows whether it was done.
    pub repeat: Repeat,
    pub endpoint: &'a Endpoint,
    /// Says who is behind the call, where it is about a person.
    pub vouch: Option<&'a dyn Vouch>,
    /// The texts of the package's maps, by path.
    pub programs: &'a BTreeMap<String, String>,
    pub ports: Ports<'a>,
}

/// Makes the portal's statements who is behind a call.
pub trait Vouch: fmt::Debug + Send + Sync {
    /// Another one for every attempt: the backend takes each once. `None`: none can be made now.
    fn statement(&self) -> Option<String>;
}

/// Everything a driver may reach.
#[derive(Clone, Copy)]
pub struct Ports<'a> {
    pub dialer: &'a dyn Dialer,
    pub maps: &'a dyn Maps,
    pub store: &'a dyn Store,
}

impl<'a> Call<'a> {
    /// Whether repeating the call does no more than making it once.
    pub fn may_be_repeated(&self) -> bool {
        self.repeat == Repeat::Yes
    }

    /// A secret by its place among those that the package names.
    pub fn secret(&self, index: usize) -> Result<&'a SecretString, CallError> {
        let name = self.backend.secrets.get(index);
        let value = name.and_then(|name| self.endpoint.secrets.get(name));
        value.ok_or_else(|| CallError::Impossible("a secret is not bound".to_owned()))
    }

    /// A value that no other request has. Another one for every attempt and every part of it: the receiver
    /// refuses one it has seen.
    pub fn nonce(&self, part: u32) -> String {
        let nonce = format!("{}-{}", self.id.simple(), self.attempt);
        if part == 0 { nonce } else { format!("{nonce}-{part}") }
    }
}

/// Where the backend is and what opens it: what the operator bound to the package's aliases.
#[derive(Debug, Clone)]
pub struct Endpoint {
    pub address: Url,
    /// By the names in the package.
    pub secrets: BTreeMap<String, SecretString>,
}

/// Why a call brought no answer, sorted by what may be done about it. None carries a word of the question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Nothing was sent. It may be tried again.
    #[error("nothing was sent: {0}")]
    NotSent(String),
    /// The portal itself could not do its part, which is no fault of the backend. `sent`: after the question had
    /// left, so that it may have been done.
    #[error("the portal could not do its part: {text}")]
    Ours { text: String, sent: bool },
    /// The operator's settings or the package forbid the call. Trying again is of no use.
    #[error("the call cannot be made: {0}")]
    Impossible(String),
    /// It may have been done or not.
    #[error("nobody knows whether it was done: {0}")]
    Unknown(String),
    /// The backend has too much to do and did nothing.
    #[error("the backend has too much to do")]
    Busy { retry_after: Option<Duration> },
    /// The backend does not accept the portal's proof of who it is.
    #[error("the backend does not accept the portal's credentials ({0})")]
    Credentials(Code),
    /// The backend refused what was asked, and did nothing.
    #[error("the backend refused ({0})")]
    Refused(Code),
    /// The backend answered something that cannot be understood. If the call changes something, it may have.
    #[error("the answer cannot be understood: {0}")]
    Broken(String),
}

impl CallError {
    /// Whether it is certain that nothing was done.
    pub const fn nothing_done(&self) -> bool {
        match self {
            Self::NotSent(_)
            | Self::Impossible(_)
            | Self::Busy { .. }
            | Self::Credentials(_)
            | Self::Refused(_) => true,
            Self::Ours { sent, .. } => !*sent,
            Self::Unknown(_) | Self::Broken(_) => false,
        }
    }

    /// Whether it speaks against the backend. What is wrong with a question or a setting does not.
    pub const fn is_fault(&self) -> bool {
        match self {
            Self::NotSent(_) | Self::Unknown(_) | Self::Busy { .. } | Self::Broken(_) => true,
            Self::Ours { .. } | Self::Impossible(_) | Self::Credentials(_) | Self::Refused(_) => false,
        }
    }

    /// The word in metrics.
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not-sent",
            Self::Ours { .. } => "ours",
            Self::Impossible(_) => "impossible",
            Self::Unknown(_) => "unknown",
            Self::Busy { .. } => "busy",
            Self::Credentials(_) => "credentials",
            Self::Refused(_) => "refused",
            Self::Broken(_) => "broken",
        }
    }
}

impl From<DialError> for CallError {
    fn from(error: DialError) -> Self {
        let text = error.to_string();
        match error {
            DialError::Forbidden(_) | DialError::Address(_) => Self::Impossible(text),
            DialError::NotSent(_) => Self::NotSent(text),
            DialError::Lost(_) => Self::Unknown(text),
            DialError::TooLarge(_) => Self::Broken(text),
        }
    }
}

impl From<StoreError> for CallError {
    fn from(error: StoreError) -> Self {
        Self::Ours { text: error.to_string(), sent: false }
    }
}

/// A backend's own code for what came of a call. What looks like anything but a code is not kept: backends
/// have been seen to answer with the person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    pub fn new(text: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
        // A number as long as a telephone's or a person's is no code.
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let fits = (1..=40).contains(&text.len()) && digits <= 8 && text.bytes().all(plain);
        Self(if fits { text.to_owned() } else { "no code".to_owned() })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<u16> for Code {
    fn from(status: u16) -> Self {
        Self(status.to_string())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
