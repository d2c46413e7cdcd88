//! Packages, versions, and what can be said of an installation.

use std::fmt;

use yimen_contract::{Findings, Package, service::Service};

use super::{
    Compiled,
    releases::{Candidate, ReleaseError, Suspension},
};
use crate::{db::DbError, id, platform::Moment};

id! {
    /// One version of a package.
    VersionId
}

/// How surely somebody must be who they say for a service; `None`, if it is for everybody.
pub fn level_of(service: &Service) -> Option<u8> {
    (service.assurance > 0 || !service.claims.is_empty()).then_some(service.assurance)
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

impl From<ReleaseError> for InstallError {
    fn from(error: ReleaseError) -> Self {
        match error {
            ReleaseError::Refused(findings) => Self::Refused(findings),
            ReleaseError::CodeTaken { code, owner } => Self::CodeTaken { code, owner },
            ReleaseError::Db(error) => Self::Db(error),
            other => Self::Stored(other.to_string()),
        }
    }
}

/// A live package with what it says.
#[derive(Debug, Clone)]
pub struct LivePackage {
    pub slug: String,
    pub version: i32,
    pub installed_at: Moment,
    pub compiled: Compiled,
    /// A version that some citizens get instead.
    pub on_trial: Option<Trial>,
    /// The agency is admitted.
    pub verified: bool,
    /// Its services are shut.
    pub suspended: Option<Suspension>,
}

/// A version that a share of the citizens gets, with what it says.
#[derive(Debug, Clone)]
pub struct Trial {
    pub candidate: Candidate,
    pub package: Box<Package>,
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
