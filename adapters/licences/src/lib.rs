//! Licences in time.
//!
//! A [`Rule`] is a licence type read once: the validity grammar (`grammar.rs` has its table), the window in which it can
//! be renewed, what follows from being late, when its holder is reminded. Given a [`Document`], it counts
//! [`Dates`], which do not depend on the day; given a day, they say how it stands ([`Standing`]) and when that changes next. A
//! document has at most two dates to keep: its own end, and that of what is checked about it.
//!
//! [`reminders`] is the arithmetic of promising that nobody misses a date: what makes two reminders the same, which are
//! due and not settled, what becomes of one, and the account that balances whatever happens.
//!
//! [`check`] says to those who write packages what cannot be meant: a window that closes before it opens, a reminder
//! on the last day to act.
//!
//! Everything here is a pure function: no database, no clock. Days are those of the city. Which of them are working
//! days is asked of a [`Calendar`]; a date that was counted through a year whose holidays are not published is
//! provisional. What is missing to say a date is said to be missing, never guessed. `examples/pace.rs` measures how
//! many documents a second can be looked at.

pub mod check;
mod dates;
mod days;
mod document;
mod due;
mod edge;
mod grammar;
mod period;
pub mod reminders;
mod rule;
mod stages;
mod standing;

pub use dates::{Dates, Deadline, MOST, Matter};
pub use days::{Calendar, Counted, PlainWeek, Table};
pub use document::Document;
pub use due::{Due, Missing};
pub use period::age;
pub use rule::{MOST_REMINDERS, Mistake, Rule};
pub use stages::{Stage, Stages};
pub use standing::{Renewal, Standing, State};
