//! The way to Redis: each question short, none of them fatal.
//!
//! The state is one of two: a line that is believed, or away. Any fault, also mere slowness, means away for
//! everybody, and only the keeper says when it is over. So the cost of an outage is one time limit, once.

mod address;
mod courier;
mod keeper;
mod listener;
mod owed;
mod post;

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use tokio::{sync::mpsc, task::AbortHandle};

pub(super) use self::address::Address;
pub use self::address::CacheError;
use self::{
    courier::Letter,
    post::{Debt, Post, State, lock},
};
use super::{Board, Key, Shelf, count::Span};

/// Letters to other nodes that wait for the courier; more than these are not worth waiting for.
const LETTERS: usize = 1024;

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

pub(super) struct Link {
    post: Arc<Post>,
    letters: mpsc::Sender<Letter>,
    tasks: [AbortHandle; 3],
}

impl Link {
    pub(super) fn open(address: Address, pace: Pace, shelf: Shelf, board: Arc<Board>) -> Self {
        let runtime = address.runtime.clone();
        let post = Arc::new(Post::new(address, pace));
        metrics::gauge!("cache_redis_up").set(0.0);
        let (letters, inbox) = mpsc::channel(LETTERS);
        let tasks = [
            runtime.spawn(keeper::keep(Arc::clone(&post), shelf)).abort_handle(),
            runtime.spawn(courier::carry(Arc::clone(&post), inbox)).abort_handle(),
            runtime.spawn(listener::listen(Arc::clone(&post), board)).abort_handle(),
        ];
        Self { post, letters, tasks }
    }

    /// What Redis keeps under `key`; `None` on the outside means that Redis did not say.
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

    /// An outage for this node alone.
    #[cfg(test)]
    pub(super) fn break_off(&self) {
        if let Some((_, turn)) = self.post.line() {
            self.post.fault(turn, &post::Fault::Closed);
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
