//! What stands before pages for people who are signed in.

use std::sync::Arc;

use actix_web::{
    Error, HttpMessage as _, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderName},
    },
    middleware::Next,
    web::Data,
};
use chrono::TimeDelta;
use url::form_urlencoded;

use super::{
    Failure, Site, Submitted, Visitor,
    aside::{self, Aside, AsideError, Owner},
    headers,
    session::{self, Realm, Signed, Token},
};

/// How long ago somebody may have proved who they are where a session left open on a shared device must not be
/// enough.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// What a page asks of whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    pub realm: Realm,
    /// The assurance level that the session has at least.
    pub level: u8,
    /// Whether they must have proved who they are just now.
    pub fresh: bool,
}

/// Lets through whoever is signed in well enough. The others are led to where they can become so, and from
/// there back to where they wanted to go; what they had filled in goes with them.
pub(super) async fn signed(
    needs: Needs,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let visitor = visitor.ok_or_else(|| Failure::broken("a request came in past the entrance"))?;
    let site = request.app_data::<Data<Site>>().cloned();
    let site = site.ok_or_else(|| Failure::broken("a request came in before the site was there"))?;
    let Some(there) = lacking(needs, &site, &visitor) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let back = if matches!(*request.method(), Method::GET | Method::HEAD) {
        visitor.path().to_owned()
    } else {
        match set_aside(needs.realm, &site, &visitor, &mut request).await? {
            Some(page) => page,
            // The form cannot be gone back to by its address, but the page it stood on can.
            None => own_referrer(&site, &request).unwrap_or_else(|| match needs.realm {
                Realm::Citizen => "/me".to_owned(),
                Realm::Staff => "/staff".to_owned(),
            }),
        }
    };
    let next: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    let answer =
        HttpResponse::SeeOther().insert_header((header::LOCATION, format!("{there}next={next}"))).finish();
    Ok(request.into_response(answer))
}

/// Lets through whoever is signed in as well as the service demands that the address names.
pub(super) async fn of_service(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let site = request.app_data::<Data<Site>>().cloned();
    let site = site.ok_or_else(|| Failure::broken("a request came in before the site was there"))?;
    let level = request.match_info().get("code").and_then(|code| site.demands.level(code));
    match level {
        Some(level) => signed(Needs { realm: Realm::Citizen, level, fresh: false }, request, next).await,
        None => Ok(next.call(request).await?.map_into_boxed_body()),
    }
}

/// Where the visitor has to go first; `None` when nothing is lacking.
fn lacking(needs: Needs, site: &Site, visitor: &Visitor) -> Option<String> {
    let Some(session) = visitor.session(needs.realm) else {
        return Some(match needs.realm {
            Realm::Citizen => "/sign-in?".to_owned(),
            Realm::Staff => "/staff/sign-in?".to_owned(),
        });
    };
    if session.signed.level < needs.level {
        return Some(format!("/me/verify?level={}&", needs.level));
    }
    (needs.fresh && !is_fresh(site, &session.signed)).then(|| "/me/prove?".to_owned())
}

/// Whether somebody proved who they are so lately that a session left open is not what speaks for them.
pub fn is_fresh(site: &Site, signed: &Signed) -> bool {
    site.clock.now() - signed.proved_at < FRESH
}

/// Keeps what was filled in, if it is known whose it is: the session's that is not enough, or that was over not
/// long ago. Gives the page that leads back to it.
async fn set_aside(
    realm: Realm,
    site: &Site,
    visitor: &Visitor,
    request: &mut ServiceRequest,
) -> Result<Option<String>, Error> {
    if !is_a_page(request) {
        return Ok(None);
    }
    let now = site.clock.now();
    let token = headers::cookie(request.request(), &site.cookie_name(realm.cookie())).map(Token::from_cookie);
    let signed: Option<Signed> = match (visitor.session(realm), token) {
        (Some(session), _) => Some(session.signed.clone()),
        (None, Some(token)) => {
            let whose = site.db.read(move |c| session::whose(c, now, realm, &token)).await;
            whose.map_err(Failure::from)?
        }
        (None, None) => None,
    };
    let (Some(signed), Some(anchor)) = (signed, visitor.brought_anchor()) else { return Ok(None) };
    let owner = Owner { realm, subject: signed.subject, anchor: anchor.to_owned() };
    let acting = signed.acting.map(|acting| acting.delegation);
    let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    // What is no form from one of our pages is not kept either.
    let Ok(form) = request.extract::<Submitted>().await else { return Ok(None) };
    let answers = form.into_answers();
    let (ring, form) = (Arc::clone(&site.keys), Aside { path, acting, answers });
    let kept = site.db.tx(move |c| aside::keep(c, &ring, now, &owner, form)).await;
    let id = kept.map_err(|error: AsideError| Failure::from(error))?;
    Ok(id.map(|id| aside::page_of(realm, id)))
}

/// Whether the browser opens the answer as a page. What script asks for cannot be gone on with by a form.
fn is_a_page(request: &ServiceRequest) -> bool {
    let mode = headers::text(request.request(), &HeaderName::from_static("sec-fetch-mode"));
    mode.is_none_or(|mode| mode == "navigate")
}

/// The path of the page that the form stood on, if it was one of ours.
fn own_referrer(site: &Site, request: &ServiceRequest) -> Option<String> {
    let referrer = request.headers().get(header::REFERER)?.to_str().ok()?;
    let path = referrer.strip_prefix(site.origin())?;
    path.starts_with('/').then(|| path.to_owned())
}
