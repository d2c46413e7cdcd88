//! What the pages about packages show to those who hand them in.

use askama::Template;
use chrono::NaiveDateTime;

use super::words::{DoneLine, FindingLine, Said, VersionLine};
use crate::web::{
    Frame,
    frame::{Dates as _, Mistake},
};

/// `/agency`: where an agency's people begin.
#[derive(Debug, Template)]
#[template(path = "agencies/console.html")]
pub struct ConsoleView {
    pub frame: Frame,
    pub said: Said,
    pub agencies: Vec<AgencyLine>,
    /// Whether the reader may apply for an agency.
    pub applies: bool,
    /// Where else there is something to do: address and words.
    pub doors: Vec<(&'static str, &'static str)>,
}

/// An agency in the list.
#[derive(Debug, Clone)]
pub struct AgencyLine {
    pub slug: String,
    pub name: String,
    pub live: Option<i32>,
    pub suspended: bool,
    /// What is under way.
    pub versions: Vec<VersionLine>,
}

/// `/agency/packages/{slug}`
#[derive(Debug, Template)]
#[template(path = "agencies/package.html")]
pub struct PackageView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Said,
    pub slug: String,
    pub name: String,
    pub verified: bool,
    /// How the latest application stands where the agency is not admitted: its words, and why.
    pub application: Option<(&'static str, String)>,
    pub live: Option<i32>,
    /// Number and share of the version on trial.
    pub candidate: Option<(i32, u8)>,
    pub suspended: Option<(NaiveDateTime, String)>,
    pub versions: Vec<VersionLine>,
    pub imports: Vec<ImportLine>,
    pub may: PackageRights,
    /// The version that going back leads to.
    pub before: Option<i32>,
    /// Why a package was not taken in: nothing of it was kept.
    pub refused: Vec<FindingLine>,
    /// More that was found wrong than is shown.
    pub more: usize,
    pub file_mistake: Option<String>,
    pub import_mistake: Option<String>,
    pub code: String,
}

/// What the reader may do about an agency.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own")]
pub struct PackageRights {
    pub uploads: bool,
    pub applies: bool,
    pub releases: bool,
    pub suspends: bool,
    pub reopens: bool,
}

/// A description that was imported.
#[derive(Debug, Clone)]
pub struct ImportLine {
    pub id: String,
    pub file: String,
    pub by: String,
    pub at: NaiveDateTime,
    pub state: &'static str,
}

impl PackageView {
    fn mistakes(&self) -> Vec<Mistake> {
        let t = self.frame.t;
        let mistake = |field: &str, label: &str, text: String| Mistake {
            field: field.to_owned(),
            label: label.to_owned(),
            text,
        };
        let refused = (!self.refused.is_empty())
            .then(|| mistake("refused", t.pkg_upload(), t.pkg_refused().to_owned()));
        let file = self.file_mistake.clone().map(|text| mistake("package", t.pkg_upload_file(), text));
        let import =
            self.import_mistake.clone().map(|text| mistake("description", t.pkg_import_file(), text));
        [refused, file, import].into_iter().flatten().collect()
    }
}

/// `/agency/packages/{slug}/versions/{number}`
#[derive(Debug, Template)]
#[template(path = "agencies/version.html")]
pub struct VersionView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Said,
    pub slug: String,
    pub name: String,
    pub number: i32,
    pub state: (&'static str, &'static str),
    pub fingerprint: String,
    pub by: String,
    pub at: NaiveDateTime,
    /// How far the check is, while it runs.
    pub running: Option<&'static str>,
    pub report: Option<ReportView>,
    pub may: VersionRights,
    /// The share that gets it.
    pub percent: Option<u8>,
    /// Whether there is a version for the others: without one it is all or nothing.
    pub stable: bool,
    pub acts: Vec<DoneLine>,
}

impl VersionView {
    fn step(&self) -> String {
        format!("/agency/packages/{}/versions/{}/step", self.slug, self.number)
    }
}

/// What can be done to a version now, by the reader.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a step of its own")]
pub struct VersionRights {
    pub recheck: bool,
    pub submit: bool,
    pub release: bool,
    pub live: bool,
    pub withdraw: bool,
    pub review: bool,
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct ReportView {
    pub samples: usize,
    pub tried: usize,
    pub refuses: bool,
    pub findings: Vec<FindingLine>,
    pub more: usize,
}

/// `/agency/packages/{slug}/history`
#[derive(Debug, Template)]
#[template(path = "agencies/history.html")]
pub struct HistoryView {
    pub frame: Frame,
    pub slug: String,
    pub name: String,
    pub acts: Vec<DoneLine>,
}

/// `/agency/packages/{slug}/imports/{id}`
#[derive(Debug, Template)]
#[template(path = "agencies/import.html")]
pub struct ImportView {
    pub frame: Frame,
    pub slug: String,
    pub name: String,
    pub id: String,
    pub file: String,
    pub running: bool,
    pub has_draft: bool,
    pub read: Vec<String>,
    pub unread: Vec<(String, String)>,
    pub failed: Option<String>,
}
