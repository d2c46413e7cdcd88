//! Forms from outside: those of the city, one with everything in it, and broken ones.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod agreeing;
mod carrying;
mod checking;
mod city;
mod drafts;
mod folder;
mod handbook;
mod mistakes;
mod steps;
mod typing;
mod wild;
