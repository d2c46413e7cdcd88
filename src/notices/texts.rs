//! Handing text messages to a provider: `{"to": "13800000001", "text": "…", "sender": "…"}`. Any 2xx means that the provider has
//! taken the message over.

use serde::Serialize;

use super::{courier::NotSent, door::Door};
use crate::platform::{config::ProviderConfig, outside::OutsideError};

#[derive(Clone)]
pub(super) struct TextProvider {
    door: Door,
    sender: String,
}

#[derive(Serialize)]
struct Message<'a> {
    to: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    sender: &'a str,
}

impl TextProvider {
    pub(super) fn new(config: &ProviderConfig) -> Result<Self, OutsideError> {
        Ok(Self { door: Door::new(config, "text messages")?, sender: config.sender.clone() })
    }

    pub(super) async fn send(&self, key: &str, to: &str, text: &str) -> Result<(), NotSent> {
        let status = self.door.post(key, &Message { to, text, sender: &self.sender }).await?;
        self.door.judge(status)
    }

    pub(super) async fn check(&self) -> Result<(), String> {
        self.door.check().await
    }
}
