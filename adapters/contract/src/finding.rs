//! What is wrong with a package, said so that the person who wrote it can put it right: which file, which
//! line, which field, and what to do about it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::is_unprintable;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The package is refused.
    Error,
    /// The package works, and people would be served better if this were changed.
    Warning,
}

/// One sentence that says what is wrong and one that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    pub message: String,
    pub remedy: String,
}

impl Problem {
    /// Both sentences may quote the package, so whatever would break the line or reverse its direction is
    /// replaced.
    pub fn new(message: impl AsRef<str>, remedy: impl AsRef<str>) -> Self {
        Self { message: printable(message.as_ref()), remedy: printable(remedy.as_ref()) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.message, self.remedy)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub severity: Severity,
    /// Path inside the folder; `.` for the folder as a whole.
    pub file: String,
    /// Counted from 1.
    pub line: Option<usize>,
    /// Counted from 1, in characters.
    pub column: Option<usize>,
    /// Dotted path of the field, such as `papers[2].when`.
    pub field: Option<String>,
    pub problem: Problem,
}

impl Finding {
    pub fn error(file: &str, problem: Problem) -> Self {
        Self::new(Severity::Error, file, problem)
    }

    pub fn warning(file: &str, problem: Problem) -> Self {
        Self::new(Severity::Warning, file, problem)
    }

    fn new(severity: Severity, file: &str, problem: Problem) -> Self {
        Self { severity, file: printable(file), line: None, column: None, field: None, problem }
    }

    #[must_use]
    pub fn field(mut self, path: &str) -> Self {
        self.field = Some(printable(path)).filter(|path| !path.is_empty());
        self
    }

    #[must_use]
    pub fn at(mut self, place: Option<(usize, usize)>) -> Self {
        (self.line, self.column) = place.unzip();
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        if self.severity == Severity::Warning {
            f.write_str("warning: ")?;
        }
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        self.problem.fmt(f)
    }
}

/// Everything found in one go: nobody should have to correct, upload and wait once per mistake.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub fn add(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter().filter(|finding| finding.severity == Severity::Error)
    }

    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter().filter(|finding| finding.severity == Severity::Warning)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order in which a person would walk through the files.
    pub(crate) fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            (&a.file, a.line, a.severity, &a.field, &a.problem)
                .cmp(&(&b.file, b.line, b.severity, &b.field, &b.problem))
        });
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.0.extend(findings);
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One finding a line.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            finding.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}

fn printable(text: &str) -> String {
    text.chars().map(|c| if is_unprintable(c) { '\u{fffd}' } else { c }).collect()
}
