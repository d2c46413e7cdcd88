//! What goes wrong between a site and the provider, in the words of OAuth 2.0 and OpenID Connect.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use crate::{
    accounts::AccountError,
    db::DbError,
    ledger::{LedgerError, consent::ConsentError},
    platform::{keys::KeyError, random},
    web::Failure,
};

/// A fault of ours, or something that is away. What a site did wrong is a [`Denied`].
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Consent(#[from] ConsentError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error("no randomness could be had: {0}")]
    Chance(#[from] getrandom::Error),
    #[error("a signing key cannot be made or read")]
    SigningKey,
    #[error("a token could not be signed: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
}

impl From<diesel::result::Error> for ProviderError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ProviderError> for Failure {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::Db(error) | ProviderError::Ledger(LedgerError::Db(error)) => error.into(),
            other => Self::broken(other),
        }
    }
}

/// The error codes that sites know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    AccessDenied,
    ConsentRequired,
    InteractionRequired,
    InvalidClient,
    InvalidGrant,
    InvalidRequest,
    InvalidScope,
    LoginRequired,
    RequestNotSupported,
    /// Too often, for the moment.
    TemporarilyUnavailable,
    UnmetAuthenticationRequirements,
    UnsupportedGrantType,
    UnsupportedResponseType,
}

impl Code {
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::ConsentRequired => "consent_required",
            Self::InteractionRequired => "interaction_required",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidRequest => "invalid_request",
            Self::InvalidScope => "invalid_scope",
            Self::LoginRequired => "login_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
        }
    }
}

/// No, and why, for the site's developer. It never says more than the site knows already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Denied {
    pub(super) code: Code,
    pub(super) why: &'static str,
    /// Seconds after which asking again is worth it.
    pub(super) retry_after: Option<u64>,
}

impl Denied {
    pub(super) const fn new(code: Code, why: &'static str) -> Self {
        Self { code, why, retry_after: None }
    }

    pub(super) const fn too_often(seconds: u64) -> Self {
        let why = "asked too often; see Retry-After";
        Self { code: Code::TemporarilyUnavailable, why, retry_after: Some(seconds) }
    }

    pub(super) const fn request(why: &'static str) -> Self {
        Self::new(Code::InvalidRequest, why)
    }

    pub(super) const fn grant(why: &'static str) -> Self {
        Self::new(Code::InvalidGrant, why)
    }

    pub(super) const fn client(why: &'static str) -> Self {
        Self::new(Code::InvalidClient, why)
    }

    /// The answer to a site's own request.
    pub(super) fn answer(self) -> HttpResponse {
        let mut answer = match self.code {
            Code::InvalidClient => HttpResponse::build(StatusCode::UNAUTHORIZED),
            Code::TemporarilyUnavailable => HttpResponse::build(StatusCode::TOO_MANY_REQUESTS),
            _ => HttpResponse::build(StatusCode::BAD_REQUEST),
        };
        if let Some(seconds) = self.retry_after {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        if self.code == Code::InvalidClient {
            answer.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"yimen\""));
        }
        answer
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(json!({ "error": self.code.tag(), "error_description": self.why }))
    }
}

/// What must be undone by nobody: a refusal whose traces (a used code, an ended grant) are committed.
pub(super) type Judged<T> = Result<Result<T, Denied>, ProviderError>;

/// A name nobody can guess.
pub(in crate::sso) fn random_name() -> Result<String, getrandom::Error> {
    Ok(URL_SAFE_NO_PAD.encode(random::bytes::<32>()?))
}
