//! Two that carry notices to apps: `POST /v1/apps/{carrier}/messages {"to", "title", "link", …}` with the bearer key is answered `202`.
//! A token that begins with `gone` belongs to no app any more.
//!
//! A repeat with the same `Idempotency-Key` at the same carrier shows nothing and is answered alike.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use serde_json::json;

use super::{KEPT, Kind, PostBox, sms::unknown};

/// How a token begins under which there is nobody any more.
const GONE: &str = "gone";

#[derive(Deserialize)]
pub struct Notice {
    to: String,
    title: String,
    link: String,
}

pub async fn send(
    post_box: Data<PostBox>,
    carrier: Path<String>,
    request: HttpRequest,
    notice: Json<Notice>,
) -> HttpResponse {
    if !post_box.knows(&request) {
        return unknown();
    }
    let Notice { to, title, link } = notice.into_inner();
    if to.starts_with(GONE) {
        return HttpResponse::Gone().json(json!({ "error": "gone" }));
    }
    let key = request.headers().get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
    let key = format!("{carrier}/{key}");
    let repeated = post_box.all().repeats.iter().any(|(known, _)| *known == key);
    if !repeated {
        let id = post_box.put(Kind::App, carrier.into_inner(), to, Some(title), link);
        let mut messages = post_box.all();
        messages.repeats.push_front((key, id));
        messages.repeats.truncate(KEPT);
    }
    HttpResponse::Accepted().json(json!({ "status": "accepted" }))
}
