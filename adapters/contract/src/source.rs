//! One TOML file together with where everything in it stands, so that a finding can name the line.

use std::ops::Range;

use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use crate::finding::{Finding, Findings};
use crate::{missing, schema, wording};

/// More unknown fields than this in one file are not mistyped names but another kind of file.
const UNKNOWN_FIELDS_SHOWN: usize = 50;
/// A list repeats what its entries lack; nobody needs to read it to its end.
const MISSING_FIELDS_SHOWN: usize = 100;

pub(crate) struct Source<'t> {
    pub file: &'t str,
    text: &'t str,
    root: DeTable<'t>,
}

impl<'t> Source<'t> {
    /// Parses the text. Stops at the first syntax error: what follows one is guesswork.
    pub fn parse(file: &'t str, text: &'t str, findings: &mut Findings) -> Option<Self> {
        match DeTable::parse(text) {
            Ok(root) => {
                let mut root = root.into_inner();
                root.iter_mut().for_each(|(_, value)| dates_as_text(value));
                Some(Self { file, text, root })
            }
            Err(error) => {
                let place = error.span().map(|span| place(text, span.start));
                findings.add(Finding::error(file, wording::syntax(error.message())).at(place));
                None
            }
        }
    }

    /// Reads the file as a `T`. A field that does not exist is reported and left out, so that one misspelt
    /// name does not hide the mistakes behind it, and all missing fields are named together.
    pub fn read<T: DeserializeOwned + JsonSchema>(&self, findings: &mut Findings) -> Option<T> {
        let mut root = self.root.clone();
        for _ in 0..UNKNOWN_FIELDS_SHOWN {
            let error = match T::deserialize(Deserializer::from(Spanned::new(0..0, root.clone()))) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            if wording::is_missing_field(error.message()) {
                self.name_missing(&schema::of::<T>(), &error, findings);
                return None;
            }
            let span = error.span().unwrap_or_default();
            self.refuse(&error, findings);
            if !(wording::is_unknown_field(error.message()) && remove_key(&mut root, &span)) {
                return None;
            }
        }
        None
    }

    fn refuse(&self, error: &toml::de::Error, findings: &mut Findings) {
        let span = error.span().unwrap_or_default();
        let path = path_of(&self.root, &span).unwrap_or_default();
        let (field, problem) = wording::refusal(error.message(), &path);
        let place = (!span.is_empty()).then(|| place(self.text, span.start));
        findings.add(Finding::error(self.file, problem).field(&field).at(place));
    }

    fn name_missing(&self, schema: &Schema, error: &toml::de::Error, findings: &mut Findings) {
        let missing = missing::fields(&self.root, schema);
        if missing.is_empty() {
            // The schema cannot know better than the reader, but the reader has the last word.
            return self.refuse(error, findings);
        }
        for field in missing.iter().take(MISSING_FIELDS_SHOWN) {
            let place = self.place(field);
            findings.add(Finding::error(self.file, wording::missing_field()).field(field).at(place));
        }
    }

    /// The number at the top of the file that says which version of the format it follows.
    pub fn format(&self) -> Option<u32> {
        match self.root.get("format")?.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        }
    }

    /// Line and column of a field such as `papers[2].when`; where it is absent, of the nearest field above
    /// it. Nothing if that is the whole file.
    pub fn place(&self, path: &str) -> Option<(usize, usize)> {
        let mut segments = segments(path);
        let (key, mut here) = self.root.get_key_value(segments.next()?)?;
        let mut found = key.span().start;
        for segment in segments {
            let next = match here.get_ref() {
                DeValue::Table(table) => table.get_key_value(segment).map(|(k, v)| (k.span(), v)),
                DeValue::Array(items) => {
                    segment.parse().ok().and_then(|i: usize| items.get(i)).map(|v| (v.span(), v))
                }
                _ => None,
            };
            let Some((span, value)) = next else { break };
            found = span.start;
            here = value;
        }
        Some(place(self.text, found))
    }
}

/// `papers[2].when` as `papers`, `2`, `when`; a name with dots in it stands in quotation marks.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    path.split(move |c: char| {
        quoted ^= c == '"';
        c == '"' || (!quoted && matches!(c, '.' | '[' | ']'))
    })
    .filter(|segment| !segment.is_empty())
}

/// A name as it stands in a path.
pub(crate) fn segment(name: &str) -> std::borrow::Cow<'_, str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if name.bytes().all(plain) { name.into() } else { format!("\"{name}\"").into() }
}

/// Line and column, counted from 1, of a byte offset.
pub(crate) fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.split(|byte| *byte == b'\n').count();
    let column = 1 + String::from_utf8_lossy(&before[line_start..]).chars().count();
    (line, column)
}

/// TOML has dates of its own, and people write them with and without quotation marks. Both are welcome.
fn dates_as_text(value: &mut Spanned<DeValue<'_>>) {
    match value.get_mut() {
        DeValue::Datetime(date) => {
            let text = date.to_string();
            *value.get_mut() = DeValue::String(text.into());
        }
        DeValue::Array(items) => items.iter_mut().for_each(dates_as_text),
        DeValue::Table(table) => table.iter_mut().for_each(|(_, value)| dates_as_text(value)),
        _ => {}
    }
}

/// The path of the field whose name or value stands at `span`. The deepest one wins, because the first
/// table of a list shares its place with the list.
fn path_of(table: &DeTable<'_>, span: &Range<usize>) -> Option<String> {
    if span.is_empty() {
        return None;
    }
    table.iter().find_map(|(key, value)| {
        let name = segment(key.get_ref());
        match path_in(value, span) {
            Some(rest) if rest.is_empty() || rest.starts_with('[') => Some(format!("{name}{rest}")),
            Some(rest) => Some(format!("{name}.{rest}")),
            None => (key.span() == *span).then(|| name.into_owned()),
        }
    })
}

fn path_in(value: &Spanned<DeValue<'_>>, span: &Range<usize>) -> Option<String> {
    let inside = match value.get_ref() {
        DeValue::Table(table) => path_of(table, span),
        DeValue::Array(items) => items.iter().enumerate().find_map(|(index, item)| {
            let rest = path_in(item, span)?;
            let dot = if rest.is_empty() || rest.starts_with('[') { "" } else { "." };
            Some(format!("[{index}]{dot}{rest}"))
        }),
        _ => None,
    };
    inside.or_else(|| (value.span() == *span).then(String::new))
}

/// Takes out the field whose name stands at `span`.
fn remove_key(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    let name = table.keys().find(|key| key.span() == *span).map(|key| key.get_ref().to_string());
    match name {
        Some(name) => table.remove(name.as_str()).is_some(),
        None => table.iter_mut().any(|(_, value)| remove_key_in(value, span)),
    }
}

fn remove_key_in(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => remove_key(table, span),
        DeValue::Array(items) => items.iter_mut().any(|item| remove_key_in(item, span)),
        _ => false,
    }
}
