//! The dialer and the driver against a backend that misbehaves, over real connections.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod auth;
mod backend;
mod bodies;
mod dial;
mod hostile;
mod pages;
mod rest;
mod tls;
