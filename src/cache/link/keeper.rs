//! Looks for Redis while it is away, and watches it while it is there. Nobody else decides that it is back.
//!
//! After mere slowness the same connection is asked again first: Redis works through it in order, so its
//! answer proves that no late command is still on its way to undo a newer one.

use std::{sync::Arc, time::Duration};

use redis::{AsyncConnectionConfig, RedisResult, aio::MultiplexedConnection};
use tokio::time::{Instant, sleep};

use super::{
    owed::Removal,
    post::{Fault, Post, State, lock, within},
};
use crate::cache::Shelf;

/// How often a silent connection is asked again before a new one is opened.
const CHANCES: u32 = 3;
/// Names removed with one command.
const CHUNK: usize = 500;

pub(super) async fn keep(post: Arc<Post>, shelf: Shelf) {
    let mut held = Held { line: None, chances: 0 };
    let mut turn = 0;
    let mut pauses = Pauses::new(&post);
    let mut told = false;
    loop {
        match held.restore(&post).await {
            Ok(line) => {
                turn += 1;
                told = false;
                // What was kept alone may be older than what Redis has been told since.
                shelf.clear();
                let began = Instant::now();
                post.state.send_replace(State::Up { line: line.clone(), turn });
                metrics::gauge!("cache_redis_up").set(1.0);
                tracing::info!("Redis is there: values, counts and messages are shared");
                watch(&post, line, turn).await;
                pauses.note(began.elapsed());
            }
            Err(cause) if told => tracing::debug!(%cause, "Redis is still away"),
            Err(cause) => {
                told = true;
                tracing::warn!(%cause, "Redis cannot be reached: trying again in the background");
            }
        }
        sleep(pauses.next()).await;
    }
}

/// Growing pauses between attempts. A time of health much longer than a pause starts them small again.
pub(super) struct Pauses {
    first: Duration,
    next: Duration,
    /// Different on each node, so that they do not all come back on the same stroke.
    spread: u32,
}

impl Pauses {
    pub(super) fn new(post: &Post) -> Self {
        Self { first: post.pace.rest, next: post.pace.rest, spread: u32::from(post.address.node[0]) }
    }

    pub(super) fn note(&mut self, health: Duration) {
        if health > self.first * 10 {
            self.next = self.first;
        }
    }

    pub(super) fn next(&mut self) -> Duration {
        let pause = self.next;
        self.next = (pause * 2).min(self.first * 5);
        pause + pause / 1024 * self.spread
    }
}

struct Held {
    line: Option<MultiplexedConnection>,
    chances: u32,
}

impl Held {
    /// A connection that answers quickly, with nothing outdated behind it.
    async fn restore(&mut self, post: &Post) -> Result<MultiplexedConnection, Fault> {
        if let Some(line) = &mut self.line {
            match ping(post, line).await {
                Ok(()) => {}
                Err(Fault::Slow) if self.chances > 0 => {
                    self.chances -= 1;
                    return Err(Fault::Slow);
                }
                Err(_) => self.line = None,
            }
        }
        let mut line = if let Some(line) = &self.line {
            line.clone()
        } else {
            let mut line = connect(post).await?;
            ping(post, &mut line).await?;
            line
        };
        self.line = Some(line.clone());
        self.chances = CHANCES;
        // Once more for what came while the first, perhaps long, removal was under way.
        for _ in 0..2 {
            settle(post, &mut line).await?;
        }
        Ok(line)
    }
}

async fn connect(post: &Post) -> Result<MultiplexedConnection, Fault> {
    // Every question has its own limit; the client's would only be a second one.
    let config = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
    let client = &post.address.client;
    within(post.pace.patience, client.get_multiplexed_async_connection_with_config(&config)).await
}

async fn ping(post: &Post, line: &mut MultiplexedConnection) -> Result<(), Fault> {
    within(post.pace.limit, redis::cmd("PING").exec_async(line)).await
}

/// Returns when the line is no longer believed.
async fn watch(post: &Post, mut line: MultiplexedConnection, turn: u64) {
    let mut state = post.state.subscribe();
    loop {
        if matches!(*state.borrow_and_update(), State::Away { .. }) {
            return;
        }
        if let Err(cause) = settle(post, &mut line).await {
            post.fault(turn, &cause);
            return;
        }
        tokio::select! {
            _ = state.changed() => continue,
            () = post.owing.notified() => continue,
            () = post.doubt.notified() => {}
            () = sleep(post.pace.beat) => {}
        }
        if let Err(cause) = ping(post, &mut line).await {
            post.fault(turn, &cause);
        }
    }
}

/// Removes what is owed; what could not be removed stays owed.
async fn settle(post: &Post, line: &mut MultiplexedConnection) -> Result<(), Fault> {
    let removal = lock(&post.owed).take();
    let done = match &removal {
        Removal::Nothing => return Ok(()),
        Removal::Names(names) => within(post.pace.patience, remove(line, names)).await,
        // As long as it takes, but no single step of it longer than patience allows.
        Removal::Everything => sweep(post, line).await,
    };
    if done.is_err() {
        lock(&post.owed).put_back(removal);
    }
    done
}

async fn remove(line: &mut MultiplexedConnection, names: &[String]) -> RedisResult<()> {
    for chunk in names.chunks(CHUNK) {
        redis::cmd("UNLINK").arg(chunk).exec_async(line).await?;
    }
    Ok(())
}

/// Removes every kept value of this prefix; losing them loses nothing.
async fn sweep(post: &Post, line: &mut MultiplexedConnection) -> Result<(), Fault> {
    let pattern = format!("{}:v:*", post.address.prefix);
    let mut cursor = 0_u64;
    loop {
        let mut scan = redis::cmd("SCAN");
        scan.arg(cursor).arg("MATCH").arg(&pattern).arg("COUNT").arg(CHUNK);
        let (next, names): (u64, Vec<Vec<u8>>) = within(post.pace.patience, scan.query_async(line)).await?;
        if !names.is_empty() {
            within(post.pace.patience, redis::cmd("UNLINK").arg(names).exec_async(line)).await?;
        }
        if next == 0 {
            return Ok(());
        }
        cursor = next;
    }
}
