//! Listening on loopback: at the port remembered from last time where it is free, else at any.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
};

use actix_web::{
    App, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::StatusCode,
    middleware::from_fn,
    web::{self, Data, PayloadConfig, ServiceConfig},
};
use askama::Template;
use tokio::task::JoinHandle;

use crate::faults::{self, Faults};

/// Nobody sends more to any part of the sandbox.
const MAX_BYTES: usize = 64 * 1024;

/// A bound port that nobody serves yet.
pub struct Door {
    pub listener: TcpListener,
    pub address: SocketAddr,
}

impl Door {
    pub fn open(wanted: u16) -> io::Result<Self> {
        let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = bind(wanted).or_else(|_| bind(0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

pub struct Server {
    handle: ServerHandle,
    running: JoinHandle<io::Result<()>>,
}

impl Server {
    pub async fn stop(self) {
        // A request that was told to hang would be waited for.
        self.handle.stop(false).await;
        let _ = self.running.await;
    }
}

/// Serves one program: its own routes, `/health` and the door for faults.
pub fn serve(
    door: Door,
    faults: Data<Faults>,
    mount: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
) -> io::Result<Server> {
    let server = HttpServer::new(move || {
        App::new()
            .app_data(faults.clone())
            .app_data(PayloadConfig::new(MAX_BYTES))
            .wrap(from_fn(faults::act))
            .route("/faults", web::get().to(faults::show))
            .route("/faults", web::put().to(faults::set))
            .route("/health", web::get().to(health))
            .configure(mount.clone())
    })
    .workers(1)
    .tcp_nodelay(true)
    .disable_signals()
    .listen(door.listener)?
    .run();
    Ok(Server { handle: server.handle(), running: tokio::spawn(server) })
}

async fn health() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "up" }))
}

/// A page, never kept by the browser: it shows who is signed in, or codes.
pub fn page(status: StatusCode, view: &impl Template) -> HttpResponse {
    match view.render() {
        Ok(html) => HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .insert_header(("cache-control", "no-store"))
            .insert_header(("referrer-policy", "same-origin"))
            .insert_header(("x-frame-options", "DENY"))
            .body(html),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// Sends the browser elsewhere, by GET.
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("location", to))
        .insert_header(("cache-control", "no-store"))
        .finish()
}

/// Something no visitor can mend, such as a machine without randomness.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox is broken: {0}")]
pub struct Broken(String);

impl Broken {
    pub fn by(error: &dyn std::error::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<getrandom::Error> for Broken {
    fn from(error: getrandom::Error) -> Self {
        Self::by(&error)
    }
}

impl From<crate::key::KeyError> for Broken {
    fn from(error: crate::key::KeyError) -> Self {
        Self::by(&error)
    }
}

impl actix_web::ResponseError for Broken {}
