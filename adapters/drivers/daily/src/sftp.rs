//! A folder behind SFTP: through the safe dialer, with the server's key pinned and the portal's own key.

use std::{sync::Arc, time::Duration};

use chrono::DateTime;
use russh::{
    client::{Config, Handle, Handler, connect_stream},
    keys::{HashAlg, PrivateKey, PrivateKeyWithHashAlg, PublicKey, PublicKeyOrCertificate},
};
use russh_sftp::{
    client::{SftpSession, error::Error as SftpError},
    protocol::OpenFlags,
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::timeout,
};
use yimen_drivers::{CallError, Dialer, Future, TcpRequest};

use crate::folder::{Entry, Folder, FolderError, LARGEST, MOST};

const PORT: u16 = 22;
/// Files and what SSH puts around them.
const AT_MOST: usize = LARGEST + LARGEST / 2;

/// One session. It ends with the time that the dialer was given.
pub struct Sftp {
    files: SftpSession,
    root: String,
    /// Closes the connection when it is dropped.
    _session: Handle<Pinned>,
}

/// Takes one server key and no other: asking the first time and believing for ever is not enough here.
struct Pinned(PublicKey);

impl Handler for Pinned {
    type Error = russh::Error;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(match key {
            PublicKeyOrCertificate::PublicKey { key, .. } => key.key_data() == self.0.key_data(),
            PublicKeyOrCertificate::Certificate(_) => false,
        })
    }
}

impl Sftp {
    /// `key` is a private key in OpenSSH's form, `host_key` the server's public one (`ssh-ed25519 AAAA…`).
    pub async fn open(
        agency: &str,
        address: &url::Url,
        key: &SecretString,
        host_key: &SecretString,
        dialer: &dyn Dialer,
        within: Duration,
    ) -> Result<Self, FolderError> {
        let impossible = |why: &str| FolderError::Impossible(why.to_owned());
        let key = PrivateKey::from_openssh(key.expose_secret());
        let key = key.map_err(|_| impossible("the portal's key cannot be read"))?;
        let host_key = PublicKey::from_openssh(host_key.expose_secret().trim());
        let host_key = host_key.map_err(|_| impossible("the server's key cannot be read"))?;
        if address.username().is_empty() {
            return Err(impossible("the address names no user"));
        }
        let request = TcpRequest { agency, address, port: PORT, sealed: true, within, at_most: AT_MOST };
        let wire = dialer.tcp(request).await.map_err(|error| FolderError::from(CallError::from(error)))?;
        let opened = timeout(within, async {
            let config = Config { inactivity_timeout: Some(within), ..Config::default() };
            let mut session = connect_stream(Arc::new(config), wire, Pinned(host_key)).await.map_err(ssh)?;
            let key = PrivateKeyWithHashAlg::new(Arc::new(key), Some(HashAlg::Sha256));
            let welcome = session.authenticate_publickey(address.username(), key).await.map_err(ssh)?;
            if !welcome.success() {
                return Err(FolderError::Credentials);
            }
            let channel = session.channel_open_session().await.map_err(ssh)?;
            channel.request_subsystem(true, "sftp").await.map_err(ssh)?;
            let sftp = SftpSession::new(channel.into_stream()).await.map_err(|error| away(&error))?;
            sftp.set_timeout(within.as_secs().max(1));
            let root = address.path().trim_end_matches('/').to_owned();
            Ok(Self { files: sftp, root, _session: session })
        });
        opened.await.map_err(|_| FolderError::Away("it did not answer in time".to_owned()))?
    }

    fn path(&self, sub: &str, name: &str) -> String {
        format!("{}/{sub}/{name}", self.root)
    }

    async fn put(&self, path: &str, bytes: &[u8]) -> Result<(), SftpError> {
        let flags = OpenFlags::CREATE | OpenFlags::TRUNCATE | OpenFlags::WRITE;
        let mut file = self.files.open_with_flags(path, flags).await?;
        file.write_all(bytes).await?;
        // Not every server can; those that can have the bytes on disk before the name appears.
        let _ = file.sync_all().await;
        file.shutdown().await?;
        Ok(())
    }
}

fn ssh(error: russh::Error) -> FolderError {
    match error {
        russh::Error::UnknownKey => {
            FolderError::Impossible("the server's key is not the one that is bound".to_owned())
        }
        other => FolderError::Away(other.to_string()),
    }
}

fn away(error: &SftpError) -> FolderError {
    FolderError::Away(error.to_string())
}

impl Folder for Sftp {
    fn list<'a>(&'a self, sub: &'a str) -> Future<'a, Result<Vec<Entry>, FolderError>> {
        Box::pin(async move {
            let entries = self.files.read_dir(format!("{}/{sub}", self.root)).await;
            let entries = entries.map_err(|error| away(&error))?;
            let mut found = Vec::new();
            for entry in entries {
                let (name, facts) = (entry.file_name(), entry.metadata());
                // A server that puts folders into names is not followed there.
                if facts.is_regular() && !name.contains(['/', '\\', '\0']) {
                    let modified = facts.mtime.and_then(|at| DateTime::from_timestamp(i64::from(at), 0));
                    found.push(Entry { name, size: facts.size.unwrap_or(0), modified });
                }
            }
            if found.len() > MOST {
                return Err(FolderError::TooMany);
            }
            found.sort_by(|one, other| one.name.cmp(&other.name));
            Ok(found)
        })
    }

    fn read<'a>(&'a self, sub: &'a str, name: &'a str) -> Future<'a, Result<Vec<u8>, FolderError>> {
        Box::pin(async move {
            let file = self.files.open(self.path(sub, name)).await.map_err(|error| away(&error))?;
            let mut bytes = Vec::new();
            let read = file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).await;
            read.map_err(|error| FolderError::Away(error.kind().to_string()))?;
            if bytes.len() > LARGEST { Err(FolderError::TooLarge) } else { Ok(bytes) }
        })
    }

    fn write<'a>(
        &'a self,
        sub: &'a str,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Future<'a, Result<(), FolderError>> {
        Box::pin(async move {
            let (unfinished, path) = (self.path(sub, &format!(".{name}.part")), self.path(sub, name));
            self.put(&unfinished, bytes).await.map_err(|error| away(&error))?;
            // SFTP as most servers speak it does not rename onto a file that is there.
            if self.files.try_exists(&path).await.map_err(|error| away(&error))? {
                self.files.remove_file(&path).await.map_err(|error| away(&error))?;
            }
            self.files.rename(unfinished, path).await.map_err(|error| away(&error))
        })
    }
}
