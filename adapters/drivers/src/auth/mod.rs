//! How a request over HTTP proves that it comes from the portal, and the exchange itself: the drivers for JSON
//! and for envelopes share it.

mod oauth2;
pub mod sign;

use std::time::Instant;

use bytes::Bytes;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;
use yimen_contract::{agency::Auth, capability::Method};

use self::oauth2::Tokens;
use crate::{
    call::{Call, CallError},
    dial::{HttpAnswer, HttpRequest, Tls},
    rest::{
        ASSERTION,
        signing::{NONCE, SIGNATURE, Signing, TIMESTAMP},
    },
};

/// The most of an answer that is read.
pub const AT_MOST: usize = 1 << 20;

/// A request that still lacks its proof.
pub struct Unsigned {
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
    /// Whether the driver put into the body what the way of signing in demands to be there.
    pub proved: bool,
    /// Which request of the call it is, where there are several.
    pub part: u32,
}

/// Makes exchanges over HTTP, and keeps the tokens that they need.
#[derive(Default)]
pub struct Exchanges {
    tokens: Tokens,
}

impl Exchanges {
    /// Proves, sends, and waits for the answer. A token that is not taken is renewed once.
    pub async fn make(&self, call: &Call<'_>, request: Unsigned) -> Result<HttpAnswer, CallError> {
        let began = Instant::now();
        let token = match call.backend.auth {
            Auth::Oauth2 => Some(self.tokens.get(call, call.within).await?),
            _ => None,
        };
        let bearer = token.as_ref().map(|token| token.value.clone());
        let answer = send(call, &request, bearer.as_ref(), began).await?;
        let Some(token) = token.filter(|token| answer.status == 401 && !token.fresh) else {
            return Ok(answer);
        };
        let left = || call.within.saturating_sub(began.elapsed());
        self.tokens.forget(call, &token.value, left()).await;
        let token = self.tokens.get(call, left()).await?;
        send(call, &request, Some(&token.value), began).await
    }
}

async fn send(
    call: &Call<'_>,
    request: &Unsigned,
    bearer: Option<&SecretString>,
    began: Instant,
) -> Result<HttpAnswer, CallError> {
    let mut headers = request.headers.clone();
    if let Some(vouch) = call.vouch {
        let statement = vouch.statement();
        let statement =
            statement.ok_or_else(|| CallError::Impossible("nobody can be vouched for".to_owned()))?;
        headers.push((ASSERTION, statement));
    }
    prove(call, request, bearer, &mut headers)?;
    let request = HttpRequest {
        agency: call.agency,
        method: request.method,
        url: request.url.clone(),
        headers,
        body: request.body.clone(),
        tls: tls(call)?,
        within: call.within.saturating_sub(began.elapsed()),
        at_most: AT_MOST,
    };
    Ok(call.ports.dialer.http(request).await?)
}

/// Adds the headers that the backend's way of signing in asks for.
fn prove(
    call: &Call<'_>,
    request: &Unsigned,
    bearer: Option<&SecretString>,
    headers: &mut Vec<(&'static str, String)>,
) -> Result<(), CallError> {
    match call.backend.auth {
        // The backend goes by the address the call comes from, by the certificate, or by what the body holds.
        Auth::None | Auth::IpAllow | Auth::Mtls => {}
        Auth::SharedSecret | Auth::WsSecurity if request.proved => {}
        Auth::ApiKey => headers.push(("x-api-key", text(call.secret(0)?)?)),
        Auth::Token => headers.push(("authorization", format!("Bearer {}", text(call.secret(0)?)?))),
        Auth::Oauth2 => {
            let token = bearer.ok_or_else(|| CallError::NotSent("there is no token".to_owned()))?;
            headers.push(("authorization", format!("Bearer {}", text(token)?)));
        }
        Auth::Hmac | Auth::Sm2Sign => {
            let target = match request.url.query() {
                Some(query) => format!("{}?{query}", request.url.path()),
                None => request.url.path().to_owned(),
            };
            let nonce = call.nonce(request.part);
            let signing = Signing {
                method: request.method.name(),
                target: &target,
                timestamp: call.now.timestamp(),
                nonce: &nonce,
                body: &request.body,
            };
            let key = call.secret(0)?.expose_secret();
            let signature = match call.backend.auth {
                Auth::Hmac => signing.sign(key.as_bytes()),
                _ => sign::sm2(key, signing.text().as_bytes())?,
            };
            headers.push((SIGNATURE, signature));
            headers.push((TIMESTAMP, signing.timestamp.to_string()));
            headers.push((NONCE, nonce));
        }
        Auth::SharedSecret | Auth::WsSecurity | Auth::SftpKey | Auth::PortalAccount => {
            return Err(CallError::Impossible("this driver does not know the way of signing in".to_owned()));
        }
    }
    Ok(())
}

/// The certificates that the connection needs.
fn tls<'c>(call: &Call<'c>) -> Result<Tls<'c>, CallError> {
    let unbound = || CallError::Impossible("a secret is not bound".to_owned());
    let identity = match call.backend.auth {
        // Without TLS nobody would ask for the certificate, and the backend would not know who calls.
        Auth::Mtls if call.endpoint.address.scheme() != "https" => {
            return Err(CallError::Impossible("client certificates need an address with https".to_owned()));
        }
        Auth::Mtls => Some(call.secret(0)?),
        _ => None,
    };
    let roots = match &call.backend.server_ca {
        Some(name) => Some(call.endpoint.secrets.get(name).ok_or_else(unbound)?),
        None => None,
    };
    Ok(Tls { identity, roots })
}

/// A secret that goes into a header as it is.
fn text(secret: &SecretString) -> Result<String, CallError> {
    let secret = secret.expose_secret();
    if !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(secret.to_owned())
    } else {
        Err(CallError::Impossible("the secret holds characters that no header can".to_owned()))
    }
}

/// The endpoint's address with the path behind whatever path it has.
pub fn address(endpoint: &Url, path: &str) -> Result<Url, CallError> {
    let mut url = endpoint.clone();
    let whole = match path {
        "" => endpoint.path().to_owned(),
        path => format!("{}{path}", endpoint.path().trim_end_matches('/')),
    };
    url.set_path(&whole);
    url.set_query(None);
    url.set_fragment(None);
    // A path that means another one than is written was not meant well.
    if url.path() == whole { Ok(url) } else { Err(CallError::Impossible("the path is not plain".to_owned())) }
}
