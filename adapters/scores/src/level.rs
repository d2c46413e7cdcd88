//! The five levels of a rating.

use serde::{Deserialize, Serialize};

/// How satisfied somebody was. No answer is no level: it is never counted as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    VeryDissatisfied,
    Dissatisfied,
    BasicallySatisfied,
    Satisfied,
    VerySatisfied,
}

impl Level {
    /// From the worst to the best, as tallies keep them.
    pub const ALL: [Self; 5] = [
        Self::VeryDissatisfied,
        Self::Dissatisfied,
        Self::BasicallySatisfied,
        Self::Satisfied,
        Self::VerySatisfied,
    ];

    /// Whether somebody has to follow it up.
    pub fn is_bad(self) -> bool {
        self < Self::BasicallySatisfied
    }
}
