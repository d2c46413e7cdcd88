//! What falls due, and telling people in time: `due = waiting + sent + suppressed + failed`, exactly, at any moment.
//!
//! - A deadline ([`keep`]) hangs on a document, an appointment, a correction, a due or a date of somebody's own. Whatever it
//!   hangs on says so by a job when it changes ([`documents`], [`matters`]); a renewed document has another date, and so other
//!   reminders, which arm by themselves.
//! - [`look`] finds, set by set, the reminders that have come due and are not settled: a run that was missed is made up for by
//!   the next. What becomes of each the crate `yimen-licences` decides.
//! - [`send`] asks the source once more, and then hands the reminder to `notices` in the transaction that settles it: it is sent
//!   exactly if there is a notice.
//! - [`yearly`] is what comes every year: services that are there in some months only.
//! - [`recount`] counts anew when the rule of a kind, or the calendar, is another.
//! - [`balance`] draws the account up. [`feed`] puts somebody's dates into their own calendar.

mod balance;
pub mod documents;
pub mod feed;
pub mod forget;
mod keep;
mod look;
pub mod matters;
mod model;
pub mod own;
pub mod pages;
pub mod personal;
pub mod queries;
pub mod recount;
#[cfg(test)]
mod samples;
mod send;
pub mod views;
mod wishes;
pub mod yearly;

pub use balance::{Balance, balance, late};
pub use keep::{Hangs, Planned, keep};
pub use look::{Look, look, look_soon};
pub use model::{Deadline, DeadlineId, Means, Source};
pub use send::{Send, send};
