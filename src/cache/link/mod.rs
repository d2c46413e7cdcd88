//! The way to Redis: each question short, none of them fatal.
//!
//! The state is one of two: a line that is believed, or away. Any fault, also mere slowness, means away for
//! everybody, and only the keeper says when it is over. So the cost of an outage is one time limit, once.

mod courier;
mod keeper;
mod listener;
mod owed;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use redis::{RedisResult, Script, aio::MultiplexedConnection};
use tokio::{
    runtime::Handle,
    sync::{Notify, mpsc, watch},
    task::AbortHandle,
    time::{Instant, timeout},
};

use self::{courier::Letter, owed::Owed};
use super::{Board, Key, Shelf, count::Span};

/// Adds, never answers less than the asking node has counted itself, and lets the count go some time after
/// its window. Asking with nothing to add only looks.
const COUNT: &str = r"
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
local floor = tonumber(ARGV[2])
if count < floor then
    redis.call('SET', KEYS[1], floor)
    count = floor
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return count
";
/// Letters to other nodes that wait for the courier; more than these are not worth waiting for.
const LETTERS: usize = 1024;

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

/// How long things may take; tests have their own.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// One question.
    pub(super) limit: Duration,
    /// Opening a connection, and the work of coming back.
    pub(super) patience: Duration,
    /// The first pause after a fault.
    pub(super) rest: Duration,
    /// Between two looks at a line that is believed.
    pub(super) beat: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            limit: Duration::from_millis(50),
            patience: Duration::from_secs(1),
            rest: Duration::from_secs(1),
            beat: Duration::from_secs(2),
        }
    }
}

/// Where Redis is, what this node's names begin with, and who this node is.
pub(super) struct Address {
    client: redis::Client,
    prefix: String,
    /// Marks this node's own messages, which its subscribers have heard already.
    node: [u8; 16],
    runtime: Handle,
}

impl Address {
    pub(super) fn new(url: &str, prefix: &str) -> Result<Self, CacheError> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if prefix.is_empty() || !prefix.chars().all(plain) {
            return Err(CacheError::Prefix);
        }
        let client = redis::Client::open(url).map_err(CacheError::Url)?;
        let runtime = Handle::try_current().map_err(|_| CacheError::NoRuntime)?;
        let mut node = [0; 16];
        getrandom::fill(&mut node).map_err(CacheError::Random)?;
        Ok(Self { client, prefix: prefix.to_owned(), node, runtime })
    }

    fn value(&self, key: &Key) -> String {
        format!("{}:v:{}", self.prefix, key.name())
    }

    fn count(&self, key: &Key, span: &Span) -> String {
        format!("{}:n:{}:{}:{}", self.prefix, key.name(), span.millis, span.number)
    }

    fn topic(&self, name: &str) -> String {
        format!("{}:t:{name}", self.prefix)
    }

    /// Where a node says that it may have failed to tell something. No topic's name equals it.
    fn missed(&self) -> String {
        format!("{}:missed", self.prefix)
    }
}

enum State {
    Up {
        line: MultiplexedConnection,
        /// Tells a fault of this line from a late one of the line before.
        turn: u64,
    },
    Away {
        since: Instant,
    },
}

/// What the askers and the tasks in the background share.
struct Post {
    address: Address,
    pace: Pace,
    state: watch::Sender<State>,
    owed: Mutex<Owed>,
    /// Rings when something is owed while the line is up.
    owing: Notify,
    /// A message may not have reached the other nodes.
    owes_missed: AtomicBool,
    /// Rings when that becomes so.
    missing: Notify,
    /// Since when messages of other nodes have not arrived.
    deaf_since: Mutex<Option<Instant>>,
    script: Script,
}

pub(super) struct Link {
    post: Arc<Post>,
    letters: mpsc::Sender<Letter>,
    tasks: [AbortHandle; 3],
}

impl Link {
    pub(super) fn open(address: Address, pace: Pace, shelf: Shelf, board: Arc<Board>) -> Self {
        let runtime = address.runtime.clone();
        let since = Instant::now();
        let post = Arc::new(Post {
            address,
            pace,
            state: watch::Sender::new(State::Away { since }),
            owed: Mutex::default(),
            owing: Notify::new(),
            owes_missed: AtomicBool::new(false),
            missing: Notify::new(),
            deaf_since: Mutex::new(Some(since)),
            script: Script::new(COUNT),
        });
        let (letters, inbox) = mpsc::channel(LETTERS);
        let tasks = [
            runtime.spawn(keeper::keep(Arc::clone(&post), shelf)).abort_handle(),
            runtime.spawn(courier::carry(Arc::clone(&post), inbox)).abort_handle(),
            runtime.spawn(listener::listen(Arc::clone(&post), board)).abort_handle(),
        ];
        Self { post, letters, tasks }
    }

    /// What Redis keeps under `key`; `None` on the outside means that Redis did not say.
    #[expect(clippy::option_option, reason = "not kept and not known are two answers")]
    pub(super) async fn get(&self, key: &Key) -> Option<Option<Bytes>> {
        let command = redis::cmd("GET").arg(self.post.address.value(key)).take();
        let answer: Option<Option<Vec<u8>>> =
            self.post.ask(|mut line| async move { command.query_async(&mut line).await }).await;
        answer.map(|value| value.map(Bytes::from))
    }

    /// Whether Redis has taken the value. If not, whatever it holds under the key is removed before it is
    /// believed again.
    pub(super) async fn put(&self, key: &Key, value: &Bytes, ttl: Duration) -> bool {
        let name = self.post.address.value(key);
        let millis = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX);
        let command = redis::cmd("SET").arg(&name).arg(value.as_ref()).arg("PX").arg(millis).take();
        let debt = Debt::new(&self.post, name);
        let done: Option<()> =
            self.post.ask(|mut line| async move { command.query_async(&mut line).await }).await;
        debt.settle(done.is_some())
    }

    pub(super) async fn forget(&self, key: &Key) {
        let name = self.post.address.value(key);
        let command = redis::cmd("UNLINK").arg(&name).take();
        let debt = Debt::new(&self.post, name);
        let done: Option<()> =
            self.post.ask(|mut line| async move { command.query_async(&mut line).await }).await;
        debt.settle(done.is_some());
    }

    /// The count of all nodes, if Redis says it.
    pub(super) async fn count(&self, key: &Key, span: &Span, more: u64, floor: u64) -> Option<u64> {
        let mut call = self.post.script.prepare_invoke();
        // Longer than the window, for nodes whose clocks are behind.
        call.key(self.post.address.count(key, span)).arg(more).arg(floor).arg(span.millis.saturating_mul(2));
        self.post.ask(|mut line| async move { call.invoke_async(&mut line).await }).await
    }

    pub(super) fn publish(&self, topic: &Key, payload: &Bytes) {
        let letter = Letter::new(self.post.address.topic(topic.name()), &self.post.address.node, payload);
        if self.letters.try_send(letter).is_err() {
            self.owe_missed();
        }
    }

    /// The other nodes' subscribers are to hear `Missed` as soon as they can be told.
    pub(super) fn owe_missed(&self) {
        self.post.owes_missed.store(true, Ordering::Release);
        self.post.missing.notify_one();
    }

    /// How long Redis, or its messages, have been away.
    pub(super) fn away(&self) -> Option<Duration> {
        let away = match &*self.post.state.borrow() {
            State::Away { since } => Some(since.elapsed()),
            State::Up { .. } => None,
        };
        let deaf = lock(&self.post.deaf_since).map(|since| since.elapsed());
        away.max(deaf)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Post {
    /// Asks Redis, unless it is away, and waits for the limit at most. `None` is "no answer" for any reason.
    async fn ask<T, F>(&self, question: impl FnOnce(MultiplexedConnection) -> F) -> Option<T>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let (line, turn) = self.line()?;
        within(self.pace.limit, question(line)).await.map_err(|cause| self.fault(turn, &cause)).ok()
    }

    fn line(&self) -> Option<(MultiplexedConnection, u64)> {
        match &*self.state.borrow() {
            State::Up { line, turn } => Some((line.clone(), *turn)),
            State::Away { .. } => None,
        }
    }

    /// Redis is away from here on, for everybody.
    fn fault(&self, turn: u64, cause: &Fault) {
        let first = self.state.send_if_modified(|state| {
            let current = matches!(state, State::Up { turn: now, .. } if *now == turn);
            if current {
                *state = State::Away { since: Instant::now() };
            }
            current
        });
        metrics::counter!("cache_redis_faults_total").increment(1);
        if first {
            metrics::gauge!("cache_redis_up").set(0.0);
            tracing::warn!(%cause, "Redis is away: this process answers alone until it is back");
        }
    }

    fn owe(&self, name: String) {
        lock(&self.owed).add(name);
        self.owing.notify_one();
    }
}

/// A change that Redis may not have seen: unless it is settled, also when its caller is dropped half-way,
/// the name is removed before Redis is believed again.
struct Debt<'a> {
    post: &'a Post,
    name: Option<String>,
}

impl<'a> Debt<'a> {
    fn new(post: &'a Post, name: String) -> Self {
        Self { post, name: Some(name) }
    }

    fn settle(mut self, done: bool) -> bool {
        if done {
            self.name = None;
        }
        done
    }
}

impl Drop for Debt<'_> {
    fn drop(&mut self) {
        if let Some(name) = self.name.take() {
            self.post.owe(name);
        }
    }
}

/// Why Redis is not believed.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("no answer in time")]
    Slow,
    #[error("the connection was closed")]
    Closed,
    #[error(transparent)]
    Redis(#[from] redis::RedisError),
}

async fn within<T>(limit: Duration, answer: impl Future<Output = RedisResult<T>>) -> Result<T, Fault> {
    match timeout(limit, answer).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Fault::Slow),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
