//! Where files are exchanged: a folder of this machine, or one behind SFTP.

use std::time::Duration;

use chrono::{DateTime, Utc};
use yimen_contract::agency::{Auth, Backend};
use yimen_drivers::{CallError, Dialer, Endpoint, Future, StoreError};

use crate::{DropFolder, Sftp};

/// No file is read further.
pub(crate) const LARGEST: usize = 32 << 20;
/// A folder with more names is not looked at: some of them would be passed by.
pub(crate) const MOST: usize = 10_000;

/// What the agency and the portal share. Names have no folder in them.
pub trait Folder: Send + Sync {
    /// The plain files of a subfolder.
    fn list<'a>(&'a self, sub: &'a str) -> Future<'a, Result<Vec<Entry>, FolderError>>;

    fn read<'a>(&'a self, sub: &'a str, name: &'a str) -> Future<'a, Result<Vec<u8>, FolderError>>;

    /// Writes a whole file: nobody ever sees half of it under its name.
    fn write<'a>(
        &'a self,
        sub: &'a str,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Future<'a, Result<(), FolderError>>;
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub size: u64,
    pub modified: Option<DateTime<Utc>>,
}

/// Why the files cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FolderError {
    /// The settings forbid it; trying again is of no use.
    #[error("the folder cannot be used: {0}")]
    Impossible(String),
    #[error("the other side does not accept the portal's key")]
    Credentials,
    /// The folder, or the place where its contents are kept.
    #[error("the files cannot be exchanged now: {0}")]
    Away(String),
    #[error("a file is larger than is read")]
    TooLarge,
    #[error("the folder holds more than {MOST} files: old ones have to be moved away")]
    TooMany,
}

impl From<StoreError> for FolderError {
    fn from(error: StoreError) -> Self {
        Self::Away(error.to_string())
    }
}

impl From<CallError> for FolderError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Impossible(why) => Self::Impossible(why),
            other => Self::Away(other.to_string()),
        }
    }
}

/// Opens what the operator bound: `file:///srv/drop/housing` or `sftp://user@host/path`.
pub async fn open(
    agency: &str,
    backend: &Backend,
    endpoint: &Endpoint,
    dialer: &dyn Dialer,
    within: Duration,
) -> Result<Box<dyn Folder>, FolderError> {
    let impossible = |why: &str| Err(FolderError::Impossible(why.to_owned()));
    match (endpoint.address.scheme(), backend.auth) {
        ("file", Auth::None | Auth::IpAllow | Auth::SftpKey) => {
            let path = endpoint.address.to_file_path();
            let path =
                path.map_err(|()| FolderError::Impossible("the address names no folder".to_owned()))?;
            Ok(Box::new(DropFolder::new(path)))
        }
        ("sftp", Auth::SftpKey) => {
            let secret = |index: usize| {
                let name = backend.secrets.get(index);
                let value = name.and_then(|name| endpoint.secrets.get(name));
                value.ok_or_else(|| FolderError::Impossible("a secret is not bound".to_owned()))
            };
            let (key, host_key) = (secret(0)?, secret(1)?);
            Ok(Box::new(Sftp::open(agency, &endpoint.address, key, host_key, dialer, within).await?))
        }
        ("sftp", _) => impossible("SFTP needs the way of signing in `sftp-key`"),
        _ => impossible("the address is none of the forms file:///folder and sftp://user@host/folder"),
    }
}
