//! A national identity provider: OpenID Connect with the authorization code flow, PKCE (S256) and ES256.
//!
//! Whoever signs in chooses a demo person and what to show: a pseudonym alone (`sub`, different for every client,
//! as the network number is), or name and identity number too. By `PUT /faults` it lies in the ways attackers do.

mod ask;
mod pages;
mod tokens;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use actix_web::{
    HttpResponse,
    web::{self, Data, ServiceConfig},
};
use serde_json::json;

use crate::{
    clock::Clock,
    faults::Faults,
    key::{Key, KeyError},
    people::{Person, Standing},
    secret::Secret,
};

/// A program that may ask who someone is.
#[derive(Debug, Clone)]
pub struct NationalClient {
    pub id: String,
    pub secret: String,
    pub redirect_uris: Vec<String>,
}

pub struct National {
    issuer: String,
    key: Key,
    /// Signs what claims to be signed with `key`.
    other_key: Key,
    pseudonyms: Secret,
    people: Vec<Person>,
    clock: Clock,
    faults: Data<Faults>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    clients: Vec<NationalClient>,
    /// By authorization code.
    granted: HashMap<String, Granted>,
    /// By access token.
    tokens: HashMap<String, Granted>,
}

/// What someone allowed a client to learn.
#[derive(Debug, Clone)]
struct Granted {
    client: String,
    redirect_uri: String,
    challenge: String,
    nonce: Option<String>,
    person: Person,
    /// Name and number, and not only a pseudonym.
    named: bool,
    at: i64,
    until: i64,
}

impl National {
    pub fn new(
        issuer: String,
        secret: &Secret,
        people: &[Person],
        clock: Clock,
        faults: Data<Faults>,
    ) -> Result<Self, KeyError> {
        Ok(Self {
            issuer,
            key: Key::from_bytes(&secret.derive("national/key"))?,
            other_key: Key::from_bytes(&secret.derive("national/other-key"))?,
            pseudonyms: Secret::new(secret.derive("national/pseudonyms")),
            people: people.iter().filter(|person| person.standing == Standing::Alive).cloned().collect(),
            clock,
            faults,
            state: Mutex::default(),
        })
    }

    pub fn mount(config: &mut ServiceConfig, national: Data<Self>) {
        config
            .app_data(national)
            .route("/.well-known/openid-configuration", web::get().to(discovery))
            .route("/jwks", web::get().to(jwks))
            .route("/authorize", web::get().to(pages::ask))
            .route("/authorize", web::post().to(pages::answer))
            .route("/token", web::post().to(tokens::exchange))
            .route("/userinfo", web::get().to(tokens::userinfo))
            .route("/userinfo", web::post().to(tokens::userinfo));
    }

    /// Lets a client ask from now on; one of the same id is replaced.
    pub fn admit(&self, client: NationalClient) {
        let mut state = self.state();
        state.clients.retain(|known| known.id != client.id);
        state.clients.push(client);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn client(&self, id: &str) -> Option<NationalClient> {
        self.state().clients.iter().find(|client| client.id == id).cloned()
    }
}

async fn discovery(national: Data<National>) -> HttpResponse {
    let issuer = &national.issuer;
    HttpResponse::Ok().json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid", "profile"],
        "claims_supported": ["sub", "name", "identity_number", "acr", "amr", "auth_time"],
        "acr_values_supported": ["3", "4"],
        "ui_locales_supported": ["zh-CN", "en"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn jwks(national: Data<National>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "keys": [national.key.public()] }))
}
