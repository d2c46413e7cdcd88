//! The sample folders, and small ways to break them.

use std::collections::BTreeMap;
use std::path::Path;

use yimen_contract::{CityPackage, Files, Package, Severity, city, package};

#[derive(Clone)]
pub struct Folder(pub BTreeMap<String, String>);

impl Folder {
    pub fn agency() -> Self {
        Self::read("sample")
    }

    /// One whose services a backend serves.
    pub fn backed() -> Self {
        Self::read("backed")
    }

    pub fn city() -> Self {
        Self::read("city")
    }

    fn read(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract").join(name);
        let files = Files::read_folder(&folder);
        assert!(files.refused().is_empty(), "{}", files.refused());
        Self(files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
    }

    /// Writes `new` where `old` stands, which must be exactly one place.
    pub fn with(mut self, path: &str, old: &str, new: &str) -> Self {
        let text = self.0.get_mut(path).unwrap();
        assert_eq!(text.matches(old).count(), 1, "`{old}` in {path}");
        *text = text.replace(old, new);
        self
    }

    pub fn put(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    pub fn without(mut self, path: &str) -> Self {
        self.0.remove(path).unwrap();
        self
    }

    pub fn files(&self) -> Files {
        Files::gather(&self.0)
    }

    pub fn package(&self) -> Package {
        package::load("vehicle-office", &self.files()).unwrap()
    }

    pub fn city_package(&self) -> CityPackage {
        city::load(&self.files()).unwrap()
    }

    /// What the author of the package reads.
    #[track_caller]
    pub fn says(&self, lines: &[&str]) {
        let reading = package::read("vehicle-office", &self.files());
        assert_eq!(said(&reading.findings), lines);
        assert_eq!(reading.value.is_none(), reading.findings.has_errors());
    }

    /// What the author reads about one file, without its name and line. A warning says so first.
    pub fn said_of(&self, path: &str) -> Vec<String> {
        let reading = package::read("vehicle-office", &self.files());
        let of = reading.findings.iter().filter(|finding| finding.file == path);
        of.map(|finding| {
            let field = finding.field.as_ref().map(|field| format!("{field}: ")).unwrap_or_default();
            let warning = if finding.severity == Severity::Warning { "warning: " } else { "" };
            format!("{field}{warning}{}", finding.problem)
        })
        .collect()
    }

    /// How each finding about one file begins, sorted.
    #[track_caller]
    pub fn begins(&self, path: &str, starts: &[&str]) {
        let mut said = self.said_of(path);
        said.sort();
        assert_eq!(said.len(), starts.len(), "{said:#?}");
        for (said, start) in said.iter().zip(starts) {
            // What is only a warning need not be said in every test.
            let plain = said.replacen(": warning: ", ": ", 1);
            assert!(said.starts_with(start) || plain.starts_with(start), "{said}");
        }
    }

    /// The line that the finding about a field names.
    pub fn line(&self, path: &str, field: &str) -> Option<usize> {
        let findings = package::read("vehicle-office", &self.files()).findings;
        findings.iter().find(|finding| finding.file == path && finding.field.as_deref() == Some(field))?.line
    }

    /// What the author of the city folder reads.
    #[track_caller]
    pub fn city_says(&self, lines: &[&str]) {
        let reading = city::read(&self.files());
        assert_eq!(said(&reading.findings), lines);
        assert_eq!(reading.value.is_none(), reading.findings.has_errors());
    }
}

pub fn said(findings: &yimen_contract::Findings) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}
