//! Where every request comes in and every answer goes out.
//!
//! Knows the visitor, answers from the pages kept ready, bounds length and time, catches what panics, gives
//! every failure a page that offers a way on, and puts the safety headers on all of it.

#[cfg(test)]
mod tests;

use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse, ResponseError as _,
    body::{BoxBody, MessageBody},
    cookie::{Cookie, SameSite, time::Duration as CookieAge},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use chrono::TimeDelta;
use futures_util::FutureExt as _;
use tracing::Instrument as _;

use super::{
    Failure, Page, Site, Visitor, csrf,
    frame::FailureView,
    headers,
    kept::{self, Keep, KeptKey},
    limits,
    preference::{self, LOOK_COOKIE, Preference},
    session::{self, Realm, Token},
    visitor::{self, RequestId, SignedIn},
};
use crate::db::{Conn, DbError};

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
    if let Some(elsewhere) = by_another_name(&site, request.request()) {
        let answer = HttpResponse::TemporaryRedirect().insert_header((header::LOCATION, elsewhere)).finish();
        return Ok(request.into_response(answer));
    }
    if let Some(path) = without_slash(request.request()) {
        let answer = HttpResponse::MovedPermanently().insert_header((header::LOCATION, path)).finish();
        return Ok(request.into_response(answer));
    }
    let preference = Preference::of(&site, request.request());
    let path = preference::path_without_switches(request.request());
    // Nobody who may be signed in gets a page made for nobody in particular.
    let signed = [Realm::Citizen, Realm::Staff].map(|realm| {
        headers::cookie(request.request(), &site.cookie_name(realm.cookie())).map(Token::from_cookie)
    });
    let anonymous = signed.iter().all(Option::is_none);
    let key = kept::may_be_kept(request.request()).then(|| KeptKey::new(&path, preference));

    if let Some(answer) = key
        .as_ref()
        .filter(|_| anonymous)
        .and_then(|key| site.kept.answer(request.request(), key, site.clock.now()))
    {
        return Ok(at_once(&site, request, answer, id, preference));
    }

    let generation = site.kept.generation();
    let sessions = if anonymous { Ok([None, None]) } else { sessions(&site, signed).await };
    let (sessions, trouble) = match sessions {
        Ok(sessions) => (sessions, None),
        Err(error) => ([None, None], Some(Failure::from(error))),
    };
    let visitor = Visitor::new(&site, request.request(), id, preference, path, sessions);
    if let (Some(key), None) = (&key, &trouble)
        && let Some(answer) = kept_for(&site, request.request(), key, &visitor)
    {
        return Ok(at_once(&site, request, answer, id, preference));
    }
    let span = tracing::info_span!("request", id = %id);
    // The path without its query: queries hold what people typed.
    let (method, asked) = (request.method().clone(), request.path().to_owned());
    let answered = match trouble {
        // Without the database nobody knows who is signed in; guessing "nobody" would be a lie.
        Some(failure) => Err(failed(&visitor, &failure)),
        None => serve(&site, request, next, &visitor).instrument(span.clone()).await,
    };

    let anchor = visitor.new_anchor();
    let (status, out) = match answered {
        Ok(mut response) => {
            let keep = response.request().extensions_mut().remove::<Keep>();
            // What carries a form's token is somebody's own, whatever its handler says.
            if let (Some(key), Some(keep), None) = (key, keep, visitor.anchor().get()) {
                let answer = site.kept.keep(response.request(), key, generation, &keep);
                if !visitor.is_known() {
                    response = ServiceResponse::new(response.request().clone(), answer);
                }
            }
            leave(&site, response.response_mut(), id, preference, anchor);
            hand_out(&site, response.response_mut(), &visitor);
            (response.status(), Ok(response))
        }
        Err(mut response) => {
            leave(&site, &mut response, id, preference, anchor);
            (response.status(), Err(InternalError::from_response("told on the page", response).into()))
        }
    };
    let took = began.elapsed().as_secs_f64();
    metrics::counter!("yimen_requests_total", "from" => "handler").increment(1);
    metrics::histogram!("yimen_request_seconds").record(took);
    let (status, millis) = (status.as_u16(), took * 1000.0);
    span.in_scope(|| tracing::info!(%method, path = asked, status, millis, "answered"));
    out
}

/// A page kept ready for whoever brought a session: in their own frame, or everybody's if it has ended.
fn kept_for(site: &Site, request: &HttpRequest, key: &KeptKey, visitor: &Visitor) -> Option<HttpResponse> {
    let now = site.clock.now();
    if !visitor.is_known() {
        return site.kept.answer(request, key, now);
    }
    visitor.sees_what_all_see().then(|| site.kept.answer_to(request, key, now, || visitor.frame()))?
}

/// Answers with a page kept ready.
fn at_once(
    site: &Site,
    request: ServiceRequest,
    mut answer: HttpResponse,
    id: RequestId,
    preference: Preference,
) -> ServiceResponse<BoxBody> {
    metrics::counter!("yimen_requests_total", "from" => "kept").increment(1);
    let (request, _) = request.into_parts();
    leave(site, &mut answer, id, preference, None);
    ServiceResponse::new(request, answer)
}

/// The running sessions of these tokens. One that is used is kept going, once a minute.
async fn sessions(site: &Site, tokens: [Option<Token>; 2]) -> Result<[Option<SignedIn>; 2], DbError> {
    let now = site.clock.now();
    let [citizen, staff] = tokens;
    let find = move |c: &mut Conn, realm, token: Option<Token>| {
        let Some(token) = token else { return Ok(None) };
        Ok::<_, DbError>(session::find(c, now, realm, &token)?.map(|session| SignedIn { session, token }))
    };
    let mut found = site
        .db
        .read(move |c| Ok::<_, DbError>([find(c, Realm::Citizen, citizen)?, find(c, Realm::Staff, staff)?]))
        .await?;
    for signed in found.iter_mut().flatten() {
        if now - signed.session.seen_at >= TimeDelta::minutes(1) {
            let (realm, token) = (signed.session.signed.realm, signed.token.clone());
            if let Some(ends) = site.db.tx(move |c| session::touch(c, now, realm, &token)).await? {
                signed.session.ends_at = ends;
            }
        }
    }
    Ok(found)
}

/// Sets and removes the cookies of sessions as the handler said.
fn hand_out(site: &Site, response: &mut HttpResponse<BoxBody>, visitor: &Visitor) {
    if let Some(marks) = visitor.new_marks() {
        let name = site.cookie_name(visitor::MARKS_COOKIE);
        add_cookie(site, response, name, &marks, Some(CookieAge::days(365)));
    }
    for (realm, token) in visitor.handed_out() {
        let name = site.cookie_name(realm.cookie());
        match token {
            Some(token) => add_cookie(site, response, name, token.cookie_value(), None),
            None => add_cookie(site, response, name, "", Some(CookieAge::ZERO)),
        }
    }
}

/// Has the handler answer, and puts a page into every failure. The framework routes a request only while
/// nobody else holds it, so where it was lost on the way (`Err`) the page comes without it.
async fn serve(
    site: &Data<Site>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    visitor: &Visitor,
) -> Result<ServiceResponse<BoxBody>, HttpResponse> {
    request.extensions_mut().insert(visitor.clone());
    if longer_than(request.request(), LONGEST_ADDRESS) {
        return Err(failed(visitor, &Failure::TooLong));
    }
    limits::request(site, request.path(), visitor.address())
        .await
        .map_err(|failure| failed(visitor, &failure))?;
    // A page must be ready soon; a paper may come over a slow line.
    let within =
        if headers::is_form_with_files(request.request()) { site.files.upload } else { site.deadline };
    let answer = AssertUnwindSafe(next.call(request)).catch_unwind();
    let answered = match tokio::time::timeout(within, answer).await {
        Ok(Ok(answered)) => answered,
        Ok(Err(_)) => return Err(failed(visitor, &Failure::broken("a handler panicked"))),
        Err(_) => return Err(failed(visitor, &Failure::late())),
    };
    match answered {
        Ok(response) => Ok(match failure_in(response.response().error(), response.status()) {
            Some(failure) => {
                let mut page = failed(visitor, &failure);
                if let Some(allow) = response.headers().get(header::ALLOW) {
                    page.headers_mut().insert(header::ALLOW, allow.clone());
                }
                ServiceResponse::new(response.request().clone(), page)
            }
            None => response.map_into_boxed_body(),
        }),
        Err(error) => {
            let status = error.as_response_error().status_code();
            let failure = failure_in(Some(&error), status).unwrap_or_else(|| Failure::broken(&error));
            Err(failed(visitor, &failure))
        }
    }
}

/// Where a request belongs that came by another name than the portal's.
fn by_another_name(site: &Site, request: &HttpRequest) -> Option<String> {
    let host = headers::text(request, &header::HOST).unwrap_or_default();
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    site.under_its_own_name(host, path)
}

/// The address meant by one that ends in a slash, as people write it down. None of ours does.
fn without_slash(request: &HttpRequest) -> Option<String> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || longer_than(request, LONGEST_ADDRESS) {
        return None;
    }
    let uri = request.uri();
    // One slash in front, however many came: two would lead to another host.
    let path = uri.path().strip_suffix('/')?.trim_matches('/');
    if path.is_empty() {
        return None;
    }
    Some(uri.query().map_or_else(|| format!("/{path}"), |query| format!("/{path}?{query}")))
}

fn longer_than(request: &HttpRequest, longest: usize) -> bool {
    request.uri().path().len() + request.query_string().len() > longest
}

/// The failure behind an answer, if it is one: ours as it was said, the framework's by its status.
fn failure_in(error: Option<&Error>, status: StatusCode) -> Option<Failure> {
    let error = error?;
    if let Some(failure) = error.as_error::<Failure>() {
        return Some(failure.clone());
    }
    (status.is_client_error() || status.is_server_error()).then(|| Failure::of_status(status))
}

/// The page about a failure.
fn failed(visitor: &Visitor, failure: &Failure) -> HttpResponse {
    let mut frame = visitor.frame();
    if *failure == Failure::TooLong {
        // Its own address would be repeated in every switch, and each would fail again.
        "/".clone_into(&mut frame.path);
    }
    let view = FailureView::new(frame, failure.trouble());
    let mut response = match Page::new(&view) {
        Ok(page) => page.status(failure.status_code()).into_response(),
        // Not even the page about failures could be rendered: the bare status remains.
        Err(failure) => failure.error_response(),
    };
    if let Failure::TooMany { retry_after } = failure {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response
}

/// What every answer carries on its way out.
fn leave(
    site: &Site,
    response: &mut HttpResponse<BoxBody>,
    id: RequestId,
    preference: Preference,
    anchor: Option<&str>,
) {
    headers::secure(response.headers_mut(), site.https());
    let mut text = [0; uuid::fmt::Simple::LENGTH];
    if let Ok(value) = HeaderValue::from_str(id.encode(&mut text)) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    if preference.chosen_now {
        let year = CookieAge::days(365);
        add_cookie(site, response, site.cookie_name(LOOK_COOKIE), &preference.cookie_value(), Some(year));
    }
    if let Some(anchor) = anchor {
        add_cookie(site, response, site.cookie_name(csrf::ANCHOR_COOKIE), anchor, None);
    }
}

fn add_cookie(
    site: &Site,
    response: &mut HttpResponse<BoxBody>,
    name: String,
    value: &str,
    age: Option<CookieAge>,
) {
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
