//! The name of a value, a count or a topic: a space and its parts.
//!
//! Parts are escaped, so `["a:b", "c"]` and `["a", "b:c"]` stay two names, and a name too long to carry
//! around is replaced by its SHA-256. Names are readable in Redis by whoever runs it: a part that is
//! personal (a phone, an identity number) is hashed by the caller before it becomes a part.

use std::{
    fmt::{self, Display, Write as _},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

/// Longer names than this are hashed.
const LONGEST: usize = 160;

/// Names one value, one count or one topic; the three do not meet even under the same name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    space: &'static str,
    name: Arc<str>,
}

impl Key {
    /// A name in `space`, the part of the house that owns it: `Key::new("answers", &[&agency, &capability])`.
    pub fn new(space: &'static str, parts: &[&dyn Display]) -> Self {
        let mut name = String::with_capacity(64);
        escape(&mut name, &space);
        for part in parts {
            name.push(':');
            escape(&mut name, part);
        }
        if name.len() > LONGEST {
            name = hashed(space, name.split_once(':').map_or("", |(_, parts)| parts));
        }
        Self { space, name: name.into() }
    }

    /// The space, which is fit for logs and metrics; the whole name is not.
    pub fn space(&self) -> &'static str {
        self.space
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// The same number on every node and in every build (FNV-1a): it decides where a window begins. Only the parts
    /// count, so what is counted about one thing in two spaces begins anew at one moment and may be set off.
    pub(super) fn hash(&self) -> u64 {
        let parts = self.name.split_once(':').map_or("", |(_, parts)| parts);
        parts
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

/// Shows the space alone, since parts may say whom a value is about.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}…)", self.space)
    }
}

fn escape(name: &mut String, part: &dyn Display) {
    // Writing to a string fails only if the part's own Display does; what it wrote until then still names.
    let _ = write!(Escaped(name), "{part}");
}

struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for letter in text.chars() {
            match letter {
                ':' => self.0.push_str("%3A"),
                '%' => self.0.push_str("%25"),
                other => self.0.push(other),
            }
        }
        Ok(())
    }
}

/// `%h` cannot come out of the escaping, so no short name equals a hashed one.
fn hashed(space: &'static str, parts: &str) -> String {
    let mut short = String::with_capacity(space.len() + 67);
    escape(&mut short, &space);
    short.push_str(":%h");
    for byte in Sha256::digest(parts.as_bytes()) {
        let _ = write!(short, "{byte:02x}");
    }
    short
}
