//! Carriers of messages, each over a protocol of its own: two of text messages (JSON, and forms) and one to apps (JSON). What they take
//! over lies in the post box.
//!
//! A number is one message: however often it comes, it is carried once. What became of it is asked for, and two tell it by
//! themselves as signed events ([`TextCarrier::expect`]); [`Fate`] says what that is from now on. `PUT /faults` makes each fail as
//! every server here.

mod speak;
mod tell;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use actix_web::{
    HttpRequest,
    http::header::HeaderValue,
    web::{Data, ServiceConfig},
};
use chrono::{DateTime, SecondsFormat, Utc};
use subtle::ConstantTimeEq as _;

use crate::{
    clock::Clock,
    faults::{Fault, Faults},
    postbox::PostBox,
    running::{AloneServers, StartError, dialer},
    secret::Secret,
    server::{Door, Server, serve},
};

/// The names of their secrets in their packages: the one that opens, and the one that signs events.
const KEYS: (&str, &str) = ("api-key", "event-key");
/// So many messages wait at most to be told about; the oldest are forgotten, and asked for.
const UNTOLD: usize = 200;

/// What a carrier is.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// The folder's name of its package.
    slug: &'static str,
    name: &'static str,
    /// Before its own numbers.
    letters: &'static str,
    speaks: Protocol,
    /// Whether it tells what became of messages, or is asked only.
    tells: bool,
}

#[derive(Debug, Clone, Copy)]
enum Protocol {
    Json,
    Forms,
    Apps,
}

pub const MESSENGER: Face =
    Face { slug: "city-messenger", name: "云州信使", letters: "M", speaks: Protocol::Json, tells: true };
pub const PIGEON: Face =
    Face { slug: "pigeon-text", name: "云州飞鸽", letters: "FG", speaks: Protocol::Forms, tells: false };
pub const BELL: Face =
    Face { slug: "city-bell", name: "云州铃", letters: "B", speaks: Protocol::Apps, tells: true };

/// What becomes of messages once they were taken over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fate {
    OnTheWay,
    #[default]
    Arrives,
    /// Nobody has that number, or that app.
    NobodyThere,
}

/// A message that was taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The customer's number of it.
    pub number: String,
    pub to: String,
    pub text: String,
    reference: String,
    at: DateTime<Utc>,
}

#[derive(Default)]
struct Book {
    carried: Vec<Carried>,
    /// How often something was to be carried, repeats among them.
    asked: usize,
    fate: Fate,
    /// Of which nothing was told yet: their numbers and ours.
    untold: Vec<(String, String)>,
}

pub(crate) struct Carrier {
    face: Face,
    key: String,
    event_key: String,
    clock: Clock,
    http: reqwest::Client,
    post_box: Data<PostBox>,
    book: Mutex<Book>,
    portal: Mutex<Option<String>>,
}

/// A carrier at work.
pub struct TextCarrier {
    pub url: String,
    /// The folder's name of its package, and its secrets by their names there.
    pub slug: &'static str,
    pub secrets: BTreeMap<String, String>,
    pub address: SocketAddr,
    pub(crate) inner: Data<Carrier>,
    faults: Data<Faults>,
}

impl TextCarrier {
    pub(crate) fn open(
        face: Face,
        port: u16,
        (secret, clock, http): (&Secret, &Clock, &reqwest::Client),
        post_box: Data<PostBox>,
        servers: &mut Vec<Server>,
    ) -> Result<Self, StartError> {
        let door = Door::open(port)?;
        let (url, address, faults) = (door.url(), door.address, Data::new(Faults::default()));
        let word = |name: &str| secret.word(&format!("{}/{name}", face.slug));
        let (key, event_key) = (word(KEYS.0), word(KEYS.1));
        let mut secrets = BTreeMap::from([(KEYS.0.to_owned(), key.clone())]);
        if face.tells {
            secrets.insert(KEYS.1.to_owned(), event_key.clone());
        }
        let inner = Data::new(Carrier {
            face,
            key,
            event_key,
            clock: clock.clone(),
            http: http.clone(),
            post_box,
            book: Mutex::default(),
            portal: Mutex::default(),
        });
        let mounted = inner.clone();
        servers.push(serve(door, faults.clone(), move |app| Carrier::mount(app, mounted.clone()))?);
        Ok(Self { url, slug: face.slug, secrets, address, inner, faults })
    }

    /// All alone, on the runtime that calls: the two of text messages and the one to apps. They end with what is handed back beside
    /// them.
    pub fn alone(secret: &Secret, clock: &Clock) -> Result<([Self; 3], AloneServers), StartError> {
        // An error says that a provider is there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = dialer()?;
        let post_box = Data::new(PostBox::new(clock.clone(), secret.word("sms/key"), http.clone()));
        let (own, mut servers) = ((secret, clock, &http), Vec::new());
        let first = Self::open(MESSENGER, 0, own, post_box.clone(), &mut servers)?;
        let second = Self::open(PIGEON, 0, own, post_box.clone(), &mut servers)?;
        let bell = Self::open(BELL, 0, own, post_box, &mut servers)?;
        Ok(([first, second, bell], AloneServers(servers)))
    }

    /// From now on the portal at this address is told what becomes of messages, if the carrier tells at all.
    pub fn expect(&self, origin: &str) {
        self.inner.expect(origin);
    }

    /// Tells what was not told yet.
    pub async fn tell(&self) {
        self.inner.tell().await;
    }

    pub fn fail(&self, fault: Fault) {
        self.faults.set(fault);
    }

    /// What becomes of its messages from now on, those of before among them.
    pub fn have(&self, fate: Fate) {
        self.inner.book().fate = fate;
    }

    /// What it carried, the oldest first.
    pub fn carried(&self) -> Vec<Carried> {
        self.inner.book().carried.clone()
    }

    /// How often it was to carry something, repeats among them.
    pub fn asked(&self) -> usize {
        self.inner.book().asked
    }
}

impl Carrier {
    fn mount(config: &mut ServiceConfig, carrier: Data<Self>) {
        let speaks = carrier.face.speaks;
        config.app_data(carrier);
        speak::routes(config, speaks);
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn knows(&self, request: &HttpRequest) -> bool {
        let shown = request.headers().get("x-api-key").map(HeaderValue::as_bytes).unwrap_or_default();
        bool::from(shown.ct_eq(self.key.as_bytes()))
    }

    /// Takes a message over by `carry`, or says again that it did. Nothing: `carry` would not.
    fn take(
        &self,
        (number, to, text): (String, String, String),
        carry: impl FnOnce(&PostBox, &str, &str) -> Option<String>,
    ) -> Option<String> {
        let mut book = self.book();
        book.asked += 1;
        if let Some(known) = book.carried.iter().find(|known| known.number == number) {
            return Some(known.reference.clone());
        }
        carry(&self.post_box, &to, &text)?;
        let reference = format!("{}{:06}", self.face.letters, book.carried.len() + 1);
        let at = self.clock.now();
        if self.face.tells {
            book.untold.push((number.clone(), reference.clone()));
            let over = book.untold.len().saturating_sub(UNTOLD);
            book.untold.drain(..over);
        }
        book.carried.push(Carried { number, to, text, reference: reference.clone(), at });
        Some(reference)
    }

    /// A message of before, and what became of it.
    fn find(&self, number: &str) -> Option<(String, String, Fate)> {
        let book = self.book();
        let known = book.carried.iter().find(|known| known.number == number)?;
        let at = known.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        Some((known.reference.clone(), at, book.fate))
    }
}
