//! The files of a package or of the city folder, in memory: read from a folder, or gathered from an upload
//! or from what the binary carries. What must not come in is kept out here, before anything reads it:
//! links, hidden files, paths that lead elsewhere, what is too big and what is not text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::finding::{Finding, Findings, Problem};

/// The most that one file may hold.
pub const FILE_LIMIT: usize = 1024 * 1024;
/// The most that all files of a folder may hold together.
pub const FOLDER_LIMIT: usize = 32 * 1024 * 1024;
/// The most files that a folder may have.
pub const COUNT_LIMIT: usize = 5_000;

/// Texts by their path inside the folder, and what was refused on the way in. The loaders repeat the
/// refusals among their findings, so that a person sees everything at once.
#[derive(Debug, Clone, Default)]
pub struct Files {
    texts: BTreeMap<String, String>,
    refused: Findings,
    bytes: usize,
    count: usize,
}

impl Files {
    /// Takes what an iterator of paths and contents gives. Stops at the limits, so that an archive that
    /// unpacks without end is not unpacked to its end.
    pub fn gather<P: AsRef<str>, B: AsRef<[u8]>>(entries: impl IntoIterator<Item = (P, B)>) -> Self {
        let mut files = Self::default();
        for (path, content) in entries {
            let (path, content) = (path.as_ref(), content.as_ref());
            if let Some(problem) = path_problem(path) {
                files.refuse(path, problem);
                files.count += 1;
            } else if files.has_room(path, content.len()) {
                files.take(path, content);
            }
            if files.is_over() {
                break;
            }
        }
        files
    }

    /// Reads a folder and the folders directly in it. Links are not followed.
    pub fn read_folder(folder: &Path) -> Self {
        let mut files = Self::default();
        files.read_level(folder, "");
        files
    }

    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Path and text of every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// What was not let in, and why.
    pub fn refused(&self) -> &Findings {
        &self.refused
    }

    fn read_level(&mut self, folder: &Path, prefix: &str) {
        let here = if prefix.is_empty() { "." } else { prefix.trim_end_matches('/') };
        let mut names = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries.into_iter().map(|entry| entry.file_name()).collect::<Vec<_>>(),
            Err(error) => return self.refuse(here, unreadable(&error)),
        };
        names.sort();
        for name in names {
            if self.is_over() {
                return;
            }
            let path = format!("{prefix}{}", name.to_string_lossy());
            match path_problem(&path) {
                Some(problem) => self.refuse(&path, problem),
                None => self.read_entry(&folder.join(&name), &path),
            }
        }
    }

    fn read_entry(&mut self, from: &Path, path: &str) {
        let meta = match fs::symlink_metadata(from) {
            Ok(meta) => meta,
            Err(error) => return self.refuse(path, unreadable(&error)),
        };
        if meta.is_symlink() {
            self.refuse(path, Problem::new("This is a link.", "Put the file itself into the package."));
        } else if meta.is_dir() && path.contains('/') {
            self.refuse(path, too_deep());
        } else if meta.is_dir() {
            self.read_level(from, &format!("{path}/"));
        } else if !meta.is_file() {
            self.refuse(path, Problem::new("This is not a file.", "Remove it."));
        } else if self.has_room(path, usize::try_from(meta.len()).unwrap_or(usize::MAX)) {
            match fs::read(from) {
                Ok(content) => self.take(path, &content),
                Err(error) => self.refuse(path, unreadable(&error)),
            }
        }
    }

    /// Counts the file, and says whether it still fits.
    fn has_room(&mut self, path: &str, size: usize) -> bool {
        self.count += 1;
        if size > FILE_LIMIT {
            let message = format!("This file is larger than {} KiB.", FILE_LIMIT / 1024);
            self.refuse(path, Problem::new(message, "Shorten it or split it."));
            return false;
        }
        self.bytes += size;
        if self.count > COUNT_LIMIT {
            let message = format!("The folder has more than {COUNT_LIMIT} files; the rest was not read.");
            self.refuse(".", Problem::new(message, "Remove what does not belong to it."));
        } else if self.bytes > FOLDER_LIMIT {
            let message =
                format!("The folder holds more than {} MiB; the rest was not read.", FOLDER_LIMIT >> 20);
            self.refuse(".", Problem::new(message, "Remove what does not belong to it."));
        }
        !self.is_over()
    }

    fn is_over(&self) -> bool {
        self.count > COUNT_LIMIT || self.bytes > FOLDER_LIMIT
    }

    fn take(&mut self, path: &str, content: &[u8]) {
        // Some editors begin every file with a byte order mark; it says nothing and is no mistake.
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        match std::str::from_utf8(content) {
            Ok(_) if self.texts.contains_key(path) => {
                self.refuse(path, Problem::new("This path is there twice.", "Remove one of the two files."));
            }
            Ok(text) => {
                self.texts.insert(path.to_owned(), text.to_owned());
            }
            Err(error) => {
                let line = content[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
                let problem = Problem::new("This file is not UTF-8 text.", "Save it as UTF-8, or remove it.");
                let mut finding = Finding::error(path, problem);
                finding.line = Some(line);
                self.refused.add(finding);
            }
        }
    }

    fn refuse(&mut self, path: &str, problem: Problem) {
        self.refused.add(Finding::error(if path.is_empty() { "." } else { path }, problem));
    }
}

fn path_problem(path: &str) -> Option<Problem> {
    let segments: Vec<&str> = path.split('/').collect();
    if path.contains('\\') || segments.iter().any(|segment| matches!(*segment, "" | "." | "..")) {
        return Some(Problem::new(
            "This path leads out of the package.",
            "Name the file by its place inside the package, such as services/YZ02022.toml.",
        ));
    }
    if segments.iter().any(|segment| segment.starts_with('.')) {
        return Some(Problem::new(
            "This file is hidden.",
            "Remove it, or give it a name without a dot in front.",
        ));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if path.len() > 200 || segments.iter().any(|segment| !segment.chars().all(plain)) {
        return Some(Problem::new(
            "The name of this file cannot be used.",
            "Use only letters a to z, digits, dashes, underscores and dots.",
        ));
    }
    (segments.len() > 2).then(too_deep)
}

fn too_deep() -> Problem {
    Problem::new("A package has no folders within folders.", "Move the file one level up.")
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(
        format!("This cannot be read: {error}."),
        "Check that it exists and that its permissions allow it.",
    )
}
