//! Submitting, being called back, and everything that only looks like it.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod events;
mod submits;
mod verifies;
