//! How a request proves that it comes from the portal.

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;
use yimen_contract::agency::Auth;

use super::signing::{NONCE, SIGNATURE, Signing, TIMESTAMP};
use crate::call::{Call, CallError};

/// Adds the headers that the backend's way of signing in asks for.
pub(super) fn prove(
    call: &Call<'_>,
    url: &Url,
    body: &[u8],
    headers: &mut Vec<(&'static str, String)>,
) -> Result<(), CallError> {
    match call.backend.auth {
        // The backend goes by the address the call comes from.
        Auth::None | Auth::IpAllow => {}
        Auth::ApiKey => headers.push(("x-api-key", text(secret(call)?)?)),
        Auth::Token => headers.push(("authorization", format!("Bearer {}", text(secret(call)?)?))),
        Auth::Hmac => {
            let key = secret(call)?;
            let target = match url.query() {
                Some(query) => format!("{}?{query}", url.path()),
                None => url.path().to_owned(),
            };
            // Another one for every attempt: the receiver refuses one it has seen.
            let nonce = format!("{}-{}", call.id.simple(), call.attempt);
            let signing = Signing {
                method: call.binding.method.name(),
                target: &target,
                timestamp: call.now.timestamp(),
                nonce: &nonce,
                body,
            };
            headers.push((SIGNATURE, signing.sign(key.expose_secret().as_bytes())));
            headers.push((TIMESTAMP, signing.timestamp.to_string()));
            headers.push((NONCE, nonce));
        }
        _ => return Err(CallError::Impossible("this driver does not know the way of signing in".to_owned())),
    }
    Ok(())
}

/// The first secret that the package names: these ways of signing in need one.
fn secret<'c>(call: &Call<'c>) -> Result<&'c SecretString, CallError> {
    let value = call.backend.secrets.first().and_then(|name| call.endpoint.secrets.get(name));
    value.ok_or_else(|| CallError::Impossible("the secret is not bound".to_owned()))
}

/// A secret that goes into a header as it is.
fn text(secret: &SecretString) -> Result<String, CallError> {
    let secret = secret.expose_secret();
    if secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(secret.to_owned())
    } else {
        Err(CallError::Impossible("the secret holds characters that no header can".to_owned()))
    }
}
