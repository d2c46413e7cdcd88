//! One step of a person on their way to a site: what the database says and [`decide`] decides, in one
//! transaction.

use url::{Url, form_urlencoded};

use super::{
    ProviderError,
    ask::{Ask, NotAsked, Scope, Unsafe},
    consents,
    decide::{self, Known, Next},
    denied::{Code, Denied},
    grants, keys,
    params::Params,
    pseudonym, requests, signing,
    tokens::{ID_TOKEN_TYPE, IdClaims},
};
use crate::{
    agencies::clients::{self, Client, ClientId},
    db::{Conn, DbError},
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
    web::session::Session,
};
use chrono::TimeDelta;

/// What a step needs to know of the portal and the person.
pub(super) struct Desk<'a> {
    pub(super) ring: &'a KeyRing,
    pub(super) issuer: &'a str,
    pub(super) now: Moment,
    pub(super) session: Option<&'a Session>,
}

/// Where the step leads.
pub(super) enum Step {
    /// To the site, with an answer.
    Away(String),
    /// To another page of ours.
    Here(String),
    /// To the question whether they agree.
    Consent(Box<Question>),
    /// Nowhere: the request is not to be trusted.
    Refused(Unsafe),
}

/// What the person is asked.
pub(super) struct Question {
    pub(super) client: Client,
    pub(super) scopes: Vec<Scope>,
    /// The address they go back to.
    pub(super) back: String,
    /// The name of the request.
    pub(super) request: String,
}

/// A request comes in.
pub(super) fn begin(c: &mut Conn, desk: &Desk<'_>, params: &Params) -> Result<Step, ProviderError> {
    let client = match open_client(c, params.get("client_id").and_then(|id| id.parse().ok()))? {
        Ok(client) => client,
        Err(refused) => return Ok(Step::Refused(refused)),
    };
    let ask = match params.get("request_uri") {
        Some(address) => match address.strip_prefix(requests::PUSHED) {
            Some(name) => requests::take_pushed(c, desk.now, client.id, name)?,
            None => None,
        }
        .ok_or(NotAsked::Unsafe(Unsafe::Over)),
        None => Ask::read(&client, params, false),
    };
    let ask = match ask {
        // The site may have changed its addresses since it pushed the request.
        Ok(ask) if client.takes_back_to(&ask.redirect_uri) => ask,
        Ok(_) => return Ok(Step::Refused(Unsafe::WrongAddress)),
        Err(NotAsked::Unsafe(refused)) => return Ok(Step::Refused(refused)),
        Err(NotAsked::Denied { back, denied }) => return Ok(away(back.denied(desk.issuer, denied))),
    };
    // Nothing that was proved before now counts as proved since.
    let began = desk.now + TimeDelta::microseconds(1);
    let (next, scopes) = assess(c, desk, &client, &ask, began)?;
    match next {
        Next::Go | Next::Stop(_) => finish(c, desk, &ask, next, scopes),
        Next::SignIn { .. } | Next::StepUp(_) | Next::Consent => {
            let name = requests::begin(c, desk.now, &ask)?;
            Ok(Step::Here(way(next, &name)))
        }
    }
}

/// The person comes back to a request after signing in, proving more, or to agree.
pub(super) fn go_on(c: &mut Conn, desk: &Desk<'_>, name: &str) -> Result<Step, ProviderError> {
    let (client, ask, began) = match begun(c, desk, name)? {
        Ok(begun) => begun,
        Err(refused) => return Ok(Step::Refused(refused)),
    };
    let (next, scopes) = assess(c, desk, &client, &ask, began)?;
    match next {
        Next::Go | Next::Stop(_) if requests::end(c, name)? => finish(c, desk, &ask, next, scopes),
        Next::Go | Next::Stop(_) => Ok(Step::Refused(Unsafe::Over)),
        Next::Consent => Ok(Step::Consent(Box::new(Question {
            scopes: ask.scopes,
            back: ask.redirect_uri,
            request: name.to_owned(),
            client,
        }))),
        Next::SignIn { .. } | Next::StepUp(_) => Ok(Step::Here(way(next, name))),
    }
}

/// The person answered. `agreed`: to these scopes; `None`: to nothing.
pub(super) fn answered(
    c: &mut Conn,
    desk: &Desk<'_>,
    name: &str,
    agreed: Option<&dyn Fn(Scope) -> bool>,
) -> Result<Step, ProviderError> {
    let (client, mut ask, began) = match begun(c, desk, name)? {
        Ok(begun) => begun,
        Err(refused) => return Ok(Step::Refused(refused)),
    };
    let Some(session) = desk.session else { return Ok(Step::Here(on(name))) };
    let Some(agreed) = agreed else {
        if !requests::end(c, name)? {
            return Ok(Step::Refused(Unsafe::Over));
        }
        let denied = Denied::new(Code::AccessDenied, "the person did not agree");
        return Ok(away(ask.back().denied(desk.issuer, denied)));
    };
    ask.scopes.retain(|scope| agreed(*scope));
    ask.prompt.consent = false;
    let citizen = CitizenId::from(session.signed.subject);
    consents::remember(c, desk.now, citizen, &client.agency, &ask.scopes)?;
    let (next, scopes) = assess(c, desk, &client, &ask, began)?;
    match next {
        Next::Go | Next::Stop(_) if requests::end(c, name)? => finish(c, desk, &ask, next, scopes),
        Next::Go | Next::Stop(_) => Ok(Step::Refused(Unsafe::Over)),
        _ => Ok(Step::Here(on(name))),
    }
}

fn begun(
    c: &mut Conn,
    desk: &Desk<'_>,
    name: &str,
) -> Result<Result<(Client, Ask, Moment), Unsafe>, DbError> {
    let Some(begun) = requests::begun(c, desk.now, name)? else { return Ok(Err(Unsafe::Over)) };
    Ok(match open_client(c, Some(begun.ask.client))? {
        Ok(client) if client.takes_back_to(&begun.ask.redirect_uri) => Ok((client, begun.ask, begun.at)),
        Ok(_) => Err(Unsafe::WrongAddress),
        Err(refused) => Err(refused),
    })
}

fn open_client(c: &mut Conn, id: Option<ClientId>) -> Result<Result<Client, Unsafe>, DbError> {
    let Some(id) = id else { return Ok(Err(Unsafe::UnknownSite)) };
    Ok(match clients::find(c, id)? {
        None => Err(Unsafe::UnknownSite),
        Some(client) if client.is_open() => Ok(client),
        Some(_) => Err(Unsafe::ShutSite),
    })
}

/// What stands between the person and the site, and the scopes they agreed to.
fn assess(
    c: &mut Conn,
    desk: &Desk<'_>,
    client: &Client,
    ask: &Ask,
    began: Moment,
) -> Result<(Next, Vec<Scope>), ProviderError> {
    let hinted = match &ask.hint {
        None => None,
        Some(hint) => {
            let Some(subject) = hinted(c, desk, client, hint)? else {
                let denied = Denied::request("the id_token_hint is none of ours for this client");
                return Ok((Next::Stop(denied), Vec::new()));
            };
            Some(subject)
        }
    };
    let Some(session) = desk.session else {
        return Ok((decide::next(ask, began, desk.now, None), Vec::new()));
    };
    let citizen = CitizenId::from(session.signed.subject);
    let agreed = consents::agreed(c, citizen, &client.agency, &ask.scopes)?;
    let known = Known {
        signed: &session.signed,
        expected: hinted
            .is_none_or(|subject| subject == pseudonym::subject(desk.ring, &client.sector, citizen)),
        agreed: agreed.is_some(),
    };
    Ok((decide::next(ask, began, desk.now, Some(known)), agreed.unwrap_or_default()))
}

/// Whom an earlier statement of ours to this client names. That it is over does not matter.
pub(super) fn hinted(
    c: &mut Conn,
    desk: &Desk<'_>,
    client: &Client,
    hint: &str,
) -> Result<Option<String>, ProviderError> {
    let said: Option<IdClaims> = signing::verified(&keys::published(c)?, ID_TOKEN_TYPE, hint);
    let ours = said.filter(|said| said.iss == desk.issuer && said.aud == client.id.to_string());
    Ok(ours.map(|said| said.sub))
}

fn finish(
    c: &mut Conn,
    desk: &Desk<'_>,
    ask: &Ask,
    next: Next,
    scopes: Vec<Scope>,
) -> Result<Step, ProviderError> {
    match (next, desk.session) {
        (Next::Go, Some(session)) => {
            let code = grants::begin(c, desk.now, ask, scopes, session)?;
            Ok(away(ask.back().with(desk.issuer, &[("code", &code)])))
        }
        (Next::Stop(denied), _) => Ok(away(ask.back().denied(desk.issuer, denied))),
        _ => Ok(Step::Refused(Unsafe::Over)),
    }
}

/// An address that was checked when it was registered always parses; if not, nobody is sent anywhere.
fn away(address: Result<String, url::ParseError>) -> Step {
    address.map_or(Step::Refused(Unsafe::WrongAddress), Step::Away)
}

/// The page on which the request goes on.
fn on(name: &str) -> String {
    format!("/oidc/sign-on?request={name}")
}

fn way(next: Next, name: &str) -> String {
    let there: String = form_urlencoded::byte_serialize(on(name).as_bytes()).collect();
    match next {
        Next::SignIn { again: false } => format!("/sign-in?next={there}"),
        Next::SignIn { again: true } => format!("/me/prove?next={there}"),
        Next::StepUp(level) => format!("/me/verify?level={level}&next={there}"),
        _ => on(name),
    }
}

/// Scheme, host and port of an address.
pub(super) fn origin(address: &str) -> Option<String> {
    Url::parse(address).ok().map(|url| url.origin().ascii_serialization())
}
