//! A carrier of text messages, or of notices to apps, that is a package: called through the gateway as agencies' backends are, within the deadline, by
//! its own protocol, under the way's id. Where it is not known whether it took a message over, it is asked before anybody
//! else gets it.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use yimen_contract::capability::message::{ReceiptInput, SendInput, Status};

use super::courier::NotSent;
use crate::{
    gateway::{Gateway, GatewayError, Request, Sent},
    platform::config::CarrierConfig,
};

/// So long it may take to say what became of a message. Whoever waits for a code waits for this, too.
const ASKED_WITHIN: Duration = Duration::from_secs(3);

#[derive(Clone)]
pub(super) struct Package {
    gateway: Arc<Gateway>,
    slug: String,
    within: Duration,
}

/// What became of a message that was taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    Arrived,
    CameBack,
    /// There is nobody any more.
    Gone,
    /// It is on its way, or nobody says.
    Open,
}

impl Became {
    /// What a carrier's word means. `None`: it has no such message.
    pub(super) const fn of(status: Status) -> Option<Self> {
        match status {
            Status::Delivered => Some(Self::Arrived),
            Status::Unreachable => Some(Self::Gone),
            Status::Failed => Some(Self::CameBack),
            Status::Sent | Status::Pending => Some(Self::Open),
            Status::NotFound => None,
        }
    }
}

impl Package {
    pub(super) fn new(config: &CarrierConfig, gateway: Arc<Gateway>) -> Self {
        Self { gateway, slug: config.package.clone(), within: config.timeout }
    }

    pub(super) fn is(&self, slug: &str) -> bool {
        self.slug == slug
    }

    /// Boxed, so that what waits for a carrier does not carry the whole of a call with it.
    pub(super) fn send<'a>(
        &'a self,
        key: &'a str,
        to: &'a str,
        text: &'a str,
        link: Option<String>,
    ) -> BoxFuture<'a, Result<(), NotSent>> {
        Box::pin(async move {
            let (message, to, text) = (key.to_owned(), to.to_owned(), text.to_owned());
            let question = SendInput { message, to, text, subject: None, link, expires: None };
            let sent = self.gateway.send(self.request(question, self.within), key).await;
            match sent {
                Ok(Sent::Done(said)) => match said.status {
                    Status::Sent | Status::Delivered => Ok(()),
                    Status::Unreachable => Err(NotSent::Gone(self.says("there is nobody"))),
                    Status::Failed => Err(NotSent::Later(self.says("it could not be carried"))),
                    Status::NotFound | Status::Pending => self.after_silence(key).await,
                },
                Ok(Sent::Refused { .. }) => Err(NotSent::Never(self.says("it refused the message"))),
                Ok(Sent::NotSent { .. }) => Err(NotSent::Later(self.says("it took nothing over"))),
                Ok(Sent::Impossible(why)) => Err(NotSent::Later(self.says(&why))),
                Ok(Sent::Unknown) => self.after_silence(key).await,
                Err(error) => Err(NotSent::Later(self.fails(&error))),
            }
        })
    }

    /// It may have the message. What it says of it decides whether another one may be asked.
    async fn after_silence(&self, key: &str) -> Result<(), NotSent> {
        match self.asks(key).await {
            Ok(Some(Status::Sent | Status::Delivered)) => Ok(()),
            Ok(Some(Status::NotFound)) => Err(NotSent::Later(self.says("it has no such message"))),
            Ok(Some(Status::Failed)) => Err(NotSent::Later(self.says("it could not be carried"))),
            Ok(Some(Status::Unreachable)) => Err(NotSent::Gone(self.says("there is nobody"))),
            Ok(Some(Status::Pending) | None) => {
                Err(NotSent::unknown(self.says("it does not say whether it took the message over")))
            }
            Err(error) => Err(NotSent::unknown(self.fails(&error))),
        }
    }

    /// What became of a message. `None`: it does not say.
    async fn asks(&self, key: &str) -> Result<Option<Status>, GatewayError> {
        let question = ReceiptInput { message: key.to_owned() };
        // A carrier that knows a repeat by its key must not take the question for the message.
        let asked = format!("{key}-ask");
        let sent = self.gateway.send(self.request(question, self.within.min(ASKED_WITHIN)), &asked).await?;
        Ok(match sent {
            Sent::Done(said) => Some(said.status),
            _ => None,
        })
    }

    /// The same, for what was taken over before. `None`: it has no such message.
    pub(super) fn became<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<Became>> {
        Box::pin(async move {
            match self.asks(key).await {
                Ok(Some(status)) => Became::of(status),
                Ok(None) => Some(Became::Open),
                Err(error) => {
                    tracing::warn!(carrier = self.slug, %error, "a carrier of messages could not be asked");
                    Some(Became::Open)
                }
            }
        })
    }

    /// A question about no account: the carrier learns where to, and a text.
    fn request<Q>(&self, question: Q, within: Duration) -> Request<'_, Q> {
        Request { agency: &self.slug, service: None, question, about: None, within }
    }

    fn says(&self, what: &str) -> String {
        format!("the carrier {}: {what}", self.slug)
    }

    /// What is wrong is logged here; the reason of a way stands where people read it.
    fn fails(&self, error: &GatewayError) -> String {
        tracing::warn!(carrier = self.slug, %error, "a carrier of messages cannot be called");
        self.says("it cannot be called")
    }
}
