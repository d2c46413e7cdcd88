//! The vocabulary between the portal and the agencies: what a package says, in typed form.
//!
//! An agency joins the city with a folder of text files, a *package*. This crate knows the format of
//! that folder and nothing else: no database, no web framework, no clock.

pub mod agency;
pub mod city;
pub mod licence;
pub mod service;
pub mod text;
pub mod writing;

pub use text::Bilingual;
