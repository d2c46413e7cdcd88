//! A city whose portal is the real program, which can be killed at any moment and started again at the same address.

use std::process::Command;

use tempfile::TempDir;
use yimen::{db::Db, platform::config::Address};

use super::{
    Engine, Held,
    program::{Running, ended, run, yimen},
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
        Running::serving(self.command(&["serve"]), &self.folder.path().join("log"))
    }

    /// Another node of the same portal, at an address of its own.
    pub fn start_beside(&self) -> Running {
        let mut command = self.command(&["serve"]);
        command.env("YIMEN_SERVER_LISTEN", "127.0.0.1:0");
        Running::serving(command, &self.folder.path().join("log"))
    }

    /// The program with this city's settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = yimen(self.folder.path(), arguments);
        command.envs(self.settings.iter().map(|(name, value)| (*name, value.as_str())));
        command
    }

    /// Takes everything out of the shared cache that this portal put there.
    pub fn empty_cache(&self) {
        let Some((_, prefix)) = self.settings.iter().find(|(name, _)| *name == "YIMEN_CACHE_PREFIX") else {
            return;
        };
        let script = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end";
        let mut command = Command::new("redis-cli");
        command.args(["-u", &template::redis(), "EVAL", script, "0", &format!("{prefix}*")]);
        let (status, _, trouble) = ended(&mut command);
        assert_eq!(status, 0, "{trouble}");
    }

    pub fn close(self) {
        template::remove(&self.database);
    }
}
