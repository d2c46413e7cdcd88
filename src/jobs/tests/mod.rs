//! What the queue promises, whatever happens to it in whatever order, on both engines: every job waits, runs, is
//! done or is dead, its effect happens once, and the most urgent go first; alone and in sets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod model;
mod sets;
mod steps;
mod together;

use std::{env, time::Duration};

use chrono::TimeDelta;
use diesel::{Connection as _, PgConnection, prelude::*, sql_query};
use proptest::test_runner::{Config, TestRunner};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::{Job, Priority};
use crate::{
    db::{Conn, Db, DbError},
    platform::config::{Address, DatabaseConfig},
};

use model::Model;
use steps::{Step, steps};

const BUDGET: TimeDelta = TimeDelta::hours(2);
const LEASE: TimeDelta = TimeDelta::minutes(1);
const KINDS: [&str; 3] = ["test.urgent", "test.normal", "test.low"];

/// Something to be done, of one of three priorities.
#[derive(Debug, Serialize, Deserialize)]
struct Chore<const P: usize> {
    key: Option<u8>,
    whose: Uuid,
}

impl<const P: usize> Job for Chore<P> {
    const KIND: &'static str = KINDS[P];
    const PRIORITY: Priority = [Priority::Urgent, Priority::Normal, Priority::Low][P];
    const BUDGET: TimeDelta = BUDGET;

    fn key(&self) -> Option<String> {
        self.key.map(|key| key.to_string())
    }
}

/// A database of a test's own.
struct Stage {
    db: Db,
    runtime: Runtime,
    _folder: TempDir,
}

impl Stage {
    fn open(url: String, folder: TempDir) -> Self {
        let slow = Duration::from_secs(10);
        let config = DatabaseConfig { url: Address::new(url), readers: 1, writers: 2, queue: 64, slow };
        let db = Db::open(&config).unwrap();
        db.migrate().unwrap();
        Self { db, runtime: Runtime::new().unwrap(), _folder: folder }
    }

    fn tx<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, DbError> + Send + 'static,
    ) -> T {
        self.runtime.block_on(self.db.tx(work)).unwrap()
    }
}

fn play(stage: &Stage) {
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let play = |steps: Vec<Step>| {
        Model::play(stage, &steps);
        Ok(())
    };
    TestRunner::new(config).run(&steps(), play).unwrap();
}

#[test]
fn whatever_happens_nothing_is_lost_and_nothing_done_twice_sqlite() {
    on_sqlite(play);
}

#[test]
fn whatever_happens_nothing_is_lost_and_nothing_done_twice_postgres() {
    on_postgres(play);
}

fn on_sqlite(test: impl Fn(&Stage)) {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("queue.sqlite").display().to_string();
    test(&Stage::open(url, folder));
}

fn on_postgres(test: impl Fn(&Stage)) {
    let server = env::var("TOWN_POSTGRES").expect("TOWN_POSTGRES: run tests/run, or see its --servers");
    let at = |name: &str| format!("{}/{name}", server.trim_end_matches('/'));
    let name = format!("queue_{}", Uuid::now_v7().simple());
    let mut admin = PgConnection::establish(&at("postgres")).unwrap();
    sql_query(format!("CREATE DATABASE {name}")).execute(&mut admin).unwrap();
    test(&Stage::open(at(&name), tempfile::tempdir().unwrap()));
    sql_query(format!("DROP DATABASE {name} WITH (FORCE)")).execute(&mut admin).unwrap();
}
