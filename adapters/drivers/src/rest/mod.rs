//! The driver for backends that speak JSON over HTTP.

pub mod signing;
