//! Handing notices for the city's app to whoever carries them to telephones: to a package, which gets the line and the link; or as
//! `{"to": "…", "topic": "cases", "title": "…", "link": "https://…", "lang": "zh-CN", "urgent": false, "sender": "…"}` to an address
//! that the configuration names, where `to` is the token by which the app is reached. It says what a text message would. There any
//! 2xx means that the provider has taken it over; 404 and 410 that there is no app under this token any more.

use std::sync::Arc;

use serde::Serialize;

use super::{
    carrier::{Became, Package},
    courier::NotSent,
    door::Door,
    news::Told,
};
use crate::{
    gateway::Gateway,
    platform::{
        config::{CarrierConfig, ProviderConfig},
        outside::OutsideError,
    },
};

#[derive(Clone)]
pub(super) enum AppProvider {
    Address { door: Door, sender: String },
    Package(Package),
}

#[derive(Serialize)]
struct Message<'a> {
    to: &'a str,
    topic: &'static str,
    title: &'a str,
    link: &'a str,
    lang: &'a str,
    /// Whether it may ring at night.
    urgent: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    sender: &'a str,
}

impl AppProvider {
    pub(super) fn new(config: &ProviderConfig) -> Result<Self, OutsideError> {
        Ok(Self::Address { door: Door::new(config, "app messages")?, sender: config.sender.clone() })
    }

    pub(super) fn package(config: &CarrierConfig, gateway: Arc<Gateway>) -> Self {
        Self::Package(Package::new(config, gateway))
    }

    pub(super) async fn send(&self, to: &str, origin: &str, told: &Told<'_>) -> Result<(), NotSent> {
        let link = format!("{origin}{}", told.path);
        let (door, sender) = match self {
            Self::Address { door, sender } => (door, sender),
            Self::Package(package) => return package.send(told.key, to, told.title, Some(link)).await,
        };
        let message = Message {
            to,
            topic: told.topic.tag(),
            title: told.title,
            link: &link,
            lang: told.lang,
            urgent: told.topic.waits_for_nothing(),
            sender,
        };
        match door.post(told.key, &message).await? {
            404 | 410 => Err(NotSent::Gone("an app is gone".to_owned())),
            status => door.judge(status),
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
