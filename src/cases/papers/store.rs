//! The folder in which papers lie, encrypted, each under its own number. Who reads or writes here does so off the
//! threads that answer requests.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use sha2::{Digest as _, Sha256};
use uuid::{Timestamp, Uuid};

use super::{hex, kept::FileId, kind::Kind, pdf};
use crate::{
    ledger::strongbox::{FileKey, Locking, Unlocking},
    platform::Moment,
};

/// How many files this process has begun: those of one moment are told apart, and stand in the order in which they came.
static BEGUN: AtomicU32 = AtomicU32::new(0);

/// The folder.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// What is known of a file once it is written.
#[derive(Debug)]
pub struct Written {
    pub id: FileId,
    pub key: FileKey,
    pub kind: Kind,
    pub size: u64,
    pub sha256: String,
    /// Whether it is a document that does something.
    pub refused: Option<pdf::Refused>,
}

impl Store {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Numbers begin with their time: the ends spread them.
    fn place(&self, id: FileId) -> PathBuf {
        let name = id.uuid().simple().to_string();
        self.folder.join(&name[30..]).join(name)
    }

    /// Begins a file.
    pub fn begin(&self, now: Moment, key: FileKey, kind: Kind) -> io::Result<Writing> {
        let id = numbered(now);
        let path = self.place(id);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let out = BufWriter::new(options.open(&path)?);
        let locking = Some(Locking::new(&key, id.uuid().as_bytes(), out));
        let look = (kind == Kind::Pdf).then(pdf::Look::default);
        Ok(Writing { id, key, kind, path, locking, sha256: Sha256::new(), size: 0, look })
    }

    /// Opens a file for reading.
    pub fn open(&self, id: FileId, key: &FileKey) -> io::Result<Unlocking<BufReader<File>>> {
        Unlocking::new(key, id.uuid().as_bytes(), BufReader::new(File::open(self.place(id))?))
    }

    /// Takes a file away; one that is gone is gone.
    pub fn remove(&self, id: FileId) -> io::Result<()> {
        match fs::remove_file(self.place(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The numbers of all files in one of the folder's 256 parts.
    pub fn part(&self, part: u8) -> io::Result<Vec<FileId>> {
        let entries = match fs::read_dir(self.folder.join(format!("{part:02x}"))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let named = |entry: io::Result<fs::DirEntry>| entry.ok()?.file_name().to_str()?.parse().ok();
        Ok(entries.filter_map(named).collect())
    }
}

/// The number of a file that is begun now. It says when, on the portal's own clock: by that it is swept.
fn numbered(now: Moment) -> FileId {
    let seconds = now.timestamp().try_into().unwrap_or(0);
    let turn = BEGUN.fetch_add(1, Ordering::Relaxed);
    let time = Timestamp::from_unix_time(seconds, now.timestamp_subsec_nanos(), turn.into(), 32);
    FileId::from(Uuid::new_v7(time))
}

/// A file being written. Let go before its end, it is taken away.
pub struct Writing {
    id: FileId,
    key: FileKey,
    kind: Kind,
    path: PathBuf,
    locking: Option<Locking<BufWriter<File>>>,
    sha256: Sha256,
    size: u64,
    look: Option<pdf::Look>,
}

impl Writing {
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sha256.update(bytes);
        self.size += bytes.len() as u64;
        if let Some(look) = &mut self.look {
            look.push(bytes);
        }
        self.locking.as_mut().map_or(Ok(()), |locking| locking.push(bytes))
    }

    /// The end: it lies on the disk when this returns.
    pub fn finish(mut self) -> io::Result<Written> {
        let Some(locking) = self.locking.take() else { return Err(io::ErrorKind::InvalidInput.into()) };
        let written = locking.finish().and_then(|out| out.into_inner().map_err(io::Error::from)?.sync_all());
        if let Err(error) = written {
            let _ = fs::remove_file(&self.path);
            return Err(error);
        }
        let sha256 = std::mem::take(&mut self.sha256).finalize();
        Ok(Written {
            id: self.id,
            key: self.key.clone(),
            kind: self.kind,
            size: self.size,
            sha256: hex(&sha256),
            refused: self.look.take().and_then(|look| look.finish().err()),
        })
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if self.locking.take().is_some() {
            let _ = fs::remove_file(&self.path);
        }
    }
}
