//! The least a web server can do: one short answer, no middleware. `benches/run` measures the portal as a ratio
//! to it, so that numbers from different machines can be compared. It also is the provider of text messages that takes every
//! one at once. Takes the port to listen on.

use std::{env, io, net::Ipv4Addr};

use actix_web::{App, HttpResponse, HttpServer, Responder, get, post};

#[get("/")]
async fn hello() -> impl Responder {
    "Hello"
}

#[post("/messages")]
async fn taken() -> impl Responder {
    HttpResponse::Accepted().finish()
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).and_then(|text| text.parse::<u16>().ok());
    let port = port.ok_or_else(|| io::Error::other("name the port to listen on"))?;
    HttpServer::new(|| App::new().service(hello).service(taken))
        .bind((Ipv4Addr::LOCALHOST, port))?
        .run()
        .await
}
