//! A package that is being written: typed parts made into the texts of files, and put into a folder.

pub mod guide;
mod starter;

use std::{fs, io, path::Path};

use serde::Serialize;
use serde_json::Value;
use yimen_contract::{Files, agency::Agency, identity, sample::Sample, service::Service};

pub use starter::{Starter, starter};

/// The identity number of nobody.
const FICTIONAL: &str = "990101198501010010";

/// Why a draft cannot be made or written down.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    #[error("{0} is there already; a draft overwrites nothing")]
    Occupied(String),
    #[error("{path}: {error}")]
    Unwritable { path: String, error: io::Error },
    #[error("{path} cannot be written as text: {why}")]
    Unsayable { path: String, why: String },
}

/// Files in the order in which they were added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    texts: Vec<(String, String)>,
}

impl Draft {
    pub fn text(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.texts.push((path.into(), text.into()));
    }

    /// `agency.toml`.
    pub fn agency(&mut self, agency: &Agency) -> Result<(), DraftError> {
        let text = toml(agency, "agency.toml")?;
        self.text("agency.toml", text);
        Ok(())
    }

    pub fn service(&mut self, service: &Service) -> Result<(), DraftError> {
        let path = format!("services/{}.toml", service.code);
        let text = toml(service, &path)?;
        self.text(path, text);
        Ok(())
    }

    pub fn sample(&mut self, name: &str, sample: &Sample) -> Result<(), DraftError> {
        self.json(format!("samples/{name}.json"), sample)
    }

    pub fn form(&mut self, name: &str, form: &Value) -> Result<(), DraftError> {
        self.json(format!("forms/{name}.json"), form)
    }

    fn json(&mut self, path: String, value: &impl Serialize) -> Result<(), DraftError> {
        let text = serde_json::to_string_pretty(value)
            .map_err(|error| DraftError::Unsayable { path: path.clone(), why: error.to_string() })?;
        self.text(path, format!("{text}\n"));
        Ok(())
    }

    /// Puts a number of nobody in place of what looks like somebody's. Descriptions have been seen with the numbers
    /// of their authors as examples.
    pub fn without_real_numbers(&mut self) {
        for (_, text) in &mut self.texts {
            let places: Vec<usize> = identity::real_numbers(text).collect();
            for place in places {
                text.replace_range(place..place + FICTIONAL.len(), FICTIONAL);
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// As the loader would read them.
    pub fn files(&self) -> Files {
        Files::gather(self.texts.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))
    }

    /// Writes them into a folder that is not there yet, or is empty.
    pub fn write(&self, folder: &Path) -> Result<(), DraftError> {
        let unwritable = |path: &Path| {
            let path = path.display().to_string();
            move |error| DraftError::Unwritable { path, error }
        };
        let occupied = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        if occupied || folder.is_file() {
            return Err(DraftError::Occupied(folder.display().to_string()));
        }
        for (path, text) in self.iter() {
            let place = folder.join(path);
            let above = place.parent().unwrap_or(folder);
            fs::create_dir_all(above).map_err(unwritable(above))?;
            fs::write(&place, text).map_err(unwritable(&place))?;
        }
        Ok(())
    }
}

fn toml(value: &impl Serialize, path: &str) -> Result<String, DraftError> {
    toml::to_string(value)
        .map_err(|error| DraftError::Unsayable { path: path.to_owned(), why: error.to_string() })
}
