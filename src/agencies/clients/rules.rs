//! What a registration must keep to. All mistakes are told at once.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::net::{IpAddr, Ipv4Addr};

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, JwkSet};
use url::{Host, Url};
use yimen_drivers::address::Allowed;

use super::{AuthMethod, NewClient, SCOPES};

/// RSA keys are at least this long, in bytes.
const RSA_BYTES: usize = 256;
const ADDRESSES: usize = 10;

/// Everything wrong with a registration.
pub(super) fn mistakes(new: &NewClient, allowed: &Allowed) -> Vec<String> {
    let mut wrong = Vec::new();
    if new.name.zh.trim().is_empty() || new.name.en.trim().is_empty() {
        wrong.push("name: citizens read it, in Chinese and in English.".to_owned());
    }
    if let Some(sector) = &new.sector
        && *sector != new.agency
        && !sector.starts_with(&format!("{}/", new.agency))
    {
        wrong.push(format!("sector: {} or something that begins with {}/.", new.agency, new.agency));
    }
    if new.redirect_uris.is_empty() {
        wrong.push("redirect_uris: where people come back to after signing in.".to_owned());
    }
    let lists = [
        ("redirect_uris", &new.redirect_uris[..]),
        ("post_logout_redirect_uris", &new.post_logout_redirect_uris[..]),
        ("backchannel_logout_uri", new.backchannel_logout_uri.as_slice()),
    ];
    for (field, addresses) in lists {
        if addresses.len() > ADDRESSES {
            wrong.push(format!("{field}: at most {ADDRESSES}."));
        }
        let bad = addresses.iter().filter_map(|address| Some((address, address_mistake(address)?)));
        wrong.extend(bad.map(|(address, problem)| format!("{field}: {address}: {problem}")));
    }
    // People's browsers go to the others; this one the portal calls itself.
    if let Some(problem) = new.backchannel_logout_uri.as_deref().and_then(|it| inside(it, allowed)) {
        wrong.push(format!("backchannel_logout_uri: {problem}"));
    }
    for scope in new.scopes.iter().filter(|scope| !SCOPES.contains(&scope.as_str())) {
        wrong.push(format!("scopes: {scope} is none of {}.", SCOPES.join(", ")));
    }
    match (&new.jwks, new.auth) {
        (Some(keys), AuthMethod::PrivateKeyJwt) => wrong.extend(key_mistakes(keys)),
        (None, AuthMethod::PrivateKeyJwt) => {
            wrong.push("jwks: private_key_jwt needs the site's public keys.".to_owned());
        }
        (Some(_), _) => wrong.push("jwks: only private_key_jwt uses keys.".to_owned()),
        (None, _) => {}
    }
    wrong
}

/// Addresses are compared letter by letter later on, so there must be only one way to write each.
fn address_mistake(address: &str) -> Option<&'static str> {
    let Ok(url) = Url::parse(address) else { return Some("this is no address.") };
    let own_machine = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Some("it names no host."),
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && own_machine) {
        return Some("it must be https.");
    }
    if url.fragment().is_some() {
        return Some("it must not have a part after #.");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some("it must not carry a user or a password.");
    }
    if url.as_str() != address || address.contains('*') {
        return Some(
            "write it out in full: small letters, no default port, no dots as folders, no wildcard.",
        );
    }
    None
}

/// Whether an address is written so that it leads into the operator's own network. A name is judged by its
/// addresses, each time it is called.
fn inside(address: &str, allowed: &Allowed) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = match url.host()? {
        Host::Ipv4(address) => IpAddr::V4(address),
        Host::Ipv6(address) => IpAddr::V6(address),
        Host::Domain(name) if name == "localhost" || name.ends_with(".localhost") => {
            IpAddr::V4(Ipv4Addr::LOCALHOST)
        }
        Host::Domain(_) => return None,
    };
    allowed
        .check(host, url.scheme() == "https")
        .err()
        .map(|forbidden| format!("{forbidden} ([gateway] allow)."))
}

fn key_mistakes(keys: &serde_json::Value) -> Vec<String> {
    let private = ["d", "p", "q", "dp", "dq", "qi", "k"];
    let given = keys.get("keys").and_then(serde_json::Value::as_array);
    if given.into_iter().flatten().any(|key| private.iter().any(|part| key.get(part).is_some())) {
        return vec!["jwks: these are private keys. Make new ones, and send the public halves.".to_owned()];
    }
    let Ok(set) = serde_json::from_value::<JwkSet>(keys.clone()) else {
        return vec!["jwks: this is no JSON Web Key Set.".to_owned()];
    };
    if set.keys.is_empty() {
        return vec!["jwks: it holds no key.".to_owned()];
    }
    let bad = |key: &AlgorithmParameters| match key {
        AlgorithmParameters::EllipticCurve(key) => key.curve != EllipticCurve::P256,
        AlgorithmParameters::RSA(key) => URL_SAFE_NO_PAD.decode(&key.n).map_or(0, |n| n.len()) < RSA_BYTES,
        _ => true,
    };
    if set.keys.iter().any(|key| bad(&key.algorithm)) {
        return vec!["jwks: keys are P-256 (ES256) or RSA of at least 2048 bits (RS256).".to_owned()];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_only_one_way_to_write_an_address() {
        for fine in [
            "https://library.example/back",
            "https://library.example/",
            "https://library.example:8443/back?from=yimen",
            "http://localhost:9000/back",
            "http://127.0.0.1:9000/back",
        ] {
            assert_eq!(address_mistake(fine), None, "{fine}");
        }
        for bad in [
            "http://library.example/back",
            "https://library.example",
            "https://Library.example/back",
            "https://library.example:443/back",
            "https://library.example/a/../back",
            "https://library.example/back#here",
            "https://user@library.example/back",
            "https://*.library.example/back",
            "https:library.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "//library.example/back",
            "/back",
            "",
        ] {
            assert!(address_mistake(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn what_the_portal_calls_lies_outside_unless_the_operator_allows_it() {
        let some = Allowed::new(vec!["10.20.0.0/16".parse().unwrap(), "127.0.0.1".parse().unwrap()]);
        for (address, by_default, with_some) in [
            ("https://library.example/out", true, true),
            ("https://8.8.8.8/out", true, true),
            ("https://169.254.169.254/out", false, false),
            ("https://127.0.0.1/out", false, true),
            ("http://127.0.0.1:9000/out", false, true),
            ("http://localhost:9000/out", false, true),
            ("https://[::1]/out", false, false),
            ("https://[::ffff:169.254.169.254]/out", false, false),
            ("https://[::ffff:7f00:1]/out", false, true),
            ("https://10.20.3.4/out", false, true),
            ("https://10.21.3.4/out", false, false),
        ] {
            assert_eq!(inside(address, &Allowed::default()).is_none(), by_default, "{address}");
            assert_eq!(inside(address, &some).is_none(), with_some, "{address}");
        }
    }

    #[test]
    fn private_keys_and_weak_ones_are_refused() {
        let keys = |key: serde_json::Value| key_mistakes(&serde_json::json!({ "keys": [key] }));
        assert!(!keys(serde_json::json!({"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"})).is_empty());
        assert!(!keys(serde_json::json!({"kty":"oct","k":"c2VjcmV0"})).is_empty());
        assert!(!keys(serde_json::json!({"kty":"RSA","n":"AQAB","e":"AQAB"})).is_empty());
        assert!(keys(serde_json::json!({"kty":"EC","crv":"P-256","x":"a","y":"b"})).is_empty());
    }
}
