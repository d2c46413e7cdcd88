//! The channels that are set up, and whether what was handed to one got there.

use std::sync::Arc;

use super::{mail::MailServer, texts::TextProvider};
use crate::{
    accounts::Channel,
    platform::{Clock, config::Config, keys::KeyRing, outside::OutsideError},
    web::Chrome,
};

#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    #[error("smtp: {0}")]
    Mail(#[from] lettre::transport::smtp::Error),
    #[error("sms: {0}")]
    Texts(#[from] OutsideError),
}

/// Why a message did not leave the house. What it says may be logged: no code, no address, no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotSent {
    /// It may work later.
    Later(String),
    /// It never will.
    Never(String),
}

/// Carries messages out of the house.
#[derive(Clone)]
pub struct Courier {
    pub(super) clock: Clock,
    pub(super) keys: Arc<KeyRing>,
    pub(super) chrome: Arc<dyn Chrome>,
    pub(super) mail: Option<MailServer>,
    pub(super) texts: Option<TextProvider>,
}

impl Courier {
    pub fn new(
        config: &Config,
        clock: Clock,
        keys: Arc<KeyRing>,
        chrome: Arc<dyn Chrome>,
    ) -> Result<Self, CourierError> {
        let mail = config.smtp.as_ref().map(MailServer::new).transpose()?;
        let texts = config.sms.as_ref().map(TextProvider::new).transpose()?;
        Ok(Self { clock, keys, chrome, mail, texts })
    }

    pub(super) const fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Sms => self.texts.is_some(),
            Channel::Email => self.mail.is_some(),
        }
    }

    /// Whether the channels that are set up can be reached: each with what is there, or what is wrong.
    pub async fn check(config: &Config) -> Vec<(&'static str, Result<String, String>)> {
        let mut found = Vec::new();
        if let Some(smtp) = &config.smtp {
            let seen = match MailServer::new(smtp) {
                Ok(server) => server.check().await,
                Err(error) => Err(error.to_string()),
            };
            found.push(("smtp", seen.map(|()| format!("{}:{}", smtp.host, smtp.port))));
        }
        if let Some(sms) = &config.sms {
            let seen = match TextProvider::new(sms) {
                Ok(provider) => provider.check().await,
                Err(error) => Err(error.to_string()),
            };
            found.push(("sms", seen.map(|()| sms.address.origin().ascii_serialization())));
        }
        found
    }
}
