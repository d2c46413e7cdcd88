//! Everything that was found, for a person and for a program. The same package and seed give the same bytes: no time
//! and no name of a machine stands in it.

use std::{collections::BTreeMap, fmt, fmt::Write as _};

use serde::Serialize;
use yimen_contract::{Findings, Severity};

use crate::{
    faults::{Fault, Run},
    live::Course,
};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gravity {
    /// A failure is taken for an answer.
    Critical,
    /// The package is refused.
    Error,
    /// The package works, and people would be served better if this were changed.
    Warning,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub gravity: Gravity,
    pub file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<&'static str>,
    pub message: String,
    pub remedy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curl: Option<String>,
}

/// The whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub package: String,
    pub samples: usize,
    /// What began the series by which answers were broken; nothing where none were.
    pub seed: Option<u64>,
    pub tried: BTreeMap<Fault, usize>,
    pub findings: Vec<Entry>,
    /// What the portal does when the backend is in trouble, where that was played.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub courses: Vec<Course>,
}

/// What the portal does, and in which troubles.
type Fare<'r> = Vec<(&'r str, Vec<&'r str>)>;

impl Report {
    pub fn new(package: &str, samples: usize, findings: &Findings, run: Option<&Run>) -> Self {
        let said = findings.iter().map(|finding| Entry {
            gravity: match finding.severity {
                Severity::Error => Gravity::Error,
                Severity::Warning => Gravity::Warning,
            },
            file: finding.file.clone(),
            line: finding.line,
            place: finding.field.clone(),
            fault: None,
            message: finding.problem.message.clone(),
            remedy: finding.problem.remedy.clone(),
            curl: None,
        });
        let broken = run.into_iter().flat_map(|run| &run.found).map(|found| Entry {
            gravity: Gravity::Critical,
            file: found.file.clone(),
            line: None,
            place: Some(found.place.clone()),
            fault: Some(found.fault.word()),
            message: found.message.clone(),
            remedy: found.remedy.clone(),
            curl: found.curl.clone(),
        });
        let mut findings: Vec<Entry> = said.chain(broken).collect();
        findings.sort_by(|a, b| (a.gravity, &a.file, a.line).cmp(&(b.gravity, &b.file, b.line)));
        Self {
            package: package.to_owned(),
            samples,
            seed: run.map(|run| run.seed),
            tried: run.map(|run| run.tried.clone()).unwrap_or_default(),
            findings,
            courses: Vec::new(),
        }
    }

    /// The same with what a running backend showed.
    #[must_use]
    pub fn with(mut self, entries: Vec<Entry>) -> Self {
        self.findings.extend(entries);
        self.findings.sort_by(|a, b| (a.gravity, &a.file, a.line).cmp(&(b.gravity, &b.file, b.line)));
        self
    }

    /// The same with what the portal does when the backend is in trouble.
    #[must_use]
    pub fn going(mut self, courses: Vec<Course>) -> Self {
        self.courses.extend(courses);
        self
    }

    /// What the portal does, told once for all declarations that fare alike: which they are, and for each thing that it
    /// does the troubles in which it does so.
    fn told(&self) -> Vec<(String, Vec<(&str, String)>)> {
        let mut fares: BTreeMap<&str, Fare<'_>> = BTreeMap::new();
        for course in &self.courses {
            let fare = fares.entry(&course.capability).or_default();
            match fare.iter_mut().find(|(then, _)| *then == course.then) {
                Some((_, troubles)) => troubles.push(course.trouble),
                None => fare.push((&course.then, vec![course.trouble])),
            }
        }
        let mut told: Vec<(Vec<&str>, Fare<'_>)> = Vec::new();
        for (declared, fare) in fares {
            match told.iter_mut().find(|(_, same)| *same == fare) {
                Some((names, _)) => names.push(declared),
                None => told.push((vec![declared], fare)),
            }
        }
        let joined = |(then, troubles): (_, Vec<&str>)| (then, troubles.join(", "));
        told.into_iter()
            .map(|(names, fare)| (names.join(", "), fare.into_iter().map(joined).collect()))
            .collect()
    }

    fn samples(&self) -> String {
        if self.samples == 1 { "1 sample".to_owned() } else { format!("{} samples", self.samples) }
    }

    /// Whether the package may not go on.
    pub fn refuses(&self) -> bool {
        self.findings.iter().any(|entry| entry.gravity != Gravity::Warning)
    }

    /// A page that stands alone: no script, nothing fetched.
    pub fn html(&self) -> String {
        let mut page = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}: what was found</title>\n<style>\
             body{{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}\
             article{{border-left:.4rem solid #888;padding:.2rem 1rem;margin:1rem 0}}\
             .critical,.error{{border-color:#b3261e}}pre{{white-space:pre-wrap;background:#f3f3f3;padding:.5rem}}\
             </style></head><body>\n<h1>{0}</h1>\n",
            escaped(&self.package)
        );
        let count = |gravity| self.findings.iter().filter(|entry| entry.gravity == gravity).count();
        let (critical, errors, warnings) =
            (count(Gravity::Critical), count(Gravity::Error), count(Gravity::Warning));
        let _ = writeln!(
            page,
            "<p>{critical} critical, {errors} errors, {warnings} warnings; {} tried.</p>",
            self.samples()
        );
        if let Some(seed) = self.seed {
            let tried: usize = self.tried.values().sum();
            let _ = writeln!(page, "<p>{tried} broken answers were tried, with the seed {seed}.</p>");
        }
        for entry in &self.findings {
            page.push_str(&article(entry));
        }
        if !self.courses.is_empty() {
            page.push_str("<h2>When the backend is in trouble, the portal</h2>\n");
            for (of, fare) in self.told() {
                let _ = writeln!(page, "<h3>{}</h3>\n<dl>", escaped(&of));
                for (then, troubles) in fare {
                    let _ = writeln!(page, "<dt>{}</dt><dd>{}</dd>", escaped(&troubles), escaped(then));
                }
                page.push_str("</dl>\n");
            }
        }
        page.push_str("</body></html>\n");
        page
    }
}

/// For a person at a terminal.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tried: usize = self.tried.values().sum();
        let broken = self
            .seed
            .map(|seed| format!(", {tried} broken answers with the seed {seed}"))
            .unwrap_or_default();
        let fine = if self.findings.is_empty() { "fine, " } else { "" };
        write!(f, "{}: {fine}{} tried{broken}", self.package, self.samples())?;
        for entry in &self.findings {
            let line = entry.line.map(|line| format!(":{line}")).unwrap_or_default();
            write!(f, "\n{}{line}: ", entry.file)?;
            match (entry.gravity, entry.fault) {
                (Gravity::Warning, _) => f.write_str("warning: ")?,
                (Gravity::Critical, Some(fault)) => write!(f, "critical ({fault}): ")?,
                _ => {}
            }
            if let Some(place) = &entry.place {
                write!(f, "{place}: ")?;
            }
            write!(f, "{} {}", entry.message, entry.remedy)?;
        }
        if !self.courses.is_empty() {
            f.write_str("\nwhen the backend is in trouble, the portal:")?;
        }
        for (of, fare) in self.told() {
            write!(f, "\n  {of}")?;
            for (then, troubles) in fare {
                write!(f, "\n    {troubles}: {then}")?;
            }
        }
        Ok(())
    }
}

fn article(entry: &Entry) -> String {
    let word = match entry.gravity {
        Gravity::Critical => "critical",
        Gravity::Error => "error",
        Gravity::Warning => "warning",
    };
    let line = entry.line.map(|line| format!(":{line}")).unwrap_or_default();
    let place = entry.place.as_deref().unwrap_or_default();
    let fault = entry.fault.map(|fault| format!(" ({fault})")).unwrap_or_default();
    let mut text = format!(
        "<article class=\"{word}\"><h2>{word}: {}{line} {}{fault}</h2>\n<p>{}</p>\n<p><strong>{}</strong></p>\n",
        escaped(&entry.file),
        escaped(place),
        escaped(&entry.message),
        escaped(&entry.remedy),
    );
    if let Some(curl) = &entry.curl {
        let _ = writeln!(text, "<pre>{}</pre>", escaped(curl));
    }
    text.push_str("</article>\n");
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
