//! Hearing from the portal that someone signed out (OpenID Connect Back-Channel Logout 1.0).

use actix_web::{
    HttpResponse,
    web::{Data, Form},
};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Site;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How far clocks may be apart.
const SKEW: i64 = 60;

#[derive(Deserialize)]
pub struct Notice {
    logout_token: String,
}

/// A logout token's claims, once its signature held.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    iat: i64,
    exp: i64,
    jti: String,
    sub: Option<String>,
    sid: Option<String>,
    events: Map<String, Value>,
    nonce: Option<Value>,
}

pub async fn hear(site: Data<Site>, notice: Form<Notice>) -> HttpResponse {
    let answer = match site.understand(&notice.logout_token).await {
        Ok(claims) => {
            site.end(&claims);
            HttpResponse::Ok().finish()
        }
        Err(reason) => HttpResponse::BadRequest()
            .json(json!({ "error": "invalid_request", "error_description": reason })),
    };
    let mut answer = answer;
    answer.headers_mut().insert(
        actix_web::http::header::CACHE_CONTROL,
        actix_web::http::header::HeaderValue::from_static("no-store"),
    );
    answer
}

impl Site {
    async fn understand(&self, token: &str) -> Result<Claims, &'static str> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| "no token")?;
        if header.alg != Algorithm::ES256 {
            return Err("algorithm");
        }
        let kid = header.kid.ok_or("no key named")?;
        let mut known = None;
        for fresh in [false, true] {
            let (issuer, client, keys) =
                self.keys(fresh).await.map_err(|_| "the portal's keys are unknown")?;
            let keys: JwkSet =
                serde_json::from_value(keys).map_err(|_| "the portal's keys cannot be read")?;
            if let Some(key) = keys.find(&kid) {
                let key = DecodingKey::from_jwk(key).map_err(|_| "the key cannot be read")?;
                known = Some((issuer, client, key));
                break;
            }
        }
        let (issuer, client, key) = known.ok_or("unknown key")?;
        let mut rules = Validation::new(Algorithm::ES256);
        rules.set_audience(&[client]);
        rules.set_required_spec_claims(&["aud", "iss"]);
        // Time is compared below, with this site's own clock.
        rules.validate_exp = false;
        let claims: Claims =
            jsonwebtoken::decode(token, &key, &rules).map_err(|_| "the token does not hold")?.claims;
        let now = self.clock.seconds();
        let timely = claims.iat <= now + SKEW && now <= claims.exp + SKEW;
        if claims.iss != issuer {
            Err("issuer")
        } else if !timely {
            Err("time")
        } else if !claims.events.get(EVENT).is_some_and(Value::is_object) {
            Err("not a logout token")
        } else if claims.nonce.is_some() {
            Err("a logout token has no nonce")
        } else if claims.sub.is_none() && claims.sid.is_none() {
            Err("it names nobody")
        } else {
            Ok(claims)
        }
    }

    /// Ends the sessions a token names. The same token twice ends nothing more.
    fn end(&self, claims: &Claims) {
        let now = self.clock.seconds();
        let mut state = self.state();
        state.heard.retain(|_, until| *until >= now);
        if state.heard.insert(claims.jti.clone(), claims.exp + SKEW).is_some() {
            return;
        }
        state.sessions.retain(|_, session| match (&claims.sid, &claims.sub) {
            (Some(sid), _) => session.sid.as_ref() != Some(sid),
            (None, Some(subject)) => session.subject != *subject,
            (None, None) => true,
        });
    }
}
