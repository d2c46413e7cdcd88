//! Which part of a long record somebody wants to see.

use crate::platform::Moment;

/// What happened between two moments, in one order, and of that one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: Moment,
    /// What happened then is not part of it any more.
    pub until: Moment,
    pub oldest_first: bool,
    pub skip: i64,
    pub most: i64,
}
