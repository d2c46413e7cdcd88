//! Handing notices for the city's app to whoever carries them to telephones: `{"to": "…", "topic": "cases", "title": "…",
//! "link": "https://…", "lang": "zh-CN", "urgent": false, "sender": "…"}`, where `to` is the token by which the app is reached. It says
//! what a text message would. Any 2xx means that the provider has taken it over; 404 and 410 that there is no app under
//! this token any more.

use serde::Serialize;

use super::{courier::NotSent, door::Door, news::Told};
use crate::platform::{config::ProviderConfig, outside::OutsideError};

#[derive(Clone)]
pub(super) struct AppProvider {
    door: Door,
    sender: String,
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
        Ok(Self { door: Door::new(config, "app messages")?, sender: config.sender.clone() })
    }

    pub(super) async fn send(&self, to: &str, origin: &str, told: &Told<'_>) -> Result<(), NotSent> {
        let link = format!("{origin}{}", told.path);
        let message = Message {
            to,
            topic: told.topic.tag(),
            title: told.title,
            link: &link,
            lang: told.lang,
            urgent: told.topic.waits_for_nothing(),
            sender: &self.sender,
        };
        match self.door.post(told.key, &message).await? {
            404 | 410 => Err(NotSent::Gone("an app is gone".to_owned())),
            status => self.door.judge(status),
        }
    }

    pub(super) async fn check(&self) -> Result<(), String> {
        self.door.check().await
    }
}
