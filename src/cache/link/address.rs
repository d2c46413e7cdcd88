//! Where Redis is, and what things are called there.

use redis::Client;
use tokio::runtime::Handle;

use crate::{
    cache::{Key, count::Span},
    platform::random,
};

/// What is wrong with a configured Redis such that no waiting can heal it.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The address itself is left out of the text, since it may carry a password.
    #[error("the address of Redis cannot be used: {0}")]
    Url(#[source] redis::RedisError),
    #[error(
        "the prefix for names in Redis may hold letters, digits, `-`, `_` and `.` only, and not be empty"
    )]
    Prefix,
    #[error("the connection to Redis must be opened inside an asynchronous runtime")]
    NoRuntime,
    #[error("the system gave no random number to name this node by: {0}")]
    Random(#[source] getrandom::Error),
}

/// Where Redis is, what this node's names begin with, and who this node is.
pub(in crate::cache) struct Address {
    pub(super) client: Client,
    pub(super) prefix: String,
    /// Marks this node's own messages, which its subscribers have heard already.
    pub(super) node: [u8; 16],
    pub(super) runtime: Handle,
}

impl Address {
    pub(in crate::cache) fn new(url: &str, prefix: &str) -> Result<Self, CacheError> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if prefix.is_empty() || !prefix.chars().all(plain) {
            return Err(CacheError::Prefix);
        }
        let client = Client::open(url).map_err(CacheError::Url)?;
        let runtime = Handle::try_current().map_err(|_| CacheError::NoRuntime)?;
        let node = random::bytes::<16>().map_err(CacheError::Random)?;
        Ok(Self { client, prefix: prefix.to_owned(), node, runtime })
    }

    pub(super) fn value(&self, key: &Key) -> String {
        format!("{}:v:{}", self.prefix, key.name())
    }

    pub(super) fn count(&self, key: &Key, span: &Span) -> String {
        format!("{}:n:{}:{}:{}", self.prefix, key.name(), span.millis, span.number)
    }

    pub(super) fn topic(&self, name: &str) -> String {
        format!("{}:t:{name}", self.prefix)
    }

    /// Where a node says that it may have failed to tell something. No topic's name equals it.
    pub(super) fn missed(&self) -> String {
        format!("{}:missed", self.prefix)
    }
}
