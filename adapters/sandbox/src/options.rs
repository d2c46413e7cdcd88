//! What the sandbox is told when it starts.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{clock::Clock, secret::Secret};

#[derive(Debug, Clone)]
pub struct Options {
    /// Chooses the people.
    pub seed: u64,
    /// Keys, client secrets and pseudonyms follow from it.
    pub secret: Secret,
    pub clock: Clock,
    pub ports: Ports,
    /// Where the portal receives those whom the national provider sends back. More can be added later.
    pub national_redirects: Vec<String>,
    /// Where the payment provider keeps its books; nothing: only as long as the sandbox runs.
    pub books: Option<PathBuf>,
}

/// The ports to listen on; 0, or one in use, is replaced by a free one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ports {
    pub register: u16,
    pub national: u16,
    pub library: u16,
    pub museum: u16,
    pub post_box: u16,
    pub smtp: u16,
    pub city_pay: u16,
    pub city_messenger: u16,
    pub pigeon_text: u16,
    pub city_bell: u16,
}
