//! A package read and checked, in the form that is quick to load.

use std::io;

use yimen_contract::{CityPackage, Files, Findings, Package, city, package};

use super::{CITY_SLUG, archive};

/// Changes whenever the types of the contract do, so that what an older program compiled is compiled again.
pub(super) const FORMAT: i32 = 9;

/// What stands before a package, by its kind.
const AGENCY: u8 = b'a';
const CITY: u8 = b'c';

/// What a package says.
#[derive(Debug, Clone)]
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
        let (kind, json) = match self {
            Self::Agency(package) => (AGENCY, package.to_json()?),
            Self::City(city) => (CITY, city.to_json()?),
        };
        archive::deflate(&[&[kind], json.as_slice()].concat())
    }

    pub(super) fn load(stored: &[u8]) -> io::Result<Self> {
        let plain = archive::inflate(stored)?;
        Ok(match plain.split_first() {
            Some((&AGENCY, json)) => Self::Agency(Box::new(Package::from_json(json)?)),
            Some((&CITY, json)) => Self::City(Box::new(CityPackage::from_json(json)?)),
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "it is of no kind of package")),
        })
    }
}
