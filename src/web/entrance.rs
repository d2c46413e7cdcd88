//! Where every request comes in and every answer goes out.
//!
//! Knows the visitor, answers from the pages kept ready, bounds length and time, catches what panics, gives
//! every failure a page that offers a way on, and puts the safety headers on all of it.

use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse, ResponseError as _,
    body::{BoxBody, MessageBody},
    cookie::{Cookie, SameSite, time::Duration as CookieAge},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use futures_util::FutureExt as _;
use tracing::Instrument as _;

use super::{
    Failure, Page, Site, Visitor, csrf,
    frame::FailureView,
    headers,
    kept::{self, KeptKey},
    limits,
    page::Keep,
    visitor::{self, LOOK_COOKIE, Preference, RequestId},
};

/// Longer addresses than this are none of ours.
const LONGEST_ADDRESS: usize = 4096;

pub(super) async fn enter(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let site = request
        .app_data::<Data<Site>>()
        .cloned()
        .ok_or_else(|| Failure::broken("a request came in before the site was there"))?;
    let id = RequestId::new();
    let preference = Preference::of(request.request());
    let path = visitor::path_without_switches(request.request());
    let key = kept::may_be_kept(request.request()).then(|| KeptKey::new(&path, preference));

    if let Some(answer) = key.as_ref().and_then(|key| site.kept.answer(request.request(), key)) {
        metrics::counter!("yimen_requests_total", "from" => "kept").increment(1);
        let (request, _) = request.into_parts();
        let mut response = ServiceResponse::new(request, answer);
        leave(&site, &mut response, id, preference, None);
        return Ok(response);
    }

    let generation = site.kept.generation();
    let visitor = Visitor::new(&site, request.request(), id, preference, path);
    let span = tracing::info_span!("request", id = %id);
    let mut response = serve(&site, request, next, &visitor).instrument(span.clone()).await;

    let keep = response.request().extensions_mut().remove::<Keep>();
    if let (Some(key), Some(keep), None) = (key, keep, visitor.new_anchor()) {
        let answer = site.kept.keep(response.request(), key, generation, &keep);
        response = ServiceResponse::new(response.request().clone(), answer);
    }
    leave(&site, &mut response, id, preference, visitor.new_anchor());
    let status = response.status().as_u16();
    let millis = began.elapsed().as_secs_f64() * 1000.0;
    metrics::counter!("yimen_requests_total", "from" => "handler").increment(1);
    metrics::histogram!("yimen_request_seconds").record(began.elapsed().as_secs_f64());
    // The path without its query: queries hold what people typed.
    let (method, path) = (response.request().method(), response.request().path());
    span.in_scope(|| tracing::info!(%method, path, status, millis, "answered"));
    Ok(response)
}

/// Has the handler answer, and puts a page into every failure.
async fn serve(
    site: &Data<Site>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    visitor: &Visitor,
) -> ServiceResponse<BoxBody> {
    request.extensions_mut().insert(visitor.clone());
    let whole = request.request().clone();
    if whole.uri().to_string().len() > LONGEST_ADDRESS {
        return failed(&whole, visitor, &Failure::TooLong, None);
    }
    if let Err(failure) = limits::request(site, visitor.address()).await {
        return failed(&whole, visitor, &failure, None);
    }
    let answer = AssertUnwindSafe(next.call(request)).catch_unwind();
    let answered = match tokio::time::timeout(site.deadline, answer).await {
        Ok(Ok(answered)) => answered,
        Ok(Err(_)) => return failed(&whole, visitor, &Failure::broken("a handler panicked"), None),
        Err(_) => {
            tracing::warn!("a page was not ready in time");
            return failed(&whole, visitor, &Failure::Busy, None);
        }
    };
    match answered {
        Ok(response) => match failure_in(response.response().error(), response.status()) {
            Some(failure) => {
                let allow = response.headers().get(header::ALLOW).cloned();
                failed(&whole, visitor, &failure, allow)
            }
            None => response.map_into_boxed_body(),
        },
        Err(error) => {
            let status = error.as_response_error().status_code();
            let failure = failure_in(Some(&error), status).unwrap_or_else(|| Failure::broken(&error));
            failed(&whole, visitor, &failure, None)
        }
    }
}

/// The failure behind an answer, if it is one: ours as it was said, the framework's by its status.
fn failure_in(error: Option<&Error>, status: StatusCode) -> Option<Failure> {
    let error = error?;
    if let Some(failure) = error.as_error::<Failure>() {
        return Some(failure.clone());
    }
    (status.is_client_error() || status.is_server_error()).then(|| Failure::of_status(status))
}

fn failed(
    request: &HttpRequest,
    visitor: &Visitor,
    failure: &Failure,
    allow: Option<HeaderValue>,
) -> ServiceResponse<BoxBody> {
    let view = FailureView::new(visitor.frame(), failure.trouble());
    let page = Page::new(&view).map(|page| page.status(failure.status_code()));
    let mut response = match page {
        Ok(page) => actix_web::Responder::respond_to(page, request),
        // Not even the page about failures could be rendered: the bare status remains.
        Err(failure) => failure.error_response(),
    };
    if let Failure::TooMany { retry_after } = failure {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    ServiceResponse::new(request.clone(), response)
}

/// What every answer carries on its way out.
fn leave(
    site: &Site,
    response: &mut ServiceResponse<BoxBody>,
    id: RequestId,
    preference: Preference,
    anchor: Option<&str>,
) {
    let response = response.response_mut();
    headers::secure(response.headers_mut(), site.https());
    let mut text = [0; uuid::fmt::Simple::LENGTH];
    if let Ok(value) = HeaderValue::from_str(id.encode(&mut text)) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    if preference.chosen_now {
        let year = CookieAge::days(365);
        add_cookie(site, response, LOOK_COOKIE.to_owned(), &preference.cookie_value(), Some(year));
    }
    if let Some(anchor) = anchor {
        add_cookie(site, response, site.cookie_name(csrf::ANCHOR_COOKIE), anchor, None);
    }
}

fn add_cookie(site: &Site, response: &mut HttpResponse<BoxBody>, name: String, value: &str, age: Option<CookieAge>) {
    let mut cookie = Cookie::build(name, value).path("/").http_only(true).same_site(SameSite::Lax);
    if site.https() {
        cookie = cookie.secure(true);
    }
    if let Some(age) = age {
        cookie = cookie.max_age(age);
    }
    if let Err(error) = response.add_cookie(&cookie.finish()) {
        tracing::error!(%error, "a cookie could not be set");
    }
}
