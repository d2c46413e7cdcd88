//! Handing text messages to a provider: to a package, or as `{"to": "13800000001", "text": "…", "sender": "…"}` to an address that
//! the configuration names. There any 2xx means that the provider has taken the message over.

use std::sync::Arc;

use serde::Serialize;

use super::{
    carrier::{Became, Package},
    courier::NotSent,
    door::Door,
};
use crate::{
    gateway::Gateway,
    platform::{
        config::{CarrierConfig, ProviderConfig},
        outside::OutsideError,
    },
};

#[derive(Clone)]
pub(super) enum TextProvider {
    Address { door: Door, sender: String },
    Package(Package),
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
        Ok(Self::Address { door: Door::new(config, "text messages")?, sender: config.sender.clone() })
    }

    pub(super) fn package(config: &CarrierConfig, gateway: Arc<Gateway>) -> Self {
        Self::Package(Package::new(config, gateway))
    }

    pub(super) async fn send(&self, key: &str, to: &str, text: &str) -> Result<(), NotSent> {
        match self {
            Self::Address { door, sender } => {
                let status = door.post(key, &Message { to, text, sender }).await?;
                door.judge(status)
            }
            Self::Package(package) => package.send(key, to, text, None).await,
        }
    }

    /// Whether this is the package of that name.
    pub(super) fn is_package(&self, slug: &str) -> bool {
        matches!(self, Self::Package(package) if package.is(slug))
    }

    /// What became of a message it took over. `None`: it has none under this key, or is not to be asked but reports.
    pub(super) async fn became(&self, key: &str) -> Option<Became> {
        match self {
            Self::Address { .. } => None,
            Self::Package(package) => package.became(key).await,
        }
    }

    /// Whether the address answers. A package's is looked after as agencies' are.
    pub(super) async fn check(&self) -> Result<(), String> {
        match self {
            Self::Address { door, .. } => door.check().await,
            Self::Package(_) => Ok(()),
        }
    }
}
