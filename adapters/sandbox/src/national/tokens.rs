//! Exchanging codes for tokens, and what tokens say.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Form},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{Granted, National, NationalClient};
use crate::{chance, faults::Lie, key::KeyError, secret::keyed, server::Broken};

/// How long tokens hold.
const TOKEN_SECONDS: i64 = 300;

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Exchange {
    grant_type: String,
    code: String,
    redirect_uri: String,
    client_id: String,
    client_secret: String,
    code_verifier: String,
}

pub async fn exchange(
    national: Data<National>,
    request: HttpRequest,
    form: Form<Exchange>,
) -> Result<HttpResponse, Broken> {
    let Some(client) = national.authenticate(&request, &form) else {
        return Ok(refuse(StatusCode::UNAUTHORIZED, "invalid_client"));
    };
    if form.grant_type != "authorization_code" {
        return Ok(refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    let now = national.clock.seconds();
    // A code is gone once anyone has tried it, rightly or wrongly.
    let granted = national.state().granted.remove(&form.code);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(form.code_verifier.as_bytes()));
    let fits = |granted: &Granted| {
        granted.client == client.id
            && granted.redirect_uri == form.redirect_uri
            && granted.challenge == challenge
            && now <= granted.until
    };
    let Some(granted) = granted.filter(fits) else {
        return Ok(refuse(StatusCode::BAD_REQUEST, "invalid_grant"));
    };
    let id_token = national.id_token(&granted, now)?;
    let token = chance::word()?;
    let scope = if granted.named { "openid profile" } else { "openid" };
    {
        let mut state = national.state();
        state.granted.retain(|_, other| other.until >= now);
        state.tokens.retain(|_, other| other.until >= now);
        state.tokens.insert(token.clone(), Granted { until: now + TOKEN_SECONDS, ..granted });
    }
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "scope": scope,
        "id_token": id_token,
    })))
}

pub async fn userinfo(national: Data<National>, request: HttpRequest) -> HttpResponse {
    let now = national.clock.seconds();
    let granted = bearer(&request).and_then(|token| national.state().tokens.get(token).cloned());
    let Some(granted) = granted.filter(|granted| now <= granted.until) else {
        return HttpResponse::Unauthorized()
            .insert_header((header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""))
            .finish();
    };
    let mut claims = national.about(&granted);
    if national.faults.lie() == Some(Lie::OtherSubject) {
        claims["sub"] = json!("someone-else");
    }
    HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(claims)
}

fn bearer(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn refuse(status: StatusCode, error: &str) -> HttpResponse {
    HttpResponse::build(status).insert_header(("cache-control", "no-store")).json(json!({ "error": error }))
}

impl National {
    /// The client, if it proves itself by HTTP Basic or in the form; by both is by neither.
    fn authenticate(&self, request: &HttpRequest, form: &Exchange) -> Option<NationalClient> {
        let (id, secret) = match request.headers().get(header::AUTHORIZATION) {
            Some(basic) if form.client_secret.is_empty() => read_basic(basic.to_str().ok()?)?,
            Some(_) => return None,
            None => (form.client_id.clone(), form.client_secret.clone()),
        };
        let client = self.client(&id)?;
        bool::from(client.secret.as_bytes().ct_eq(secret.as_bytes())).then_some(client)
    }

    /// What is said about a person: a name for them that no other client knows, and no more unless they allowed it.
    fn about(&self, granted: &Granted) -> Value {
        let name = format!("{}\n{}", granted.client, granted.person.identity_number);
        let pseudonym = keyed(&self.pseudonyms.derive("pairwise"), name.as_bytes());
        let mut claims = json!({ "sub": URL_SAFE_NO_PAD.encode(pseudonym) });
        if granted.named {
            claims["name"] = json!(granted.person.name);
            claims["identity_number"] = json!(granted.person.identity_number);
        }
        claims
    }

    fn id_token(&self, granted: &Granted, now: i64) -> Result<String, KeyError> {
        let lie = self.faults.lie();
        let mut claims = self.about(granted);
        claims["iss"] = json!(self.issuer);
        claims["aud"] = json!(granted.client);
        claims["iat"] = json!(now);
        claims["exp"] = json!(now + TOKEN_SECONDS);
        claims["auth_time"] = json!(granted.at);
        claims["acr"] = json!(granted.person.proof.to_string());
        claims["amr"] = json!(["face"]);
        if let Some(nonce) = &granted.nonce {
            claims["nonce"] = json!(nonce);
        }
        let day = 24 * 60 * 60;
        match lie {
            Some(Lie::WrongNonce) => claims["nonce"] = json!("another"),
            Some(Lie::NoNonce) => claims["nonce"] = Value::Null,
            Some(Lie::WrongAudience) => claims["aud"] = json!("another-client"),
            Some(Lie::WrongIssuer) => claims["iss"] = json!("https://elsewhere.example"),
            Some(Lie::Expired) => {
                claims["iat"] = json!(now - day);
                claims["exp"] = json!(now - day + TOKEN_SECONDS);
            }
            Some(Lie::NotYet) => {
                claims["iat"] = json!(now + day);
                claims["exp"] = json!(now + day + TOKEN_SECONDS);
            }
            _ => {}
        }
        if let Some(fields) = claims.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        match lie {
            Some(Lie::AlgNone) => {
                let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
                Ok(format!("{}.{}.", part(&json!({ "alg": "none", "typ": "JWT" })), part(&claims)))
            }
            Some(Lie::HmacWithPublicKey) => {
                let mut header = Header::new(Algorithm::HS256);
                header.kid = Some(self.key.id().to_owned());
                let public = json!(self.key.public()).to_string();
                let secret = EncodingKey::from_secret(public.as_bytes());
                Ok(jsonwebtoken::encode(&header, &claims, &secret)?)
            }
            Some(Lie::BadSignature) => {
                let (honest, forged) = (self.key.sign(&claims)?, self.other_key.sign(&claims)?);
                let (body, _) = honest.rsplit_once('.').unwrap_or_default();
                let (_, signature) = forged.rsplit_once('.').unwrap_or_default();
                Ok(format!("{body}.{signature}"))
            }
            _ => self.key.sign(&claims),
        }
    }
}

/// Id and secret, each form-encoded before they were joined (RFC 6749, 2.3.1).
fn read_basic(header: &str) -> Option<(String, String)> {
    let joined = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let joined = String::from_utf8(joined).ok()?;
    let (id, secret) = joined.split_once(':')?;
    let plain = |text: &str| {
        let pair = format!("x={text}");
        url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}
