//! The post box: an SMS provider, two that carry notices to apps, and a mail server, which deliver nowhere but to one page.
//!
//! Whoever tries the demo reads the codes there, newest first; programs ask `/messages.json?to=`.

mod app;
mod carrier;
mod mime;
pub mod smtp;
mod sms;

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Query, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{clock::Clock, language::Language, server};

use mime::Mail;

use app::App;

/// How many messages are kept.
const KEPT: usize = 500;
/// The demo city's zone; China has had one offset since 1991.
const HOURS_EAST: i64 = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Sms,
    Mail,
    /// A notice for an app.
    App,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub id: String,
    pub kind: Kind,
    pub from: String,
    pub to: String,
    /// Of mail.
    pub subject: Option<String>,
    pub text: String,
    pub at: DateTime<Utc>,
}

pub struct PostBox {
    clock: Clock,
    /// What the SMS provider's customers show.
    key: String,
    http: reqwest::Client,
    messages: Mutex<Messages>,
    apps: Mutex<Vec<App>>,
    customer: Mutex<Option<Customer>>,
}

/// Where the SMS provider's customer hears what became of messages, and the key that proves who says so.
#[derive(Debug, Clone)]
struct Customer {
    address: String,
    key: String,
}

#[derive(Default)]
struct Messages {
    newest_first: VecDeque<Message>,
    count: u64,
    /// Idempotency keys of the SMS provider, with the message each made.
    repeats: VecDeque<(String, String)>,
}

impl PostBox {
    pub fn new(clock: Clock, key: String, http: reqwest::Client) -> Self {
        Self {
            clock,
            key,
            http,
            messages: Mutex::default(),
            apps: Mutex::default(),
            customer: Mutex::default(),
        }
    }

    pub fn mount(config: &mut ServiceConfig, post_box: Data<Self>) {
        config
            .app_data(post_box)
            .route("/", web::get().to(show))
            .route("/messages.json", web::get().to(list))
            .route("/reply", web::post().to(sms::reply))
            .route("/v1/messages", web::post().to(sms::send))
            .route("/v1/apps/{carrier}/messages", web::post().to(carrier::send))
            .route("/v1/messages/{id}", web::get().to(sms::status));
    }

    /// Messages to someone, or to everyone, newest first.
    pub fn messages(&self, to: Option<&str>) -> Vec<Message> {
        let messages = self.all();
        let wanted = |message: &&Message| to.is_none_or(|to| message.to == to);
        messages.newest_first.iter().filter(wanted).cloned().collect()
    }

    pub fn report_to(&self, address: String, key: String) {
        *self.customer.lock().unwrap_or_else(PoisonError::into_inner) = Some(Customer { address, key });
    }

    /// A text message that a carrier took over. Nothing: that is no telephone number.
    pub(crate) fn carried(&self, from: &str, to: &str, text: &str) -> Option<String> {
        let known = sms::is_number(to) && !text.trim().is_empty();
        known.then(|| self.put(Kind::Sms, from.to_owned(), to.to_owned(), None, text.to_owned()))
    }

    /// A notice that a carrier brought to an app.
    pub(crate) fn shown(&self, from: &str, to: &str, title: &str, link: &str) -> String {
        self.put(Kind::App, from.to_owned(), to.to_owned(), Some(title.to_owned()), link.to_owned())
    }

    fn customer(&self) -> Option<Customer> {
        self.customer.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn all(&self) -> MutexGuard<'_, Messages> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, kind: Kind, from: String, to: String, subject: Option<String>, text: String) -> String {
        let mut messages = self.all();
        messages.count += 1;
        let letter = match kind {
            Kind::Sms => "S",
            Kind::Mail => "M",
            Kind::App => "A",
        };
        let id = format!("{letter}-{:06}", messages.count);
        let message = Message { id: id.clone(), kind, from, to, subject, text, at: self.clock.now() };
        messages.newest_first.push_front(message);
        messages.newest_first.truncate(KEPT);
        id
    }
}

#[derive(Template)]
#[template(path = "postbox.html")]
struct PostBoxView {
    language: Language,
    to: Option<String>,
    messages: Vec<Message>,
    /// Names, logins and codes right now.
    codes: Vec<(String, String, String)>,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    to: Option<String>,
}

async fn show(post_box: Data<PostBox>, request: HttpRequest, wanted: Query<Wanted>) -> HttpResponse {
    let to = wanted.into_inner().to.filter(|to| !to.is_empty());
    let messages = post_box.messages(to.as_deref());
    let codes = post_box.codes();
    let view = PostBoxView { language: Language::of(&request), to, messages, codes };
    let mut answer = server::page(StatusCode::OK, &view);
    if let Some(cookie) = Language::cookie(&request) {
        // A cookie too odd to be written leaves the page in the browser's language.
        let _ = answer.add_cookie(&cookie);
    }
    answer
}

async fn list(post_box: Data<PostBox>, wanted: Query<Wanted>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(post_box.messages(wanted.to.as_deref()))
}

impl Message {
    /// When it came, on the city's clock.
    fn time(&self) -> String {
        (self.at + chrono::TimeDelta::hours(HOURS_EAST)).format("%m-%d %H:%M:%S").to_string()
    }
}
