//! The shop's side: signed JSON.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data},
};
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    Till,
    books::{Payment, State},
};
use crate::{chance, faults::Wrong, server::Broken};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Create {
    out_trade_no: String,
    total_fen: u64,
    subject: String,
    return_url: String,
    time_expire: DateTime<Utc>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Query {
    out_trade_no: String,
    #[serde(default)]
    out_refund_no: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Back {
    out_trade_no: String,
    out_refund_no: String,
    refund_fen: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Statement {
    bill_date: NaiveDate,
}

/// A question that is proved and can be read; or else the answer to one that is not.
#[expect(clippy::result_large_err, reason = "the answer is sent as it is, once")]
fn read<T: DeserializeOwned>(till: &Till, request: &HttpRequest, body: &[u8]) -> Result<T, HttpResponse> {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let signed = (request.method().as_str(), path, body);
    if till.gate.check(till.clock.seconds(), request.headers(), signed).is_err() {
        return Err(HttpResponse::Unauthorized().json(json!({ "code": "SIGN" })));
    }
    serde_json::from_slice(body).map_err(|_| refused())
}

fn refused() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "code": "REFUSED" }))
}

fn at(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub async fn health(till: Data<Till>, request: HttpRequest) -> HttpResponse {
    match till.gate.check(till.clock.seconds(), request.headers(), ("GET", "/v1/health", &[])) {
        Ok(()) => HttpResponse::Ok().json(json!({ "code": "SUCCESS", "state": "UP" })),
        Err(_) => HttpResponse::Unauthorized().json(json!({ "code": "SIGN" })),
    }
}

pub async fn create(till: Data<Till>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Broken> {
    let asked: Create = match read(&till, &request, &body) {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let now = till.clock.now();
    if asked.total_fen == 0 || asked.time_expire <= now || asked.out_trade_no.is_empty() {
        return Ok(refused());
    }
    let word = chance::word()?;
    let answer = {
        let mut books = till.books();
        let number = books.number("CP", &word);
        let payment = books.open(Payment {
            order: asked.out_trade_no,
            number,
            fen: asked.total_fen,
            title: asked.subject,
            return_to: asked.return_url,
            expires: asked.time_expire,
            state: State::Open,
            paid_at: None,
            refunds: Vec::new(),
            changes: 0,
        });
        // One number is one payment: another amount under it is a mistake of the shop's.
        if payment.fen != asked.total_fen {
            return Ok(refused());
        }
        json!({
            "code": "SUCCESS",
            "tradeNo": payment.number,
            "tradeState": payment.word(now),
            "payUrl": format!("{}/pay/{}", till.base, payment.number),
        })
    };
    till.keep();
    Ok(HttpResponse::Ok().json(answer))
}

pub async fn query(till: Data<Till>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let asked: Query = match read(&till, &request, &body) {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let now = till.clock.now();
    let books = till.books();
    let none = || json!({ "code": "SUCCESS", "tradeState": "NOTEXIST" });
    let mut answer = match (books.of_order(&asked.out_trade_no), &asked.out_refund_no) {
        (None, _) => none(),
        (Some(payment), None) => json!({
            "code": "SUCCESS",
            "tradeNo": payment.number,
            "tradeState": payment.word(now),
            "totalFen": payment.fen,
            "time": payment.paid_at.map(at),
        }),
        (Some(payment), Some(refund)) => match payment.refunds.iter().find(|one| one.refund == *refund) {
            None => none(),
            Some(one) => json!({
                "code": "SUCCESS", "tradeNo": one.number, "tradeState": "REFUND", "totalFen": one.fen,
                "time": at(one.at),
            }),
        },
    };
    if till.faults.get().wrong == Some(Wrong::Undecided) {
        answer["tradeState"] = "USERPAYING".into();
    }
    if let Some(answer) = answer.as_object_mut() {
        answer.retain(|_, value| !value.is_null());
    }
    HttpResponse::Ok().json(answer)
}

pub async fn refund(till: Data<Till>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Broken> {
    let asked: Back = match read(&till, &request, &body) {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let (word, now) = (chance::word()?, till.clock.now());
    let what = (asked.out_trade_no.as_str(), asked.out_refund_no.as_str(), asked.refund_fen);
    let done = till.books().refund(what, &word, now);
    let Some(done) = done else { return Ok(refused()) };
    till.keep();
    Till::tell_soon(&till);
    Ok(HttpResponse::Ok().json(json!({
        "code": "SUCCESS", "tradeNo": done.number, "tradeState": "REFUND", "totalFen": done.fen, "time": at(done.at),
    })))
}

pub async fn statement(till: Data<Till>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let asked: Statement = match read(&till, &request, &body) {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let today = (till.clock.now() + TimeDelta::hours(8)).date_naive();
    let entries = till.books().statement(asked.bill_date);
    let line = |(order, refund, number, fen, when): (String, Option<String>, String, i64, DateTime<Utc>)| {
        let mut line = json!({ "outTradeNo": order, "tradeNo": number, "fen": fen, "time": at(when) });
        if let Some(refund) = refund {
            line["outRefundNo"] = refund.into();
        }
        line
    };
    let entries: Vec<Value> = entries.into_iter().map(line).collect();
    HttpResponse::Ok()
        .json(json!({ "code": "SUCCESS", "closed": asked.bill_date < today, "entries": entries }))
}
