//! What people ask, complain of, suggest and report: a work order each, from the first word to the question whether it was
//! dealt with well.
//!
//! - [`life`] is the one table of what can happen to an order; [`steps`] takes a step, on record, and has everybody told who
//!   reported it. [`clock`] counts its terms by the city's calendar, [`watch`] puts what is late on the supervision
//!   list, and `recount` corrects what was a guess.
//! - [`take`] takes a report in, from an account or without one. Its words are sealed for whoever wrote them; the order itself
//!   holds nothing about anybody. [`suggest`] says from the words whose it probably is.
//! - [`desk`] is from where staff see orders: the city's desk, which gives them out, and the units that deal with them.
//!   [`acts`] is what they do, [`merge`] makes one of two, [`opened`] opens what people wrote, which is a look on their record.
//!   Who sent a tip-off is told to an administrator with a reason, and to nobody else.
//! - [`disputes`] are orders about what was decided of a rating: whoever does not accept it has somebody else decide.
//! - [`mine`] is what the person reads, by their account or by number and code; [`judge`] what they say of the answer.
//! - [`overview`] is every order of the city for those above the desk: sorted out, and what of it needs a person.
//! - [`figures`] are what is counted: complaints for the scorecards, and what people write about.
//! - [`answers`] are questions that were answered once and stand for everybody; [`photos`] are the pictures and documents.

pub mod acts;
pub mod answers;
mod clock;
pub mod desk;
pub mod disputes;
pub mod figures;
pub mod judge;
mod life;
mod merge;
pub mod mine;
mod model;
pub mod opened;
pub mod overview;
pub mod overview_views;
pub mod pages;
pub mod personal;
pub mod photos;
mod recount;
#[cfg(test)]
mod samples;
mod steps;
pub mod suggest;
pub mod take;
pub mod topic_views;
pub mod views;
pub mod watch;

pub use clock::Clocks;
pub use life::{Act, By, EDGES, State, next, printed};
pub use model::{
    AnswerId, Finding, Kind, Order, OrderId, ReportId, StepId, Verdict, VoiceError, Words, number_of,
};
pub use recount::recount;
pub use steps::{Said, Step};
