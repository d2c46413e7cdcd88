//! WS-Security: a user name with the digest of the password, a nonce, and how long the message is good for.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{SecondsFormat, TimeDelta};
use secrecy::ExposeSecret as _;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;
use yimen_drivers::{Call, CallError, xml::escaped};

use crate::{GOOD_FOR, impossible};

const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const WSU: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const DIGEST: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
const BASE64: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

/// Writes the header. The first secret is the user's name, the second the password.
pub(crate) fn write(call: &Call<'_>, out: &mut String) -> Result<(), CallError> {
    let (user, password) = (call.secret(0)?.expose_secret(), call.secret(1)?.expose_secret());
    let created = call.now.to_rfc3339_opts(SecondsFormat::Millis, true);
    let good_for = TimeDelta::from_std(GOOD_FOR).unwrap_or(TimeDelta::minutes(5));
    let expires = (call.now + good_for).to_rfc3339_opts(SecondsFormat::Millis, true);
    // Another one for every attempt; the random part of the call's id keeps it from being guessed.
    let nonce = &Sha256::digest(call.nonce(0))[..16];
    let digest = digest(nonce, &created, password);
    let user = escaped(user).map_err(impossible)?;
    let nonce = STANDARD.encode(nonce);
    let header = format!(
        "<wsse:Security soap:mustUnderstand=\"1\" xmlns:wsse=\"{WSSE}\" xmlns:wsu=\"{WSU}\">\
         <wsu:Timestamp><wsu:Created>{created}</wsu:Created><wsu:Expires>{expires}</wsu:Expires></wsu:Timestamp>\
         <wsse:UsernameToken><wsse:Username>{user}</wsse:Username>\
         <wsse:Password Type=\"{DIGEST}\">{digest}</wsse:Password>\
         <wsse:Nonce EncodingType=\"{BASE64}\">{nonce}</wsse:Nonce>\
         <wsu:Created>{created}</wsu:Created></wsse:UsernameToken></wsse:Security>"
    );
    out.push_str(&header);
    Ok(())
}

/// Base64 of SHA-1 over nonce, time and password: what the profile demands. The password itself is never sent.
pub(crate) fn digest(nonce: &[u8], created: &str, password: &str) -> String {
    STANDARD.encode(Sha1::new().chain_update(nonce).chain_update(created).chain_update(password).finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_profiles() {
        // Made with another program: SHA-1 over the 16 bytes 0 to 15, the time and the password.
        let nonce: Vec<u8> = (0..16).collect();
        assert_eq!(digest(&nonce, "2026-11-21T00:00:00.000Z", "secret"), EXPECTED);
    }

    const EXPECTED: &str = "QSzIpLVy9YEFxg4Yo+Htg4J6aBo=";
}
