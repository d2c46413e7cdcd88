//! What came of asking an agency. Never a bare list: a failure cannot be mistaken for "nothing found".

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What came of asking an agency. A page shows each of these differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome<T> {
    /// The agency answered just now.
    Fresh(T),
    /// The agency does not answer; this is what it said at `since`.
    Stale { value: T, since: DateTime<Utc> },
    /// The agency does not answer, and nothing that it said before may be shown. `until`, where it is known:
    /// before then asking again is of no use.
    Unavailable { until: Option<DateTime<Utc>> },
    /// The person may not have this answer.
    NotEntitled,
    /// The agency answered that there is nothing.
    Empty,
}

impl<T> Outcome<T> {
    /// The value, fresh or not.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Fresh(value) | Self::Stale { value, .. } => Some(value),
            Self::Unavailable { .. } | Self::NotEntitled | Self::Empty => None,
        }
    }

    /// Changes the value, and nothing of what is said about it.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Fresh(value) => Outcome::Fresh(change(value)),
            Self::Stale { value, since } => Outcome::Stale { value: change(value), since },
            Self::Unavailable { until } => Outcome::Unavailable { until },
            Self::NotEntitled => Outcome::NotEntitled,
            Self::Empty => Outcome::Empty,
        }
    }

    /// The word in metrics.
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::Fresh(_) => "fresh",
            Self::Stale { .. } => "stale",
            Self::Unavailable { .. } => "unavailable",
            Self::NotEntitled => "not-entitled",
            Self::Empty => "empty",
        }
    }
}
