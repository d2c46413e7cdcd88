//! A store for as long as a program runs: for trying packages, and for tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use super::{Arrived, Found, Store, StoreError, Waiting, Whose};
use crate::call::Future;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// Everything is gone when it is.
#[derive(Default)]
pub struct Memory(Mutex<BTreeMap<(String, String), Kept>>);

#[derive(Default)]
struct Kept {
    since: Option<DateTime<Utc>>,
    digests: BTreeSet<String>,
    lines: BTreeMap<String, Vec<Value>>,
    waiting: Vec<Waiting>,
}

impl Memory {
    fn at<T>(&self, whose: Whose<'_>, act: impl FnOnce(&mut Kept) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        act(all.entry((whose.agency.to_owned(), whose.table.to_owned())).or_default())
    }
}

fn done<'a, T: Send + 'a>(value: T) -> Future<'a, Result<T, StoreError>> {
    Box::pin(async move { Ok(value) })
}

impl Store for Memory {
    fn apply<'a>(&'a self, whose: Whose<'a>, file: Arrived) -> Future<'a, Result<bool, StoreError>> {
        done(self.at(whose, |kept| {
            if !kept.digests.insert(file.digest) {
                return false;
            }
            // A file of yesterday that comes late takes nothing back.
            let newer = kept.since.is_none_or(|since| file.time >= since);
            if file.whole && newer {
                kept.lines.clear();
            }
            let mut fresh = BTreeMap::<String, Vec<Value>>::new();
            for (key, line) in file.lines {
                fresh.entry(key).or_default().push(line);
            }
            if newer {
                kept.lines.extend(fresh);
                kept.since = Some(file.time);
            }
            true
        }))
    }

    fn knows<'a>(&'a self, whose: Whose<'a>, digest: &'a str) -> Future<'a, Result<bool, StoreError>> {
        done(self.at(whose, |kept| kept.digests.contains(digest)))
    }

    fn find<'a>(&'a self, whose: Whose<'a>, key: &'a str) -> Future<'a, Result<Option<Found>, StoreError>> {
        done(self.at(whose, |kept| {
            let lines = kept.lines.get(key).cloned().unwrap_or_default();
            kept.since.map(|since| Found { since, lines })
        }))
    }

    fn queue<'a>(&'a self, whose: Whose<'a>, line: Waiting) -> Future<'a, Result<(), StoreError>> {
        self.at(whose, |kept| {
            if !kept.waiting.iter().any(|one| one.key == line.key) {
                kept.waiting.push(line);
            }
        });
        done(())
    }

    fn waiting<'a>(&'a self, whose: Whose<'a>, most: usize) -> Future<'a, Result<Vec<Waiting>, StoreError>> {
        done(self.at(whose, |kept| kept.waiting.iter().take(most).cloned().collect()))
    }

    fn sent<'a>(&'a self, whose: Whose<'a>, keys: &'a [String]) -> Future<'a, Result<(), StoreError>> {
        self.at(whose, |kept| kept.waiting.retain(|one| !keys.contains(&one.key)));
        done(())
    }
}
