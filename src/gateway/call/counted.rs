//! How often a driver is asked for one call.

use std::sync::atomic::{AtomicU32, Ordering};

use yimen_drivers::{Answer, Call, CallError, Driver, Future};

/// A driver whose attempts are counted.
pub(super) struct Counted<'a> {
    pub(super) driver: &'a dyn Driver,
    pub(super) attempts: &'a AtomicU32,
}

impl Driver for Counted<'_> {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>> {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        self.driver.call(call)
    }
}
