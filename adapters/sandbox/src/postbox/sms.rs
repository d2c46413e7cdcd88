//! The SMS provider: `POST /v1/messages {"to", "text", "sender"}` with a bearer key is answered `202 {"id", "status"}`;
//! `GET /v1/messages/{id}` tells what became of it.
//!
//! A repeat with the same `Idempotency-Key` sends nothing and gets the first answer again. Its customer is told once that a
//! message with such a key was delivered, and what people answer from their telephones: `{"reports": [{"outcome", "key",
//! "to"}]}`, with the key that the two agreed on.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Form, Json, Path},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

use super::{Customer, KEPT, Kind, PostBox};

#[derive(Deserialize)]
pub struct Order {
    to: String,
    text: String,
    #[serde(default)]
    sender: String,
}

/// What somebody answers from their telephone.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    Stop,
    Start,
}

#[derive(Deserialize)]
pub struct Reply {
    to: String,
    word: Word,
}

pub async fn send(post_box: Data<PostBox>, request: HttpRequest, order: Json<Order>) -> HttpResponse {
    if !post_box.knows(&request) {
        return unknown();
    }
    let order = order.into_inner();
    if !is_number(&order.to) || order.text.trim().is_empty() {
        return HttpResponse::UnprocessableEntity().json(json!({ "error": "number_or_text" }));
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
            messages.repeats.push_front((key.clone(), id.clone()));
            messages.repeats.truncate(KEPT);
            drop(messages);
            let post_box = post_box.clone();
            let report = json!({ "outcome": "delivered", "key": key });
            tokio::task::spawn_local(async move { post_box.report(report).await });
        }
        id
    };
    HttpResponse::Accepted().json(json!({ "id": id, "status": "accepted" }))
}

/// Somebody answers a message.
pub async fn reply(post_box: Data<PostBox>, reply: Form<Reply>) -> HttpResponse {
    let Reply { to, word } = reply.into_inner();
    if !is_number(&to) {
        return HttpResponse::UnprocessableEntity().finish();
    }
    post_box.report(json!({ "outcome": word, "to": to })).await;
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", &to).finish();
    HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/?{query}"))).finish()
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

pub(super) fn unknown() -> HttpResponse {
    HttpResponse::Unauthorized()
        .insert_header((header::WWW_AUTHENTICATE, "Bearer"))
        .json(json!({ "error": "key" }))
}

/// Digits, with a plus sign before them or not.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

impl PostBox {
    pub(super) fn knows(&self, request: &HttpRequest) -> bool {
        let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        bool::from(shown.as_bytes().ct_eq(self.key.as_bytes()))
    }

    /// Tells the customer what became of something, if they want to hear it.
    async fn report(&self, report: Value) {
        let Some(Customer { address, key }) = self.customer() else { return };
        let told =
            self.http.post(address).bearer_auth(key).json(&json!({ "reports": [report] })).send().await;
        match told {
            Ok(answer) if answer.status().is_success() => {}
            Ok(answer) => tracing::warn!(status = answer.status().as_u16(), "a report was refused"),
            Err(error) => tracing::warn!(%error, "a report was not taken"),
        }
    }
}
