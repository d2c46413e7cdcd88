//! A city whose portal is the real program, which can be killed at any moment and started again at the same address.

use std::{net::TcpListener, path::Path, process::Command};

use tempfile::TempDir;
use yimen::{db::Db, platform::config::Address};

use super::{
    Engine,
    program::{Running, run, yimen},
    template,
};

/// A city whose portal can be started, killed and started again at one address.
pub struct Killable {
    pub folder: TempDir,
    pub db: Db,
    /// Where the portal is when it runs.
    pub base: String,
    settings: Vec<(&'static str, String)>,
    database: Address,
}

impl Killable {
    pub async fn open(engine: Engine, mut settings: Vec<(&'static str, String)>) -> Self {
        let folder = TempDir::new().unwrap();
        let url = template::database(engine, folder.path()).await;
        assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        settings.extend([
            ("YIMEN_DATABASE_URL", url.clone()),
            ("YIMEN_SERVER_LISTEN", format!("127.0.0.1:{free}")),
            // Whoever takes over must not be waited for long.
            ("YIMEN_JOBS_LEASE_SECONDS", "1".to_owned()),
            ("YIMEN_JOBS_POLL_MS", "50".to_owned()),
        ]);
        if engine == Engine::Postgres {
            settings.push(("YIMEN_CACHE_URL", template::redis()));
            settings.push(("YIMEN_CACHE_PREFIX", format!("killed-{free}")));
        }
        let config = template::database_config(&url);
        let db = Db::open(&config).unwrap();
        let base = format!("http://127.0.0.1:{free}");
        Self { folder, db, base, settings, database: config.url }
    }

    pub fn start(&self) -> Running {
        let path: &Path = self.folder.path();
        let mut command: Command = yimen(path, &["serve"]);
        command.envs(self.settings.iter().map(|(name, value)| (*name, value.as_str())));
        Running::serving(command, &path.join("log"))
    }

    pub fn close(self) {
        template::remove(&self.database);
    }
}
