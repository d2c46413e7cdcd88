//! The channels that are set up, and whether what was handed to one got there.

use std::sync::Arc;

use tokio::sync::{Semaphore, SemaphorePermit};
use yimen_drivers::{Dialer, SafeDialer, address::Allowed};

use super::{
    apps::AppProvider,
    carrier::Became,
    letters::Letter,
    mail::MailServer,
    model::Carrier,
    news::Told,
    outlets::Target,
    providers::{Providers, Twice, Whom},
    push::{self, Vapid},
    texts::TextProvider,
    webhook,
};
use crate::{
    gateway::Gateway,
    jobs::Failure,
    platform::{Clock, config::Config, keys::KeyRing, outside::OutsideError},
    web::Chrome,
};

/// So many notices are being handed over at the same time, whichever sets they are of: a provider is not to be overrun, and nor is
/// this machine.
const AT_ONCE: usize = 64;

#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    #[error("smtp: {0}")]
    Mail(#[from] lettre::transport::smtp::Error),
    #[error("the authority of [smtp], {0}: {1}")]
    Authority(String, String),
    #[error("a provider of messages: {0}")]
    Provider(#[from] OutsideError),
}

/// Why a message did not leave the house. What it says may be logged: no code, no address, no number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotSent {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// It never will.
    #[error("{0}")]
    Never(String),
    /// Its receiver says that there is nobody any more.
    #[error("{0}")]
    Gone(String),
    /// A provider, by its place in the order, may have taken it over, and has not said so.
    #[error("{reason}")]
    Unknown { provider: i32, reason: String },
}

impl NotSent {
    /// Before it is known which provider that was.
    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown { provider: 0, reason: reason.into() }
    }
}

impl From<NotSent> for Failure {
    fn from(not_sent: NotSent) -> Self {
        match not_sent {
            NotSent::Later(reason) | NotSent::Unknown { reason, .. } => Self::Retry(reason),
            NotSent::Never(reason) | NotSent::Gone(reason) => Self::GiveUp(reason),
        }
    }
}

/// Carries messages out of the house.
#[derive(Clone)]
pub struct Courier {
    pub(super) clock: Clock,
    pub(super) keys: Arc<KeyRing>,
    pub(super) chrome: Arc<dyn Chrome>,
    mail: Providers<MailServer>,
    texts: Providers<TextProvider>,
    apps: Providers<AppProvider>,
    /// Where packages carry, which are asked what became of messages: text messages, apps.
    asks_receipts: (bool, bool),
    /// Leads to addresses that people wrote themselves: public ones only.
    pub(super) dialer: Arc<dyn Dialer>,
    webhooks: bool,
    push: Option<Arc<Vapid>>,
    places: Arc<Semaphore>,
}

impl Courier {
    pub fn new(
        config: &Config,
        clock: Clock,
        keys: Arc<KeyRing>,
        chrome: Arc<dyn Chrome>,
        gateway: &Arc<Gateway>,
    ) -> Result<Self, CourierError> {
        let mut mail = Vec::new();
        for server in &config.mail {
            mail.push((server.section, MailServer::new(server)?));
        }
        let mut texts = Vec::new();
        for provider in &config.texts {
            texts.push((provider.section, TextProvider::new(provider)?));
        }
        for carrier in &config.carriers {
            texts.push((carrier.section, TextProvider::package(carrier, Arc::clone(gateway))));
        }
        // Whichever of the two is a package: `sms` comes before `sms_second`, and so it is with apps.
        texts.sort_by_key(|(section, _)| *section);
        let mut apps = Vec::new();
        for provider in &config.apps {
            apps.push((provider.section, AppProvider::new(provider)?));
        }
        for carrier in &config.app_carriers {
            apps.push((carrier.section, AppProvider::package(carrier, Arc::clone(gateway))));
        }
        apps.sort_by_key(|(section, _)| *section);
        let (mail, texts, apps) = (Providers::new(mail), Providers::new(texts), Providers::new(apps));
        let dialer = Arc::new(SafeDialer::new(Allowed::new(config.outlets.allow.clone())));
        let contact = config.outlets.push_contact.as_deref();
        let push = contact.and_then(|contact| Vapid::of(&keys, contact)).map(Arc::new);
        let (webhooks, places) = (config.outlets.webhooks, Arc::new(Semaphore::new(AT_ONCE)));
        let asks_receipts = (!config.carriers.is_empty(), !config.app_carriers.is_empty());
        Ok(Self { clock, keys, chrome, mail, texts, apps, asks_receipts, dialer, webhooks, push, places })
    }

    /// Waits for a place among those that hand over. `None` would mean that no more are given, which nobody ever says.
    pub(super) async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    pub(super) fn has(&self, carrier: Carrier) -> bool {
        match carrier {
            Carrier::Sms => !self.texts.is_empty(),
            Carrier::Email => !self.mail.is_empty(),
            Carrier::Webhook => self.webhooks,
            Carrier::Push => self.push.is_some(),
            Carrier::App => !self.apps.is_empty(),
        }
    }

    /// Whether a repeat of what may have gone out is no repeat for its receiver: the one provider of text messages, or of
    /// messages for apps, knows it by its key, and so do outlets. A mail server does not, and neither does another provider.
    pub(super) fn knows_repeats(&self, carrier: Carrier) -> bool {
        match carrier {
            Carrier::Sms => !self.texts.are_several(),
            Carrier::App => !self.apps.are_several(),
            Carrier::Email => false,
            Carrier::Webhook | Carrier::Push => true,
        }
    }

    /// Hands a notice to an outlet, whose target is given as it was sealed.
    pub(super) async fn outlet(
        &self,
        target: &str,
        told: &Told<'_>,
        way: (Whom, Twice),
    ) -> Result<(), NotSent> {
        let (now, city) = (self.clock.now(), self.chrome.city());
        let dialer = self.dialer.as_ref();
        match (Target::read(target), &self.push) {
            (Some(Target::Webhook { address, secret }), _) if self.webhooks => {
                webhook::tell(dialer, now, (&address, &secret), &city.origin, told).await
            }
            (Some(Target::Push { endpoint, p256dh, auth }), Some(vapid)) => {
                push::tell(dialer, now, vapid, (&endpoint, &p256dh, &auth), told).await
            }
            (Some(Target::App { token }), _) => self.app(&token, &city.origin, told, way).await,
            (Some(_), _) => Err(no_channel("outlets")),
            (None, _) => Err(NotSent::Never("the outlet cannot be read".to_owned())),
        }
    }

    /// Hands a text message over. `key` is the same at every attempt.
    pub(super) async fn text(
        &self,
        key: &str,
        to: &str,
        text: &str,
        (whom, twice): (Whom, Twice),
    ) -> Result<(), NotSent> {
        if self.texts.is_empty() {
            return Err(no_channel("sms"));
        }
        let mut round = self.texts.round(self.clock.now(), whom, twice);
        while let Some(provider) = round.next() {
            round.heard(provider.send(key, to, text).await);
        }
        round.end()
    }

    /// Whether what was taken over this way is to be asked after.
    pub(super) fn asks_receipts(&self, carrier: Carrier) -> bool {
        match carrier {
            Carrier::Sms => self.asks_receipts.0,
            Carrier::App => self.asks_receipts.1,
            Carrier::Email | Carrier::Webhook | Carrier::Push => false,
        }
    }

    /// The channels in which a package carries for us.
    pub(super) fn carried_by(&self, slug: &str) -> Vec<Carrier> {
        let texts = self.texts.doors().any(|door| door.is_package(slug)).then_some(Carrier::Sms);
        let apps = self.apps.doors().any(|door| door.is_package(slug)).then_some(Carrier::App);
        texts.into_iter().chain(apps).collect()
    }

    /// What became of a message: whoever carried it says so, the others have no such message.
    pub(super) async fn became(&self, carrier: Carrier, key: &str) -> Became {
        let mut said = Vec::new();
        if carrier == Carrier::App {
            for provider in self.apps.doors() {
                said.push(provider.became(key).await);
            }
        } else {
            for provider in self.texts.doors() {
                said.push(provider.became(key).await);
            }
        }
        said.into_iter().flatten().find(|became| *became != Became::Open).unwrap_or(Became::Open)
    }

    /// Hands a notice for an app over.
    async fn app(
        &self,
        to: &str,
        origin: &str,
        told: &Told<'_>,
        (whom, twice): (Whom, Twice),
    ) -> Result<(), NotSent> {
        if self.apps.is_empty() {
            return Err(no_channel("app"));
        }
        let mut round = self.apps.round(self.clock.now(), whom, twice);
        while let Some(provider) = round.next() {
            round.heard(provider.send(to, origin, told).await);
        }
        round.end()
    }

    /// Hands a letter over. `key` becomes part of its message id, by which a receiver can tell a repeat.
    pub(super) async fn mail(
        &self,
        key: &str,
        to: &str,
        letter: &Letter,
        (whom, twice): (Whom, Twice),
    ) -> Result<(), NotSent> {
        if self.mail.is_empty() {
            return Err(no_channel("smtp"));
        }
        let now = self.clock.now();
        let mut round = self.mail.round(now, whom, twice);
        while let Some(server) = round.next() {
            round.heard(server.send(now, key, to, letter).await);
        }
        round.end()
    }

    /// Whether the channels that are set up can be reached: each with what is there, or what is wrong.
    pub async fn check(config: &Config) -> Vec<(&'static str, Result<String, String>)> {
        let mut found = Vec::new();
        for smtp in &config.mail {
            let seen = match MailServer::new(smtp) {
                Ok(server) => server.check().await,
                Err(error) => Err(error.to_string()),
            };
            found.push((smtp.section, seen.map(|()| format!("{}:{}", smtp.host, smtp.port))));
        }
        for sms in &config.texts {
            let seen = match TextProvider::new(sms) {
                Ok(provider) => provider.check().await,
                Err(error) => Err(error.to_string()),
            };
            found.push((sms.section, seen.map(|()| sms.address.origin().ascii_serialization())));
        }
        for app in &config.apps {
            let seen = match AppProvider::new(app) {
                Ok(provider) => provider.check().await,
                Err(error) => Err(error.to_string()),
            };
            found.push((app.section, seen.map(|()| app.address.origin().ascii_serialization())));
        }
        found
    }
}

/// Pages ask beforehand which channels there are, so this one was taken away meanwhile.
fn no_channel(section: &str) -> NotSent {
    NotSent::Never(format!("the channel is not set up: see [{section}] in the configuration"))
}
