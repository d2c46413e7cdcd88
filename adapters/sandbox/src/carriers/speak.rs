//! The carriers' protocols.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, Form, Json, ServiceConfig},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Carrier, Fate, Protocol};
use crate::postbox::PostBox;

/// How a token begins under which there is no app any more.
const GONE: &str = "gone";

pub(super) fn routes(config: &mut ServiceConfig, speaks: Protocol) {
    match speaks {
        Protocol::Json => config
            .route("/v2/messages", web::post().to(json_send))
            .route("/v2/receipts", web::post().to(json_receipt))
            .route("/v2/health", web::get().to(json_health)),
        Protocol::Forms => config
            .route("/sms/submit", web::post().to(form_send))
            .route("/sms/state", web::post().to(form_receipt))
            .route("/sms/ping", web::get().to(form_health)),
        Protocol::Apps => config
            .route("/push/v1/notices", web::post().to(app_send))
            .route("/push/v1/receipts", web::post().to(app_receipt))
            .route("/push/v1/health", web::get().to(app_health)),
    };
}

/// The answer to whoever shows the right key; `made` is asked for it only then.
fn answer(carrier: &Carrier, request: &HttpRequest, made: impl FnOnce() -> Value) -> HttpResponse {
    if carrier.knows(request) {
        HttpResponse::Ok().json(made())
    } else {
        HttpResponse::Unauthorized().finish()
    }
}

/// Puts a text message by `name` into the post box. Nothing: that is no telephone number.
fn text(name: &'static str) -> impl FnOnce(&PostBox, &str, &str) -> Option<String> {
    move |post_box, to, text| post_box.carried(name, to, text)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsonOrder {
    msg_no: String,
    mobile: String,
    content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsonQuestion {
    msg_no: String,
}

async fn json_send(carrier: Data<Carrier>, request: HttpRequest, order: Json<JsonOrder>) -> HttpResponse {
    let JsonOrder { msg_no, mobile, content } = order.into_inner();
    answer(&carrier, &request, || match carrier.take((msg_no, mobile, content), text(carrier.face.name)) {
        Some(reference) => json!({ "code": "0", "taskId": reference, "state": "ACCEPTED" }),
        None => json!({ "code": "41" }),
    })
}

async fn json_receipt(
    carrier: Data<Carrier>,
    request: HttpRequest,
    asked: Json<JsonQuestion>,
) -> HttpResponse {
    answer(&carrier, &request, || match carrier.find(&asked.msg_no) {
        Some((reference, at, fate)) => {
            let state = match fate {
                Fate::OnTheWay => "ACCEPTED",
                Fate::Arrives => "ARRIVED",
                Fate::NobodyThere => "NO_SUCH_NUMBER",
            };
            json!({ "code": "0", "taskId": reference, "state": state, "time": at })
        }
        None => json!({ "code": "0", "state": "NONE" }),
    })
}

async fn json_health(carrier: Data<Carrier>, request: HttpRequest) -> HttpResponse {
    answer(&carrier, &request, || json!({ "code": "0", "state": "UP" }))
}

#[derive(Deserialize)]
struct FormOrder {
    xh: String,
    sjh: String,
    nr: String,
}

#[derive(Deserialize)]
struct FormQuestion {
    xh: String,
}

async fn form_send(carrier: Data<Carrier>, request: HttpRequest, order: Form<FormOrder>) -> HttpResponse {
    let FormOrder { xh, sjh, nr } = order.into_inner();
    answer(&carrier, &request, || match carrier.take((xh, sjh, nr), text(carrier.face.name)) {
        Some(reference) => json!({ "jg": "1", "lsh": reference, "zt": "1" }),
        None => json!({ "jg": "0" }),
    })
}

async fn form_receipt(
    carrier: Data<Carrier>,
    request: HttpRequest,
    asked: Form<FormQuestion>,
) -> HttpResponse {
    answer(&carrier, &request, || match carrier.find(&asked.xh) {
        Some((reference, at, fate)) => {
            let state = match fate {
                Fate::OnTheWay => "1",
                Fate::Arrives => "2",
                Fate::NobodyThere => "3",
            };
            json!({ "jg": "1", "lsh": reference, "zt": state, "sj": at })
        }
        None => json!({ "jg": "1", "zt": "0" }),
    })
}

async fn form_health(carrier: Data<Carrier>, request: HttpRequest) -> HttpResponse {
    answer(&carrier, &request, || json!({ "jg": "1", "zt": "1" }))
}

#[derive(Deserialize)]
struct AppOrder {
    id: String,
    device: String,
    alert: String,
    /// What a touch opens.
    #[serde(default)]
    open: String,
}

#[derive(Deserialize)]
struct AppQuestion {
    id: String,
}

async fn app_send(carrier: Data<Carrier>, request: HttpRequest, order: Json<AppOrder>) -> HttpResponse {
    let AppOrder { id, device, alert, open } = order.into_inner();
    answer(&carrier, &request, || {
        if device.starts_with(GONE) {
            return json!({ "result": "ok", "state": "no_device" });
        }
        if alert.trim().is_empty() {
            return json!({ "result": "refused" });
        }
        let name = carrier.face.name;
        let shown = |post_box: &PostBox, to: &str, title: &str| Some(post_box.shown(name, to, title, &open));
        match carrier.take((id, device, alert), shown) {
            Some(reference) => json!({ "result": "ok", "ticket": reference, "state": "queued" }),
            None => json!({ "result": "busy" }),
        }
    })
}

async fn app_receipt(carrier: Data<Carrier>, request: HttpRequest, asked: Json<AppQuestion>) -> HttpResponse {
    answer(&carrier, &request, || match carrier.find(&asked.id) {
        Some((reference, at, fate)) => {
            let state = match fate {
                Fate::OnTheWay => "queued",
                Fate::Arrives => "shown",
                Fate::NobodyThere => "no_device",
            };
            json!({ "result": "ok", "ticket": reference, "state": state, "at": at })
        }
        None => json!({ "result": "ok", "state": "unknown" }),
    })
}

async fn app_health(carrier: Data<Carrier>, request: HttpRequest) -> HttpResponse {
    answer(&carrier, &request, || json!({ "result": "ok", "state": "up" }))
}
