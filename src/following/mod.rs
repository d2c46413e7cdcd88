//! Notices that come by themselves: whoever follows an agency, a domain or the warnings for a district is told of each new one.
//!
//! - [`model`] is what can be followed, and who follows it.
//! - [`spread`] finds notices of which nobody was told and tells those who follow, set by set: each is told once, whichever of
//!   the things they follow it belongs to. What is over by then is not told.
//! - [`pages`] is where people choose.

mod model;
pub mod pages;
pub mod personal;
#[cfg(test)]
mod samples;
pub mod spread;
pub mod views;

pub use model::{Follow, Followed, What};
