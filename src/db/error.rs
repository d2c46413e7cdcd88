//! What can go wrong with a query, sorted by what the caller can do about it.

use diesel::result::{DatabaseErrorKind, Error};

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Too much work waits already, or a lock was not to be had: try again later.
    #[error("the database has too much to do")]
    Busy,
    /// The database cannot be reached.
    #[error("the database is away: {0}")]
    Away(String),
    /// It can be read and not changed: its disk is full, or worse.
    #[error("the database cannot be written: {0}")]
    Unwritable(String),
    /// A rule of the schema refused the change: it is there already, or what it refers to is not.
    #[error("refused by {0}")]
    Conflict(String),
    /// The program is stopping.
    #[error("the database threads have stopped")]
    Stopped,
    /// A fault of ours.
    #[error("a query failed: {0}")]
    Query(Error),
    /// A fault of ours that was caught before it could do harm.
    #[error("a transaction panicked")]
    Panicked,
}

impl From<Error> for DbError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection, info) => {
                Self::Away(info.message().to_owned())
            }
            Error::BrokenTransactionManager => Self::Away("the connection was lost in a transaction".into()),
            Error::DatabaseError(
                DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::ForeignKeyViolation
                | DatabaseErrorKind::CheckViolation
                | DatabaseErrorKind::NotNullViolation
                | DatabaseErrorKind::ExclusionViolation,
                info,
            ) => Self::Conflict(info.constraint_name().unwrap_or_else(|| info.message()).to_owned()),
            Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Self::Busy,
            Error::DatabaseError(_, ref info)
                if ["database is locked", "deadlock detected", "due to lock timeout"]
                    .iter()
                    .any(|sign| info.message().contains(sign)) =>
            {
                Self::Busy
            }
            Error::DatabaseError(_, ref info)
                if [
                    "server closed the connection",
                    "terminating connection",
                    "no connection to the server",
                ]
                .iter()
                .any(|sign| info.message().contains(sign)) =>
            {
                Self::Away(info.message().to_owned())
            }
            Error::DatabaseError(_, ref info)
                if ["disk is full", "disk I/O error", "No space left on device"]
                    .iter()
                    .any(|sign| info.message().contains(sign)) =>
            {
                Self::Unwritable(info.message().to_owned())
            }
            other => Self::Query(other),
        }
    }
}
