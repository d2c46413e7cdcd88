//! Packages as they are kept once they are read and checked. Reading and writing them stands here, with their types, and not
//! where they are kept: builds for development optimise this crate, and every portal begins with reading them all.

use crate::{CityPackage, Package};

impl Package {
    pub fn from_json(json: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(json)
    }

    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }
}

impl CityPackage {
    pub fn from_json(json: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(json)
    }

    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }
}
