//! Reminders, as far as they can be counted: nobody misses a date, and every reminder is accounted for.
//!
//! A reminder's [`Identity`] is holder, document, expiry, rule and channel. [`judge`] says which reminders of a deadline
//! are due and not settled: not "those of today" but all whose day has come, so that a missed run catches up. Of
//! several, only the latest is sent; those it overtakes are suppressed and say so. Before it is sent, a reminder is
//! checked against its source ([`recheck`]). Each one is in one [`Phase`] and moves along the edges of one table
//! ([`step`]); an [`Account`] follows these moves, so that
//! `due = waiting + sent + suppressed(reason) + failed(reason)` always.
//!
//! Renewed or moved, a document has another expiry, and so other reminders: they arm by themselves. Those of the old
//! expiry that still wait are suppressed ([`still_meant`]).

mod account;
mod judge;
mod phase;

pub use account::{Account, Unbalanced};
pub use judge::{Found, Marks, Recheck, Verdict, Wish, judge, next_look, recheck, still_meant};
pub use phase::{Event, Failure, Identity, Phase, Reason, Refused, step};
