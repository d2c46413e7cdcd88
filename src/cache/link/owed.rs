//! The names whose values Redis may hold although they were replaced or forgotten while it was away.

use std::{collections::HashSet, mem};

/// More than these, and sweeping all kept values is cheaper than remembering.
const MOST: usize = 10_000;

#[derive(Default)]
pub(super) struct Owed {
    names: HashSet<String>,
    everything: bool,
}

/// What is to be removed from Redis.
pub(super) enum Removal {
    Nothing,
    Names(Vec<String>),
    Everything,
}

impl Owed {
    pub(super) fn add(&mut self, name: String) {
        if !self.everything {
            self.names.insert(name);
            if self.names.len() > MOST {
                self.add_everything();
            }
        }
    }

    fn add_everything(&mut self) {
        self.everything = true;
        self.names = HashSet::new();
    }

    /// Takes what is owed; if the removal fails it is to be put back.
    pub(super) fn take(&mut self) -> Removal {
        match mem::take(self) {
            Self { everything: true, .. } => Removal::Everything,
            Self { names, .. } if names.is_empty() => Removal::Nothing,
            Self { names, .. } => Removal::Names(names.into_iter().collect()),
        }
    }

    pub(super) fn put_back(&mut self, removal: Removal) {
        match removal {
            Removal::Nothing => {}
            Removal::Names(names) => names.into_iter().for_each(|name| self.add(name)),
            Removal::Everything => self.add_everything(),
        }
    }
}
