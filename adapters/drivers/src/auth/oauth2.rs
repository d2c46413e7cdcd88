//! OAuth 2 client credentials (RFC 6749, 4.4): a token is asked for at the backend's own address, kept until
//! shortly before it ends, and shared by all calls to that agency.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as Lock, PoisonError},
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::form_urlencoded::{Serializer, byte_serialize};
use yimen_contract::capability::Method;

use super::{address, tls};
use crate::{
    call::{Call, CallError},
    dial::{DialError, HttpAnswer, HttpRequest},
};

/// A token is not used in its last seconds: it would end on its way.
const RESERVE: TimeDelta = TimeDelta::seconds(30);
/// For a backend that does not say how long a token lasts.
const USUAL: i64 = 300;
/// However long the backend says: a day is enough.
const LONGEST: i64 = 86_400;
const AT_MOST: usize = 64 << 10;

/// A token, and whether it was made for this very call.
pub(super) struct Token {
    pub(super) value: SecretString,
    pub(super) fresh: bool,
}

struct Kept {
    value: SecretString,
    /// The client that it was given to: with other credentials comes another token.
    client: SecretString,
    until: DateTime<Utc>,
}

type Slot = Arc<Mutex<Option<Kept>>>;

/// Tokens by agency and address.
#[derive(Default)]
pub(super) struct Tokens(Lock<HashMap<(String, String), Slot>>);

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    #[serde(default)]
    expires_in: Option<i64>,
}

impl Tokens {
    /// One caller asks for a token; the others wait for it.
    pub(super) async fn get(&self, call: &Call<'_>, within: Duration) -> Result<Token, CallError> {
        let began = Instant::now();
        let (id, secret) = (call.secret(0)?, call.secret(1)?);
        let slot = self.slot(call);
        let waited = tokio::time::timeout(within, slot.lock()).await;
        let mut kept = waited.map_err(|_| CallError::NotSent("no token came in time".to_owned()))?;
        let client = SecretString::from(format!("{}\n{}", id.expose_secret(), secret.expose_secret()));
        if let Some(kept) = kept.as_ref()
            && kept.until > call.now
            && kept.client.expose_secret() == client.expose_secret()
        {
            return Ok(Token { value: kept.value.clone(), fresh: false });
        }
        *kept = None;
        let left = within.saturating_sub(began.elapsed());
        let answer = fetch(call, (id, secret), left).await?;
        let lasts = answer.expires_in.unwrap_or(USUAL).clamp(0, LONGEST);
        let value = SecretString::from(answer.access_token);
        let until = call.now + TimeDelta::seconds(lasts) - RESERVE;
        *kept = Some(Kept { value: value.clone(), client, until });
        Ok(Token { value, fresh: true })
    }

    /// Forgets a token that was not taken, unless another one has come in its place already. Whoever holds the
    /// place for longer is getting another token, and has forgotten this one.
    pub(super) async fn forget(&self, call: &Call<'_>, value: &SecretString, within: Duration) {
        let slot = self.slot(call);
        let Ok(mut kept) = tokio::time::timeout(within, slot.lock()).await else { return };
        if kept.as_ref().is_some_and(|kept| kept.value.expose_secret() == value.expose_secret()) {
            *kept = None;
        }
    }

    fn slot(&self, call: &Call<'_>) -> Slot {
        let key = (call.agency.to_owned(), call.endpoint.address.to_string());
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(key).or_default())
    }
}

async fn fetch(
    call: &Call<'_>,
    (id, secret): (&SecretString, &SecretString),
    within: Duration,
) -> Result<Answer, CallError> {
    let path = call.backend.token_path.as_deref();
    let path =
        path.ok_or_else(|| CallError::Impossible("nobody knows where tokens are given out".to_owned()))?;
    let part = |secret: &SecretString| byte_serialize(secret.expose_secret().as_bytes()).collect::<String>();
    let basic = STANDARD.encode(format!("{}:{}", part(id), part(secret)));
    let request = HttpRequest {
        agency: call.agency,
        method: Method::Post,
        url: address(&call.endpoint.address, path)?,
        headers: vec![
            ("accept", "application/json".to_owned()),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ("authorization", format!("Basic {basic}")),
        ],
        body: form(call).into(),
        tls: tls(call)?,
        within,
        at_most: AT_MOST,
    };
    // Whatever goes wrong here: what was asked has not left yet.
    let answer = call.ports.dialer.http(request).await.map_err(|error| match error {
        DialError::Forbidden(_) | DialError::Address(_) => CallError::from(error),
        other => CallError::NotSent(format!("no token: {other}")),
    })?;
    understand(&answer)
}

fn form(call: &Call<'_>) -> String {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    if let Some(scope) = &call.backend.scope {
        form.append_pair("scope", scope);
    }
    form.finish()
}

fn understand(answer: &HttpAnswer) -> Result<Answer, CallError> {
    match answer.status {
        200 => {
            let token = serde_json::from_slice::<Answer>(&answer.body).ok();
            let token = token.filter(|token| !token.access_token.is_empty());
            token.ok_or_else(|| CallError::NotSent("no token: the answer cannot be understood".to_owned()))
        }
        400 | 401 | 403 => Err(CallError::Credentials(answer.status.into())),
        status => Err(CallError::NotSent(format!("no token: the backend answered {status}"))),
    }
}
