//! A package read and checked, in the form that is quick to load.

use std::io;

use serde::{Deserialize, Serialize};
use yimen_contract::{CityPackage, Files, Findings, Package, city, package};

use super::{CITY_SLUG, archive};

/// Changes whenever the types of the contract do, so that what an older program compiled is compiled again.
pub(super) const FORMAT: i32 = 5;

/// What a package says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compiled {
    Agency(Box<Package>),
    City(Box<CityPackage>),
}

impl Compiled {
    /// Reads and checks a package's files.
    pub fn read(slug: &str, files: &Files) -> Result<Self, Findings> {
        if slug == CITY_SLUG {
            city::load(files).map(|city| Self::City(Box::new(city)))
        } else {
            package::load(slug, files).map(|package| Self::Agency(Box::new(package)))
        }
    }

    pub(super) fn store(&self) -> io::Result<Vec<u8>> {
        archive::deflate(&serde_json::to_vec(self)?)
    }

    pub(super) fn load(stored: &[u8]) -> io::Result<Self> {
        Ok(serde_json::from_slice(&archive::inflate(stored)?)?)
    }
}
