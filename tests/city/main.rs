//! The portal through its front doors: HTTP, command line, database, on both engines.
//!
//! Every test opens a [`town::Town`] of its own: a real portal on a free port with its own database, its own
//! clock and the demo city in it. `tests/run` starts the PostgreSQL and Redis that half of them need.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::disallowed_methods, reason = "a test is a visitor: it dials the portal itself")]

mod people;
mod town;

mod acting;
mod answering;
mod architecture;
mod bad_input;
mod channels;
mod city;
mod command_line;
mod data;
mod demo;
mod doors;
mod gateway;
mod killed;
mod national;
mod ledger;
mod packages;
mod privacy;
mod provider;
mod queue;
mod resume;
mod sessions;
mod signing;
mod sites;
mod staff;
mod storage;
mod verify;
