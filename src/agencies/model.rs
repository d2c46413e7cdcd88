//! Packages, versions, and what can be said of an installation.

use std::fmt;

use yimen_contract::{Findings, Package};

use super::Compiled;
use crate::{db::DbError, id, platform::Moment};

id! {
    /// One version of a package.
    VersionId
}

/// What an installation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    pub slug: String,
    pub version: i32,
    pub change: Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The first version of a package.
    New,
    /// Another version of a package that was there.
    Updated,
    /// These very files are live already.
    Unchanged,
}

impl fmt::Display for Installed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.change {
            Change::New => "installed",
            Change::Updated => "updated",
            Change::Unchanged => "unchanged",
        };
        write!(f, "{}: {what}, version {}", self.slug, self.version)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The package itself is wrong.
    #[error("{0}")]
    Refused(Findings),
    #[error(
        "the service code {code} belongs to the package {owner}. Codes are never used twice: choose another."
    )]
    CodeTaken { code: String, owner: String },
    #[error("there is no package {0} here")]
    Unknown(String),
    #[error("{0} has no earlier version to go back to")]
    NoEarlier(String),
    #[error("the stored form of a package cannot be read: {0}")]
    Stored(String),
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A live package with what it says.
#[derive(Debug, Clone)]
pub struct LivePackage {
    pub slug: String,
    pub version: i32,
    pub installed_at: Moment,
    pub compiled: Compiled,
}

/// The live package of one agency.
#[derive(Debug, Clone)]
pub struct AgencyPackage {
    pub version: VersionId,
    pub package: Box<Package>,
}

/// A line of the list of packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageRow {
    pub slug: String,
    pub version: i32,
    pub fingerprint: String,
    pub installed_at: Moment,
}
