//! Databases for towns: the demo city is installed once, and every town gets a copy.

use std::{
    env, fs,
    fs::File,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, UNIX_EPOCH},
};

use diesel::{Connection as _, PgConnection, RunQueryDsl as _, SqliteConnection, sql_query};
use yimen::{
    agencies::demo,
    db::Db,
    platform::config::{Address, DatabaseConfig},
};

use super::opening;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

fn needed(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set: this test needs PostgreSQL and Redis. Run tests/run, or see its --servers.")
    })
}

pub fn redis() -> String {
    needed("TOWN_REDIS")
}

fn postgres(name: &str) -> String {
    format!("{}/{name}", needed("TOWN_POSTGRES").trim_end_matches('/'))
}

pub fn database_config(url: &str) -> DatabaseConfig {
    DatabaseConfig {
        url: Address::new(url),
        readers: 2,
        writers: 2,
        queue: 1024,
        slow: Duration::from_secs(10),
    }
}

/// Names this very build of the tests: another build may bring another city.
fn build() -> String {
    let about = fs::metadata(env::current_exe().unwrap()).unwrap();
    let changed = about.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    format!("{:x}_{:x}", about.len(), changed.as_micros())
}

/// An empty database of its own. Gives its address.
pub fn empty(engine: Engine, folder: &Path) -> String {
    match engine {
        Engine::Sqlite => folder.join("empty.sqlite").display().to_string(),
        Engine::Postgres => {
            let name = format!("empty_{}", uuid::Uuid::now_v7().simple());
            let mut admin = PgConnection::establish(&postgres("postgres")).unwrap();
            sql_query(format!("CREATE DATABASE {name}")).execute(&mut admin).unwrap();
            postgres(&name)
        }
    }
}

/// A copy of the database with the demo city in it. Gives its address.
pub async fn database(engine: Engine, folder: &Path) -> String {
    let shared = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(&shared).unwrap();
    // Tests are processes of their own: the first one to come makes the template, the others wait for it.
    let lock = File::create(shared.join(format!("{engine:?}.lock"))).unwrap();
    lock.lock().unwrap();
    match engine {
        Engine::Sqlite => {
            let template = shared.join(format!("town-{}.sqlite", build()));
            if !template.exists() {
                remove_older(&shared);
                let working = shared.join("working.sqlite");
                for suffix in ["", "-wal", "-shm"] {
                    let _ = fs::remove_file(shared.join(format!("working.sqlite{suffix}")));
                }
                fill(&working.display().to_string()).await;
                let mut conn = SqliteConnection::establish(&working.display().to_string()).unwrap();
                // The threads of `fill` close their connections in a moment.
                sql_query("PRAGMA busy_timeout = 10000").execute(&mut conn).unwrap();
                sql_query(format!("VACUUM INTO '{}'", template.display())).execute(&mut conn).unwrap();
            }
            drop(lock);
            let own = folder.join("town.sqlite");
            fs::copy(template, &own).unwrap();
            own.display().to_string()
        }
        Engine::Postgres => {
            let template = format!("town_{}", build());
            let mut admin = PgConnection::establish(&postgres("postgres")).unwrap();
            let exists = sql_query(format!("SELECT 1 FROM pg_database WHERE datname = '{template}'"))
                .execute(&mut admin)
                .unwrap();
            if exists == 0 {
                let working = format!("{template}_working");
                sql_query(format!("DROP DATABASE IF EXISTS {working}")).execute(&mut admin).unwrap();
                sql_query(format!("CREATE DATABASE {working}")).execute(&mut admin).unwrap();
                fill(&postgres(&working)).await;
                // A database with connections cannot be renamed, and the threads of `fill` end in a moment.
                sql_query(format!(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{working}'"
                ))
                .execute(&mut admin)
                .unwrap();
                sql_query(format!("ALTER DATABASE {working} RENAME TO {template}"))
                    .execute(&mut admin)
                    .unwrap();
            }
            let own = format!("town_{}", uuid::Uuid::now_v7().simple());
            sql_query(format!("CREATE DATABASE {own} TEMPLATE {template}")).execute(&mut admin).unwrap();
            drop(lock);
            postgres(&own)
        }
    }
}

/// Removes a town's database, as a town that is closed has no use for it.
pub fn remove(address: &Address) {
    if let Some(name) = address.as_str().strip_prefix("postgres").and_then(|rest| rest.rsplit('/').next()) {
        let mut admin = PgConnection::establish(&postgres("postgres")).unwrap();
        sql_query(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).execute(&mut admin).unwrap();
    }
}

/// Cuts every connection to a town's database, as a restart of the server would.
pub fn cut_all_connections(address: &Address) {
    let name = address.as_str().rsplit('/').next().unwrap();
    let mut admin = PgConnection::establish(&postgres("postgres")).unwrap();
    let cut: Vec<Connected> = sql_query(format!(
        "SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    ))
    .load(&mut admin)
    .unwrap();
    // They are only told to end.
    let pids: Vec<String> = cut.iter().map(|one| one.pid.to_string()).collect();
    let left = format!(
        "SELECT pid FROM pg_stat_activity WHERE datname = '{name}' AND pid = ANY('{{{}}}')",
        pids.join(",")
    );
    let patience = Instant::now() + Duration::from_secs(20);
    while sql_query(&left).execute(&mut admin).unwrap() > 0 {
        assert!(Instant::now() < patience, "the connections do not end");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The process behind a connection.
#[derive(diesel::QueryableByName)]
struct Connected {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pid: i32,
}

/// Has the server of a town's database refuse every change to it, as a standby does, or take them again.
pub fn only_read(address: &Address, only: bool) {
    let name = address.as_str().rsplit('/').next().unwrap();
    let mut admin = PgConnection::establish(&postgres("postgres")).unwrap();
    let set =
        if only { "SET default_transaction_read_only = on" } else { "RESET default_transaction_read_only" };
    sql_query(format!("ALTER DATABASE {name} {set}")).execute(&mut admin).unwrap();
    // A setting counts from the next connection on.
    cut_all_connections(address);
}

async fn fill(url: &str) {
    let db = Db::open(&database_config(url)).unwrap();
    db.migrate().unwrap();
    let report = demo::install_all(&db, opening()).await.unwrap();
    assert!(report.refused.is_empty(), "{:?}", report.refused);
}

fn remove_older(shared: &Path) {
    for entry in fs::read_dir(shared).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with("town-") {
            let _ = fs::remove_file(entry.path());
        }
    }
}
