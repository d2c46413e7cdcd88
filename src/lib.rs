//! Yimen (一门, "one door"): a city's one entry to hundreds of agency services.
//!
//! The rooms below stand in order: a room uses only the ones above it in this list. `ARCHITECTURE.md` tells
//! what each is for, and a test reads every `use` against the order.

pub mod platform;
pub mod db;
pub mod cache;
pub mod jobs;
pub mod web;
pub mod ledger;
pub mod accounts;
pub mod policy;
pub mod agencies;
pub mod sso;
pub mod gateway;
pub mod catalogue;
pub mod notices;
pub mod wallet;
pub mod payments;
pub mod cases;
pub mod bookings;
pub mod surveys;
pub mod following;
pub mod reminders;
pub mod ratings;
pub mod households;
pub mod voice;
pub mod hall;
pub mod app;
