//! The vocabulary between the portal and the agencies: what a package says, in typed form.
//!
//! An agency joins the city with a folder of text files, a *package*. This crate knows the format of
//! that folder and nothing else: no database, no web framework, no clock.
//!
//! [`Files`] gathers the texts of a folder or an upload, [`package::load`] and [`city::load`] turn them
//! into typed data or say everything that is wrong with them, [`city_check`] looks at all packages of a
//! city together, and [`schema`] describes the format for editors.

pub mod agency;
pub mod booking;
pub mod capability;
pub mod city;
mod compiled;
pub mod credit;
pub mod files;
pub mod finding;
mod form_of;
pub mod identity;
pub mod json;
pub mod kind;
pub mod licence;
mod missing;
pub mod package;
pub mod pattern;
pub mod precondition;
pub mod protocol;
pub mod query;
mod rules;
pub mod sample;
pub mod schema;
pub mod service;
pub mod shape;
mod source;
pub mod text;
pub mod validity;
pub mod voice;
mod wording;
pub mod writing;

pub use city::CityPackage;
pub use files::Files;
pub use finding::{Finding, Findings, Problem, Severity};
pub use package::Package;
pub use rules::{bulletin_check, city_check};
pub use text::Bilingual;

/// What came of reading a folder: the data where nothing forbids using it, and everything worth saying
/// about it. Warnings alone do not withhold the data.
#[derive(Debug, Clone)]
pub struct Reading<T> {
    pub value: Option<T>,
    pub findings: Findings,
}

impl<T> Reading<T> {
    /// Withholds the data if any finding is an error.
    fn new(value: Option<T>, mut findings: Findings) -> Self {
        findings.sort();
        Self { value: value.filter(|_| !findings.has_errors()), findings }
    }

    /// The data, or why not.
    pub fn into_result(self) -> Result<T, Findings> {
        self.value.ok_or(self.findings)
    }
}
