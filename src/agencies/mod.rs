//! Organisations and what they registered: packages and their versions, which are the truth that the
//! catalogue shows.
//!
//! A package is installed whole or not at all: read, checked, stored as it came and in compiled form, made
//! live, in one transaction. Installing the same files again changes nothing. Every change is announced, so
//! that each node shows it within seconds. The city folder is a package too, under the name [`CITY_SLUG`].

mod actions;
pub mod bindings;
pub mod clients;
mod codes;
mod compiled;
pub mod demo;
pub mod expiry;
mod model;
pub mod pages;
mod queries;
pub mod releases;
pub(crate) mod views;
pub mod warnings;

use yimen_tools::archive;

pub use actions::{install, rollback};
pub use compiled::Compiled;
pub use model::{
    AgencyPackage, Change, InstallError, Installed, LivePackage, PackageRow, Trial, VersionId, level_of,
};
pub use queries::{
    Signature, Standing, agency, at_version, list, live, opened_at, package_of, published, signature,
    standing, version,
};

/// What is announced when a package was installed, or another version made live.
pub const TOPIC: &str = "packages";

/// The name under which the city folder is kept.
pub const CITY_SLUG: &str = "city";
