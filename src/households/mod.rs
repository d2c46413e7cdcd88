//! Households that an agency helps: what it knows of each, who looked in when and what they found, and how many there are.
//!
//! - A record is kept for a service that gives something (`item_type = "benefit"`), under the account of whoever the agency deals
//!   with, found by their verified number and a reason ([`keep`]). Whoever it is about reads all of it; staff of the agency open
//!   it as a look in that person's record.
//! - A visit says what was found and by when somebody looks in again. What is past that day is late.
//! - [`figures`] are counts, which open nobody's record: all of them for the agency, and above it none about too few.

pub mod figures;
pub mod keep;
mod model;
pub mod pages;
pub mod personal;
#[cfg(test)]
mod samples;
pub mod views;

pub use model::{Household, HouseholdError, HouseholdId, Outcome, VisitId};
