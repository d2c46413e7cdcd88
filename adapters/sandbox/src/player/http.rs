//! Backends over HTTP: `rest`, `callback` and `soap`. All share one server; the first part of a path is the agency.
//!
//! Beside what the package declares there are two doors for tests and demonstrations: `PUT /AGENCY/faults`, and
//! `PUT /AGENCY/cases` with `{"reference", "status"}`, which decides how an application stands.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse,
    body::{BodySize, MessageBody},
    http::StatusCode,
    web::{self, Bytes, Data, Json, ServiceConfig},
};
use serde::Deserialize;
use serde_json::{Value, json};
use yimen_contract::{
    agency::{Auth, Driver},
    capability::{Binding, Capability},
    protocol::{Meaning, Soap, SoapVersion},
    sample::Failure,
};
use yimen_drivers::{mapping::put, text};

use super::{
    Player,
    act::Asked,
    body,
    envelope::{self, Opened},
    memory::Reply,
    pages,
    proof::Request,
    troupe::Cast,
};
use crate::{
    chance,
    faults::{Fault, Wrong},
};

/// What goes back over HTTP.
pub struct Said {
    status: u16,
    kind: String,
    bytes: Vec<u8>,
}

/// The routes of all backends.
pub fn mount(config: &mut ServiceConfig, cast: Data<Cast>) {
    config
        .app_data(cast)
        .route("/{agency}/faults", web::get().to(faults))
        .route("/{agency}/faults", web::put().to(fail))
        .route("/{agency}/cases", web::put().to(decide))
        .route("/{agency}", web::to(play))
        .route("/{agency}/{path:.*}", web::to(play));
}

async fn faults(cast: Data<Cast>, agency: web::Path<String>) -> HttpResponse {
    match cast.get(&agency) {
        Some(player) => HttpResponse::Ok().json(player.faults.get()),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn fail(cast: Data<Cast>, agency: web::Path<String>, fault: Json<Fault>) -> HttpResponse {
    let Some(player) = cast.get(&agency) else { return HttpResponse::NotFound().finish() };
    player.faults.set(fault.into_inner());
    HttpResponse::NoContent().finish()
}

#[derive(Deserialize)]
struct Decision {
    reference: String,
    status: String,
}

async fn decide(cast: Data<Cast>, agency: web::Path<String>, decision: Json<Decision>) -> HttpResponse {
    let known = cast.get(&agency).is_some_and(|player| player.decide(&decision.reference, &decision.status));
    if known { HttpResponse::NoContent().finish() } else { HttpResponse::NotFound().finish() }
}

async fn play(cast: Data<Cast>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let whole = request.path();
    let (slug, path) = whole[1..].find('/').map_or((&whole[1..], ""), |at| whole[1..].split_at(at));
    match cast.get(slug) {
        Some(player) => {
            let certified = request.peer_addr().is_some_and(|peer| cast.is_certified(peer));
            received(&player, &request, path, &body, certified).await
        }
        None => HttpResponse::NotFound().finish(),
    }
}

/// Answers a request, or fails as it was told to.
pub async fn received(
    player: &Player,
    request: &HttpRequest,
    path: &str,
    body: &[u8],
    certified: bool,
) -> HttpResponse {
    let fault = player.faults.strike(path);
    if fault.slow_ms > 0 {
        tokio::time::sleep(Duration::from_millis(fault.slow_ms)).await;
    }
    if fault.hang {
        std::future::pending::<()>().await;
    }
    if let Some(status) = fault.status {
        return HttpResponse::build(code(status)).finish();
    }
    if fault.wrong == Some(Wrong::AuthRefused) {
        return player.unproved().into();
    }
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let asked = Request {
        now: player.props.clock.now(),
        method: request.method().as_str(),
        target,
        headers: request.headers(),
        body,
        certified,
    };
    let query = request.uri().query();
    let said = player.over_http(&asked, path, query).await;
    match fault.wrong {
        // The work is done; that it is, nobody hears.
        Some(Wrong::LostAnswer) => broken(&said, 0),
        Some(Wrong::Truncated) => broken(&said, said.bytes.len() / 2),
        _ if fault.malformed => Said { bytes: b"{\"result\": \"ma".to_vec(), ..said }.into(),
        _ => Said { status: fault.wrong_status.unwrap_or(said.status), ..said }.into(),
    }
}

impl Player {
    async fn over_http(&self, request: &Request<'_>, path: &str, query: Option<&str>) -> Said {
        let backend = &self.agency.backend;
        if backend.auth == Auth::Oauth2 && backend.token_path.as_deref() == Some(path) {
            return self.token(request);
        }
        if self.doorman.check(request).is_err() {
            return self.unproved();
        }
        // Of a question for somebody the statement whose it is must be the portal's.
        if request.headers.contains_key("x-yimen-assertion")
            && self.vouched.check(request.now.timestamp(), request.headers).await.is_err()
        {
            return Said::plain(401, "assertion");
        }
        if backend.driver == Driver::Soap {
            return self.envelope(request, path);
        }
        let fits = |binding: &Binding| binding.method.name() == request.method && binding.path == path;
        let Some(mut question) = body::read(backend, query, request.body) else {
            return Said::plain(400, "malformed");
        };
        if self.doorman.check_fields(request.now, &mut question).is_err() {
            return self.unproved();
        }
        let key = request.headers.get("idempotency-key").and_then(|key| key.to_str().ok());
        match self.answer(fits, Asked { value: &question, key }) {
            Some(reply) => self.rest(reply, &question),
            None if self.is_health(fits) => self.written(200, &self.well()),
            None => Said::plain(404, "not-on-record"),
        }
    }

    fn rest(&self, mut reply: Reply, question: &Value) -> Said {
        let capability = self.said(&reply).map(|one| one.capability);
        let taken =
            self.agency.backend.driver == Driver::Callback && capability == Some(Capability::CaseSubmit);
        let status = reply.status.unwrap_or(match reply.fails {
            Some(fails) => status(fails, reply.body.is_some() && self.agency.backend.codes.is_some()),
            None if taken => 202,
            None => 200,
        });
        let Some(mut answer) = reply.body.take() else { return Said::plain(status, "see-status") };
        if let Some(pages) = self.binding(&reply).and_then(|binding| binding.pages.as_ref()) {
            pages::page(pages, question, &mut answer);
        }
        self.written(status, &answer)
    }

    fn written(&self, status: u16, answer: &Value) -> Said {
        let written = body::write(&self.agency.backend, answer);
        written.map_or_else(|| Said::plain(500, "unwritable"), |(kind, bytes)| Said { status, kind, bytes })
    }

    fn envelope(&self, request: &Request<'_>, path: &str) -> Said {
        let encoding = self.agency.backend.encoding;
        let refused =
            |version| self.enveloped(version, 500, envelope::fault(encoding, version, Failure::Refused));
        let Some(Opened { head, operation, fields }) = envelope::open(encoding, request.body) else {
            return refused(SoapVersion::V11);
        };
        let meant = |soap: &Soap| soap.operation == operation;
        let fits = |binding: &Binding| binding.path == path && binding.soap.as_ref().is_some_and(meant);
        let described = self.agency.capabilities.values().find(|binding| fits(binding));
        let Some(soap) = described.and_then(|binding| binding.soap.as_ref()) else {
            return refused(SoapVersion::V11);
        };
        if self.doorman.check_envelope(request.now, &head).is_err() {
            return self.enveloped(soap.version, 500, envelope::unproved(encoding, soap.version));
        }
        let key = request.headers.get("idempotency-key").and_then(|key| key.to_str().ok());
        let reply = match self.answer(fits, Asked { value: &fields, key }) {
            Some(reply) => reply,
            None if self.is_health(fits) => {
                return self.enveloped(soap.version, 200, envelope::write(encoding, soap, &self.well()));
            }
            None => return refused(soap.version),
        };
        let soap = self.binding(&reply).and_then(|binding| binding.soap.as_ref()).unwrap_or(soap);
        match (&reply.body, reply.fails) {
            (Some(answer), fails) => {
                let usual = if answer.get("Fault").is_some() {
                    500
                } else {
                    fails.map_or(200, |fails| status(fails, self.agency.backend.codes.is_some()))
                };
                let status = reply.status.unwrap_or(usual);
                self.enveloped(soap.version, status, envelope::write(encoding, soap, answer))
            }
            (None, Some(fails @ (Failure::Refused | Failure::Unknown))) => {
                let status = reply.status.unwrap_or(500);
                self.enveloped(soap.version, status, envelope::fault(encoding, soap.version, fails))
            }
            (None, fails) => {
                Said::plain(reply.status.unwrap_or(fails.map_or(200, |fails| status(fails, false))), "")
            }
        }
    }

    fn enveloped(&self, version: SoapVersion, status: u16, bytes: Option<Vec<u8>>) -> Said {
        let kind =
            format!("{}; charset={}", envelope::kind(version), text::name(self.agency.backend.encoding));
        bytes.map_or_else(|| Said::plain(500, "unwritable"), |bytes| Said { status, kind, bytes })
    }

    /// Well, in the contract's form and by the backend's own code.
    fn well(&self) -> Value {
        let mut well = json!({ "status": "up" });
        if let (Some(codes), Value::Object(fields)) = (&self.agency.backend.codes, &mut well) {
            let good = codes.words.iter().find(|(_, meaning)| **meaning == Meaning::Ok);
            if let Some((code, _)) = good {
                put(fields, &codes.from, code.as_str().into());
            }
        }
        well
    }

    fn unproved(&self) -> Said {
        let backend = &self.agency.backend;
        if backend.driver == Driver::Soap && backend.auth == Auth::WsSecurity {
            let mut operations =
                self.agency.capabilities.values().filter_map(|binding| binding.soap.as_ref());
            let version = operations.next().map_or(SoapVersion::V11, |soap| soap.version);
            return self.enveloped(version, 500, envelope::unproved(backend.encoding, version));
        }
        Said::plain(401, "signature")
    }

    fn token(&self, request: &Request<'_>) -> Said {
        let Ok(fresh) = chance::word() else { return Said::plain(500, "no-chance") };
        match self.doorman.token(request.now, request.headers, fresh) {
            Ok((token, lasts)) => Said {
                status: 200,
                kind: "application/json".to_owned(),
                bytes: json!({ "access_token": token, "token_type": "Bearer", "expires_in": lasts })
                    .to_string()
                    .into_bytes(),
            },
            Err(_) => Said::plain(401, "invalid_client"),
        }
    }
}

/// What a failure is in HTTP, where the backend does not say it by a code of its own in a good answer.
fn status(fails: Failure, by_code: bool) -> u16 {
    match fails {
        _ if by_code => 200,
        Failure::Refused => 422,
        Failure::Busy => 503,
        Failure::Pending => 202,
        Failure::Unknown => 500,
    }
}

impl Said {
    fn plain(status: u16, why: &str) -> Self {
        let bytes = json!({ "error": why }).to_string().into_bytes();
        Self { status, kind: "application/json".to_owned(), bytes }
    }
}

impl From<Said> for HttpResponse {
    fn from(said: Said) -> Self {
        Self::build(code(said.status)).content_type(said.kind).body(said.bytes)
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// An answer that promises all its bytes and breaks off after some.
fn broken(said: &Said, after: usize) -> HttpResponse {
    let (sent, promised) = (Bytes::copy_from_slice(&said.bytes[..after]), said.bytes.len().max(1));
    let body = Broken { sent: Some(sent).filter(|sent| !sent.is_empty()), promised: promised as u64 };
    HttpResponse::build(code(said.status))
        .content_type(said.kind.clone())
        .message_body(body)
        .map_or_else(|_| HttpResponse::InternalServerError().finish(), HttpResponse::map_into_boxed_body)
}

struct Broken {
    sent: Option<Bytes>,
    promised: u64,
}

impl MessageBody for Broken {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.promised)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, io::Error>>> {
        let next = self.sent.take().map_or_else(|| Err(io::ErrorKind::ConnectionAborted.into()), Ok);
        Poll::Ready(Some(next))
    }
}
