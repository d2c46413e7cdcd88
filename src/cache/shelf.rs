//! The values this process keeps itself: bounded in bytes, each with its own time to live.

use std::time::{Duration, Instant};

use bytes::Bytes;
use moka::{Expiry, sync::Cache};

use super::{Key, LONGEST_KEPT};

/// What an entry costs beside its name and value: the bookkeeping of the store.
const OVERHEAD: usize = 128;

/// Clones share one store.
#[derive(Clone)]
pub(super) struct Shelf(Cache<Key, Kept>);

#[derive(Clone)]
struct Kept {
    value: Bytes,
    ttl: Duration,
}

impl Shelf {
    pub(super) fn new(bytes: u64) -> Self {
        let weigh = |key: &Key, kept: &Kept| {
            u32::try_from(key.name().len() + kept.value.len() + OVERHEAD).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(bytes).weigher(weigh).expire_after(EachItsOwn).build())
    }

    pub(super) fn get(&self, key: &Key) -> Option<Bytes> {
        self.0.get(key).map(|kept| kept.value)
    }

    pub(super) fn put(&self, key: &Key, value: Bytes, ttl: Duration) {
        self.0.insert(key.clone(), Kept { value, ttl: ttl.min(LONGEST_KEPT) });
    }

    pub(super) fn forget(&self, key: &Key) {
        self.0.invalidate(key);
    }

    pub(super) fn clear(&self) {
        self.0.invalidate_all();
    }

    /// The bytes held, once the store has done its pending work.
    #[cfg(test)]
    pub(super) fn weight(&self) -> u64 {
        self.0.run_pending_tasks();
        self.0.weighted_size()
    }
}

/// Putting again starts the new value's own time; reading never prolongs it.
struct EachItsOwn;

impl Expiry<Key, Kept> for EachItsOwn {
    fn expire_after_create(&self, _: &Key, kept: &Kept, _: Instant) -> Option<Duration> {
        Some(kept.ttl)
    }

    fn expire_after_update(&self, _: &Key, kept: &Kept, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(kept.ttl)
    }
}
