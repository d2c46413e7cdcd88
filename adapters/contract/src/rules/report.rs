//! Where the rules of one file write what they find.

use std::collections::BTreeSet;
use std::fmt::Display;

use crate::finding::{Finding, Findings, Problem};
use crate::kind::stem;
use crate::source::Source;

pub(crate) struct Report<'a, 't> {
    source: &'a Source<'t>,
    findings: &'a mut Findings,
    errors: usize,
    warnings: usize,
}

/// Nobody reads more than this about one file, and a file made to break every rule must not keep the
/// portal busy with writing about it.
const SHOWN: usize = 200;

impl<'a, 't> Report<'a, 't> {
    pub fn new(source: &'a Source<'t>, findings: &'a mut Findings) -> Self {
        Self { source, findings, errors: 0, warnings: 0 }
    }

    pub fn error(&mut self, field: impl AsRef<str>, message: impl AsRef<str>, remedy: impl AsRef<str>) {
        self.errors += 1;
        self.add(Finding::error, self.errors, field.as_ref(), message.as_ref(), remedy.as_ref());
    }

    pub fn warning(&mut self, field: impl AsRef<str>, message: impl AsRef<str>, remedy: impl AsRef<str>) {
        self.warnings += 1;
        self.add(Finding::warning, self.warnings, field.as_ref(), message.as_ref(), remedy.as_ref());
    }

    fn add(
        &mut self,
        of: fn(&str, Problem) -> Finding,
        count: usize,
        field: &str,
        message: &str,
        remedy: &str,
    ) {
        if count > SHOWN + 1 {
            return;
        }
        let finding = if count > SHOWN {
            of(
                self.source.file,
                Problem::new("There is more to say about this file.", "Correct the rest first."),
            )
        } else {
            of(self.source.file, Problem::new(message, remedy)).field(field).at(self.source.place(field))
        };
        self.findings.add(finding);
    }

    /// Checks a code or small value against its shape; `looks` describes the shape with an example.
    pub fn shape(&mut self, field: impl AsRef<str>, value: &str, is: fn(&str) -> bool, looks: &str) {
        if !is(value) {
            self.error(field, format!("`{}` has the wrong form.", short(value)), format!("Write {looks}."));
        }
    }

    /// The code or id must be the file's name, because addresses are built from it.
    pub fn named_like_file(&mut self, field: &str, value: &str) {
        let name = stem(self.source.file);
        if name != value {
            self.error(
                field,
                format!("The file is called `{name}`, but `{}` stands here.", short(value)),
                "Give both the same name.",
            );
        }
    }

    /// Refuses a list whose entries must differ; names the later one.
    pub fn no_repeats<T: Ord + Display>(&mut self, field: &str, values: impl IntoIterator<Item = T>) {
        let mut seen = BTreeSet::new();
        for (index, value) in values.into_iter().enumerate() {
            let shown = short(&value.to_string());
            if !seen.insert(value) {
                self.error(
                    format!("{field}[{index}]"),
                    format!("`{shown}` is listed twice."),
                    "Remove one of the two.",
                );
            }
        }
    }

    pub fn not_empty<T>(&mut self, field: &str, list: &[T], remedy: &str) {
        if list.is_empty() {
            self.error(field, "This list is empty.", remedy);
        }
    }
}

/// Enough of a value to recognise it by.
pub(crate) fn short(value: &str) -> String {
    let mut shown: String = value.chars().take(40).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}
