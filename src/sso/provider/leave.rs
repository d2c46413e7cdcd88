//! A site asks that somebody be signed out (OpenID Connect RP-Initiated Logout). The person is asked first, as
//! their other sites are signed out with it.

use actix_web::{
    HttpRequest, HttpResponse, Responder as _,
    http::header,
    web::{Data, Payload},
};
use url::Url;

use super::{
    ProviderError,
    ask::Unsafe,
    pages::{never_kept, refused},
    params::Params,
    pseudonym, sessions,
    steps::{self, Desk},
    views::{LeaveView, LeftView},
};
use crate::{
    agencies::clients::{self, Client},
    db::Conn,
    ledger::CitizenId,
    web::{
        Failure, Page, Site, Submitted, Visitor, policy_leading_to, see_other,
        session::{self, Realm},
    },
};

/// A wish that was checked.
struct Wish {
    client: Option<Client>,
    /// Where to go afterwards, whole.
    back: Option<String>,
    state: Option<String>,
}

impl Wish {
    fn way(&self) -> Option<String> {
        let mut url = Url::parse(self.back.as_deref()?).ok()?;
        if let Some(state) = &self.state {
            url.query_pairs_mut().append_pair("state", state);
        }
        Some(url.into())
    }
}

/// `GET /oidc/logout`
pub async fn leave(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    let Ok(params) = Params::read(request.query_string().as_bytes()) else {
        return refused(&visitor, &request, Unsafe::Garbled);
    };
    let wish = match checked(&visitor, &site, params).await? {
        Ok(wish) => wish,
        Err(why) => return refused(&visitor, &request, why),
    };
    if visitor.session(Realm::Citizen).is_none() {
        return left(&visitor, &request, &wish);
    }
    let (csrf, frame) = (visitor.form_token(&site)?, visitor.frame());
    let view = LeaveView::new(frame, csrf, wish.client.as_ref(), wish.back.clone(), wish.state.clone());
    let mut answer = Page::new(&view)?.respond_to(&request);
    if let Some(origin) = wish.back.as_deref().and_then(steps::origin) {
        let (name, policy) = policy_leading_to(&origin);
        let policy = header::HeaderValue::from_str(&policy).map_err(Failure::broken)?;
        answer.headers_mut().insert(name, policy);
    }
    never_kept(&mut answer);
    Ok(answer)
}

/// `POST /oidc/logout`. As with `/oidc/authorize`, our cookies only come when it is asked by address.
pub async fn leave_posted(
    visitor: Visitor,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Failure> {
    match Params::of_body(&request, body).await {
        Ok(params) => Ok(see_other(&format!("/oidc/logout?{}", params.query()))),
        Err(_) => refused(&visitor, &request, Unsafe::Garbled),
    }
}

/// `POST /oidc/logout/confirm`: the person said yes.
pub async fn confirm_leaving(
    visitor: Visitor,
    site: Data<Site>,
    request: HttpRequest,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let fields = ["client_id", "post_logout_redirect_uri", "state"];
    let params = Params::of(fields.map(|name| (name, form.get(name))));
    let wish = match checked(&visitor, &site, params).await? {
        Ok(wish) => wish,
        Err(why) => return refused(&visitor, &request, why),
    };
    let running = visitor.session(Realm::Citizen).map(|session| session.id);
    if let (Some(id), Some(token)) = (running, visitor.token(Realm::Citizen).cloned()) {
        let now = site.clock.now();
        let ended = site.db.tx(move |c| {
            session::end(c, &token)?;
            sessions::ended(c, now, &[id])
        });
        ended.await?;
        visitor.take_back(Realm::Citizen);
    }
    left(&visitor, &request, &wish)
}

/// On to the site, or to a page that says so.
fn left(visitor: &Visitor, request: &HttpRequest, wish: &Wish) -> Result<HttpResponse, Failure> {
    if let Some(address) = wish.way() {
        return Ok(see_other(&address));
    }
    let mut frame = visitor.frame();
    frame.who = None;
    Ok(Page::new(&LeftView { frame })?.respond_to(request))
}

async fn checked(visitor: &Visitor, site: &Site, params: Params) -> Result<Result<Wish, Unsafe>, Failure> {
    let (now, ring, issuer) = (site.clock.now(), site.keys.clone(), site.origin().to_owned());
    let session = visitor.session(Realm::Citizen).cloned();
    let checked = site.db.read(move |c| {
        check(c, &Desk { ring: &ring, issuer: &issuer, now, session: session.as_ref() }, &params)
    });
    Ok(checked.await?)
}

/// Nobody is sent anywhere but to an address that the site registered for it, and a statement about somebody
/// else than the person before the screen is no reason to sign that person out.
fn check(c: &mut Conn, desk: &Desk<'_>, params: &Params) -> Result<Result<Wish, Unsafe>, ProviderError> {
    let hint = params.get("id_token_hint");
    let named = params.get("client_id").map(str::to_owned);
    let named = match (named, hint) {
        (Some(named), _) => Some(named),
        (None, Some(hint)) => audience(hint),
        (None, None) => None,
    };
    let client = match named {
        None if hint.is_some() => return Ok(Err(Unsafe::Garbled)),
        None => None,
        Some(named) => {
            let found = match named.parse() {
                Ok(id) => clients::find(c, id)?,
                Err(_) => None,
            };
            let Some(client) = found else { return Ok(Err(Unsafe::UnknownSite)) };
            Some(client)
        }
    };
    if let (Some(hint), Some(client)) = (hint, &client) {
        let Some(subject) = steps::hinted(c, desk, client, hint)? else { return Ok(Err(Unsafe::Garbled)) };
        let own = |citizen| pseudonym::subject(desk.ring, &client.sector, citizen) == subject;
        if desk.session.is_some_and(|session| !own(CitizenId::from(session.signed.subject))) {
            return Ok(Err(Unsafe::OtherPerson));
        }
    }
    let back = params.get("post_logout_redirect_uri");
    if let Some(back) = back
        && !client.as_ref().is_some_and(|client| client.takes_leave_to(back))
    {
        return Ok(Err(Unsafe::WrongAddress));
    }
    let state = params.get("state").map(str::to_owned);
    Ok(Ok(Wish { client, back: back.map(str::to_owned), state }))
}

/// Whom a statement says it is for, which is only believed once its signature is checked.
fn audience(hint: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct For {
        aud: String,
    }
    jsonwebtoken::dangerous::insecure_decode_claims::<For>(hint).ok().map(|said| said.aud)
}
