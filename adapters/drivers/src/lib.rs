//! How the portal speaks to agencies' backends: one driver per protocol, and the only way to dial out.

pub mod rest;
