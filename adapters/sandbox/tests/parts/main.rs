//! Each part of the sandbox, over its real protocol.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop")]

mod harness;
mod national;
mod people;
mod player;
mod portal;
mod post_box;
mod register;
mod site;
