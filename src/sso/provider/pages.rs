//! The pages of a person on their way to an agency's site.
//!
//! Whatever way the request came (by a link, by a form, pushed before), it is checked, kept under a name nobody
//! can guess, and goes on at `/oidc/sign-on`, with the sign-in pages and the question of consent between.

use actix_web::{
    HttpRequest, HttpResponse, Responder as _,
    http::{StatusCode, header},
    web::{Data, Payload},
};

use super::{
    ProviderError,
    ask::{Scope, Unsafe},
    denied::Denied,
    params::Params,
    steps::{self, Desk, Question, Step},
    views::{ConsentView, OnwardView, RefusedView},
};
use crate::{
    db::Conn,
    web::{Failure, Page, Site, Submitted, Visitor, policy_leading_to, query, see_other, session::Realm},
};

/// `GET /oidc/authorize`
pub async fn authorize(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    let Ok(params) = Params::read(request.query_string().as_bytes()) else {
        return refused(&visitor, &request, Unsafe::Garbled);
    };
    let step = at_desk(&visitor, &site, move |c, desk| steps::begin(c, desk, &params)).await?;
    match step {
        // No form of ours led here, so the browser follows without more ado.
        Step::Away(address) | Step::Here(address) => Ok(elsewhere(&address)),
        Step::Consent(question) => ask(&visitor, &site, &request, &question),
        Step::Refused(why) => refused(&visitor, &request, why),
    }
}

/// `POST /oidc/authorize`. A form of another site comes without our cookies, so the browser is sent to ask
/// again by address, which brings them.
pub async fn authorize_posted(
    visitor: Visitor,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Failure> {
    match Params::of_body(&request, body).await {
        Ok(params) => Ok(see_other(&format!("/oidc/authorize?{}", params.query()))),
        Err(Denied { .. }) => refused(&visitor, &request, Unsafe::Garbled),
    }
}

/// `GET /oidc/sign-on`: a request goes on.
pub async fn sign_on(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    let name = query(&request, "request").unwrap_or_default();
    match at_desk(&visitor, &site, move |c, desk| steps::go_on(c, desk, &name)).await? {
        Step::Away(address) => onward(&visitor, &request, address),
        Step::Here(path) => Ok(see_other(&path)),
        Step::Consent(question) => ask(&visitor, &site, &request, &question),
        Step::Refused(why) => refused(&visitor, &request, why),
    }
}

/// `POST /oidc/consent`
pub async fn consent(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let name = form.get("request").to_owned();
    let (yes, identity) = (form.get("answer") == "yes", form.get("identity") == "yes");
    let step = at_desk(&visitor, &site, move |c, desk| {
        let to = |scope: Scope| scope != Scope::Identity || identity;
        let agreed: Option<&dyn Fn(Scope) -> bool> = if yes { Some(&to) } else { None };
        steps::answered(c, desk, &name, agreed)
    });
    match step.await? {
        Step::Away(address) => Ok(elsewhere(&address)),
        Step::Here(path) => Ok(see_other(&path)),
        Step::Consent(question) => ask(&visitor, &site, &request, &question),
        Step::Refused(why) => refused(&visitor, &request, why),
    }
}

/// Takes a step in one transaction.
async fn at_desk<F>(visitor: &Visitor, site: &Site, step: F) -> Result<Step, Failure>
where
    F: FnOnce(&mut Conn, &Desk<'_>) -> Result<Step, ProviderError> + Send + 'static,
{
    let (now, ring, issuer) = (site.clock.now(), site.keys.clone(), site.origin().to_owned());
    let session = visitor.session(Realm::Citizen).cloned();
    let step =
        site.db.tx(move |c| step(c, &Desk { ring: &ring, issuer: &issuer, now, session: session.as_ref() }));
    Ok(step.await?)
}

fn elsewhere(address: &str) -> HttpResponse {
    let mut answer = see_other(address);
    never_kept(&mut answer);
    answer
}

/// After a form of ours the browser may only stay here, so the way on is a page, which leads on by itself.
fn onward(visitor: &Visitor, request: &HttpRequest, address: String) -> Result<HttpResponse, Failure> {
    let host = steps::origin(&address).unwrap_or_default();
    let view = OnwardView { frame: visitor.frame(), address, host };
    let mut answer = Page::new(&view)?.respond_to(request);
    never_kept(&mut answer);
    Ok(answer)
}

fn ask(
    visitor: &Visitor,
    site: &Site,
    request: &HttpRequest,
    question: &Question,
) -> Result<HttpResponse, Failure> {
    let view = ConsentView::new(visitor.frame(), visitor.form_token(site)?, question);
    let mut answer = Page::new(&view)?.respond_to(request);
    let (name, policy) = policy_leading_to(&steps::origin(&question.back).unwrap_or_default());
    let policy = header::HeaderValue::from_str(&policy).map_err(Failure::broken)?;
    answer.headers_mut().insert(name, policy);
    never_kept(&mut answer);
    Ok(answer)
}

pub(super) fn refused(
    visitor: &Visitor,
    request: &HttpRequest,
    why: Unsafe,
) -> Result<HttpResponse, Failure> {
    let view = RefusedView { frame: visitor.frame(), why };
    Ok(Page::new(&view)?.status(StatusCode::BAD_REQUEST).respond_to(request))
}

/// Codes and questions are for this moment only.
pub(super) fn never_kept(answer: &mut HttpResponse) {
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
}
