//! Daily files in real folders and over a real SFTP server.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop")]

mod files;
mod questions;
mod remote;
mod server;

use std::{fs, path::Path, time::Duration};

use serde_json::json;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use yimen_daily::{Came, Exchange, FolderError, collect, deliver};
use yimen_rig::Asked;

/// An agency with a folder, and the portal's side of it.
pub struct Bureau {
    pub folder: TempDir,
    pub asked: Asked,
}

impl Bureau {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("to-portal")).unwrap();
        let backend = json!({
            "driver": "csv", "endpoint": "sample", "auth": "sftp-key", "encoding": "gbk", "body": "csv",
            "files": {
                "inbound": [
                    { "name": "benefits", "columns": ["id", "xm", "je", "zt"], "key": "id", "required": ["zt"], "whole": true },
                    { "name": "changes", "columns": ["id", "zt"], "key": "id", "delimiter": "|" },
                ],
                "outbound": [{ "name": "applications", "columns": ["ref", "id", "xm"], "key": "ref", "required": ["id"] }],
            },
        });
        let binding = json!({ "file": { "table": "benefits", "by": "identity_number" } });
        let mut asked = Asked::new(format!("file://{}", folder.path().display()), backend, binding);
        // Tests write files today; the portal's clock is past that.
        asked.now = "2099-01-01T00:00:00Z".parse().unwrap();
        Self { folder, asked }
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// The agency puts a whole file.
    pub fn puts(&self, name: &str, text: &str) {
        self.puts_bytes(name, &gbk(text));
    }

    pub fn puts_bytes(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(&format!("to-portal/{name}")), bytes).unwrap();
        fs::write(self.path(&format!("to-portal/{name}.sha256")), digest(bytes)).unwrap();
    }

    pub async fn collect(&self) -> Result<Vec<Came>, FolderError> {
        self.asked.with(async |call| collect(&exchange(&call)).await).await
    }

    pub async fn deliver(&self) -> Result<usize, FolderError> {
        let sent = self.asked.with(async |call| deliver(&exchange(&call)).await).await?;
        Ok(sent.values().sum())
    }

    /// What the portal has put, without unfinished and companions.
    pub fn put(&self) -> Vec<String> {
        names(&self.path("from-portal"))
            .into_iter()
            .filter(|name| std::path::Path::new(name).extension().is_some_and(|kind| kind == "csv"))
            .collect()
    }

    pub fn reads(&self, name: &str) -> String {
        let bytes = fs::read(self.path(&format!("from-portal/{name}"))).unwrap();
        let promise = fs::read_to_string(self.path(&format!("from-portal/{name}.sha256"))).unwrap();
        assert!(promise.starts_with(&digest(&bytes)), "the companion fits");
        yimen_drivers::text::decode(yimen_contract::agency::Encoding::Gbk, &bytes).unwrap()
    }
}

fn exchange<'a>(call: &yimen_drivers::Call<'a>) -> Exchange<'a> {
    Exchange {
        agency: call.agency,
        backend: call.backend,
        endpoint: call.endpoint,
        ports: call.ports,
        now: call.now,
        within: Duration::from_secs(20),
    }
}

pub fn gbk(text: &str) -> Vec<u8> {
    yimen_drivers::text::encode(yimen_contract::agency::Encoding::Gbk, text).unwrap()
}

pub fn digest(bytes: &[u8]) -> String {
    yimen_drivers::auth::sign::hex(&Sha256::digest(bytes))
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

pub const GOOD: &str =
    "id,xm,je,zt\r\n990101198501010010,林晓,200.50,1\r\n990101199001010020,\"陈,静\",0.05,2\r\n";
