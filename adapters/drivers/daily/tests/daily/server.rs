//! An SFTP server over a real folder: the agency's.

use std::{
    collections::HashMap,
    fs,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use russh::{
    Channel, ChannelId,
    keys::{PrivateKey, ssh_key::private::Ed25519Keypair},
    server::{Auth, ChannelOpenHandle, Config, Handler, Msg, Session, VerifiedPublicKey, run_stream},
};
use russh_sftp::protocol::{
    Attrs, Data, File, FileAttributes, Handle, Name, OpenFlags, Status, StatusCode, Version,
};

/// A key that is always the same.
pub fn key(seed: u8) -> PrivateKey {
    PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]))
}

/// Starts the server; it takes the portal's key only.
pub async fn start(root: &Path, portal: u8, own: u8) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = Arc::new(Config {
        keys: vec![key(own)],
        auth_rejection_time: std::time::Duration::ZERO,
        ..Config::default()
    });
    let root = root.to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let guest = Guest { root: root.clone(), portal: key(portal), channels: HashMap::new() };
            let config = Arc::clone(&config);
            tokio::spawn(async move {
                if let Ok(session) = run_stream(config, stream, guest).await {
                    let _ = session.await;
                }
            });
        }
    });
    address
}

struct Guest {
    root: PathBuf,
    portal: PrivateKey,
    channels: HashMap<ChannelId, Channel<Msg>>,
}

impl Handler for Guest {
    type Error = russh::Error;

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, russh::Error> {
        let known = user == "portal" && key.public_key.key_data() == self.portal.public_key().key_data();
        Ok(if known { Auth::Accept } else { Auth::reject() })
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), russh::Error> {
        self.channels.insert(channel.id(), channel);
        reply.accept().await;
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        _: &str,
        session: &mut Session,
    ) -> Result<(), russh::Error> {
        let channel = self.channels.remove(&id).unwrap();
        session.channel_success(id)?;
        let files = Shelf { root: self.root.clone(), open: HashMap::new(), next: 0 };
        russh_sftp::server::run(channel.into_stream(), files).await;
        Ok(())
    }
}

enum Open {
    File(fs::File),
    Folder(Vec<File>),
}

struct Shelf {
    root: PathBuf,
    open: HashMap<String, Open>,
    next: u32,
}

fn ok(id: u32) -> Status {
    Status { id, status_code: StatusCode::Ok, error_message: String::new(), language_tag: String::new() }
}

fn missing(_: std::io::Error) -> StatusCode {
    StatusCode::NoSuchFile
}

impl Shelf {
    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    fn keep(&mut self, id: u32, open: Open) -> Handle {
        self.next += 1;
        let handle = self.next.to_string();
        self.open.insert(handle.clone(), open);
        Handle { id, handle }
    }

    fn facts(&self, id: u32, path: &str) -> Result<Attrs, StatusCode> {
        let facts = fs::symlink_metadata(self.path(path)).map_err(missing)?;
        Ok(Attrs { id, attrs: FileAttributes::from(&facts) })
    }
}

impl russh_sftp::server::Handler for Shelf {
    type Error = StatusCode;

    fn unimplemented(&self) -> StatusCode {
        StatusCode::OpUnsupported
    }

    async fn init(&mut self, _: u32, _: HashMap<String, String>) -> Result<Version, StatusCode> {
        Ok(Version::new())
    }

    async fn open(
        &mut self,
        id: u32,
        name: String,
        flags: OpenFlags,
        _: FileAttributes,
    ) -> Result<Handle, StatusCode> {
        let writes = flags.contains(OpenFlags::WRITE);
        let file = fs::OpenOptions::new()
            .read(true)
            .write(writes)
            .create(flags.contains(OpenFlags::CREATE))
            .truncate(flags.contains(OpenFlags::TRUNCATE))
            .open(self.path(&name))
            .map_err(missing)?;
        Ok(self.keep(id, Open::File(file)))
    }

    async fn close(&mut self, id: u32, handle: String) -> Result<Status, StatusCode> {
        self.open.remove(&handle);
        Ok(ok(id))
    }

    async fn read(&mut self, id: u32, handle: String, offset: u64, len: u32) -> Result<Data, StatusCode> {
        let Some(Open::File(file)) = self.open.get_mut(&handle) else { return Err(StatusCode::Failure) };
        file.seek(SeekFrom::Start(offset)).map_err(missing)?;
        let mut data = vec![0; len as usize];
        let read = file.read(&mut data).map_err(missing)?;
        data.truncate(read);
        if data.is_empty() { Err(StatusCode::Eof) } else { Ok(Data { id, data }) }
    }

    async fn write(
        &mut self,
        id: u32,
        handle: String,
        offset: u64,
        data: Vec<u8>,
    ) -> Result<Status, StatusCode> {
        let Some(Open::File(file)) = self.open.get_mut(&handle) else { return Err(StatusCode::Failure) };
        file.seek(SeekFrom::Start(offset)).map_err(missing)?;
        file.write_all(&data).map_err(missing)?;
        Ok(ok(id))
    }

    async fn opendir(&mut self, id: u32, path: String) -> Result<Handle, StatusCode> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.path(&path)).map_err(missing)? {
            let entry = entry.map_err(missing)?;
            let facts = FileAttributes::from(&entry.metadata().map_err(missing)?);
            files.push(File::new(entry.file_name().into_string().unwrap(), facts));
        }
        // What an honest server would not list.
        let facts = FileAttributes::from(&fs::metadata(self.path(&path)).map_err(missing)?);
        files.push(File::new("../../etc/passwd", FileAttributes { permissions: Some(0o100_644), ..facts }));
        Ok(self.keep(id, Open::Folder(files)))
    }

    async fn readdir(&mut self, id: u32, handle: String) -> Result<Name, StatusCode> {
        match self.open.get_mut(&handle) {
            Some(Open::Folder(files)) if !files.is_empty() => Ok(Name { id, files: std::mem::take(files) }),
            _ => Err(StatusCode::Eof),
        }
    }

    async fn lstat(&mut self, id: u32, path: String) -> Result<Attrs, StatusCode> {
        self.facts(id, &path)
    }

    async fn stat(&mut self, id: u32, path: String) -> Result<Attrs, StatusCode> {
        self.facts(id, &path)
    }

    async fn remove(&mut self, id: u32, name: String) -> Result<Status, StatusCode> {
        fs::remove_file(self.path(&name)).map_err(missing)?;
        Ok(ok(id))
    }

    async fn rename(&mut self, id: u32, old: String, new: String) -> Result<Status, StatusCode> {
        // As OpenSSH: not onto a file that is there.
        if self.path(&new).exists() {
            return Err(StatusCode::Failure);
        }
        fs::rename(self.path(&old), self.path(&new)).map_err(missing)?;
        Ok(ok(id))
    }
}
