//! Counts for limits, as this process alone sees them: fixed windows, bounded memory, never an open door.
//!
//! They are kept whether or not Redis is there, so that the moment it goes away the count goes on from where
//! it was. When a space has more names in their windows than there is room for, further names share a few
//! counts: they may be refused too early, but no flood of names makes room for itself by pushing others out.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};

use super::Key;

/// How many counts the names without a place of their own share.
const SHARED: u64 = 256;
/// A full space looks for places that have become free at most this often, in milliseconds of `now`.
const SWEEP_EVERY: u64 = 1000;
const LONGEST_WINDOW: Duration = Duration::from_hours(24 * 366);

/// What has been counted in the current window, this time included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub count: u64,
    /// Until the count is zero again: what a refused caller is told to wait.
    pub resets_in: Duration,
}

impl Tally {
    /// Whether more than `limit` have been counted: refuse.
    pub fn over(&self, limit: u64) -> bool {
        self.count > limit
    }
}

/// The window that `now` lies in. Every node computes the same one; its beginning differs from name to name,
/// so that not everybody's quota starts again on the same stroke.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) millis: u64,
    pub(super) number: i64,
    now: i64,
    ends: i64,
}

impl Span {
    pub(super) fn of(key: &Key, window: Duration, now: DateTime<Utc>) -> Self {
        let window = window.clamp(Duration::from_millis(1), LONGEST_WINDOW);
        let length = i64::try_from(window.as_millis()).unwrap_or(i64::MAX);
        let millis = length.unsigned_abs();
        let now = now.timestamp_millis();
        let shifted = now.saturating_add_unsigned(key.hash() % millis);
        let left = length - shifted.rem_euclid(length);
        Self { millis, number: shifted.div_euclid(length), now, ends: now.saturating_add(left) }
    }
}

pub(super) struct Counts {
    /// Each space has its own room: a flood of addresses does not touch the counts of accounts.
    spaces: Mutex<HashMap<&'static str, Space>>,
    room: usize,
}

#[derive(Default)]
struct Space {
    own: HashMap<(Key, u64), Cell>,
    shared: HashMap<(u64, u64), Cell>,
    swept: i64,
}

#[derive(Default)]
struct Cell {
    ends: i64,
    count: u64,
}

impl Counts {
    pub(super) fn new(room: usize) -> Self {
        Self { spaces: Mutex::default(), room }
    }

    /// Begins to count `more` under `key` (or nothing, to look). It counts even if it is never ended.
    pub(super) fn begin(&self, key: &Key, span: Span, more: u64) -> Counting<'_> {
        let (known, own) = self.with(key, |space, room| {
            let (cell, own) = space.cell(key, &span, room);
            (cell.count, own)
        });
        Counting { counts: self, key: key.clone(), span, more, known, own, ended: false }
    }

    fn with<T>(&self, key: &Key, act: impl FnOnce(&mut Space, usize) -> T) -> T {
        let mut spaces = self.spaces.lock().unwrap_or_else(PoisonError::into_inner);
        act(spaces.entry(key.space()).or_default(), self.room)
    }
}

/// One count under way, while the other nodes are asked for theirs.
pub(super) struct Counting<'a> {
    counts: &'a Counts,
    key: Key,
    span: Span,
    more: u64,
    known: u64,
    own: bool,
    ended: bool,
}

impl Counting<'_> {
    /// The least that the nodes together have come to. A count shared by several names says nothing of one.
    pub(super) fn floor(&self) -> u64 {
        if self.own { self.known.saturating_add(self.more) } else { 0 }
    }

    /// Ends it with what all nodes together have come to, or with this node's own count.
    pub(super) fn end(mut self, together: Option<u64>) -> Tally {
        self.finish(together)
    }

    fn finish(&mut self, together: Option<u64>) -> Tally {
        self.ended = true;
        self.counts.with(&self.key, |space, room| {
            let (cell, own) = space.cell(&self.key, &self.span, room);
            cell.count = match together {
                Some(count) if own => cell.count.max(count),
                _ => cell.count.saturating_add(self.more),
            };
            let left = cell.ends.saturating_sub(self.span.now).max(0).unsigned_abs();
            Tally {
                count: together.unwrap_or(cell.count),
                resets_in: Duration::from_millis(left.min(self.span.millis)),
            }
        })
    }
}

impl Drop for Counting<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.finish(None);
        }
    }
}

impl Space {
    /// The cell for `key` in its present window, and whether it is the key's own.
    fn cell(&mut self, key: &Key, span: &Span, room: usize) -> (&mut Cell, bool) {
        let place = (key.clone(), span.millis);
        if self.own.len() >= room && !self.own.contains_key(&place) {
            self.sweep(span.now);
        }
        let own = self.own.len() < room || self.own.contains_key(&place);
        let (cell, ends) = if own {
            (self.own.entry(place).or_default(), span.ends)
        } else {
            // The names sharing this cell begin their windows at different times; a whole window from the
            // first of them leaves none of them a gap.
            let place = (span.millis, key.hash() % SHARED);
            (self.shared.entry(place).or_default(), span.now.saturating_add_unsigned(span.millis))
        };
        // A clock that steps back a little, or a caller who is late, starts nothing again; and a clock that was
        // far ahead blocks nobody for long.
        let away = i128::from(cell.ends) - i128::from(span.now);
        if away <= 0 || away > i128::from(span.millis) * 2 {
            *cell = Cell { ends, count: 0 };
        }
        (cell, own)
    }

    fn sweep(&mut self, now: i64) {
        if now.abs_diff(self.swept) >= SWEEP_EVERY {
            self.swept = now;
            self.own.retain(|_, cell| cell.ends > now);
            self.shared.retain(|_, cell| cell.ends > now);
        }
    }
}
