//! A folder of this machine that the agency writes to by whatever means it has.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use tokio::task::spawn_blocking;
use yimen_drivers::Future;

use crate::folder::{Entry, Folder, FolderError, LARGEST, MOST};

#[derive(Debug, Clone)]
pub struct DropFolder {
    root: PathBuf,
}

impl DropFolder {
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn run<'a, T: Send + 'static>(
        &self,
        sub: &str,
        act: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Future<'a, Result<T, FolderError>> {
        let folder = self.root.join(sub);
        Box::pin(async move {
            let done = spawn_blocking(move || real(&folder).and_then(|()| act(&folder))).await;
            let done = done.map_err(|error| FolderError::Away(error.to_string()))?;
            done.map_err(|error| match error.kind() {
                io::ErrorKind::FileTooLarge => FolderError::TooLarge,
                io::ErrorKind::QuotaExceeded => FolderError::TooMany,
                kind => FolderError::Away(kind.to_string()),
            })
        })
    }
}

/// A link in the place of the folder could lead anywhere on this machine.
fn real(folder: &Path) -> io::Result<()> {
    match folder.symlink_metadata() {
        Ok(facts) if !facts.is_dir() => Err(io::ErrorKind::NotADirectory.into()),
        _ => Ok(()),
    }
}

impl Folder for DropFolder {
    fn list<'a>(&'a self, sub: &'a str) -> Future<'a, Result<Vec<Entry>, FolderError>> {
        self.run(sub, |folder| {
            let mut entries = Vec::new();
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                // Without following links.
                let facts = entry.path().symlink_metadata()?;
                if let (true, Ok(name)) = (facts.is_file(), entry.file_name().into_string()) {
                    let modified = facts.modified().ok().map(Into::into);
                    entries.push(Entry { name, size: facts.len(), modified });
                }
                if entries.len() > MOST {
                    return Err(io::ErrorKind::QuotaExceeded.into());
                }
            }
            entries.sort_by(|one, other| one.name.cmp(&other.name));
            Ok(entries)
        })
    }

    fn read<'a>(&'a self, sub: &'a str, name: &'a str) -> Future<'a, Result<Vec<u8>, FolderError>> {
        let name = name.to_owned();
        self.run(sub, move |folder| {
            let path = folder.join(name);
            let meant = path.symlink_metadata()?;
            if !meant.is_file() {
                return Err(io::ErrorKind::NotFound.into());
            }
            let file = fs::File::open(path)?;
            // A link could have taken its place in the meantime.
            let found = file.metadata()?;
            if (found.dev(), found.ino()) != (meant.dev(), meant.ino()) {
                return Err(io::ErrorKind::NotFound.into());
            }
            let mut bytes = Vec::new();
            file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
            if bytes.len() > LARGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
        })
    }

    fn write<'a>(
        &'a self,
        sub: &'a str,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Future<'a, Result<(), FolderError>> {
        let (name, bytes) = (name.to_owned(), bytes.to_vec());
        self.run(sub, move |folder| {
            fs::create_dir_all(folder)?;
            // Beside the file itself: only within one file system is renaming one step.
            let unfinished = folder.join(format!(".{name}.part"));
            match fs::remove_file(&unfinished) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            // Only a new file: a link that the agency puts there would have another one overwritten.
            let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&unfinished)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(unfinished, folder.join(name))?;
            fs::File::open(folder)?.sync_all()
        })
    }
}
