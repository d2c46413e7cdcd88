//! Two carriers of text messages, each over a protocol of its own: JSON, and forms. What they take over lies in the post box.
//!
//! A number is one message: however often it comes, it is carried once. What became of it is asked for; [`Fate`] says what
//! that is from now on. `PUT /faults` makes each fail as every server here.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::HeaderValue,
    web::{self, Data, Form, Json, ServiceConfig},
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

use crate::{
    clock::Clock,
    faults::{Fault, Faults},
    postbox::PostBox,
    running::{AloneServers, StartError, dialer},
    secret::Secret,
    server::{Door, Server, serve},
};

/// The name of their secret in their packages.
const KEY: &str = "api-key";

/// What a carrier is.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// The folder's name of its package.
    slug: &'static str,
    name: &'static str,
    /// Before its own numbers.
    letters: &'static str,
    speaks: Protocol,
}

#[derive(Debug, Clone, Copy)]
enum Protocol {
    Json,
    Forms,
}

pub const MESSENGER: Face =
    Face { slug: "city-messenger", name: "云州信使", letters: "M", speaks: Protocol::Json };
pub const PIGEON: Face =
    Face { slug: "pigeon-text", name: "云州飞鸽", letters: "FG", speaks: Protocol::Forms };

/// What becomes of messages once they were taken over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fate {
    OnTheWay,
    #[default]
    Arrives,
    /// Nobody has that number.
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
}

struct Carrier {
    face: Face,
    key: String,
    clock: Clock,
    post_box: Data<PostBox>,
    book: Mutex<Book>,
}

/// A carrier at work.
pub struct TextCarrier {
    pub url: String,
    /// The folder's name of its package, and its secrets by their names there.
    pub slug: &'static str,
    pub secrets: BTreeMap<String, String>,
    pub address: SocketAddr,
    inner: Data<Carrier>,
    faults: Data<Faults>,
}

impl TextCarrier {
    pub(crate) fn open(
        face: Face,
        port: u16,
        (secret, clock): (&Secret, &Clock),
        post_box: Data<PostBox>,
        servers: &mut Vec<Server>,
    ) -> Result<Self, StartError> {
        let door = Door::open(port)?;
        let (url, address, faults) = (door.url(), door.address, Data::new(Faults::default()));
        let key = secret.word(&format!("{}/{KEY}", face.slug));
        let secrets = BTreeMap::from([(KEY.to_owned(), key.clone())]);
        let inner = Data::new(Carrier { face, key, clock: clock.clone(), post_box, book: Mutex::default() });
        let mounted = inner.clone();
        servers.push(serve(door, faults.clone(), move |app| Carrier::mount(app, mounted.clone()))?);
        Ok(Self { url, slug: face.slug, secrets, address, inner, faults })
    }

    /// Both alone, on the runtime that calls. They end with what is handed back beside them.
    pub fn alone(secret: &Secret, clock: &Clock) -> Result<([Self; 2], AloneServers), StartError> {
        // An error says that a provider is there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = dialer()?;
        let post_box = Data::new(PostBox::new(clock.clone(), secret.word("sms/key"), http));
        let mut servers = Vec::new();
        let first = Self::open(MESSENGER, 0, (secret, clock), post_box.clone(), &mut servers)?;
        let second = Self::open(PIGEON, 0, (secret, clock), post_box, &mut servers)?;
        Ok(([first, second], AloneServers(servers)))
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsonOrder {
    msg_no: String,
    mobile: String,
    content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsonQuestion {
    msg_no: String,
}

#[derive(Deserialize)]
struct FormOrder {
    xh: String,
    sjh: String,
    nr: String,
}

#[derive(Deserialize)]
struct FormQuestion {
    xh: String,
}

impl Carrier {
    fn mount(config: &mut ServiceConfig, carrier: Data<Self>) {
        let speaks = carrier.face.speaks;
        config.app_data(carrier);
        match speaks {
            Protocol::Json => config
                .route("/v2/messages", web::post().to(json_send))
                .route("/v2/receipts", web::post().to(json_receipt))
                .route("/v2/health", web::get().to(json_health)),
            Protocol::Forms => config
                .route("/sms/submit", web::post().to(form_send))
                .route("/sms/state", web::post().to(form_receipt))
                .route("/sms/ping", web::get().to(form_health)),
        };
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn knows(&self, request: &HttpRequest) -> bool {
        let shown = request.headers().get("x-api-key").map(HeaderValue::as_bytes).unwrap_or_default();
        bool::from(shown.ct_eq(self.key.as_bytes()))
    }

    /// Takes a message over, or says again that it did. Nothing: that is no telephone number.
    fn take(&self, number: String, to: String, text: String) -> Option<String> {
        let mut book = self.book();
        book.asked += 1;
        if let Some(known) = book.carried.iter().find(|known| known.number == number) {
            return Some(known.reference.clone());
        }
        self.post_box.carried(self.face.name, &to, &text)?;
        let reference = format!("{}{:06}", self.face.letters, book.carried.len() + 1);
        let at = self.clock.now();
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

/// The answer to whoever shows the right key; `made` is asked for it only then.
fn answer(carrier: &Carrier, request: &HttpRequest, made: impl FnOnce() -> Value) -> HttpResponse {
    if carrier.knows(request) {
        HttpResponse::Ok().json(made())
    } else {
        HttpResponse::Unauthorized().finish()
    }
}

async fn json_send(carrier: Data<Carrier>, request: HttpRequest, order: Json<JsonOrder>) -> HttpResponse {
    let JsonOrder { msg_no, mobile, content } = order.into_inner();
    answer(&carrier, &request, || match carrier.take(msg_no, mobile, content) {
        Some(reference) => json!({ "code": "0", "taskId": reference, "state": "ACCEPTED" }),
        None => json!({ "code": "41" }),
    })
}

async fn json_receipt(
    carrier: Data<Carrier>,
    request: HttpRequest,
    asked: Json<JsonQuestion>,
) -> HttpResponse {
    answer(&carrier, &request, || match carrier.find(&asked.msg_no) {
        Some((reference, at, fate)) => {
            let state = match fate {
                Fate::OnTheWay => "ACCEPTED",
                Fate::Arrives => "ARRIVED",
                Fate::NobodyThere => "NO_SUCH_NUMBER",
            };
            json!({ "code": "0", "taskId": reference, "state": state, "time": at })
        }
        None => json!({ "code": "0", "state": "NONE" }),
    })
}

async fn json_health(carrier: Data<Carrier>, request: HttpRequest) -> HttpResponse {
    answer(&carrier, &request, || json!({ "code": "0", "state": "UP" }))
}

async fn form_send(carrier: Data<Carrier>, request: HttpRequest, order: Form<FormOrder>) -> HttpResponse {
    let FormOrder { xh, sjh, nr } = order.into_inner();
    answer(&carrier, &request, || match carrier.take(xh, sjh, nr) {
        Some(reference) => json!({ "jg": "1", "lsh": reference, "zt": "1" }),
        None => json!({ "jg": "0" }),
    })
}

async fn form_receipt(
    carrier: Data<Carrier>,
    request: HttpRequest,
    asked: Form<FormQuestion>,
) -> HttpResponse {
    answer(&carrier, &request, || match carrier.find(&asked.xh) {
        Some((reference, at, fate)) => {
            let state = match fate {
                Fate::OnTheWay => "1",
                Fate::Arrives => "2",
                Fate::NobodyThere => "3",
            };
            json!({ "jg": "1", "lsh": reference, "zt": state, "sj": at })
        }
        None => json!({ "jg": "1", "zt": "0" }),
    })
}

async fn form_health(carrier: Data<Carrier>, request: HttpRequest) -> HttpResponse {
    answer(&carrier, &request, || json!({ "jg": "1", "zt": "1" }))
}
