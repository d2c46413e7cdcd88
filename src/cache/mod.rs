//! What may vanish: kept values, counts for limits, and wake-ups between nodes.
//!
//! One small interface over two backends. In process: a bounded store, a table of counts and broadcast
//! channels. With Redis the nodes share them. The truth is in the database, so losing this room's content
//! loses nothing, and **no method fails**: when Redis is away, slow or restarted at any moment, this process
//! answers alone.
//!
//! | | Redis is there | Redis is away |
//! |---|---|---|
//! | `get`, `put`, `forget` | Redis alone | a small store of this process; what it keeps lives at most ten seconds, because no other node can have it forgotten |
//! | `once` | one caller of this node works, all nodes profit | one caller of this node works |
//! | `count` | the count of all nodes | the count goes on, from the last one seen, with this node's own: a limit is at worst a limit per node, never open |
//! | `publish`, `subscribe` | every node | this node; on return every subscriber hears `Missed` |
//!
//! How that is held together: every question to Redis has 50 ms. The first fault sends everybody to this
//! process's own answers at once, and one task in the background (`link/keeper.rs`) looks for Redis again, so
//! an outage costs one slow answer, not one per request. Before Redis is believed again, each value put or
//! forgotten meanwhile is removed there, so that nothing outdated comes back with it.
//!
//! What it refuses: to be the only place where something is, to fail a request, and to open a limit. What
//! it cannot promise: that a `forget` reaches a Redis that only *other* nodes can see before this node sees
//! it again. The time to live bounds that, so choose it as the longest an answer may be out of date.

mod board;
mod count;
mod flight;
mod key;
mod link;
mod shelf;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};

use self::{
    board::Board,
    count::{Counts, Span},
    flight::Flights,
    link::{Link, Pace},
    shelf::Shelf,
};
pub use self::{
    board::{Heard, Subscription},
    count::Tally,
    key::Key,
    link::CacheError,
};

/// No value is kept longer, whatever its time to live says.
const LONGEST_KEPT: Duration = Duration::from_hours(24 * 30);
/// While Redis is away no other node can have a value forgotten here, so it is not kept for long.
const LONGEST_KEPT_ALONE: Duration = Duration::from_secs(10);

/// How much of this process's memory the cache may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// All values kept in this process together.
    pub bytes: u64,
    /// A larger value is not kept at all, here or in Redis; a larger message is heard as `Missed`.
    pub value_bytes: usize,
    /// Names counted exactly in each space; further ones share a few counts.
    pub counts: usize,
    /// Messages a slow subscriber may fall behind before it hears `Missed`.
    pub backlog: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { bytes: 64 << 20, value_bytes: 1 << 20, counts: 20_000, backlog: 256 }
    }
}

/// How the cache is doing, for `/health/deep`. None of these is a reason to refuse work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// No Redis is configured.
    InProcess,
    /// Redis answers, and messages from other nodes arrive.
    Redis,
    /// Redis is away (or its messages are) for this long; this process answers alone. The log has the cause.
    Away { lasting: Duration },
}

/// The cache; clones are the same one.
#[derive(Clone)]
pub struct Cache(Arc<House>);

struct House {
    bounds: Bounds,
    shelf: Shelf,
    flights: Flights,
    counts: Counts,
    board: Arc<Board>,
    link: Option<Link>,
}

impl Cache {
    /// Keeps everything in this process.
    pub fn in_process(bounds: Bounds) -> Self {
        Self::build(bounds, |_, _| None)
    }

    /// Shares with every node that names the same Redis and the same prefix (letters, digits, `-`, `_`, `.`).
    ///
    /// Redis need not be there yet: it is looked for in the background, and until it is found this process
    /// answers alone. Wrong is only what no waiting can heal. Must be called inside the runtime that lives as
    /// long as the process, since the connections are driven there.
    pub fn redis(url: &str, prefix: &str) -> Result<Self, CacheError> {
        Self::redis_within(url, prefix, Bounds::default())
    }

    /// Like [`Cache::redis`], with other bounds for what this process keeps itself.
    pub fn redis_within(url: &str, prefix: &str, bounds: Bounds) -> Result<Self, CacheError> {
        Self::redis_at(url, prefix, bounds, Pace::default())
    }

    fn redis_at(url: &str, prefix: &str, bounds: Bounds, pace: Pace) -> Result<Self, CacheError> {
        let address = link::Address::new(url, prefix)?;
        Ok(Self::build(bounds, |shelf, board| {
            Some(Link::open(address, pace, shelf.clone(), Arc::clone(board)))
        }))
    }

    fn build(bounds: Bounds, link: impl FnOnce(&Shelf, &Arc<Board>) -> Option<Link>) -> Self {
        let shelf = Shelf::new(bounds.bytes);
        let board = Arc::new(Board::new(bounds.backlog));
        let link = link(&shelf, &board);
        let counts = Counts::new(bounds.counts);
        Self(Arc::new(House { bounds, shelf, flights: Flights::default(), counts, board, link }))
    }

    /// The value kept under `key`, if there is one and it can be had quickly.
    pub async fn get(&self, key: &Key) -> Option<Bytes> {
        let (value, from) = match &self.0.link {
            None => (self.0.shelf.get(key), "process"),
            Some(link) => match link.get(key).await {
                Some(answer) => (answer, "redis"),
                None => (self.0.shelf.get(key), "alone"),
            },
        };
        let outcome = if value.is_some() { "hit" } else { "miss" };
        metrics::counter!("cache_reads_total", "space" => key.space(), "from" => from, "outcome" => outcome)
            .increment(1);
        value
    }

    /// Keeps `value` for `ttl` (at most thirty days). One that is too large, or has no time to live, is not
    /// kept, and what was there before is gone all the same.
    pub async fn put(&self, key: &Key, value: Bytes, ttl: Duration) {
        self.0.flights.ground(key);
        self.keep(key, value, ttl).await;
    }

    /// Removes the value, if there is one. A `once` now under way still answers its callers, but what it
    /// found is not kept.
    pub async fn forget(&self, key: &Key) {
        self.0.flights.ground(key);
        self.discard(key).await;
    }

    /// The kept value, or else what `work` finds, which is then kept for `ttl`.
    ///
    /// On this node one caller works at a time; the others wait for it and share its answer. If it fails, or
    /// is dropped, the next of those waiting works itself: an error goes to the caller it happened to and is
    /// never kept. Neither waiting nor `work` is limited in time here: put the caller's deadline around it.
    /// `work` must not ask for the same key again; it would wait for itself.
    pub async fn once<E, F, W>(&self, key: &Key, ttl: Duration, work: W) -> Result<Bytes, E>
    where
        W: FnOnce() -> F,
        F: Future<Output = Result<Bytes, E>>,
    {
        let passenger = self.0.flights.join(key);
        let mut seat = passenger.seat.lock().await;
        if let Some(value) = seat.as_ref() {
            return Ok(value.clone());
        }
        let value = if let Some(kept) = self.get(key).await {
            kept
        } else {
            let fresh = work().await?;
            if passenger.current() {
                self.keep(key, fresh.clone(), ttl).await;
                // Forgotten while it was being kept: the two may have met Redis in either order.
                if !passenger.current() {
                    self.discard(key).await;
                }
            }
            fresh
        };
        *seat = Some(value.clone());
        passenger.land();
        Ok(value)
    }

    /// Counts one more under `key` in the window that `now` lies in, and says what it has come to.
    ///
    /// Windows are fixed: a burst across the end of one and the beginning of the next may reach twice the
    /// limit. The count never falls within a window, whatever becomes of Redis.
    pub async fn count(&self, key: &Key, window: Duration, now: DateTime<Utc>) -> Tally {
        self.tally_after(1, key, window, now).await
    }

    /// What [`Cache::count`] has come to, without counting.
    pub async fn tally(&self, key: &Key, window: Duration, now: DateTime<Utc>) -> Tally {
        self.tally_after(0, key, window, now).await
    }

    /// Tells every subscriber of `topic`, on this node at once and on the others soon. Does not wait, so
    /// a database thread may call it after its commit.
    ///
    /// A message is a hint to read the truth, not the truth: a node that dies at this moment may keep it from
    /// the others, so whoever waits for one also looks by itself from time to time.
    pub fn publish(&self, topic: &Key, payload: Bytes) {
        let small = payload.len() <= self.0.bounds.value_bytes;
        match &self.0.link {
            Some(link) if small => link.publish(topic, &payload),
            Some(link) => link.owe_missed(),
            None => {}
        }
        let heard = if small { Heard::Said(payload) } else { Heard::Missed };
        self.0.board.tell(topic.name(), heard);
    }

    /// Listens to `topic` from now on. Subscribe first and read the truth after; then nothing is missed.
    pub fn subscribe(&self, topic: &Key) -> Subscription {
        Subscription::new(self.clone(), topic.clone())
    }

    pub fn health(&self) -> Health {
        match &self.0.link {
            None => Health::InProcess,
            Some(link) => link.away().map_or(Health::Redis, |lasting| Health::Away { lasting }),
        }
    }

    async fn keep(&self, key: &Key, value: Bytes, ttl: Duration) {
        let ttl = ttl.min(LONGEST_KEPT);
        if value.len() > self.0.bounds.value_bytes || ttl < Duration::from_millis(1) {
            tracing::debug!(space = key.space(), bytes = value.len(), "value not kept");
            metrics::counter!("cache_not_kept_total", "space" => key.space()).increment(1);
            return self.discard(key).await;
        }
        let Some(link) = &self.0.link else {
            return self.0.shelf.put(key, value, ttl);
        };
        self.0.shelf.forget(key);
        if !link.put(key, &value, ttl).await {
            self.0.shelf.put(key, value, ttl.min(LONGEST_KEPT_ALONE));
        }
    }

    async fn discard(&self, key: &Key) {
        self.0.shelf.forget(key);
        if let Some(link) = &self.0.link {
            link.forget(key).await;
        }
    }

    async fn tally_after(&self, more: u64, key: &Key, window: Duration, now: DateTime<Utc>) -> Tally {
        let span = Span::of(key, window, now);
        let counting = self.0.counts.begin(key, span, more);
        let together = match &self.0.link {
            Some(link) => link.count(key, &span, more, counting.floor()).await,
            None => None,
        };
        counting.end(together)
    }

    fn board(&self) -> &Board {
        &self.0.board
    }
}
