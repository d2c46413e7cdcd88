//! The few things that can go wrong for a visitor. Causes are logged once, where a failure is made; the page
//! shows none of them.

use std::fmt;

use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError, http::StatusCode};

use super::frame::Trouble;
use crate::{db::DbError, platform::random};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    NotFound,
    /// The request cannot be understood.
    BadRequest,
    /// The address is longer than any of ours.
    TooLong,
    /// The form or file is larger than is taken.
    TooLarge,
    /// The address exists, but not for this method.
    WrongMethod,
    Refused,
    TooMany {
        retry_after: u64,
    },
    /// Overloaded, or something the page cannot do without is away.
    Busy,
    /// The page was not ready in its time.
    Late {
        /// What the visitor tells the hotline, and the log knows.
        support: String,
    },
    Broken {
        /// What the visitor tells the hotline, and the log knows.
        support: String,
    },
}

impl Failure {
    /// A fault of ours. The cause goes to the log under the number that the visitor sees.
    pub fn broken(cause: impl fmt::Display) -> Self {
        let support = support_number();
        tracing::error!(support, %cause, "broken");
        Self::Broken { support }
    }

    /// A page that took too long. Under the number it can be found in the log which one it was.
    pub(super) fn late() -> Self {
        let support = support_number();
        tracing::warn!(support, "a page was not ready in time");
        Self::Late { support }
    }

    /// What the page says.
    pub(super) fn trouble(&self) -> Trouble {
        match self {
            Self::NotFound => Trouble::NotFound,
            Self::BadRequest | Self::TooLong | Self::TooLarge | Self::WrongMethod => Trouble::BadRequest,
            Self::Refused => Trouble::Refused { reason: None },
            Self::TooMany { retry_after } => Trouble::TooMany { retry_after: *retry_after },
            Self::Busy => Trouble::Busy { support: None },
            Self::Late { support } => Trouble::Busy { support: Some(support.clone()) },
            Self::Broken { support } => Trouble::Broken { support: support.clone() },
        }
    }

    /// The failure that an answer of the framework itself stands for.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::URI_TOO_LONG => Self::TooLong,
            StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => Self::Refused,
            status if status.is_client_error() => Self::BadRequest,
            status => Self::broken(format_args!("the framework answered {status}")),
        }
    }
}

/// Eight letters and digits that can be read out over the telephone.
fn support_number() -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let bytes = random::bytes::<8>().unwrap_or_default();
    let mut number = String::from("YM-");
    for (index, byte) in bytes.iter().enumerate() {
        if index == 4 {
            number.push('-');
        }
        number.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    number
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Refused => StatusCode::FORBIDDEN,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Late { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Bare: the entrance, which knows the visitor, puts the page in.
    fn error_response(&self) -> HttpResponse {
        HttpResponseBuilder::new(self.status_code()).finish()
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Busy | DbError::Away(_) | DbError::Unwritable(_) | DbError::Stopped => {
                tracing::warn!(%error, "busy");
                Self::Busy
            }
            DbError::Conflict(_) | DbError::Query(_) | DbError::Panicked => Self::broken(error),
        }
    }
}
