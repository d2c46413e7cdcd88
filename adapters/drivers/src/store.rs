//! What a driver may keep between calls: the lines of files that an agency sent, and the lines that wait to be
//! sent to it. A port: the portal keeps them in its database, encrypted, with what else it knows of people.

mod memory;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::call::Future;

pub use memory::Memory;

/// Keeps what daily files bring and take. Everything belongs to one agency and one table.
pub trait Store: Send + Sync {
    /// Takes over a whole file, in one step or not at all. `false`: a file of this digest was taken before, and
    /// nothing changes.
    fn apply<'a>(&'a self, whose: Whose<'a>, file: Arrived) -> Future<'a, Result<bool, StoreError>>;

    /// Whether a file of this digest was taken over before.
    fn knows<'a>(&'a self, whose: Whose<'a>, digest: &'a str) -> Future<'a, Result<bool, StoreError>>;

    /// The lines of a key, and the time of the newest file. `None`: no file has come yet.
    fn find<'a>(&'a self, whose: Whose<'a>, key: &'a str) -> Future<'a, Result<Option<Found>, StoreError>>;

    /// Lets a line wait for the next file. The same idempotency key again changes nothing.
    fn queue<'a>(&'a self, whose: Whose<'a>, line: Waiting) -> Future<'a, Result<(), StoreError>>;

    /// The lines that wait, oldest first, at most so many.
    fn waiting<'a>(
        &'a self,
        whose: Whose<'a>,
        at_most: usize,
    ) -> Future<'a, Result<Vec<Waiting>, StoreError>>;

    /// Says that lines went out, so that they wait no longer.
    fn sent<'a>(&'a self, whose: Whose<'a>, keys: &'a [String]) -> Future<'a, Result<(), StoreError>>;
}

/// Whose lines, and of which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Whose<'a> {
    pub agency: &'a str,
    pub table: &'a str,
}

/// A file that was read without a mistake that concerns the whole of it.
#[derive(Clone)]
pub struct Arrived {
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub digest: String,
    /// When the agency wrote it.
    pub time: DateTime<Utc>,
    /// Whether it stands in the place of everything before it.
    pub whole: bool,
    /// By key, in the order of the file.
    pub lines: Vec<(String, Value)>,
}

/// What is known under a key.
#[derive(Clone)]
pub struct Found {
    /// When the agency wrote the newest file.
    pub since: DateTime<Utc>,
    pub lines: Vec<Value>,
}

/// A line that waits for the next file.
#[derive(Clone)]
pub struct Waiting {
    pub key: String,
    pub line: Value,
}

/// The store cannot be used now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what the driver keeps cannot be reached: {0}")]
pub struct StoreError(pub String);

/// Keeps nothing, and says so: for portals without agencies that send files.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoStore;

fn none<'a, T: Send + 'a>() -> Future<'a, Result<T, StoreError>> {
    Box::pin(async { Err(StoreError("this portal keeps no files".to_owned())) })
}

impl Store for NoStore {
    fn apply<'a>(&'a self, _: Whose<'a>, _: Arrived) -> Future<'a, Result<bool, StoreError>> {
        none()
    }

    fn knows<'a>(&'a self, _: Whose<'a>, _: &'a str) -> Future<'a, Result<bool, StoreError>> {
        none()
    }

    fn find<'a>(&'a self, _: Whose<'a>, _: &'a str) -> Future<'a, Result<Option<Found>, StoreError>> {
        none()
    }

    fn queue<'a>(&'a self, _: Whose<'a>, _: Waiting) -> Future<'a, Result<(), StoreError>> {
        none()
    }

    fn waiting<'a>(&'a self, _: Whose<'a>, _: usize) -> Future<'a, Result<Vec<Waiting>, StoreError>> {
        none()
    }

    fn sent<'a>(&'a self, _: Whose<'a>, _: &'a [String]) -> Future<'a, Result<(), StoreError>> {
        none()
    }
}
