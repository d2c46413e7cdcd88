//! A long file of SHA-1 hashes in order, searched without being read whole: the form in which lists of leaked
//! passwords are published. One hash a line, in hexadecimal, with or without `:` and a count behind it.

use std::{
    fs::File,
    io,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
};

use sha1::{Digest as _, Sha1};

/// What a line may be long: a hash, a count, the line's end.
const LINE: usize = 40 + 1 + 20 + 2;
/// A file of at most so many bytes is checked whole, a longer one at [`PLACES`] places.
const WHOLE: u64 = 32 << 20;
const PLACES: u64 = 4096;

type Hash = [u8; 20];

/// An opened list.
#[derive(Debug)]
pub struct HashList {
    file: File,
    path: PathBuf,
    length: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum HashListError {
    #[error("{path}: cannot be read: {source}. Put the file there, or leave the setting empty.")]
    Io { path: PathBuf, source: io::Error },
    #[error("{0}: is empty. Put a list there, or leave the setting empty.")]
    Empty(PathBuf),
    #[error(
        "{path}: no line with a SHA-1 hash at byte {at}. Each line is 40 hexadecimal digits, with or without a \
         colon and a count behind them."
    )]
    Form { path: PathBuf, at: u64 },
    #[error("{path}: not in order at byte {at}. Sort the lines by their hashes, as with LC_ALL=C sort.")]
    Order { path: PathBuf, at: u64 },
}

/// A line: where it begins and ends, and its hash.
struct Line {
    start: u64,
    end: u64,
    hash: Hash,
}

impl HashList {
    /// Opens a list and looks at its first and last line. Whoever replaces the file leaves this one as it is.
    pub fn open(path: &Path) -> Result<Self, HashListError> {
        let trouble = |source| HashListError::Io { path: path.to_owned(), source };
        let file = File::open(path).map_err(trouble)?;
        let about = file.metadata().map_err(trouble)?;
        if !about.is_file() {
            return Err(trouble(io::ErrorKind::IsADirectory.into()));
        }
        let list = Self { file, path: path.to_owned(), length: about.len() };
        if list.length == 0 {
            return Err(HashListError::Empty(list.path));
        }
        list.ordered(&[0, list.length.saturating_sub(LINE as u64)])?;
        Ok(list)
    }

    /// Looks through it: a short one whole, a long one at places spread evenly over it.
    pub fn check(&self) -> Result<(), HashListError> {
        if self.length > WHOLE {
            let places: Vec<u64> = (0..PLACES).map(|place| self.length / PLACES * place).collect();
            return self.ordered(&places);
        }
        let (mut at, mut before) = (0, None);
        while let Some(line) = self.line_from(at)? {
            if before.is_some_and(|before| before > line.hash) {
                return Err(HashListError::Order { path: self.path.clone(), at: line.start });
            }
            (at, before) = (line.end, Some(line.hash));
        }
        Ok(())
    }

    /// Whether the SHA-1 hash of a text is in the list. The text itself is compared with nothing.
    pub fn holds(&self, text: &str) -> Result<bool, HashListError> {
        let wanted: Hash = Sha1::digest(text.as_bytes()).into();
        // The line, if it is there, begins at or after `low` and before `high`.
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.line_from(middle)? {
                Some(line) if line.start < high => match line.hash.cmp(&wanted) {
                    std::cmp::Ordering::Equal => return Ok(true),
                    std::cmp::Ordering::Less => low = line.end,
                    std::cmp::Ordering::Greater => high = middle,
                },
                _ => high = middle,
            }
        }
        Ok(false)
    }

    /// Whether the lines at these places, which grow, are lines and in order.
    fn ordered(&self, places: &[u64]) -> Result<(), HashListError> {
        let mut before: Option<Line> = None;
        for place in places {
            let Some(line) = self.line_from(*place)? else { continue };
            let wrong = before.is_some_and(|before| before.start < line.start && before.hash > line.hash);
            if wrong {
                return Err(HashListError::Order { path: self.path.clone(), at: line.start });
            }
            before = Some(line);
        }
        Ok(())
    }

    /// The first line that begins at or after a byte.
    fn line_from(&self, at: u64) -> Result<Option<Line>, HashListError> {
        let form = |at| HashListError::Form { path: self.path.clone(), at };
        // From the byte before, in case that one ends a line and another begins right here.
        let from = at.saturating_sub(1);
        let mut buffer = [0; 2 * LINE];
        let read = self.read(&mut buffer, from)?;
        let text = &buffer[..read];
        let start = if at == 0 {
            0
        } else {
            match text.iter().position(|byte| *byte == b'\n') {
                Some(newline) => newline + 1,
                None if from + read as u64 >= self.length => return Ok(None),
                None => return Err(form(at)),
            }
        };
        let (rest, begins) = (&text[start..], from + start as u64);
        if rest.is_empty() {
            // Nothing where something was when it was opened: it was cut off.
            return if begins >= self.length { Ok(None) } else { Err(form(begins)) };
        }
        let (line, end) = match rest.iter().position(|byte| *byte == b'\n') {
            Some(newline) => (&rest[..newline], begins + newline as u64 + 1),
            None if from + read as u64 >= self.length => (rest, self.length),
            None => return Err(form(begins)),
        };
        let hash = hash_of(line.strip_suffix(b"\r").unwrap_or(line)).ok_or_else(|| form(begins))?;
        Ok(Some(Line { start: begins, end, hash }))
    }

    fn read(&self, buffer: &mut [u8], at: u64) -> Result<usize, HashListError> {
        let mut read = 0;
        while read < buffer.len() {
            match self.file.read_at(&mut buffer[read..], at + read as u64) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(HashListError::Io { path: self.path.clone(), source }),
            }
        }
        Ok(read)
    }
}

/// The hash that a line holds.
fn hash_of(line: &[u8]) -> Option<Hash> {
    let (digits, rest) = line.split_at_checked(40)?;
    let counted = match rest {
        [] => true,
        [b':', count @ ..] => !count.is_empty() && count.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut hash = Hash::default();
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    counted.then_some(hash)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    fn list(text: &[u8]) -> Result<HashList, HashListError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        fs::write(&path, text).unwrap();
        // The file is open: it may lose its name.
        HashList::open(&path)
    }

    fn hex(word: &str) -> String {
        let digits: Vec<_> = Sha1::digest(word.as_bytes()).iter().map(|byte| format!("{byte:02X}")).collect();
        digits.concat()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        /// Counts of every length, either end of a line, capitals or not: what is in the list is found, and
        /// nothing else.
        #[test]
        fn what_is_in_the_list_is_found_and_nothing_else(
            words in proptest::collection::btree_set("[a-z]{1,6}", 1..60),
            others in proptest::collection::vec("[a-z]{1,6}", 20),
            counts in proptest::collection::vec(proptest::option::of(0..u64::MAX), 60),
            end in prop_oneof![Just("\n"), Just("\r\n")],
            small: bool, last: bool,
        ) {
            let mut lines: Vec<String> = words.iter().map(|word| hex(word)).collect();
            lines.sort();
            let lines = lines.iter().zip(&counts).map(|(hash, count)| {
                let hash = if small { hash.to_lowercase() } else { hash.clone() };
                count.map_or(hash.clone(), |count| format!("{hash}:{count}"))
            });
            let mut text = lines.collect::<Vec<_>>().join(end);
            if last {
                text.push_str(end);
            }
            let list = list(text.as_bytes()).unwrap();
            list.check().unwrap();
            for word in words.iter().chain(&others) {
                prop_assert_eq!(list.holds(word).unwrap(), words.contains(word), "{}", word);
            }
        }

        /// Whatever stands in the file, looking ends, and with a word about where.
        #[test]
        fn any_file_is_a_list_or_said_not_to_be(text in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(list) = list(&text) {
                let _ = list.check();
                let _ = list.holds("word");
            }
        }
    }

    #[test]
    fn what_is_no_list_says_why() {
        let (one, two) = ("0".repeat(40), "1".repeat(40));
        assert!(matches!(list(b""), Err(HashListError::Empty(_))));
        for text in [
            "a list of words".to_owned(),
            format!("{one}:\n"),
            format!("{one}x\n"),
            format!("{one}\n\n{two}"),
        ] {
            let checked = list(text.as_bytes()).and_then(|list| list.check());
            assert!(matches!(checked, Err(HashListError::Form { .. })), "{text}: {checked:?}");
        }
        let checked = list(format!("{two}\n{one}\n").as_bytes()).and_then(|list| list.check());
        assert!(matches!(checked, Err(HashListError::Order { at: 41, .. })), "{checked:?}");
        let missing = HashList::open(Path::new("/nowhere/at/all"));
        assert!(matches!(missing, Err(HashListError::Io { .. })));
        assert!(matches!(HashList::open(Path::new("/")), Err(HashListError::Io { .. })));
    }
}
