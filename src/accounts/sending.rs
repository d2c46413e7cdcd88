//! What accounts have to say to people. Only the wish is put down here, in the transaction that gives rise to it;
//! `notices`, which knows the channels, carries it out.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{AccountError, model::Reach, people::Contact};
use crate::{
    db::{Conn, DbError},
    jobs::{self, Job, Priority},
    ledger::CitizenId,
    platform::{Lang, Moment, keys::KeyRing},
};

/// Sends a one-time code. Where to and which code stand encrypted in the job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendCode {
    pub channel: Channel,
    /// A [`Message`] sealed with the ring for [`SendCode::PLACE`], in base64.
    pub sealed: String,
    /// After this the code opens nothing, and sending it would only confuse.
    pub ends_at: Moment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    Sms,
    Email,
}

/// What is sealed in a [`SendCode`].
#[derive(Serialize, Deserialize)]
pub struct Message {
    pub to: String,
    pub code: String,
    /// `zh-CN` or `en`.
    pub lang: String,
    /// What the code is for, as the message says it: `register`, `sign-in`, `recover`, `contact` …
    pub purpose: String,
}

impl SendCode {
    pub const PLACE: &str = "job.code";

    /// What is sealed in it.
    pub fn message(&self, ring: &KeyRing) -> Option<Message> {
        let sealed = BASE64.decode(&self.sealed).ok()?;
        serde_json::from_slice(&ring.open_sealed(Self::PLACE, &sealed).ok()?).ok()
    }
}

impl Job for SendCode {
    const KIND: &'static str = "accounts.code";
    const PRIORITY: Priority = Priority::Urgent;
    const BUDGET: TimeDelta = TimeDelta::minutes(10);
}

/// Has a code sent.
pub(super) fn send_code(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    reach: &Reach,
    message: &Message,
    ends_at: Moment,
) -> Result<(), AccountError> {
    let channel = match reach {
        Reach::Phone(_) => Channel::Sms,
        Reach::Email(_) => Channel::Email,
    };
    let plain = serde_json::to_vec(message).map_err(|_| AccountError::Hashing)?;
    let sealed = BASE64.encode(ring.seal(SendCode::PLACE, &plain)?);
    jobs::enqueue(c, now, &SendCode { channel, sealed, ends_at })?;
    Ok(())
}

/// Tells a person of something that happened to their account, by every way they can be reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tell {
    pub citizen: CitizenId,
    pub what: What,
    pub at: Moment,
    /// The device it happened on, where that says something.
    pub device: String,
    /// A [`Former`] address, sealed with the ring for [`Tell::PLACE`], in base64. All others are looked up when
    /// the job runs, and this one is the account's no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    also: Option<String>,
}

/// A telephone or mailbox that was an account's until now.
#[derive(Serialize, Deserialize)]
pub struct Former {
    pub channel: Channel,
    pub to: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Somebody signed in on a device that was not seen before.
    NewDevice,
    PasswordChanged,
    SecondFactorChanged,
    PasskeyAdded,
    ContactChanged,
    /// Somebody else tried to verify themselves with this person's identity number.
    IdentityTried,
    /// An account at a national provider opens this one from now on.
    NationalLinked,
    /// Somebody tried to register with this person's telephone or mailbox.
    RegisterTried,
    /// A telephone or mailbox was taken off the account.
    ContactRemoved,
    /// The same, as it is told to that very telephone or mailbox.
    NoLongerYours,
    /// At a counter, name and identity number were put right.
    IdentityCorrected,
    /// At a counter, another account became part of this one.
    AccountsMerged,
    /// Notices go to a program or a browser, too, from now on.
    OutletAdded,
    /// Staff said why somebody looked.
    QuestionAnswered,
    /// Staff answered a request for correction.
    CorrectionAnswered,
}

impl What {
    /// Where an answer is to be read, if this is about one.
    pub const fn answer_at(self) -> Option<&'static str> {
        match self {
            Self::QuestionAnswered => Some("/me/looks"),
            Self::CorrectionAnswered => Some("/me/privacy"),
            _ => None,
        }
    }
}

impl Tell {
    const PLACE: &str = "job.tell";

    pub fn new(citizen: CitizenId, what: What, at: Moment) -> Self {
        Self { citizen, what, at, device: String::new(), also: None }
    }

    /// Has it told to a telephone or mailbox that was just taken off the account, too: whoever took it over must
    /// not be the only one to know.
    pub(super) fn also(mut self, ring: &KeyRing, contact: &Contact) -> Result<Self, AccountError> {
        let channel = if contact.kind == "phone" { Channel::Sms } else { Channel::Email };
        let former = Former { channel, to: contact.value.clone() };
        let plain = serde_json::to_vec(&former).map_err(|_| AccountError::Hashing)?;
        self.also = Some(BASE64.encode(ring.seal(Self::PLACE, &plain)?));
        Ok(self)
    }

    /// The address that was the account's, if this is about one.
    pub fn former(&self, ring: &KeyRing) -> Option<Former> {
        let sealed = BASE64.decode(self.also.as_ref()?).ok()?;
        serde_json::from_slice(&ring.open_sealed(Self::PLACE, &sealed).ok()?).ok()
    }

    /// What is told to the address that was the account's.
    #[must_use]
    pub fn to_former(&self) -> Self {
        Self { what: What::NoLongerYours, also: None, ..self.clone() }
    }

    #[must_use]
    pub fn on(mut self, device: &str) -> Self {
        device.clone_into(&mut self.device);
        self
    }
}

impl Job for Tell {
    const KIND: &'static str = "accounts.tell";
    const PRIORITY: Priority = Priority::Urgent;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// Has a person told.
pub fn tell(c: &mut Conn, now: Moment, tell: &Tell) -> Result<(), DbError> {
    jobs::enqueue(c, now, tell).map(|_| ())
}

/// The language a message is written in.
pub(super) fn tag(lang: Lang) -> String {
    lang.tag().to_owned()
}
