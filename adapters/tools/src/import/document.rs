//! A description as a value whose parts point at each other.

use serde_json::Value;

use super::{ImportError, Unread, yaml};

/// No description is read that is longer, in bytes.
pub const LARGEST: usize = 8 << 20;
/// A reference to a reference to a reference: nobody means more.
const HOPS: usize = 16;

pub(super) struct Document {
    pub(super) file: String,
    pub(super) root: Value,
}

pub(super) fn text(file: &str, bytes: &[u8]) -> Result<String, ImportError> {
    let unknown = |reason: &str| ImportError::Unknown { file: file.to_owned(), reason: reason.to_owned() };
    if bytes.len() > LARGEST {
        return Err(unknown("it is longer than 8 MiB"));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| unknown("it is not UTF-8; save it as UTF-8"))
}

impl Document {
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, ImportError> {
        let malformed = |line, reason| ImportError::Malformed { file: file.to_owned(), line, reason };
        let root = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| malformed(error.line().max(1), error.to_string()))
        } else {
            yaml::read(text).map_err(|(line, reason)| malformed(line, reason))
        };
        Ok(Self { file: file.to_owned(), root: root? })
    }

    pub(super) fn unread(&self, place: &str, reason: impl Into<String>) -> Unread {
        Unread { file: self.file.clone(), place: place.to_owned(), reason: reason.into() }
    }

    /// What a value stands for, and where that is, if it only points there.
    pub(super) fn resolved<'v>(
        &'v self,
        value: &'v Value,
        place: &str,
    ) -> Result<(&'v Value, String), Unread> {
        let (mut here, mut place) = (value, place.to_owned());
        for _ in 0..HOPS {
            let Some(to) = here.get("$ref").and_then(Value::as_str) else { return Ok((here, place)) };
            let Some(pointer) = to.strip_prefix('#') else {
                let reason =
                    format!("it points at `{}` outside this file, and nothing is fetched", short(to));
                return Err(self.unread(&place, reason));
            };
            let found = self.root.pointer(&decoded(pointer));
            here = found.ok_or_else(|| self.unread(&place, format!("there is no `{}`", short(to))))?;
            to.clone_into(&mut place);
        }
        Err(self.unread(&place, "it points at something that points on without end"))
    }
}

/// A pointer in a fragment is percent-encoded.
fn decoded(pointer: &str) -> String {
    let mut bytes = Vec::with_capacity(pointer.len());
    let mut rest = pointer.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The name of a place below another.
pub(super) fn below(place: &str, name: &str) -> String {
    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))
}

pub(super) fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}
