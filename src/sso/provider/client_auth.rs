//! How a site proves that it is itself: by a secret in the header or the body, or by a statement signed with its
//! own key. Each site has one way, and only that one counts.

use actix_web::{HttpRequest, http::header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta};
use jsonwebtoken::{
    Algorithm, decode_header,
    jwk::{AlgorithmParameters, Jwk, JwkSet},
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use url::form_urlencoded;

use super::{
    denied::{Denied, Judged},
    params::Params,
    seen, signing,
};
use crate::{
    agencies::clients::{self, AuthMethod, Client, ClientId},
    db::Conn,
    platform::Moment,
};

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// A signed proof may be good for so long at most.
const LONGEST: TimeDelta = TimeDelta::minutes(10);
/// How far clocks may be apart.
const SKEW: TimeDelta = TimeDelta::seconds(30);

/// What a site brought to prove itself.
pub(super) struct Presented {
    pub(super) id: ClientId,
    proof: Proof,
}

enum Proof {
    Secret(AuthMethod, String),
    Signed(String),
}

const UNKNOWN: Denied = Denied::client("the client could not be authenticated");

/// Reads what a request brings. Two ways at once are refused.
pub(super) fn presented(request: &HttpRequest, params: &Params) -> Result<Presented, Denied> {
    let basic = request.headers().get(header::AUTHORIZATION).map(header::HeaderValue::to_str);
    let posted = params.get("client_secret");
    let signed = params.get("client_assertion");
    if usize::from(basic.is_some()) + usize::from(posted.is_some()) + usize::from(signed.is_some()) != 1 {
        return Err(Denied::client("the client must authenticate in exactly one way"));
    }
    let (name, proof) = if let Some(basic) = basic {
        let (name, secret) = basic.ok().and_then(read_basic).ok_or(UNKNOWN)?;
        (name, Proof::Secret(AuthMethod::ClientSecretBasic, secret))
    } else if let Some(secret) = posted {
        let name = params.get("client_id").ok_or(UNKNOWN)?;
        (name.to_owned(), Proof::Secret(AuthMethod::ClientSecretPost, secret.to_owned()))
    } else {
        if params.get("client_assertion_type") != Some(ASSERTION) {
            return Err(Denied::client("the client_assertion_type is not jwt-bearer"));
        }
        let token = signed.unwrap_or_default();
        // Whom it names is only believed once its signature is checked with that client's key.
        let said: Named = jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|_| UNKNOWN)?;
        (said.sub, Proof::Signed(token.to_owned()))
    };
    if params.get("client_id").is_some_and(|said| said != name) {
        return Err(Denied::client("client_id names another client"));
    }
    Ok(Presented { id: name.parse().map_err(|_| UNKNOWN)?, proof })
}

#[derive(Deserialize)]
struct Named {
    sub: String,
}

fn read_basic(header: &str) -> Option<(String, String)> {
    let (scheme, coded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(coded.trim()).ok()?).ok()?;
    let (name, secret) = text.split_once(':')?;
    // RFC 6749, 2.3.1: both are encoded as in a form.
    let plain = |coded: &str| {
        let whole = format!("x={}", coded.replace('&', "%26"));
        form_urlencoded::parse(whole.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((plain(name)?, plain(secret)?))
}

/// The client, if it is open and proved itself.
pub(super) fn prove(c: &mut Conn, now: Moment, issuer: &str, presented: &Presented) -> Judged<Client> {
    let Some(client) = clients::find(c, presented.id)?.filter(Client::is_open) else {
        return Ok(Err(UNKNOWN));
    };
    let proved = match (&presented.proof, &client.secret_hash) {
        (Proof::Secret(method, secret), Some(hash)) => {
            *method == client.auth && bool::from(Sha256::digest(secret.as_bytes()).as_slice().ct_eq(hash))
        }
        (Proof::Signed(token), None) if client.auth == AuthMethod::PrivateKeyJwt => {
            match statement(&client, issuer, now, token) {
                Some(said) => seen::first_time(c, said.until, &format!("client {}", client.id), &said.jti)?,
                None => false,
            }
        }
        _ => false,
    };
    Ok(if proved { Ok(client) } else { Err(UNKNOWN) })
}

struct Statement {
    jti: String,
    until: Moment,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    iat: Option<i64>,
    jti: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// A statement of the client's, for us, in force now, signed with a key of its own.
fn statement(client: &Client, issuer: &str, now: Moment, token: &str) -> Option<Statement> {
    let header = decode_header(token).ok()?;
    // The algorithm must be one of ours and fit the key: a public key is never taken for a shared secret.
    if !matches!(header.alg, Algorithm::ES256 | Algorithm::RS256) || header.crit.is_some() {
        return None;
    }
    let set: JwkSet = serde_json::from_value(client.jwks.clone()?).ok()?;
    let fits = |key: &&Jwk| match &key.algorithm {
        AlgorithmParameters::EllipticCurve(_) => header.alg == Algorithm::ES256,
        AlgorithmParameters::RSA(_) => header.alg == Algorithm::RS256,
        _ => false,
    };
    let named = |key: &&Jwk| header.kid.is_none() || key.common.key_id == header.kid;
    let said: Claims =
        set.keys.iter().filter(fits).filter(named).find_map(|key| signing::claims(token, key, header.alg))?;
    let own = client.id.to_string();
    let ours = [issuer.to_owned(), format!("{issuer}/oidc/token"), format!("{issuer}/oidc/par")];
    let for_us = match &said.aud {
        Audience::One(aud) => ours.contains(aud),
        Audience::Many(all) => all.iter().any(|aud| ours.contains(aud)),
    };
    let until = DateTime::from_timestamp(said.exp, 0)?;
    let begun = |at: Option<i64>| {
        at.is_none_or(|at| DateTime::from_timestamp(at, 0).is_some_and(|at| at <= now + SKEW))
    };
    let in_force = until > now - SKEW && until <= now + LONGEST && begun(said.nbf) && begun(said.iat);
    let fine = said.iss == own && said.sub == own && for_us && in_force && !said.jti.is_empty();
    // Remembered a little longer than it is taken.
    fine.then(|| Statement { jti: said.jti, until: until + SKEW })
}
