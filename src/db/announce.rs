//! Saying, inside a transaction, what should be heard once it is committed.
//!
//! A job enqueued in a transaction that is rolled back must wake nobody, and one that is committed must wake
//! its runner at once. Topics are names only: whoever hears one reads the truth from the database.

use std::cell::RefCell;

use super::Conn;

thread_local! {
    static SAID: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Has `topic` heard by [`super::Db::announcements`] after the transaction of this connection commits.
pub fn announce(_inside: &mut Conn, topic: &'static str) {
    SAID.with_borrow_mut(|said| {
        if !said.contains(&topic) {
            said.push(topic);
        }
    });
}

/// What has been said on this thread since the last call.
pub(super) fn take() -> Vec<&'static str> {
    SAID.take()
}
