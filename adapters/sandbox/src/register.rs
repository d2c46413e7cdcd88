//! The population register: whether a name and an identity number belong together, and whether their holder lives.
//!
//! `POST /v1/verify {"name", "identity_number", "level"}`, signed as `signature.rs` says. The answer's `result` is
//! `match` (with the `level` the register vouches for), `mismatch`, `deceased` or `not-found`. Only who knows the
//! right name hears that someone has died. Answers and errors repeat nothing that was asked. `GET /v1/health`, signed
//! as well, says that it is well. Once it knows the portal ([`Vouched`]), no question about a person is answered
//! without the portal's statement whose it is.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU64, Ordering},
};

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Bytes, Data, ServiceConfig},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    assertion::Vouched,
    clock::Clock,
    numbers,
    people::{Person, Standing},
    player::{Player, received},
    signature::Gate,
};

pub struct Register {
    people: Vec<Person>,
    gate: Gate,
    vouched: Data<Vouched>,
    understudy: Data<Understudy>,
    clock: Clock,
    /// Every answer has a number of its own, so that both sides can find it again.
    answered: AtomicU64,
}

/// Who answers what the register does not, where somebody does.
#[derive(Default)]
pub struct Understudy(OnceLock<Arc<Player>>);

impl Understudy {
    /// From now on, and for as long as the register runs.
    pub fn engage(&self, player: &Arc<Player>) {
        let _ = self.0.set(Arc::clone(player));
    }
}

#[derive(Deserialize)]
struct Question {
    name: String,
    identity_number: String,
    level: u8,
}

impl Register {
    pub fn new(
        people: Vec<Person>,
        gate: Gate,
        vouched: Data<Vouched>,
        understudy: Data<Understudy>,
        clock: Clock,
    ) -> Self {
        Self { people, gate, vouched, understudy, clock, answered: AtomicU64::new(0) }
    }

    pub fn mount(config: &mut ServiceConfig, register: Data<Self>) {
        config
            .app_data(register)
            .route("/v1/verify", web::post().to(verify))
            .route("/v1/health", web::get().to(health))
            .default_service(web::to(others));
    }

    fn answer(&self, question: &Question) -> Value {
        let number = question.identity_number.trim().to_ascii_uppercase();
        let Some(person) = self.people.iter().find(|person| person.identity_number == number) else {
            return json!({ "result": "not-found" });
        };
        if plain(&question.name) != plain(&person.name) {
            return json!({ "result": "mismatch" });
        }
        match person.standing {
            Standing::Deceased => json!({ "result": "deceased" }),
            Standing::Alive => json!({ "result": "match", "level": question.level.min(person.proof) }),
        }
    }
}

/// It is well if it answers at all.
async fn health(register: Data<Register>, request: HttpRequest) -> HttpResponse {
    let now = register.clock.seconds();
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if register.gate.check(now, request.headers(), ("GET", path, &[])).is_err() {
        return HttpResponse::Unauthorized().json(json!({ "error": "signature" }));
    }
    HttpResponse::Ok().json(json!({ "status": "up" }))
}

async fn others(register: Data<Register>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match register.understudy.0.get() {
        Some(player) => received(player, &request, request.path(), &body, false).await,
        None => HttpResponse::NotFound().finish(),
    }
}

async fn verify(register: Data<Register>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let now = register.clock.seconds();
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let signed = (request.method().as_str(), path, &*body);
    if register.gate.check(now, request.headers(), signed).is_err() {
        return HttpResponse::Unauthorized().json(json!({ "error": "signature" }));
    }
    // About a person it answers only for somebody, where it knows who may say for whom.
    if register.vouched.check(now, request.headers()).await.is_err() {
        return HttpResponse::Unauthorized().json(json!({ "error": "assertion" }));
    }
    let Ok(question) = serde_json::from_slice::<Question>(&body) else {
        return HttpResponse::BadRequest().json(json!({ "error": "malformed" }));
    };
    if !(3..=4).contains(&question.level) {
        return HttpResponse::UnprocessableEntity().json(json!({ "error": "level" }));
    }
    if !numbers::is_number(question.identity_number.trim()) {
        return HttpResponse::UnprocessableEntity().json(json!({ "error": "identity_number" }));
    }
    let mut answer = register.answer(&question);
    let number = register.answered.fetch_add(1, Ordering::Relaxed) + 1;
    answer["reference"] = json!(format!("PR-{now}-{number:06}"));
    HttpResponse::Ok().json(answer)
}

/// A name without the differences that are none: spaces around it, and the many dots within names.
fn plain(name: &str) -> String {
    name.trim().chars().map(|c| if matches!(c, '•' | '・' | '‧' | '∙' | '.') { '·' } else { c }).collect()
}
