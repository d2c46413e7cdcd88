//! What the askers and the three tasks share: whether Redis is believed, and what it is owed if not.

use std::{
    sync::{Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
    time::Duration,
};

use redis::{RedisResult, Script, aio::MultiplexedConnection};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout},
};

use super::{Pace, address::Address, owed::Owed};

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
pub(super) enum State {
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
pub(super) struct Post {
    pub(super) address: Address,
    pub(super) pace: Pace,
    pub(super) state: watch::Sender<State>,
    pub(super) owed: Mutex<Owed>,
    /// Rings when something is owed while the line is up.
    pub(super) owing: Notify,
    /// Rings when there is reason to look whether Redis is still there.
    pub(super) doubt: Notify,
    /// A message may not have reached the other nodes.
    pub(super) owes_missed: AtomicBool,
    /// Rings when that becomes so.
    pub(super) missing: Notify,
    /// Since when messages of other nodes have not arrived.
    pub(super) deaf_since: Mutex<Option<Instant>>,
    pub(super) script: Script,
}

impl Post {
    pub(super) fn new(address: Address, pace: Pace) -> Self {
        let since = Instant::now();
        Self {
            address,
            pace,
            state: watch::Sender::new(State::Away { since }),
            owed: Mutex::default(),
            owing: Notify::new(),
            doubt: Notify::new(),
            owes_missed: AtomicBool::new(false),
            missing: Notify::new(),
            deaf_since: Mutex::new(Some(since)),
            script: Script::new(COUNT),
        }
    }

    /// Asks Redis, unless it is away, and waits for the limit at most. `None` is "no answer" for any reason.
    pub(super) async fn ask<T, F>(&self, question: impl FnOnce(MultiplexedConnection) -> F) -> Option<T>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let (line, turn) = self.line()?;
        within(self.pace.limit, question(line)).await.map_err(|cause| self.fault(turn, &cause)).ok()
    }

    pub(super) fn line(&self) -> Option<(MultiplexedConnection, u64)> {
        match &*self.state.borrow() {
            State::Up { line, turn } => Some((line.clone(), *turn)),
            State::Away { .. } => None,
        }
    }

    /// Redis is away from here on, for everybody.
    pub(super) fn fault(&self, turn: u64, cause: &Fault) {
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
pub(super) struct Debt<'a> {
    post: &'a Post,
    name: Option<String>,
}

impl<'a> Debt<'a> {
    pub(super) fn new(post: &'a Post, name: String) -> Self {
        Self { post, name: Some(name) }
    }

    pub(super) fn settle(mut self, done: bool) -> bool {
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
pub(super) enum Fault {
    #[error("no answer in time")]
    Slow,
    #[error("the connection was closed")]
    Closed,
    #[error(transparent)]
    Redis(#[from] redis::RedisError),
}

pub(super) async fn within<T>(
    limit: Duration,
    answer: impl Future<Output = RedisResult<T>>,
) -> Result<T, Fault> {
    match timeout(limit, answer).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Fault::Slow),
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
