//! A payment provider: the shop's side over signed JSON, the payer's side as pages, and what happened pushed to the
//! portal as signed events. The flow is that of the big ones: the shop opens a payment, the payer is sent there,
//! decides, and comes back; what counts is what is asked for or pushed, never that somebody came back.
//!
//! - `POST /v1/payments`, `/v1/payments/query`, `/v1/refunds`, `/v1/statements`, signed as `signature.rs` says.
//! - `GET` and `POST /pay/{number}`: pay, not enough money, cancel, close the window.
//!
//! `PUT /faults` makes it fail as every server here; of its own it can lose what it tells (`lost-callback`), tell it
//! later, twice or out of order, and not know (`undecided`).

mod api;
mod books;
mod pages;
mod tell;

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use actix_web::web::{self, Data, ServiceConfig};

use crate::{clock::Clock, faults::Faults, secret::Secret, signature::Gate};

use books::Books;

/// The folder's name of its package.
pub const SLUG: &str = "city-pay";
/// The names of its secrets there.
pub const KEYS: (&str, &str) = ("hmac-key", "event-key");

pub struct Till {
    /// Its own address, without a slash at the end.
    base: String,
    gate: Gate,
    event_key: String,
    clock: Clock,
    http: reqwest::Client,
    faults: Data<Faults>,
    books: Mutex<Books>,
    /// Where the books are kept from one start to the next.
    keep: Option<PathBuf>,
    portal: Mutex<Option<String>>,
}

impl Till {
    pub fn new(
        base: String,
        secret: &Secret,
        (clock, http): (Clock, reqwest::Client),
        faults: Data<Faults>,
        keep: Option<PathBuf>,
    ) -> Self {
        let kept = keep.as_ref().and_then(|path| std::fs::read(path).ok());
        // What cannot be read any more is forgotten: it is a demo's.
        let books = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let (key, event_key) = Self::keys(secret);
        Self {
            base,
            gate: Gate::new(key),
            event_key,
            clock,
            http,
            faults,
            books: Mutex::new(books),
            keep,
            portal: Mutex::default(),
        }
    }

    /// What signs the shop's questions, and what signs the events.
    pub fn keys(secret: &Secret) -> (String, String) {
        (secret.word("till/hmac-key"), secret.word("till/event-key"))
    }

    pub fn mount(config: &mut ServiceConfig, till: Data<Self>) {
        config
            .app_data(till)
            .route("/v1/payments", web::post().to(api::create))
            .route("/v1/payments/query", web::post().to(api::query))
            .route("/v1/refunds", web::post().to(api::refund))
            .route("/v1/statements", web::post().to(api::statement))
            .route("/v1/health", web::get().to(api::health))
            .route("/pay/{number}", web::get().to(pages::show))
            .route("/pay/{number}", web::post().to(pages::decide));
    }

    /// From now on the portal at this address is told what happens.
    pub fn expect(&self, origin: &str) {
        *self.portal.lock().unwrap_or_else(PoisonError::into_inner) = Some(origin.to_owned());
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the books. A disk that is full is the demo's smallest worry.
    fn keep(&self) {
        let Some(path) = &self.keep else { return };
        let bytes = serde_json::to_vec(&*self.books()).unwrap_or_default();
        let fresh = path.with_extension("new");
        if std::fs::write(&fresh, bytes).and_then(|()| std::fs::rename(&fresh, path)).is_err() {
            tracing::warn!("the payment provider cannot keep its books");
        }
    }

    /// How much of the city's money it holds: what came in less what was given back, in fen, by order.
    pub fn balance(&self) -> std::collections::BTreeMap<String, i64> {
        self.books().balance()
    }
}
