//! An agency's own web site, at which people sign in with the portal: a plain OpenID client and nothing more.
//!
//! It knows the portal's name and its own registration there, finds out the rest by discovery when the first
//! person signs in, and keeps people's sessions itself until they sign out here or the portal says they did there.

mod logout;
mod pages;
mod portal;
mod proof;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use actix_web::web::{self, Data, ServiceConfig};

use crate::{
    clock::Clock,
    key::{Key, KeyError},
    secret::Secret,
};

use portal::Knowledge;

/// How long someone may take to sign in, and how long a session lasts.
const SIGN_IN_SECONDS: i64 = 600;
const SESSION_SECONDS: i64 = 3_600;

/// What tells one site from another.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// The agency's slug.
    pub slug: &'static str,
    pub name_zh: &'static str,
    pub name_en: &'static str,
    pub greeting_zh: &'static str,
    pub greeting_en: &'static str,
    /// Colour of the site.
    pub colour: &'static str,
    /// Sites on one host share their cookies, so each has a name of its own.
    pub cookie: &'static str,
    /// How the site proves to the portal that it is itself.
    pub proof: Proof,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A secret both know (`client_secret_basic`).
    Secret,
    /// A statement signed with the site's key (`private_key_jwt`).
    Signature,
}

pub const LIBRARY: Face = Face {
    slug: "library",
    name_zh: "云州市图书馆",
    name_en: "Yunzhou Library",
    greeting_zh: "在馆藏百万册书里，找到今晚要读的那一本。",
    greeting_en: "A million books, and one of them is for tonight.",
    colour: "#1f5d4c",
    cookie: "library_session",
    proof: Proof::Secret,
};

pub const MUSEUM: Face = Face {
    slug: "museum",
    name_zh: "云州市博物馆",
    name_en: "Yunzhou Museum",
    greeting_zh: "两千年的云州，从一件陶器讲起。",
    greeting_en: "Two thousand years of Yunzhou, beginning with one clay pot.",
    colour: "#7a3b12",
    cookie: "museum_session",
    proof: Proof::Signature,
};

pub struct Site {
    pub face: Face,
    /// Its own address, without a slash at the end.
    pub base: String,
    /// The secret that the portal knows the digest of.
    pub secret: String,
    pub key: Key,
    clock: Clock,
    http: reqwest::Client,
    state: Mutex<State>,
    knowledge: Knowledge,
}

#[derive(Default)]
struct State {
    /// Issuer, and this site's id there, once it is registered.
    portal: Option<(String, String)>,
    /// Sign-ins under way, by the word in the browser's cookie.
    leaving: HashMap<String, Leaving>,
    sessions: HashMap<String, Session>,
    /// Logout tokens that came, with the time after which they need not be remembered.
    heard: HashMap<String, i64>,
}

/// What must fit when someone comes back from the portal.
struct Leaving {
    state: String,
    nonce: String,
    verifier: String,
    until: i64,
}

/// Someone signed in at this site.
#[derive(Debug, Clone)]
struct Session {
    subject: String,
    /// The portal's session, as the portal told it.
    sid: Option<String>,
    name: Option<String>,
    level: Option<String>,
    id_token: String,
    until: i64,
}

impl Site {
    pub fn new(
        face: Face,
        base: String,
        secret: &Secret,
        clock: Clock,
        http: reqwest::Client,
    ) -> Result<Self, KeyError> {
        let named = |what: &str| format!("{}/{what}", face.slug);
        Ok(Self {
            face,
            base,
            secret: secret.word(&named("secret")),
            key: Key::from_bytes(&secret.derive(&named("key")))?,
            clock,
            http,
            state: Mutex::default(),
            knowledge: Knowledge::default(),
        })
    }

    pub fn mount(config: &mut ServiceConfig, site: Data<Self>) {
        config
            .app_data(site)
            .route("/", web::get().to(pages::home))
            .route("/sign-in", web::get().to(pages::sign_in))
            .route("/callback", web::get().to(pages::callback))
            .route("/sign-out", web::post().to(pages::sign_out))
            .route("/signed-out", web::get().to(pages::signed_out))
            .route("/backchannel-logout", web::post().to(logout::hear));
    }

    /// The site's registration with the portal.
    pub fn join(&self, issuer: String, client_id: String) {
        self.state().portal = Some((issuer, client_id));
        self.knowledge.forget();
    }

    pub fn callback(&self) -> String {
        format!("{}/callback", self.base)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
