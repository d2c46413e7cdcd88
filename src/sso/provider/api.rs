//! What sites ask the provider themselves, machine to machine.

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Payload},
};
use serde_json::{Value, json};

use super::{
    ProviderError, acr,
    ask::{Ask, NotAsked, Scope, Unsafe},
    claims,
    client_auth::{self, Presented},
    denied::{Code, Denied, Judged},
    exchange, grants, keys,
    params::Params,
    pseudonym, requests, share,
    tokens::{self, Kept, Kind, Press},
};
use crate::{
    agencies::clients::{self, AuthMethod, Client},
    db::Conn,
    platform::{Moment, keys::KeyRing},
    web::{Failure, Site, Visitor},
};

/// `GET /.well-known/openid-configuration`
pub async fn configuration(site: Data<Site>) -> HttpResponse {
    let issuer = site.origin();
    let at = |path: &str| format!("{issuer}/oidc/{path}");
    let levels = [2, 3, 4, 5].map(acr);
    let auth = AuthMethod::ALL.map(AuthMethod::tag);
    let scopes: Vec<&str> = ["openid"].into_iter().chain(Scope::ALL.map(Scope::tag)).collect();
    let body = json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "pushed_authorization_request_endpoint": at("par"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "introspection_endpoint": at("introspect"),
        "revocation_endpoint": at("revoke"),
        "end_session_endpoint": at("logout"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["pairwise"],
        "acr_values_supported": levels,
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": auth,
        "token_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256"],
        "introspection_endpoint_auth_methods_supported": auth,
        "introspection_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256"],
        "revocation_endpoint_auth_methods_supported": auth,
        "revocation_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent"],
        "claims_supported": [
            "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "at_hash", "name",
            "phone_number", "phone_number_verified", "email", "email_verified", "identity_number",
        ],
        "ui_locales_supported": ["zh-CN", "en"],
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
    });
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=3600")).json(body)
}

/// `GET /oidc/jwks`
pub async fn jwks(site: Data<Site>) -> Result<HttpResponse, Failure> {
    let mut known = site.db.read(keys::published).await?;
    if known.is_empty() {
        let (now, ring) = (site.clock.now(), site.keys.clone());
        let made = site.db.tx(move |c| {
            keys::rotate(c, &ring, now)?;
            keys::published(c)
        });
        known = made.await?;
    }
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    Ok(answer.json(json!({ "keys": known })))
}

/// `POST /oidc/par`: a request pushed by the site itself.
pub async fn pushed(site: Data<Site>, request: HttpRequest, body: Payload) -> Result<HttpResponse, Failure> {
    let judged = as_client(&site, &request, body, |c, press, client, params| {
        if params.get("request_uri").is_some() {
            return Ok(Err(Denied::request("a pushed request cannot point at another")));
        }
        let ask = match Ask::read(client, params, true) {
            Ok(ask) => ask,
            Err(NotAsked::Denied { denied, .. }) => return Ok(Err(denied)),
            Err(NotAsked::Unsafe(Unsafe::WrongAddress)) => {
                return Ok(Err(Denied::request("redirect_uri is not one that the client registered")));
            }
            Err(NotAsked::Unsafe(_)) => return Ok(Err(Denied::request("the request is not understood"))),
        };
        let name = requests::push(c, press.now, &ask)?;
        let address = format!("{}{name}", requests::PUSHED);
        Ok(Ok(json!({ "request_uri": address, "expires_in": requests::PUSHED_FOR.num_seconds() })))
    });
    Ok(answer(judged.await?, StatusCode::CREATED))
}

/// `POST /oidc/token`
pub async fn token(site: Data<Site>, request: HttpRequest, body: Payload) -> Result<HttpResponse, Failure> {
    let judged = as_client(&site, &request, body, |c, press, client, params| {
        let fresh = exchange::exchange(c, press, client, params)?;
        Ok(fresh.map(|fresh| json!(fresh)))
    });
    Ok(answer(judged.await?, StatusCode::OK))
}

/// `POST /oidc/introspect`: a site learns about its own tokens only.
pub async fn introspect(
    site: Data<Site>,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Failure> {
    let judged = as_client(&site, &request, body, |c, press, client, params| {
        let Some(token) = params.get("token") else { return Ok(Err(Denied::request("token is needed"))) };
        let kept = tokens::find(c, press.now, token)?.filter(|kept| kept.client_id == client.id);
        let told = match kept {
            Some(kept) => told(c, press, client, &kept)?,
            None => None,
        };
        Ok(Ok(told.unwrap_or_else(|| json!({ "active": false }))))
    });
    Ok(answer(judged.await?, StatusCode::OK))
}

fn told(
    c: &mut Conn,
    press: &Press<'_>,
    client: &Client,
    kept: &Kept,
) -> Result<Option<Value>, ProviderError> {
    let Some(grant) = grants::find(c, kept.citizen_id, kept.grant_id)? else { return Ok(None) };
    let refresh = kept.kind == Kind::Refresh.tag();
    let used_up = refresh && kept.used_at.is_some_and(|used| press.now - used.moment() > exchange::GRACE);
    if used_up || !grants::is_alive(c, press.now, client, &grant)? {
        return Ok(None);
    }
    Ok(Some(json!({
        "active": true,
        "iss": press.issuer,
        "aud": client.id,
        "client_id": client.id,
        "sub": pseudonym::subject(press.ring, &client.sector, kept.citizen_id),
        "scope": Scope::list(&kept.scopes.0),
        "token_type": if refresh { "refresh_token" } else { "Bearer" },
        "exp": kept.ends_at.moment().timestamp(),
        "iat": kept.created_at.moment().timestamp(),
        "auth_time": grant.proved_at.timestamp(),
        "acr": acr(grant.level),
    })))
}

/// `POST /oidc/revoke`: a site gives back what it holds. It hears the same whether there was anything.
pub async fn revoke(site: Data<Site>, request: HttpRequest, body: Payload) -> Result<HttpResponse, Failure> {
    let judged = as_client(&site, &request, body, |c, press, client, params| {
        let Some(token) = params.get("token") else { return Ok(Err(Denied::request("token is needed"))) };
        match tokens::find(c, press.now, token)?.filter(|kept| kept.client_id == client.id) {
            Some(kept) if kept.kind == Kind::Refresh.tag() => {
                grants::end(c, press.now, kept.citizen_id, kept.grant_id)?;
            }
            Some(_) => tokens::forget(c, token)?,
            None => {}
        }
        Ok(Ok(json!({})))
    });
    Ok(answer(judged.await?, StatusCode::OK))
}

/// `GET` and `POST /oidc/userinfo`
pub async fn userinfo(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let bearer = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = bearer.and_then(|value| value.split_once(' '));
    let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some(token) = token.map(|(_, token)| token.trim().to_owned()) else {
        return Ok(unauthorised("Bearer realm=\"yimen\""));
    };
    let (now, ring) = (site.clock.now(), site.keys.clone());
    let claims = site.db.tx(move |c| details(c, &ring, now, &token)).await?;
    Ok(match claims {
        Some(claims) => HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(claims),
        None => unauthorised("Bearer realm=\"yimen\", error=\"invalid_token\""),
    })
}

fn details(c: &mut Conn, ring: &KeyRing, now: Moment, token: &str) -> Result<Option<Value>, ProviderError> {
    let kept = tokens::find(c, now, token)?.filter(|kept| kept.kind == Kind::Access.tag());
    let Some(kept) = kept else { return Ok(None) };
    let (Some(client), Some(grant)) =
        (clients::find(c, kept.client_id)?, grants::find(c, kept.citizen_id, kept.grant_id)?)
    else {
        return Ok(None);
    };
    if !grants::is_alive(c, now, &client, &grant)? {
        return Ok(None);
    }
    let claims = claims::of(c, ring, now, &client, kept.citizen_id, &kept.scopes.0)?;
    Ok(Some(Value::Object(claims)))
}

fn unauthorised(challenge: &'static str) -> HttpResponse {
    let mut answer = HttpResponse::Unauthorized();
    answer.insert_header((header::WWW_AUTHENTICATE, challenge));
    answer.insert_header((header::CACHE_CONTROL, "no-store")).finish()
}

/// Does something for a site that proved itself, in the transaction in which it did.
async fn as_client<F>(
    site: &Site,
    request: &HttpRequest,
    body: Payload,
    act: F,
) -> Result<Result<Value, Denied>, Failure>
where
    F: FnOnce(&mut Conn, &Press<'_>, &Client, &Params) -> Judged<Value> + Send + 'static,
{
    let (presented, params) = match heard(request, body).await {
        Ok(heard) => heard,
        Err(denied) => return Ok(Err(denied)),
    };
    let address = request.extensions().get::<Visitor>().map(Visitor::address);
    let address = address.ok_or_else(|| Failure::broken("a request came in past the entrance"))?;
    let named = presented.id;
    if let Some(seconds) = share::used_up(site, named, address).await {
        return Ok(Err(Denied::too_often(seconds)));
    }
    let (now, ring, issuer) = (site.clock.now(), site.keys.clone(), site.origin().to_owned());
    let judged = site.db.tx(move |c| -> Judged<Value> {
        let client = match client_auth::prove(c, now, &issuer, &presented)? {
            Ok(client) => client,
            Err(denied) => return Ok(Err(denied)),
        };
        act(c, &Press { ring: &ring, issuer: &issuer, now }, &client, &params)
    });
    let judged = judged.await?;
    match &judged {
        Err(denied) if denied.code == Code::InvalidClient => share::failed(site, address).await,
        _ => share::proved(site, named).await,
    }
    Ok(judged)
}

async fn heard(request: &HttpRequest, body: Payload) -> Result<(Presented, Params), Denied> {
    let params = Params::of_body(request, body).await?;
    Ok((client_auth::presented(request, &params)?, params))
}

fn answer(judged: Result<Value, Denied>, status: StatusCode) -> HttpResponse {
    match judged {
        Ok(value) => {
            HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(value)
        }
        Err(denied) => denied.answer(),
    }
}
