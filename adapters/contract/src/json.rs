//! A JSON file of a package together with where everything in it stands, so that a finding can name the line.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::finding::{Finding, Findings, Problem};
use crate::source::{place, segment};

/// Nobody reads more than this about one file.
const SHOWN: usize = 100;

pub(crate) struct Json<'t> {
    pub file: &'t str,
    pub value: Value,
    text: &'t str,
}

impl<'t> Json<'t> {
    /// Parses the text; stops at the first syntax error.
    pub fn parse(file: &'t str, text: &'t str, findings: &mut Findings) -> Option<Self> {
        match serde_json::from_str(text) {
            Ok(value) => Some(Self { file, value, text }),
            Err(error) => {
                let message = error.to_string();
                let reason = message.split(" at line ").next().unwrap_or_default();
                let message = format!("This is not JSON from here on: {reason}.");
                let place = (error.line().max(1), error.column().max(1));
                findings
                    .add(Finding::error(file, Problem::new(message, "Correct this line.")).at(Some(place)));
                None
            }
        }
    }

    /// Writes down what is wrong, each with its line.
    pub fn report(&self, mistakes: Vec<Mistake>, findings: &mut Findings) {
        if mistakes.is_empty() {
            return;
        }
        let places = places(self.text);
        for Mistake { path, problem, warning } in mistakes.into_iter().take(SHOWN) {
            let offset = offset_in(&places, &path);
            let finding = if warning {
                Finding::warning(self.file, problem)
            } else {
                Finding::error(self.file, problem)
            };
            findings.add(finding.field(&path).at(Some(place(self.text, offset))));
        }
    }
}

/// Something wrong at a path such as `answer.records[0].title`.
#[derive(Debug, PartialEq)]
pub(crate) struct Mistake {
    pub path: String,
    pub problem: Problem,
    warning: bool,
}

impl Mistake {
    pub fn new(path: impl Into<String>, message: impl AsRef<str>, remedy: impl AsRef<str>) -> Self {
        Self { path: path.into(), problem: Problem::new(message, remedy), warning: false }
    }

    pub fn warning(path: impl Into<String>, message: impl AsRef<str>, remedy: impl AsRef<str>) -> Self {
        Self { warning: true, ..Self::new(path, message, remedy) }
    }
}

/// Line and column of what stands at a path in a text that is known to be JSON.
pub fn place_in(text: &str, path: &str) -> (usize, usize) {
    place(text, offset_in(&places(text), path))
}

/// What is missing is looked for where it should stand.
fn offset_in(places: &BTreeMap<String, usize>, path: &str) -> usize {
    let mut known = path;
    loop {
        match places.get(known) {
            Some(offset) => return *offset,
            None if known.is_empty() => return 0,
            None => known = known.rfind(['.', '[']).map_or("", |end| &known[..end]),
        }
    }
}

/// The path of a field below another, such as `answer.records`.
pub fn joined(path: &str, name: &str) -> String {
    let name = segment(name);
    if path.is_empty() { name.into_owned() } else { format!("{path}.{name}") }
}

/// Where everything stands, by path, in a text that is known to be JSON.
fn places(text: &str) -> BTreeMap<String, usize> {
    let mut walk = Walk { bytes: text.as_bytes(), at: 0, places: BTreeMap::new() };
    walk.value("");
    walk.places
}

struct Walk<'t> {
    bytes: &'t [u8],
    at: usize,
    places: BTreeMap<String, usize>,
}

impl Walk<'_> {
    fn peek(&mut self) -> u8 {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied().unwrap_or(b'}')
    }

    fn value(&mut self, path: &str) {
        let first = self.peek();
        self.places.entry(path.to_owned()).or_insert(self.at);
        match first {
            b'{' => self.entries(b'}', |walk, _| {
                let (start, name) = (walk.at, walk.text());
                let path = joined(path, &name);
                walk.places.insert(path.clone(), start);
                walk.peek();
                walk.at += 1;
                walk.value(&path);
            }),
            b'[' => self.entries(b']', |walk, index| walk.value(&format!("{path}[{index}]"))),
            b'"' => drop(self.text()),
            _ => {
                while self.bytes.get(self.at).is_some_and(|b| !b",]} \n\r\t".contains(b)) {
                    self.at += 1;
                }
            }
        }
    }

    fn entries(&mut self, end: u8, mut entry: impl FnMut(&mut Self, usize)) {
        self.at += 1;
        for index in 0.. {
            match self.peek() {
                _ if self.at >= self.bytes.len() => return,
                b if b == end => {
                    self.at += 1;
                    return;
                }
                b',' => {
                    self.at += 1;
                    self.peek();
                    entry(self, index);
                }
                _ => entry(self, index),
            }
        }
    }

    fn text(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
        let end = self.at.min(self.bytes.len());
        serde_json::from_slice(&self.bytes[start..end]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_its_place() {
        let text = r#"{"a": [1, {"b\"": "x,]"}, []], "c.d": -1.5e3, "e": {}}"#;
        let places = places(text);
        let at = |path: &str| &text[places[path]..places[path] + 2];
        assert_eq!(at("a"), "\"a");
        assert_eq!(at("a[0]"), "1,");
        assert_eq!(at("a[1]"), "{\"");
        assert_eq!(at("\"c.d\""), "\"c");
        assert_eq!(at("a[2]"), "[]");
        assert_eq!(at("e"), "\"e");
        assert!(!places.contains_key("a[3]"));
    }
}
