//! The ground floor: what every other room stands on, and nothing that knows a city.
//!
//! Clock, ids, configuration, secrets and keys, logs, memory, languages, the working-day calendar. Imports nobody.

pub mod calendar;
pub mod clock;
pub mod config;
pub mod hashes;
pub mod here;
pub mod i18n;
pub mod ids;
pub mod keys;
pub mod memory;
pub mod outside;
pub mod random;
pub mod spoken;
pub mod telemetry;
pub mod tls;

pub use clock::{Clock, Moment};
pub use i18n::{Lang, Texts, named};
