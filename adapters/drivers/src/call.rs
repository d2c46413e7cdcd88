//! A call to an agency, and what can become of it.

use std::{collections::BTreeMap, fmt, pin::Pin, time::Duration};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;
use uuid::Uuid;
use yimen_contract::{
    agency::Backend,
    capability::{Binding, Capability},
};

use crate::dial::{DialError, Dialer};

/// What an asynchronous method of a trait object answers with.
pub type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

/// Speaks one protocol.
pub trait Driver: Send + Sync {
    /// Asks the backend, and answers in the contract's own form.
    fn call<'a>(&'a self, call: &'a Call<'a>, dialer: &'a dyn Dialer)
    -> Future<'a, Result<Value, CallError>>;
}

/// Everything a driver may know.
#[derive(Debug, Clone)]
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
    pub endpoint: &'a Endpoint,
    /// Says who is behind the call, where it is about a person.
    pub vouch: Option<&'a dyn Vouch>,
}

/// Makes the portal's statements who is behind a call.
pub trait Vouch: fmt::Debug + Send + Sync {
    /// Another one for every attempt: the backend takes each once. `None`: none can be made now.
    fn statement(&self) -> Option<String>;
}

impl Call<'_> {
    /// Whether repeating the call does no more than making it once.
    pub fn may_be_repeated(&self) -> bool {
        self.binding.method.is_safe() || self.binding.idempotent
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
    #[error("the backend does not accept the portal's credentials ({status})")]
    Credentials { status: u16 },
    /// The backend refused what was asked, and did nothing.
    #[error("the backend refused ({status})")]
    Refused { status: u16 },
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
            | Self::Credentials { .. }
            | Self::Refused { .. } => true,
            Self::Unknown(_) | Self::Broken(_) => false,
        }
    }

    /// Whether it speaks against the backend. What is wrong with a question or a setting does not.
    pub const fn is_fault(&self) -> bool {
        match self {
            Self::NotSent(_) | Self::Unknown(_) | Self::Busy { .. } | Self::Broken(_) => true,
            Self::Impossible(_) | Self::Credentials { .. } | Self::Refused { .. } => false,
        }
    }

    /// The word in metrics.
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not-sent",
            Self::Impossible(_) => "impossible",
            Self::Unknown(_) => "unknown",
            Self::Busy { .. } => "busy",
            Self::Credentials { .. } => "credentials",
            Self::Refused { .. } => "refused",
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
