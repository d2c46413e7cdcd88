//! Scorecards: what was counted of every service in a month, its stars, and who sees them when.
//!
//! - [`count`] counts every night, from what is kept anyway (`sources`, one grouped statement for each kind of it), every
//!   month that is not closed. Only the log of calls is forgotten before that; its days are summed up first (`calls`).
//! - [`model`] is a row and a sum of rows: an agency is the sum of its services. [`sheet`] says what follows: stars by the
//!   formula of `yimen_scores`, places in a league, and which rows are about too few people to be shown.
//! - [`stage`] says whose a month is: its agency's for some days, then everybody's. [`reply`] is what the agency says to it.
//! - [`open`] is the same as files. The stars follow from a file's line alone.
//! - [`domains`] and [`districts`] are the same months by what they are about and by where.
//! - [`funnel`] is how far people come in a service, step by step, for administrators.
//! - [`usage`] is what is looked at and used: days, services, and agencies by what they offer and whom they serve.
//! - [`retire`] asks an agency about a service that nobody uses.
//! - [`alarms`] are ratings that somebody should look at.

pub mod alarms;
mod calls;
pub mod complaints;
pub mod count;
mod days;
mod decided;
pub mod district_views;
pub mod districts;
pub mod domain_views;
pub mod domains;
pub mod funnel;
mod guide;
pub mod model;
pub mod noted;
pub mod open;
pub mod pages;
pub mod portal_views;
pub mod queries;
pub mod reply;
pub mod report;
#[cfg(test)]
mod report_samples;
pub mod report_views;
pub mod retire;
#[cfg(test)]
mod samples;
pub mod sheet;
mod sources;
pub mod stage;
mod steps;
pub mod usage;
pub mod usage_views;
pub mod verify;
pub mod views;

pub use count::{Count, count};
