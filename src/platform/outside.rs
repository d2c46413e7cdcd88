//! HTTP to the few addresses that the operator named: the provider of text messages, national identity
//! providers. Agencies are reached through the gateway's safe dialer instead.
//!
//! No redirects (a secret would follow them), no proxy from the environment, a limit on time and on size.

use std::time::Duration;

use reqwest::{Client, Request, header::HeaderMap, redirect::Policy};

use super::tls;

/// More than this no answer needs.
const LONGEST: usize = 512 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    /// Without the address: it may hold what must not be logged.
    #[error("{0}")]
    Http(String),
    #[error("the answer is longer than {LONGEST} bytes")]
    TooLong,
}

impl From<reqwest::Error> for OutsideError {
    fn from(error: reqwest::Error) -> Self {
        let kind = if error.is_timeout() {
            "no answer in time"
        } else if error.is_connect() {
            "no connection"
        } else {
            "the exchange failed"
        };
        let error = error.without_url();
        let cause = std::error::Error::source(&error).map(|cause| format!(" ({cause})")).unwrap_or_default();
        Self::Http(format!("{kind}{cause}"))
    }
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct Outside {
    client: Client,
}

impl Outside {
    pub fn new(timeout: Duration) -> Result<Self, OutsideError> {
        tls::provide();
        let client = match builder(timeout).build() {
            Ok(client) => client,
            // A machine without certificates can still reach itself.
            Err(_) => builder(timeout).tls_certs_only([]).build()?,
        };
        Ok(Self { client })
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    pub async fn send(&self, request: Request) -> Result<Answer, OutsideError> {
        let mut response = self.client.execute(request).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await? {
            if body.len() + piece.len() > LONGEST {
                return Err(OutsideError::TooLong);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Answer { status, headers, body })
    }
}

#[expect(clippy::disallowed_methods, reason = "the one client for addresses that the operator named")]
fn builder(timeout: Duration) -> reqwest::ClientBuilder {
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .timeout(timeout)
        .connect_timeout(timeout.min(Duration::from_secs(5)))
        .user_agent(concat!("yimen/", env!("CARGO_PKG_VERSION")))
}
