//! One connection type over SQLite and PostgreSQL.
//!
//! Queries are Diesel's, synchronous, and written once. They run on threads of the database's own, fed by a
//! bounded queue: [`Db::read`] on connections that cannot write, [`Db::tx`] inside a transaction. A closure
//! given to either cannot await, so no network call can hide in a transaction. When the queue is full the
//! caller hears [`DbError::Busy`] at once; an error is always an error and never an empty result.
//!
//! SQLite has one writer, which gathers small transactions that arrive together into one commit: each is a
//! savepoint of its own, undone alone if it fails, and none is acknowledged before the commit is on disk.

mod announce;
mod columns;
mod connect;
mod error;
mod lanes;
mod migrations;
mod pairs;
pub mod schema;
mod slow;
mod stretch;
mod task;

use std::sync::Arc;

use diesel::{Connection as _, RunQueryDsl as _};
use tokio::sync::{broadcast, oneshot};

use crate::platform::config::{Address, DatabaseConfig};

pub use announce::announce;
pub use columns::{Json, Sealed, Stamp};
pub use connect::{Conn, MultiBackend, OpenError};
pub use error::DbError;
pub use migrations::{Applied, MigrateError};
pub use pairs::{Among, among};
pub use stretch::Stretch;

use connect::{Access, Connector};
use lanes::Lane;
use task::Request;

/// Runs a piece of Diesel that must know its engine (upserts and inserts of several rows), once per engine.
///
/// `each!(conn, |c| diesel::insert_into(t).values(rows).on_conflict(key).do_nothing().execute(c))`
#[macro_export]
macro_rules! each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::db::Conn::Pg($c) => $body,
            $crate::db::Conn::Sqlite($c) => $body,
        }
    };
}

/// Inserts a row, or changes the one that is there already.
///
/// `upsert!(conn, table <- row, on key, set change)`
#[macro_export]
macro_rules! upsert {
    ($conn:expr, $table:expr => $row:expr, on $key:expr, set $change:expr) => {
        $crate::each!($conn, |c| {
            diesel::insert_into($table).values($row).on_conflict($key).do_update().set($change).execute(c)
        })
    };
}

/// Inserts those of several rows that are not there already; says how many.
///
/// `insert_new!(conn, table => &rows)`
///
/// PostgreSQL gets them in one statement. SQLite has no such statement for rows with defaults in Diesel, and no
/// network between it and us: it gets them one by one.
#[macro_export]
macro_rules! insert_new {
    ($conn:expr, $table:expr => $rows:expr) => {
        match $conn {
            $crate::db::Conn::Pg(c) => {
                diesel::insert_into($table).values($rows).on_conflict_do_nothing().execute(c)
            }
            $crate::db::Conn::Sqlite(c) => $rows.into_iter().try_fold(0, |inserted, row| {
                let new = diesel::insert_into($table).values(row).on_conflict_do_nothing().execute(c)?;
                Ok::<_, diesel::result::Error>(inserted + new)
            }),
        }
    };
}

/// Which engine stands behind an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn of(address: &Address) -> Self {
        let text = address.as_str();
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }
}

/// The database. Clones share its threads.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    readers: Lane,
    writers: Lane,
    heard: broadcast::Sender<&'static str>,
    connector: Arc<Connector>,
}

impl Db {
    /// Opens the database without changing it. A database that is missing its tables, or is newer than this
    /// program, is told by [`Db::check`].
    pub fn open(config: &DatabaseConfig) -> Result<Self, OpenError> {
        let engine = Engine::of(&config.url);
        let (heard, _) = broadcast::channel(256);
        let connector = Arc::new(Connector { address: config.url.clone(), slow: config.slow });
        // The first connection is made here, so that a wrong address is told at once and not by a request.
        drop(connector.connect(Access::Write)?);
        let writers = match engine {
            Engine::Sqlite => Lane::batching(config.queue, &connector, &heard),
            Engine::Postgres => Lane::writing(config.writers, config.queue, &connector, &heard),
        };
        let readers = match (engine, config.readers) {
            (_, 1..) => config.readers,
            (Engine::Sqlite, _) => 3,
            (Engine::Postgres, _) => 6,
        };
        let readers = Lane::reading(readers, config.queue, &connector);
        Ok(Self { engine, readers, writers, heard, connector })
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Runs `work` on a connection that can only read. Each statement sees what is committed when it begins; where they
    /// must agree, see [`Db::snapshot`].
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        Self::ask(&self.readers, work).await
    }

    /// Runs `work` in a transaction: committed when it answers `Ok`, undone when it answers `Err` or panics.
    /// What it said with [`announce`] is heard after the commit, and only then.
    pub async fn tx<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        Self::ask(&self.writers, work).await
    }

    /// Runs `work` on what was committed at one moment: all that it reads agrees, whatever others write meanwhile.
    pub async fn snapshot<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let at_once = |c: &mut Conn| {
            c.transaction(|c| {
                // PostgreSQL would show each statement what is committed when that statement begins.
                if matches!(c, Conn::Pg(_)) {
                    diesel::sql_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").execute(c)?;
                }
                Ok::<_, diesel::result::Error>(work(c))
            })
            .map_err(DbError::from)?
        };
        Self::ask(&self.readers, at_once).await
    }

    async fn ask<T, E, F>(lane: &Lane, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        lane.put(Box::new(Request::new(work, reply)))?;
        answer.await.unwrap_or_else(|_| Err(DbError::Stopped.into()))
    }

    /// Topics announced by committed transactions of this process.
    pub fn announcements(&self) -> broadcast::Receiver<&'static str> {
        self.heard.subscribe()
    }

    /// Work that waits for a connection right now: (to read, to write).
    pub fn waiting(&self) -> (usize, usize) {
        (self.readers.waiting(), self.writers.waiting())
    }
}
