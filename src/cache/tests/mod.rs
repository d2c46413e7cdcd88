//! Every promise on both backends, and the promises about Redis with a Redis that is killed, stopped and
//! restarted while they are asked for.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod connections;
mod counts;
mod flights;
mod outages;
mod server;
mod topics;
mod values;

use std::{fmt::Display, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};

use self::server::Server;
use super::{Bounds, Cache, CacheError, Health, Heard, Key, Pace, Subscription, Tally};

const MINUTE: Duration = Duration::from_mins(1);

/// Patient enough for a busy machine, quick to come back.
const PACE: Pace = Pace {
    limit: Duration::from_secs(2),
    patience: Duration::from_secs(4),
    rest: Duration::from_millis(20),
    beat: Duration::from_millis(100),
};

/// A cache, and its Redis if it has one.
struct Stage {
    cache: Cache,
    bounds: Bounds,
    server: Option<Server>,
}

impl Stage {
    fn in_process(bounds: Bounds) -> Self {
        Self { cache: Cache::in_process(bounds), bounds, server: None }
    }

    async fn redis(bounds: Bounds) -> Self {
        let server = Server::start();
        let cache = node(&server, bounds, PACE).await;
        Self { cache, bounds, server: Some(server) }
    }

    /// Another process beside the first: another node, or, in process, a clone.
    async fn other(&self) -> Cache {
        match &self.server {
            Some(server) => node(server, self.bounds, PACE).await,
            None => self.cache.clone(),
        }
    }
}

/// A new node that has found the server.
async fn node(server: &Server, bounds: Bounds, pace: Pace) -> Cache {
    let cache = Cache::redis_at(&server.url(), "test", bounds, pace).unwrap();
    until("Redis is found", async || cache.health() == Health::Redis).await;
    cache
}

async fn there(cache: &Cache) {
    until("Redis is there", async || cache.health() == Health::Redis).await;
}

async fn away(cache: &Cache) {
    until("Redis is away", async || matches!(cache.health(), Health::Away { .. })).await;
}

/// Two nodes that share a server.
async fn pair(server: &Server) -> (Cache, Cache) {
    (node(server, Bounds::default(), PACE).await, node(server, Bounds::default(), PACE).await)
}

/// Runs each test on both backends.
macro_rules! on_both {
    ($bounds:expr; $($test:ident),+ $(,)?) => {
        mod in_process {
            use crate::cache::{Bounds, tests::Stage};
            $(#[tokio::test] async fn $test() {
                super::$test(Stage::in_process($bounds)).await;
            })+
        }
        mod redis {
            use crate::cache::{Bounds, tests::Stage};
            $(#[tokio::test] async fn $test() {
                super::$test(Stage::redis($bounds).await).await;
            })+
        }
    };
}
use on_both;

/// What is waited for comes at once, but on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until something has become so.
async fn until(what: &str, so: impl AsyncFn() -> bool) {
    let attempt = async {
        while !so().await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, attempt).await.is_ok(), "waited in vain until {what}");
}

fn key(part: impl Display) -> Key {
    Key::new("tests", &[&part])
}

fn bytes(text: &str) -> Bytes {
    Bytes::copy_from_slice(text.as_bytes())
}

fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

/// The next thing heard, `Missed` set aside: it may always come.
async fn said(subscription: &mut Subscription) -> Bytes {
    let said = async {
        loop {
            if let Heard::Said(payload) = subscription.recv().await {
                return payload;
            }
        }
    };
    tokio::time::timeout(PATIENCE, said).await.unwrap()
}

/// Waits for `Missed`, whatever is said before.
async fn missed(subscription: &mut Subscription) {
    let missed = async { while subscription.recv().await != Heard::Missed {} };
    tokio::time::timeout(PATIENCE, missed).await.unwrap();
}

#[test]
fn names_do_not_run_into_each_other() {
    let name = |parts: &[&dyn Display]| Key::new("space", parts).name().to_owned();
    assert_eq!(name(&[&"traffic", &7]), "space:traffic:7");
    assert_ne!(name(&[&"a:b", &"c"]), name(&[&"a", &"b:c"]));
    assert_ne!(name(&[&"a%3Ab"]), name(&[&"a:b"]));
    assert_ne!(name(&[]), name(&[&""]));
    assert_ne!(name(&[&""]), name(&[&"", &""]));

    let long = "云州".repeat(100);
    let longer = "云州".repeat(101);
    assert_eq!(name(&[&long]), name(&[&long]));
    assert_ne!(name(&[&long]), name(&[&longer]));
    assert_eq!(name(&[&long]).len(), "space:%h".len() + 64);
}

#[test]
fn a_key_in_a_log_shows_its_space_alone() {
    assert_eq!(format!("{:?}", Key::new("codes", &[&"+86 139 9901"])), "Key(codes…)");
}

#[tokio::test]
async fn only_what_no_waiting_heals_is_an_error() {
    let refused = |url: &str, prefix: &str| Cache::redis(url, prefix).err().unwrap();
    assert!(matches!(refused("http://:hunter2@127.0.0.1", "yimen"), CacheError::Url(_)));
    assert!(!refused("http://:hunter2@127.0.0.1", "yimen").to_string().contains("hunter2"));
    // This build speaks no TLS to Redis, and says so rather than connecting in the clear.
    assert!(refused("rediss://127.0.0.1/", "yimen").to_string().contains("TLS"));
    assert!(matches!(refused("redis://127.0.0.1", ""), CacheError::Prefix));
    assert!(matches!(refused("redis://127.0.0.1", "a*"), CacheError::Prefix));
    assert!(Cache::redis("redis://127.0.0.1:1/", "yimen").is_ok());
}

#[test]
fn without_a_runtime_there_is_no_connection() {
    assert!(matches!(Cache::redis("redis://127.0.0.1", "yimen"), Err(CacheError::NoRuntime)));
}

/// Handlers run on other threads than the one that opened the cache.
#[test]
fn the_cache_and_its_answers_go_between_threads() {
    fn sent<T: Send>(_: T) {}
    let cache = Cache::in_process(Bounds::default());
    let (key, now) = (key(1), moment(0));
    sent(cache.clone());
    sent(cache.get(&key));
    sent(cache.put(&key, Bytes::new(), MINUTE));
    sent(cache.count(&key, MINUTE, now));
    sent(cache.once(&key, MINUTE, async || Ok::<_, ()>(Bytes::new())));
    sent(cache.subscribe(&key));
}
