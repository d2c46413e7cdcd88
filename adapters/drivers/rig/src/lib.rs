//! What the tests of drivers share: servers of few words on real sockets, a store in memory, and a call that is
//! ready but for what a test is about. Nothing of this is part of the portal.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod asked;
mod server;

pub use asked::Asked;
pub use server::{Heard, Server};
pub use yimen_drivers::Memory;

/// TLS needs the process to have chosen its cryptography.
pub fn provide() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
