//! What becomes of a bad rating: somebody calls, what was wrong is put right or explained, and the person says whether
//! that will do. All of them, whatever stands in them.
//!
//! [`life`] is the table of it; `steps` the only place where one moves. [`work`] is what staff do, of the agency and above
//! it, and [`hands`] which of them has it; [`close`] what the person says to it, and what time and other decisions do.

pub mod close;
pub mod hands;
pub mod life;
mod model;
pub mod queries;
mod steps;
pub mod work;

pub use close::{Lapse, Recount, lapse, recount, verdict};
pub use model::{FollowUp, Outcome, Verdict};
pub use steps::{Step, of_rating};

pub(super) use close::{drop_all, drop_one};
pub(super) use steps::{open, tell};
