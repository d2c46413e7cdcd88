//! The port to whatever runs the maps of packages. They are programs of strangers, so they run elsewhere.

use std::{fmt, time::Duration};

use serde_json::Value;

use crate::call::{CallError, Code, Future};

/// Runs maps.
pub trait Maps: Send + Sync {
    fn run<'a>(&'a self, job: Job<'a>) -> Future<'a, Result<Value, MapError>>;
}

/// One run of a map.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// Whose map it is: no agency takes all the places.
    pub agency: &'a str,
    /// What the map is called in messages: its path in the package.
    pub program: &'a str,
    pub text: &'a str,
    /// What the map knows as `$call`.
    pub facts: &'a Value,
    /// What the map knows as `.`.
    pub input: &'a Value,
    pub within: Duration,
}

/// Why a map gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// The program is none: where, and why.
    #[error("{program}, line {line}, column {column}: {message}")]
    Wrong { program: String, line: usize, column: usize, message: String },
    /// It met something it cannot deal with.
    #[error("{program} failed")]
    Failed { program: String, detail: Detail },
    #[error("{0} gave no result, or more than one")]
    NotOne(String),
    #[error("{0} did not end in time")]
    Late(String),
    /// It used up its memory or its stack.
    #[error("{0} needed more than a map may have")]
    Died(String),
    /// All places are taken, or there are none.
    #[error("no map can be run: {0}")]
    NoPlace(String),
    /// The map itself says what came of the call.
    #[error("the map says: {0:?}")]
    Says(Verdict),
}

/// What a map can say about an answer instead of making one of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Refused(Code),
    Credentials(Code),
    Busy,
    Unknown,
}

/// The words of a failed map, which may hold what it was working on: for its author, never for a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Detail(pub String);

impl fmt::Debug for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl MapError {
    /// What it means where the question was being made: nothing was sent.
    pub(crate) fn before(self) -> CallError {
        match self {
            Self::NoPlace(_) => CallError::Ours { text: self.to_string(), sent: false },
            Self::Late(_) => CallError::NotSent(self.to_string()),
            other => CallError::Impossible(other.to_string()),
        }
    }

    /// What it means where the answer was being read: the backend did what it did.
    pub(crate) fn after(self) -> CallError {
        match self {
            Self::Says(Verdict::Refused(code)) => CallError::Refused(code),
            Self::Says(Verdict::Credentials(code)) => CallError::Credentials(code),
            Self::Says(Verdict::Busy) => CallError::Busy { retry_after: None },
            Self::Says(Verdict::Unknown) => {
                CallError::Unknown("the backend does not know it itself".to_owned())
            }
            Self::NoPlace(_) => CallError::Ours { text: self.to_string(), sent: true },
            other => CallError::Broken(other.to_string()),
        }
    }
}

/// Runs no map, and says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMaps;

impl Maps for NoMaps {
    fn run<'a>(&'a self, _: Job<'a>) -> Future<'a, Result<Value, MapError>> {
        Box::pin(async { Err(MapError::NoPlace("this portal runs none".to_owned())) })
    }
}
