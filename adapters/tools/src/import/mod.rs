//! A draft package from the description of a backend: OpenAPI 2.0, 3.0 and 3.1 in JSON or YAML, and WSDL 1.1.
//!
//! What cannot be read is named with its place and the reason, and the rest is read. Nothing is ever fetched: a
//! reference that leads out of the file is one of the things that cannot be read. What comes out is a draft: its
//! services are drafts, nothing in it is live, and it passes the loader as it is.

mod document;
mod exchange;
mod guess;
mod names;
mod openapi;
mod operation;
mod made;
mod shape;
mod wsdl;
mod yaml;

use std::fmt;

use serde::Serialize;
use yimen_contract::{Bilingual, Severity, package};
use yimen_maps::Pool;

use crate::{
    Checked, check,
    draft::{Draft, DraftError},
};

pub use document::LARGEST;
pub use exchange::Exchange;

/// What is known beside the description.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The package's folder.
    pub slug: String,
    /// The agency's name; left out, what the description calls itself.
    pub name: Option<Bilingual>,
    /// What the description's file is called.
    pub file: String,
    /// Code of the first service; the others count up from it.
    pub first: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Imported {
    pub draft: Draft,
    /// What was read: `POST /cases → case.submit, service YZ99002`.
    pub read: Vec<String>,
    pub unread: Vec<Unread>,
    /// What could travel, made up from the description.
    pub exchanges: Vec<Exchange>,
}

impl Imported {
    /// Adds a sample of each exchange that the draft's own maps make something of, so that the draft can be tried.
    pub async fn try_out(&mut self, slug: &str, maps: &Pool) -> Result<(), DraftError> {
        let Some(package) = package::read(slug, &self.draft.files()).value else { return Ok(()) };
        let mut samples = Vec::new();
        for exchange in &self.exchanges {
            samples.extend(exchange.sample(&package, maps).await.map(|sample| (exchange.name(), sample)));
        }
        let mut tried = self.draft.clone();
        for (name, sample) in &samples {
            tried.sample(name, sample)?;
        }
        // What was made up need not fit; what does not is left out.
        let Checked { findings, .. } = check(slug, &tried.files(), maps).await;
        for (name, sample) in &samples {
            let file = format!("samples/{name}.json");
            if !findings.iter().any(|finding| finding.file == file && finding.severity == Severity::Error) {
                self.draft.sample(name, sample)?;
            }
        }
        Ok(())
    }
}

/// Something in a description that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unread {
    pub file: String,
    /// Where in the file, as a JSON pointer or an element's name.
    pub place: String,
    pub reason: String,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.file, self.place, self.reason)
    }
}

/// Why nothing was read at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{file}, line {line}: {reason}")]
    Malformed { file: String, line: usize, reason: String },
    #[error("{file}: {reason}")]
    Unknown { file: String, reason: String },
    #[error(transparent)]
    Draft(#[from] DraftError),
}

/// Reads a description, whatever it is.
pub fn import(wanted: &Wanted, bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = document::text(&wanted.file, bytes)?;
    let described = if text.trim_start().starts_with('<') {
        wsdl::read(&wanted.file, &text)?
    } else {
        openapi::read(&wanted.file, &text)?
    };
    made::of(wanted, described)
}
