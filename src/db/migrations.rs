//! The schema's versions. Both engines have the same ones, by name; a test holds them together.

use diesel::{RunQueryDsl as _, migration::Migration, sql_query};
use diesel_migrations::{EmbeddedMigrations, HarnessWithOutput, MigrationHarness, embed_migrations};

use super::{Conn, Db, OpenError, connect::Access};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(
        "the database is newer than this program: it has the migration {0}, which this program does not know. \
         Start the newer program, or restore a backup made before it ran."
    )]
    Newer(String),
    #[error("the database lacks {0} migration(s). Run `yimen migrate`.")]
    Behind(usize),
    #[error("a migration failed and was undone: {0}")]
    Failed(String),
}

/// Names of the migrations that were run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied(pub Vec<String>);

impl Db {
    /// Brings the schema up to date. Safe to call on several nodes at once.
    pub fn migrate(&self) -> Result<Applied, MigrateError> {
        let mut conn = self.connector.connect(Access::Write)?;
        up(&mut conn)
    }

    /// Says whether this program and the schema fit together.
    pub fn check(&self) -> Result<(), MigrateError> {
        let mut conn = self.connector.connect(Access::Write)?;
        let missing = state(&mut conn)?;
        if missing == 0 { Ok(()) } else { Err(MigrateError::Behind(missing)) }
    }
}

fn failed(error: impl std::fmt::Display) -> MigrateError {
    MigrateError::Failed(error.to_string())
}

fn source(conn: &Conn) -> EmbeddedMigrations {
    match conn {
        Conn::Pg(_) => POSTGRES,
        Conn::Sqlite(_) => SQLITE,
    }
}

/// How many migrations are missing; a database from the future is refused.
fn state(conn: &mut Conn) -> Result<usize, MigrateError> {
    let source = source(conn);
    let (applied, known) = match conn {
        Conn::Pg(conn) => (
            conn.applied_migrations().map_err(failed)?,
            names(&all::<diesel::pg::Pg>(&source).map_err(failed)?),
        ),
        Conn::Sqlite(conn) => (
            conn.applied_migrations().map_err(failed)?,
            names(&all::<diesel::sqlite::Sqlite>(&source).map_err(failed)?),
        ),
    };
    let applied: Vec<String> = applied.into_iter().map(|version| version.to_string()).collect();
    if let Some(unknown) = applied.iter().find(|version| !known.contains(version)) {
        return Err(MigrateError::Newer(unknown.clone()));
    }
    Ok(known.len() - applied.len())
}

fn all<B: diesel::backend::Backend>(
    source: &EmbeddedMigrations,
) -> diesel::migration::Result<Vec<Box<dyn Migration<B>>>> {
    diesel::migration::MigrationSource::<B>::migrations(source)
}

fn names<B: diesel::backend::Backend>(migrations: &[Box<dyn Migration<B>>]) -> Vec<String> {
    migrations.iter().map(|migration| migration.name().version().to_string()).collect()
}

fn up(conn: &mut Conn) -> Result<Applied, MigrateError> {
    state(conn)?;
    let run = match conn {
        Conn::Sqlite(conn) => conn
            .immediate_transaction(|conn| {
                HarnessWithOutput::new(conn, std::io::sink())
                    .run_pending_migrations(SQLITE)
                    .map(|run| run.iter().map(ToString::to_string).collect())
                    .map_err(|error| diesel::result::Error::QueryBuilderError(error.to_string().into()))
            })
            .map_err(failed)?,
        Conn::Pg(conn) => {
            // Nodes that start together take turns.
            sql_query("SELECT pg_advisory_lock(790990100)").execute(conn).map_err(failed)?;
            let run = conn
                .run_pending_migrations(POSTGRES)
                .map(|run| run.iter().map(ToString::to_string).collect::<Vec<_>>())
                .map_err(failed);
            sql_query("SELECT pg_advisory_unlock(790990100)").execute(conn).map_err(failed)?;
            run?
        }
    };
    Ok(Applied(run))
}
