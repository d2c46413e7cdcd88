//! The agency's tools, as an agency uses them.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod begins;
mod compares;
mod faulty;
mod forms;
mod imports;
mod lives;
mod packages;
mod troubles;
