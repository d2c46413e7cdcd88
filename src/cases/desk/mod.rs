//! The officers' desk: cases of agencies that work in the portal, and what could not be handed over to those that have
//! a system of their own.
//!
//! The branch of the agency stands in every query, so that a case of another branch is as unknown as none. What is done
//! goes through the one table of `life`, is written into the record of the person it is about, and is told them once.
//! Decisions against the applicant, and a longer term, are drafted by one officer and confirmed by another ([`propose`]).

mod actions;
pub mod ahead;
pub mod ahead_views;
mod clock;
pub mod copies;
mod copy;
pub mod counter;
mod failed;
mod model;
mod opened;
pub(in crate::cases) mod propose;
mod queries;
mod recount;
mod seat;
pub mod silence;
pub mod soon;
pub mod views;
mod work;

pub use actions::{carry_out, extension, possible, whole};
pub(super) use clock::pauses;
pub use clock::{Clocks, wind};
pub use copy::{Copied, copy};
pub use failed::{Remedy, mend};
pub use model::{Came, DeskError, Filter, Line, Order, Show, Sort, Work};
pub use opened::{Opened, number, open, paper};
pub use propose::{Proposal, settle};
pub use queries::{agencies, count, late, list, one, services};
pub use recount::{Recount, recount};
pub use seat::Seat;
pub(super) use work::arrive;
pub use work::{CaseWork, assign, assign_all, colleagues, may_take};
