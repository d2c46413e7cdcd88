//! A city whose portal is the real program, which can be killed at any moment and started again at the same address.

use std::{path::Path, process::Command};

use tempfile::TempDir;
use yimen::{db::Db, platform::config::Address};

use super::{
    Engine, Held,
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
    /// Between two starts the port is nobody else's.
    _port: Held,
}

impl Killable {
    pub async fn open(engine: Engine, mut settings: Vec<(&'static str, String)>) -> Self {
        let folder = TempDir::new().unwrap();
        let url = template::database(engine, folder.path()).await;
        assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
        let held = Held::port();
        settings.extend([
            ("YIMEN_DATABASE_URL", url.clone()),
            ("YIMEN_SERVER_LISTEN", held.address.to_string()),
            // Whoever takes over must not be waited for long, and nobody may lose a job for being slow.
            ("YIMEN_JOBS_LEASE_SECONDS", "3".to_owned()),
            ("YIMEN_JOBS_POLL_MS", "50".to_owned()),
        ]);
        if engine == Engine::Postgres {
            settings.push(("YIMEN_CACHE_URL", template::redis()));
            settings.push(("YIMEN_CACHE_PREFIX", format!("killed-{}", held.address.port())));
        }
        let config = template::database_config(&url);
        let db = Db::open(&config).unwrap();
        let base = format!("http://{}", held.address);
        Self { folder, db, base, settings, database: config.url, _port: held }
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
