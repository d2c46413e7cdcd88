//! What another version of a package changes: for the people who use its services, for the backend, and for the
//! operator who bound it. What breaks something for anybody is said to break, and nothing else is.
//!
//! Both versions are laid out as values in which everything has its name (`outline`), compared path by path,
//! and each difference is judged by the place where it is (`judge`).

mod judge;
mod outline;

use std::fmt;

use serde::Serialize;
use yimen_contract::Package;

use crate::rehearsal::{Strictness, differences};

/// Whom a change concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// Who uses the services.
    People,
    /// Who runs the backend.
    Backend,
    /// Who binds addresses and secrets.
    Operator,
}

/// How much it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Something that worked no longer does, or somebody learns more about people.
    Breaks,
    /// Works, and should be looked at.
    Notable,
    /// Nobody has to do anything.
    Plain,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    pub weight: Weight,
    pub whom: Whom,
    /// What it is about: `service YZ02001`, `capability lookup`.
    pub subject: String,
    /// What is different, in a sentence.
    pub message: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Breaks => "breaks",
            Weight::Notable => "notable",
            Weight::Plain => "plain",
        };
        write!(f, "{weight}: {}: {}", self.subject, self.message)
    }
}

/// Everything that differs, what weighs most first.
pub fn changes(old: &Package, new: &Package) -> Vec<Change> {
    let (before, after) = (outline::of(old), outline::of(new));
    let list = differences("", Some(&before), Some(&after), Strictness::Exact);
    let mut changes: Vec<Change> = list.iter().filter_map(judge::change).collect();
    changes.sort();
    changes.dedup();
    changes
}
