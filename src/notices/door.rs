//! A provider that takes messages over one by one: a POST each, with `Authorization: Bearer` and an `Idempotency-Key` that is
//! the same at every attempt.

use reqwest::header;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use url::Url;

use super::courier::NotSent;
use crate::platform::{
    config::ProviderConfig,
    outside::{Outside, OutsideError},
};

#[derive(Clone)]
pub(super) struct Door {
    outside: Outside,
    address: Url,
    key: SecretString,
    /// What it carries, as reasons say it.
    of: &'static str,
}

impl Door {
    pub(super) fn new(config: &ProviderConfig, of: &'static str) -> Result<Self, OutsideError> {
        Ok(Self {
            outside: Outside::new(config.timeout)?,
            address: config.address.clone(),
            key: config.key.clone(),
            of,
        })
    }

    /// The status with which it answered.
    pub(super) async fn post(&self, key: &str, message: &impl Serialize) -> Result<u16, NotSent> {
        let request = self
            .outside
            .client()
            .post(self.address.clone())
            .bearer_auth(self.key.expose_secret())
            .header("idempotency-key", key)
            .header(header::ACCEPT, "application/json")
            .json(message)
            .build()
            .map_err(|_| NotSent::Never("the message could not be put together".to_owned()))?;
        match self.outside.send(request).await {
            Ok(answer) => Ok(answer.status),
            Err(error @ OutsideError::Unreached(_)) => {
                Err(NotSent::Later(format!("the provider of {}: {error}", self.of)))
            }
            // Whether it arrived is unknown; the key lets this provider tell a repeat.
            Err(error) => Err(NotSent::unknown(format!("the provider of {}: {error}", self.of))),
        }
    }

    /// What an answer means. A refusal of the message is final; one of the key, or for now, may pass. Of other failures it is
    /// not known what came before them.
    pub(super) fn judge(&self, status: u16) -> Result<(), NotSent> {
        judge(self.of, status)
    }

    /// Any answer will do: nothing is sent.
    pub(super) async fn check(&self) -> Result<(), String> {
        let request = self.outside.client().head(self.address.clone()).build();
        let request = request.map_err(|_| "the address cannot be called".to_owned())?;
        self.outside.send(request).await.map(|_| ()).map_err(|error| error.to_string())
    }
}

fn judge(of: &str, status: u16) -> Result<(), NotSent> {
    let reason = || format!("the provider of {of} answered {status}");
    match status {
        200..=299 => Ok(()),
        401 | 403 | 407 | 408 | 425 | 429 | 300..=399 | 503 => Err(NotSent::Later(reason())),
        500.. => Err(NotSent::unknown(reason())),
        _ => Err(NotSent::Never(format!("the provider of {of} refused with {status}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_of_the_message_is_final() {
        let judge = |status| judge("text messages", status);
        assert_eq!(judge(202), Ok(()));
        for status in [301, 401, 408, 429, 503] {
            assert!(matches!(judge(status), Err(NotSent::Later(_))), "{status}");
        }
        for status in [500, 502, 504] {
            assert!(matches!(judge(status), Err(NotSent::Unknown { .. })), "{status}");
        }
        for status in [400, 404, 409, 422] {
            assert!(matches!(judge(status), Err(NotSent::Never(_))), "{status}");
        }
    }
}
