//! Ratings and what they say, from outside.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod alarms;
mod chance;
mod charts;
mod figures;
mod fraud;
mod masking;
mod open_data;
mod stars;
