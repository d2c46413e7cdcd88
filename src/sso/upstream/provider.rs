//! One provider: where it is, which keys it signs with, and calling it.
//!
//! What it publishes about itself is kept for an hour. A token signed with a key that is not among those known
//! has them fetched again, at most once a minute, so that nobody can make the portal hammer the provider.

use std::{fs, sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chrono::TimeDelta;
use jsonwebtoken::EncodingKey;
use openidconnect::{HttpRequest, HttpResponse, IssuerUrl, http};
use secrecy::SecretString;
use tokio::sync::Mutex;
use url::Url;

use super::said::Metadata;
use crate::platform::{
    Clock, Moment,
    config::{ClientProof, NationalConfig},
    outside::{Outside, OutsideError},
};

/// One call. A sign-in makes three of them and has ten seconds.
const PATIENCE: Duration = Duration::from_secs(3);
const FRESH: TimeDelta = TimeDelta::hours(1);
const BETWEEN_REFRESHES: TimeDelta = TimeDelta::minutes(1);
const AFTER_FAILURE: TimeDelta = TimeDelta::seconds(5);

#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    #[error("[[national]] {id}: {problem}")]
    Setup { id: String, problem: String },
    /// It does not answer, or not as a provider does.
    #[error("the provider is away: {0}")]
    Away(String),
    /// It answered, and the answer does not hold. What is said here holds no token and no person.
    #[error("the answer does not hold: {0}")]
    Invalid(String),
}

/// How the portal proves itself to the provider.
pub(super) enum Proof {
    Secret(SecretString),
    Key(EncodingKey),
}

pub(super) struct Provider {
    pub(super) config: NationalConfig,
    pub(super) issuer: IssuerUrl,
    pub(super) proof: Proof,
    outside: Outside,
    known: Mutex<Memory>,
}

/// What is known of a provider, and when it last did not answer.
#[derive(Default)]
struct Memory {
    known: Option<Known>,
    failed: Option<Moment>,
}

#[derive(Clone)]
struct Known {
    metadata: Arc<Metadata>,
    fetched: Moment,
    /// The last time it was asked, whether it answered or not.
    asked: Moment,
}

impl Provider {
    pub(super) fn new(config: &NationalConfig) -> Result<Self, UpstreamError> {
        let wrong = |problem: String| UpstreamError::Setup { id: config.id.clone(), problem };
        let proof = match &config.proof {
            ClientProof::Secret(secret) => Proof::Secret(secret.clone()),
            ClientProof::Key(path) => {
                let shown = path.display();
                let text = fs::read_to_string(path).map_err(|error| wrong(format!("{shown}: {error}")))?;
                Proof::Key(key(&text).ok_or_else(|| {
                    wrong(format!("{shown}: this is no P-256 key in PEM (BEGIN PRIVATE KEY)"))
                })?)
            }
        };
        Ok(Self {
            issuer: IssuerUrl::new(config.issuer.clone()).map_err(|error| wrong(error.to_string()))?,
            outside: Outside::new(PATIENCE).map_err(|error| wrong(error.to_string()))?,
            config: config.clone(),
            proof,
            known: Mutex::default(),
        })
    }

    /// What the provider publishes about itself, its keys included.
    pub(super) async fn metadata(&self, clock: &Clock) -> Result<Arc<Metadata>, UpstreamError> {
        let mut memory = self.known.lock().await;
        let now = clock.now();
        let Memory { known, failed } = &mut *memory;
        match known.as_mut() {
            Some(held) if now - held.fetched < FRESH => Ok(Arc::clone(&held.metadata)),
            Some(held) if now - held.asked < BETWEEN_REFRESHES => Ok(Arc::clone(&held.metadata)),
            Some(held) => {
                held.asked = now;
                match self.discover().await {
                    Ok(metadata) => {
                        *held = Known { metadata: Arc::new(metadata), fetched: now, asked: now };
                    }
                    // Old keys sign people in; a provider that is away for a moment does not keep them out.
                    Err(error) => tracing::warn!(provider = self.config.id, %error, "not refreshed"),
                }
                Ok(Arc::clone(&held.metadata))
            }
            // Those who wait behind somebody who waited in vain are not made to wait as long each.
            None if failed.is_some_and(|failed| now - failed < AFTER_FAILURE) => {
                Err(UpstreamError::Away("it did not answer a moment ago".to_owned()))
            }
            None => match self.discover().await {
                Ok(metadata) => {
                    let metadata = Arc::new(metadata);
                    *known = Some(Known { metadata: Arc::clone(&metadata), fetched: now, asked: now });
                    Ok(metadata)
                }
                Err(error) => {
                    *failed = Some(now);
                    Err(error)
                }
            },
        }
    }

    /// The same again because a key was not among those known. `None`: that was done a moment ago.
    pub(super) async fn refreshed(&self, clock: &Clock) -> Result<Option<Arc<Metadata>>, UpstreamError> {
        let known = &mut self.known.lock().await.known;
        let now = clock.now();
        if known.as_ref().is_some_and(|held| now - held.asked < BETWEEN_REFRESHES) {
            return Ok(None);
        }
        if let Some(held) = known.as_mut() {
            held.asked = now;
        }
        let metadata = Arc::new(self.discover().await?);
        *known = Some(Known { metadata: Arc::clone(&metadata), fetched: now, asked: now });
        Ok(Some(metadata))
    }

    /// Fetches what the provider publishes. The library sees to it that the issuer is the one asked for.
    pub(super) async fn discover(&self) -> Result<Metadata, UpstreamError> {
        let call = |request| self.call(request);
        let metadata = Metadata::discover_async(self.issuer.clone(), &call)
            .await
            .map_err(|error| UpstreamError::Away(chain(&error)))?;
        let token = metadata.token_endpoint().map(|url| url.url().clone());
        let token = token.ok_or_else(|| UpstreamError::Away("it names no token endpoint".to_owned()))?;
        let addresses = [metadata.authorization_endpoint().url().clone(), token];
        match addresses.iter().find(|address| !self.config.allows(address)) {
            None => Ok(metadata),
            Some(_) => Err(UpstreamError::Away("one of its addresses is not https".to_owned())),
        }
    }

    /// Carries a request of the library out.
    pub(super) async fn call(&self, request: HttpRequest) -> Result<HttpResponse, OutsideError> {
        let address = Url::parse(&request.uri().to_string()).ok();
        if !address.is_some_and(|address| self.config.allows(&address)) {
            return Err(OutsideError::Http("the address is not https".to_owned()));
        }
        let request = reqwest::Request::try_from(request)?;
        let answer = self.outside.send(request).await?;
        if answer.status >= 500 {
            return Err(OutsideError::Http(format!("it answered {}", answer.status)));
        }
        let mut response = http::Response::builder().status(answer.status);
        if let Some(kind) = answer.headers.get(http::header::CONTENT_TYPE) {
            response = response.header(http::header::CONTENT_TYPE, kind);
        }
        response.body(answer.body).map_err(|error| OutsideError::Http(error.to_string()))
    }
}

/// An error with its causes: the library's own words name only the outermost.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// A P-256 key from its PEM.
fn key(pem: &str) -> Option<EncodingKey> {
    let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----")?;
    let (body, _) = rest.split_once("-----END PRIVATE KEY-----")?;
    let body: String = body.split_whitespace().collect();
    let der = BASE64.decode(body).ok()?;
    // Signing once shows whether it is the kind of key it should be.
    let key = EncodingKey::from_ec_der(&der);
    let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::ES256);
    jsonwebtoken::encode(&header, &serde_json::json!({}), &key).ok().map(|_| key)
}
