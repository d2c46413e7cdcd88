//! Why a question was not even put to the agency. What the agency does with it is an outcome.

use std::time::Duration;

use chrono::TimeDelta;
use yimen_contract::capability::Capability;

use crate::{
    accounts::AccountError,
    agencies::{InstallError, bindings::BindingError},
    db::DbError,
    jobs,
    ledger::LedgerError,
    platform::Moment,
    web::Failure,
};

#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    #[error("there is no agency {0} here")]
    UnknownAgency(String),
    /// The package does not say that its backend can do this.
    #[error("{agency} does not declare {}", .capability.name())]
    Undeclared { agency: String, capability: Capability },
    /// A fault of ours: a question about a person without the person, or without a reason.
    #[error("{} is about a person, and nothing says about whom and what for", .0.name())]
    NobodyNamed(Capability),
    /// The person has asked too often.
    #[error("asked too often")]
    TooMany { retry_after: u64 },
    #[error("the package or its binding cannot be read: {0}")]
    Stored(String),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl GatewayError {
    /// From when on the agency may be asked again, where a person's share of the hour is used up.
    pub fn until(&self, now: Moment) -> Option<Moment> {
        let Self::TooMany { retry_after } = self else { return None };
        now.checked_add_signed(TimeDelta::from_std(Duration::from_secs(*retry_after)).ok()?)
    }
}

impl From<AccountError> for GatewayError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Db(error) => Self::Db(error),
            AccountError::Ledger(error) => Self::Ledger(error),
            other => Self::Stored(other.to_string()),
        }
    }
}

impl From<InstallError> for GatewayError {
    fn from(error: InstallError) -> Self {
        match error {
            InstallError::Db(error) => Self::Db(error),
            InstallError::Unknown(slug) => Self::UnknownAgency(slug),
            other => Self::Stored(other.to_string()),
        }
    }
}

impl From<BindingError> for GatewayError {
    fn from(error: BindingError) -> Self {
        match error {
            BindingError::Db(error) => Self::Db(error),
            other => Self::Stored(other.to_string()),
        }
    }
}

impl From<GatewayError> for Failure {
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::Db(error) | GatewayError::Ledger(LedgerError::Db(error)) => error.into(),
            GatewayError::TooMany { retry_after } => Self::TooMany { retry_after },
            other => Self::broken(other),
        }
    }
}

impl From<GatewayError> for jobs::Failure {
    /// What is beyond a person's share waits until the next hour begins, and no longer. The rest is tried ever more seldom.
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::TooMany { retry_after } => {
                Self::retry_after(Duration::from_secs(retry_after), error)
            }
            _ => Self::retry(error),
        }
    }
}
