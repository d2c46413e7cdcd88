//! The SMS provider: `POST /v1/messages {"to", "text", "sender", "receipt_url"}` with a bearer key is answered
//! `202 {"id", "status"}`; `GET /v1/messages/{id}` tells what became of it.
//!
//! A repeat with the same `Idempotency-Key` sends nothing and gets the first answer again. Where a `receipt_url` is
//! given, the provider posts `{"id", "status", "at"}` there once, signed with the key as `signature.rs` says.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use serde_json::json;
use subtle::ConstantTimeEq as _;

use super::{KEPT, Kind, PostBox};
use crate::{
    chance,
    server::Broken,
    signature::{hex, sign},
};

#[derive(Deserialize)]
pub struct Order {
    to: String,
    text: String,
    #[serde(default)]
    sender: String,
    #[serde(default)]
    receipt_url: Option<String>,
}

pub async fn send(
    post_box: Data<PostBox>,
    request: HttpRequest,
    order: Json<Order>,
) -> Result<HttpResponse, Broken> {
    if !post_box.knows(&request) {
        return Ok(unknown());
    }
    let order = order.into_inner();
    if !is_number(&order.to) || order.text.trim().is_empty() {
        return Ok(HttpResponse::UnprocessableEntity().json(json!({ "error": "number_or_text" })));
    }
    let repeat =
        request.headers().get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let before = repeat.as_ref().and_then(|key| {
        let messages = post_box.all();
        messages.repeats.iter().find(|(known, _)| known == key).map(|(_, id)| id.clone())
    });
    let id = if let Some(id) = before {
        id
    } else {
        let id = post_box.put(Kind::Sms, order.sender, order.to, None, order.text);
        if let Some(key) = repeat {
            let mut messages = post_box.all();
            messages.repeats.push_front((key, id.clone()));
            messages.repeats.truncate(KEPT);
        }
        if let Some(url) = order.receipt_url {
            let nonce = hex(&chance::bytes::<16>()?);
            let (post_box, id) = (post_box.clone(), id.clone());
            tokio::task::spawn_local(async move { post_box.tell(&url, &id, &nonce).await });
        }
        id
    };
    Ok(HttpResponse::Accepted().json(json!({ "id": id, "status": "accepted" })))
}

pub async fn status(post_box: Data<PostBox>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    if !post_box.knows(&request) {
        return unknown();
    }
    let found =
        post_box.all().newest_first.iter().find(|message| message.id == *id).map(|message| message.at);
    match found {
        Some(at) => HttpResponse::Ok().json(json!({ "id": *id, "status": "delivered", "at": at })),
        None => HttpResponse::NotFound().json(json!({ "error": "unknown" })),
    }
}

fn unknown() -> HttpResponse {
    HttpResponse::Unauthorized()
        .insert_header((header::WWW_AUTHENTICATE, "Bearer"))
        .json(json!({ "error": "key" }))
}

/// Digits, with a plus sign before them or not.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

impl PostBox {
    fn knows(&self, request: &HttpRequest) -> bool {
        let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        bool::from(shown.as_bytes().ct_eq(self.key.as_bytes()))
    }

    async fn tell(&self, url: &str, id: &str, nonce: &str) {
        let Ok(address) = url::Url::parse(url) else { return };
        let path = match address.query() {
            Some(query) => format!("{}?{query}", address.path()),
            None => address.path().to_owned(),
        };
        let (at, now) = (self.clock.now(), self.clock.seconds());
        let body = json!({ "id": id, "status": "delivered", "at": at }).to_string();
        let signature = sign(&self.key, "POST", &path, now, nonce, body.as_bytes());
        let told = self
            .http
            .post(address)
            .header("content-type", "application/json")
            .header("x-yimen-timestamp", now)
            .header("x-yimen-nonce", nonce)
            .header("x-yimen-signature", signature)
            .body(body)
            .send()
            .await;
        if let Err(error) = told {
            tracing::warn!(%error, "a delivery receipt was not taken");
        }
    }
}
