//! A sample package and a sample city, broken in one place at a time: each test says what the author is told.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod across;
mod agency;
mod capability;
mod city;
mod files;
mod folder;
mod guide;
mod handbook;
mod mistakes;
mod protocol;
mod mutations;
mod schema;
mod service;
mod writing;
