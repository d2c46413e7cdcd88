//! The pages of an agency's site.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::{StatusCode, header},
    web::{Data, Query},
};
use askama::Template;
use serde::Deserialize;

use super::{
    Face, Session, Site,
    portal::{Answer, PortalError},
};
use crate::{
    chance,
    language::Language,
    server::{self, Broken},
};

/// What the page has to say about signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notice {
    Nothing,
    SignedOut,
    /// The person said no at the portal.
    Declined,
    Failed,
}

#[derive(Template)]
#[template(path = "site.html")]
struct HomeView<'a> {
    language: Language,
    face: Face,
    session: Option<&'a Session>,
    notice: Notice,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The assurance level a part of this site needs.
    level: Option<String>,
}

pub async fn home(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let session = site.session(&request);
    site.show(&request, StatusCode::OK, session.as_ref(), Notice::Nothing)
}

pub async fn sign_in(
    site: Data<Site>,
    request: HttpRequest,
    wish: Query<Wish>,
) -> Result<HttpResponse, Broken> {
    let level = wish.level.as_deref().filter(|level| matches!(*level, "2" | "3" | "4" | "5"));
    let (url, leaving) = match site.leave(level, Language::of(&request)).await {
        Ok(found) => found,
        Err(error) => return Ok(site.failed(&request, &error)),
    };
    let word = chance::word()?;
    {
        let now = site.clock.seconds();
        let mut state = site.state();
        state.leaving.retain(|_, other| other.until >= now);
        state.leaving.insert(word.clone(), leaving);
    }
    let mut answer = server::see_other(&url);
    set(&mut answer, &site.cookie(&site.leaving_cookie(), &word));
    Ok(answer)
}

pub async fn callback(
    site: Data<Site>,
    request: HttpRequest,
    answer: Query<Answer>,
) -> Result<HttpResponse, Broken> {
    let word = request.cookie(&site.leaving_cookie()).map(|cookie| cookie.value().to_owned());
    let now = site.clock.seconds();
    // Gone once looked at: an answer is taken once.
    let leaving =
        word.and_then(|word| site.state().leaving.remove(&word)).filter(|leaving| leaving.until >= now);
    let Some(leaving) = leaving else {
        return Ok(site.failed(&request, &PortalError::Foreign("no sign-in is under way")));
    };
    let session = match site.arrive(&leaving, answer.into_inner()).await {
        Ok(session) => session,
        Err(error) => return Ok(site.failed(&request, &error)),
    };
    let word = chance::word()?;
    {
        let mut state = site.state();
        state.sessions.retain(|_, other| other.until >= now);
        if let Some(old) = request.cookie(site.face.cookie) {
            state.sessions.remove(old.value());
        }
        state.sessions.insert(word.clone(), session);
    }
    let mut response = server::see_other("/");
    set(&mut response, &site.cookie(site.face.cookie, &word));
    set(&mut response, &gone(&site.leaving_cookie()));
    Ok(response)
}

pub async fn sign_out(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, Broken> {
    // A form of another site could sign people out; only one of ours may.
    let here = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    if here.is_some_and(|origin| origin != site.base) {
        return Ok(HttpResponse::Forbidden().finish());
    }
    let word = request.cookie(site.face.cookie).map(|cookie| cookie.value().to_owned());
    let session = word.and_then(|word| site.state().sessions.remove(&word));
    let to = match &session {
        Some(session) => site.leave_for_good(session, &chance::word()?).await.ok(),
        None => None,
    };
    // Without the portal, at least this site forgets the person.
    let mut answer = server::see_other(to.as_deref().unwrap_or("/signed-out"));
    set(&mut answer, &gone(site.face.cookie));
    Ok(answer)
}

pub async fn signed_out(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let session = site.session(&request);
    site.show(&request, StatusCode::OK, session.as_ref(), Notice::SignedOut)
}

impl Site {
    fn session(&self, request: &HttpRequest) -> Option<Session> {
        let word = request.cookie(self.face.cookie)?;
        let session = self.state().sessions.get(word.value()).cloned()?;
        (session.until >= self.clock.seconds()).then_some(session)
    }

    fn show(
        &self,
        request: &HttpRequest,
        status: StatusCode,
        session: Option<&Session>,
        notice: Notice,
    ) -> HttpResponse {
        let view = HomeView { language: Language::of(request), face: self.face, session, notice };
        let mut answer = server::page(status, &view);
        if let Some(cookie) = Language::cookie(request) {
            set(&mut answer, &cookie);
        }
        answer
    }

    fn failed(&self, request: &HttpRequest, error: &PortalError) -> HttpResponse {
        tracing::warn!(site = self.face.slug, %error, "nobody was signed in");
        let session = self.session(request);
        let (status, notice) = match error {
            PortalError::Refused(reason) if reason == "access_denied" => (StatusCode::OK, Notice::Declined),
            PortalError::Silent(_) | PortalError::NotRegistered => (StatusCode::BAD_GATEWAY, Notice::Failed),
            _ => (StatusCode::BAD_REQUEST, Notice::Failed),
        };
        self.show(request, status, session.as_ref(), notice)
    }

    fn leaving_cookie(&self) -> String {
        format!("{}_leaving", self.face.slug)
    }

    /// The browser must bring it back when the portal sends the person here, so it is lax and not strict.
    fn cookie(&self, name: &str, value: &str) -> Cookie<'static> {
        Cookie::build(name.to_owned(), value.to_owned())
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.base.starts_with("https:"))
            .finish()
    }
}

fn gone(name: &str) -> Cookie<'static> {
    let mut cookie = Cookie::build(name.to_owned(), "").path("/").finish();
    cookie.make_removal();
    cookie
}

fn set(answer: &mut HttpResponse, cookie: &Cookie<'_>) {
    // A cookie too odd to be written is not set, and the person is simply not signed in.
    let _ = answer.add_cookie(cookie);
}

impl Session {
    /// The level as people read it.
    fn assurance(&self) -> &str {
        self.level.as_deref().and_then(|acr| acr.rsplit(':').next()).unwrap_or("?")
    }
}
