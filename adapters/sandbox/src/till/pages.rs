//! The payer's side: what is to be paid, and four things to do about it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Form, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{Till, books::State};
use crate::{language::Language, server};

#[derive(Template)]
#[template(path = "till.html")]
struct View {
    language: Language,
    title: String,
    amount: String,
    number: String,
    /// Where the payer came from.
    back: String,
    open: bool,
    paid: bool,
    /// What was tried: `poor`, `close`, or nothing.
    tried: String,
}

#[derive(Deserialize)]
pub struct Decision {
    choice: String,
}

pub async fn show(till: Data<Till>, number: Path<String>, request: HttpRequest) -> HttpResponse {
    page(&till, &number, &request, "")
}

pub async fn decide(
    till: Data<Till>,
    number: Path<String>,
    request: HttpRequest,
    decision: Form<Decision>,
) -> HttpResponse {
    let to = match decision.choice.as_str() {
        "pay" => State::Paid,
        "cancel" => State::Closed,
        other => return page(&till, &number, &request, other),
    };
    let now = till.clock.now();
    let done = till.books().decide(&number, now, to);
    if done {
        till.keep();
        Till::tell_soon(&till);
    }
    let back = till.books().of_number(&number).map(|payment| payment.return_to.clone());
    match back {
        Some(back) if done => server::see_other(&back),
        // Too late, or decided already: the page says how it stands.
        _ => page(&till, &number, &request, ""),
    }
}

fn page(till: &Till, number: &str, request: &HttpRequest, tried: &str) -> HttpResponse {
    let books = till.books();
    let Some(payment) = books.of_number(number) else { return HttpResponse::NotFound().finish() };
    let word = payment.word(till.clock.now());
    let view = View {
        language: Language::of(request),
        title: payment.title.clone(),
        amount: format!("{}.{:02}", payment.fen / 100, payment.fen % 100),
        number: payment.number.clone(),
        back: payment.return_to.clone(),
        open: word == "NOTPAY",
        paid: word == "SUCCESS",
        tried: tried.to_owned(),
    };
    let status = if tried == "poor" { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    server::page(status, &view)
}
