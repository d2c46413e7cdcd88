//! Making a connection, with every failure told in words an operator can act on.

use std::{fs, io, path::Path, time::Duration};

use diesel::{
    Connection as _, PgConnection, QueryResult, RunQueryDsl as _, SqliteConnection,
    connection::SimpleConnection as _, dsl::sql, sql_types::Bool,
};
use url::Url;

use super::{Engine, slow};
use crate::platform::config::Address;

/// A connection to either engine. See [`crate::each!`] for the few queries that must know which.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the folder of the database {0} does not exist. Make it, or change database.url.")]
    NoFolder(String),
    #[error("the database {0} may not be written. Give this user the right to, or change database.url.")]
    ReadOnly(String),
    #[error(
        "SQLite keeps files beside the database {database}, of the same name with -wal and -shm, and they may not \
         be written. Give this user the right to write the folder {folder} and every such file in it, or change \
         database.url."
    )]
    Beside { database: String, folder: String },
    #[error(
        "the database {0} only lets itself be read: it is a standby, or default_transaction_read_only is on. Name \
         the primary in database.url, or switch that off."
    )]
    Standby(String),
    #[error("the database {0} is locked by another program. Stop that program, then start again.")]
    Locked(String),
    #[error("{0} is not a SQLite database. Move that file away, or change database.url.")]
    NotADatabase(String),
    #[error(
        "this build cannot encrypt the way to PostgreSQL at {0}. Use a build with the feature postgres-tls, or \
         write sslmode=disable into database.url if nobody can listen on the way."
    )]
    NoTls(String),
    #[error(
        "the database {address} cannot be reached: {reason}. Check database.url and that the server runs."
    )]
    Unreachable { address: String, reason: String },
}

/// Makes connections to one database.
pub(super) struct Connector {
    pub(super) address: Address,
    pub(super) slow: Duration,
}

impl Connector {
    pub(super) fn connect(&self, access: Access) -> Result<Conn, OpenError> {
        let mut conn = match Engine::of(&self.address) {
            Engine::Sqlite => Conn::Sqlite(sqlite(&self.address, access)?),
            Engine::Postgres => Conn::Pg(postgres(&self.address, access)?),
        };
        conn.set_instrumentation(slow::watch(self.slow));
        Ok(conn)
    }
}

fn sqlite(address: &Address, access: Access) -> Result<SqliteConnection, OpenError> {
    let path = Path::new(address.as_str());
    let shown = address.to_string();
    if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Err(OpenError::NoFolder(shown));
    }
    let told = |reason: String| {
        if reason.contains("not a database") {
            OpenError::NotADatabase(shown.clone())
        } else if reason.contains("locked") {
            OpenError::Locked(shown.clone())
        } else if reason.contains("readonly") || reason.contains("unable to open") {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new(".")).display().to_string();
            barred(path, &shown).unwrap_or(OpenError::Beside { database: shown.clone(), folder })
        } else {
            OpenError::Unreachable { address: shown.clone(), reason }
        }
    };
    let mut conn = SqliteConnection::establish(address.as_str()).map_err(|error| told(error.to_string()))?;
    // WAL lets readers go on while one writes; FULL keeps a commit through a power cut.
    conn.batch_execute(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;",
    )
    .map_err(|error| told(error.to_string()))?;
    if access == Access::Read {
        conn.batch_execute("PRAGMA query_only = ON").map_err(|error| told(error.to_string()))?;
        return Ok(conn);
    }
    // A file or a journal that may only be read shows itself at the first change: SQLite begins even what
    // is to write there without a word. One who waits for the other writer has seen that it can be written.
    let change = "BEGIN IMMEDIATE; CREATE TABLE can_be_written (at_all); ROLLBACK";
    match conn.batch_execute(change).map_err(|error| told(error.to_string())) {
        Ok(()) | Err(OpenError::Locked(_)) => Ok(conn),
        Err(error) => Err(error),
    }
}

/// Why the file itself may not be written, of which SQLite says only "unable to open database file"; nothing if it may.
///
/// Asked only of a database that did not open. When a process closes a file, the system takes away all locks that it
/// holds on it, those of its open connections too: another program that comes and goes would then believe itself the
/// last one, and throw away the journal into which this one goes on writing.
fn barred(path: &Path, shown: &str) -> Option<OpenError> {
    let error = fs::OpenOptions::new().append(true).create(true).open(path).err()?;
    let denied = matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem);
    Some(if denied {
        OpenError::ReadOnly(shown.to_owned())
    } else {
        OpenError::Unreachable { address: shown.to_owned(), reason: error.to_string() }
    })
}

fn postgres(address: &Address, access: Access) -> Result<PgConnection, OpenError> {
    let url = encrypted(address)?;
    let unreachable = |reason: String| OpenError::Unreachable {
        address: address.to_string(),
        // libpq ends its sentences with a line break.
        reason: reason.trim().trim_end_matches('.').replace('\n', " "),
    };
    let mut conn = PgConnection::establish(&url).map_err(|error| unreachable(error.to_string()))?;
    let mut settings =
        String::from("SET TIME ZONE 'UTC'; SET lock_timeout = '5s'; SET statement_timeout = '30s';");
    if access == Access::Read {
        settings.push_str("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;");
    }
    conn.batch_execute(&settings).map_err(|error| unreachable(error.to_string()))?;
    if access == Access::Write && only_reads(&mut conn).map_err(|error| unreachable(error.to_string()))? {
        return Err(OpenError::Standby(address.to_string()));
    }
    Ok(conn)
}

/// Whether the server takes no changes, whoever asks.
fn only_reads(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(sql::<Bool>("current_setting('transaction_read_only') = 'on'")).get_result(conn)
}

/// The address with encryption decided: nothing leaves this machine in the clear unless the operator says so.
fn encrypted(address: &Address) -> Result<String, OpenError> {
    let text = address.as_str();
    let Ok(mut url) = Url::parse(text) else { return Ok(text.to_owned()) };
    let stated = url.query_pairs().find(|(key, _)| key == "sslmode").map(|(_, value)| value.into_owned());
    let here = matches!(url.host_str(), None | Some("" | "localhost" | "127.0.0.1" | "[::1]"))
        || url.query_pairs().any(|(key, value)| key == "host" && value.starts_with('/'));
    let wanted = match stated.as_deref() {
        Some("require" | "verify-ca" | "verify-full") => true,
        Some("disable") => false,
        // "prefer" and "allow" mean "in the clear if it must be", which nobody notices.
        _ => !here,
    };
    if wanted && !cfg!(feature = "postgres-tls") {
        return Err(OpenError::NoTls(address.to_string()));
    }
    if wanted && !matches!(stated.as_deref(), Some("require" | "verify-ca" | "verify-full")) {
        url.query_pairs_mut().append_pair("sslmode", "require");
    }
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_in_the_clear_to_another_machine_by_default() {
        let remote = encrypted(&Address::new("postgres://u:p@db.example.org/city"));
        if cfg!(feature = "postgres-tls") {
            assert!(remote.unwrap().ends_with("sslmode=require"));
        } else {
            let error = remote.unwrap_err().to_string();
            assert!(error.contains("postgres-tls") && !error.contains("u:p"), "{error}");
        }
        assert!(encrypted(&Address::new("postgres://u@db.example.org/city?sslmode=disable")).is_ok());
        assert!(encrypted(&Address::new("postgres://u@localhost/city")).is_ok());
        assert!(encrypted(&Address::new("postgres://u@/city?host=/run/pg")).is_ok());
        #[cfg(not(feature = "postgres-tls"))]
        assert!(encrypted(&Address::new("postgres://u@localhost/city?sslmode=require")).is_err());
    }
}
