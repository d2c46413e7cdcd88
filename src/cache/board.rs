//! Publish and subscribe inside the process: one broadcast channel per topic that somebody listens to.

use std::{
    collections::{HashMap, HashSet},
    future,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use tokio::sync::{
    Notify,
    broadcast::{self, error::RecvError},
};

use super::{Cache, Key};

/// What a subscriber hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Somebody published this.
    Said(Bytes),
    /// Something may have been published that did not get here: read the truth again.
    Missed,
}

pub(super) struct Board {
    topics: Mutex<HashMap<Arc<str>, Topic>>,
    backlog: usize,
    /// Rings when a topic gains its first listener or loses its last.
    pub(super) changed: Notify,
}

struct Topic {
    sender: broadcast::Sender<Heard>,
    listeners: usize,
}

impl Board {
    pub(super) fn new(backlog: usize) -> Self {
        Self { topics: Mutex::default(), backlog: backlog.max(1), changed: Notify::new() }
    }

    /// Tells those who listen to `topic`; if nobody does, that is fine.
    pub(super) fn tell(&self, topic: &str, heard: Heard) {
        self.with(|topics| {
            if let Some(topic) = topics.get(topic) {
                // It fails only when the last listener is just leaving.
                let _ = topic.sender.send(heard);
            }
        });
    }

    pub(super) fn tell_all_missed(&self) {
        self.with(|topics| {
            for topic in topics.values() {
                let _ = topic.sender.send(Heard::Missed);
            }
        });
    }

    /// The topics that somebody listens to.
    pub(super) fn wanted(&self) -> HashSet<Arc<str>> {
        self.with(|topics| topics.keys().cloned().collect())
    }

    fn join(&self, topic: &Key) -> broadcast::Receiver<Heard> {
        self.with(|topics| {
            let topic = topics.entry(topic.shared_name()).or_insert_with(|| {
                self.changed.notify_one();
                Topic { sender: broadcast::Sender::new(self.backlog), listeners: 0 }
            });
            topic.listeners += 1;
            topic.sender.subscribe()
        })
    }

    fn leave(&self, key: &Key) {
        self.with(|topics| {
            if let Some(topic) = topics.get_mut(key.name()) {
                topic.listeners -= 1;
                if topic.listeners == 0 {
                    topics.remove(key.name());
                    self.changed.notify_one();
                }
            }
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut HashMap<Arc<str>, Topic>) -> T) -> T {
        act(&mut self.topics.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One listener to one topic. It keeps the cache alive; dropping it ends the listening.
pub struct Subscription {
    cache: Cache,
    topic: Key,
    receiver: broadcast::Receiver<Heard>,
}

impl Subscription {
    pub(super) fn new(cache: Cache, topic: Key) -> Self {
        let receiver = cache.board().join(&topic);
        Self { cache, topic, receiver }
    }

    /// Waits for the next thing said. Dropping the future loses nothing, so it may stand in a `select!`.
    ///
    /// Anyone who listens must be able to read the truth again: [`Heard::Missed`] comes when this listener
    /// was too slow, when Redis was away, and once when listening at Redis has really begun.
    pub async fn recv(&mut self) -> Heard {
        match self.receiver.recv().await {
            Ok(heard) => heard,
            Err(RecvError::Lagged(_)) => Heard::Missed,
            // The board keeps the sender as long as this subscription lives.
            Err(RecvError::Closed) => future::pending().await,
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.cache.board().leave(&self.topic);
    }
}
