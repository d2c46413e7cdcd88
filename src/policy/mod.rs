//! What the city sets by numbers, without a developer: terms, limits, weights, thresholds.
//!
//! - [`Rule`] is one of them: what it may be, and what the city's package (or the program) says as long as nobody changed it.
//! - [`Book`] holds what was decided since. [`Rules`] is the book at a moment: the one way in which rooms read a number, so
//!   that a clock keeps those with which it began. The catalogue carries the book, and brings it up to date on every node.
//! - [`acts`] is how a number changes: one administrator asks with a reason and a first day, another approves. What was
//!   decided stays on record ([`queries`]) and is never written over.

pub mod acts;
mod book;
mod model;
pub mod queries;
mod rules;

pub use acts::TOPIC;
pub use book::{Book, Rules};
pub use model::{Change, ChangeId, PolicyError, Proposal, State, Wrong};
pub use queries::{Signature, numbers_in_force, signature};
pub use rules::{Group, Rule, Unit};
