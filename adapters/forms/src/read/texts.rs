//! Written answers and files.

use serde_json::Value;
use yimen_contract::{json::joined, pattern::Pattern};

use super::{Reader, words};
use crate::model::{Entry, Files, Kind, Shape, Text};

/// The longest written answer, in characters.
const LONGEST: usize = 10_000;
/// Where nothing is said about it.
const LINE: usize = 500;
const LINES: usize = 20;
/// Where nothing is said about it: what people's telephones make of a photograph.
const FILE: u64 = 10 * 1024 * 1024;
const LARGEST_FILE: u64 = 50 * 1024 * 1024;
const FILES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

impl Reader<'_> {
    pub(super) fn text(&mut self, schema: &Value, path: &str) -> Option<Kind> {
        if schema["x-kind"] == "file" {
            return self.file(schema, path);
        }
        self.known(schema, path, &[words::EVERYWHERE, words::TEXT].concat());
        let entry = self.entry(schema, path)?;
        let lines = self.count(schema, "x-lines", path, LINES).unwrap_or(1).max(1);
        let usual = if lines > 1 { LONGEST } else { LINE };
        let least = self.count(schema, "minLength", path, LONGEST).unwrap_or(0);
        let most = self.count(schema, "maxLength", path, LONGEST).unwrap_or(usual.max(least));
        self.ordered(Some(least.max(1)), Some(most), path);
        let pattern = self.pattern(schema, path);
        let text = Text {
            entry,
            least,
            most,
            pattern,
            lines: u8::try_from(lines).unwrap_or(1),
            not_before: self.edge(schema, "x-not-before", path),
            not_after: self.edge(schema, "x-not-after", path),
        };
        if entry != Entry::Date && (text.not_before.is_some() || text.not_after.is_some()) {
            let remedy = "Add \"format\": \"date\", or remove the limit.";
            self.mistakes.error(path, "Only days lie before or after others.", remedy);
        }
        Some(Kind::Text(text))
    }

    fn entry(&mut self, schema: &Value, path: &str) -> Option<Entry> {
        let format = match schema.get("format").map(|format| format.as_str().unwrap_or_default()) {
            None => Entry::Plain,
            Some("date") => Entry::Date,
            Some("email") => Entry::Mail,
            Some(_) => {
                let remedy = "Write `date` or `email`, or say it with `pattern` or `x-kind`.";
                self.mistakes.warning(&joined(path, "format"), "This format is not checked.", remedy);
                Entry::Plain
            }
        };
        let Some(kind) = schema.get("x-kind") else { return Some(format) };
        let entry = match kind.as_str().unwrap_or_default() {
            "month" => Entry::Month,
            "year" => Entry::Year,
            "time" => Entry::Time,
            "identity-number" => Entry::Identity,
            "credit-code" => Entry::Credit,
            "phone" => Entry::Phone,
            "mail" => Entry::Mail,
            "address" => Entry::Address,
            "bound" => Entry::Bound,
            _ => {
                let remedy = "Write month, year, time, identity-number, credit-code, phone, mail, address, bound or file.";
                self.mistakes.error(&joined(path, "x-kind"), "There is no such kind of text.", remedy);
                return None;
            }
        };
        if format != Entry::Plain && format != entry {
            self.mistakes.error(
                path,
                "`format` and `x-kind` contradict each other.",
                "Leave one of them out.",
            );
        }
        Some(entry)
    }

    /// From `^` to `$`, because a pattern that fits somewhere inside says little; in a notation that cannot be slow.
    fn pattern(&mut self, schema: &Value, path: &str) -> Option<Shape> {
        let value = schema.get("pattern")?;
        let inside = value.as_str().and_then(|text| text.strip_prefix('^')?.strip_suffix('$'));
        let Some(inside) = inside else {
            let remedy = "Begin it with ^ and end it with $.";
            self.mistakes.error(
                &joined(path, "pattern"),
                "This pattern is not about the whole answer.",
                remedy,
            );
            return None;
        };
        match Pattern::parse(inside) {
            Ok(pattern) => Some(Shape { text: inside.to_owned(), pattern }),
            Err(why) => {
                let remedy =
                    "Use characters, \\d and classes such as [A-Z0-9], each followed by ?, {6} or {5,6}.";
                self.mistakes.error(
                    &joined(path, "pattern"),
                    format!("This pattern cannot be used: {why}."),
                    remedy,
                );
                None
            }
        }
    }

    fn file(&mut self, schema: &Value, path: &str) -> Option<Kind> {
        self.known(schema, path, &[words::EVERYWHERE, words::FILE].concat());
        for word in ["minLength", "maxLength"] {
            if schema.get(word).is_some() {
                let remedy = "Remove it; `x-max-bytes` limits the file.";
                self.mistakes.error(
                    &joined(path, word),
                    "The answer is the file's id, which is the portal's.",
                    remedy,
                );
            }
        }
        let accept = match schema.get("x-accept") {
            None => FILES.to_vec(),
            Some(_) => self.names(schema.get("x-accept"), &joined(path, "x-accept")),
        };
        if accept.is_empty() || accept.iter().any(|kind| !FILES.contains(kind)) {
            let remedy = format!("Write some of {}.", FILES.join(", "));
            self.mistakes.error(&joined(path, "x-accept"), "Such files are not taken.", remedy);
        }
        let most_bytes = schema.get("x-max-bytes").map_or(Some(FILE), Value::as_u64);
        let Some(most_bytes) = most_bytes.filter(|bytes| (1..=LARGEST_FILE).contains(bytes)) else {
            let message = "This is no size that can be taken.";
            self.mistakes.error(&joined(path, "x-max-bytes"), message, "Write at most 52428800 (50 MiB).");
            return None;
        };
        Some(Kind::File(Files { accept: accept.into_iter().map(str::to_owned).collect(), most_bytes }))
    }
}
