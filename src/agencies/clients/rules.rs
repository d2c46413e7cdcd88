//! What a registration must keep to. All mistakes are told at once.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, JwkSet};
use url::{Host, Url};
use yimen_drivers::address::Allowed;

use super::{AuthMethod, NewClient, SCOPES};
use crate::platform::here::leads_here;

/// RSA keys are at least this long, in bytes.
const RSA_BYTES: usize = 256;
const ADDRESSES: usize = 10;

/// What is wrong with a registration, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field as registrations name it.
    pub field: &'static str,
    /// The address or the word in question, where a field holds several.
    pub about: String,
    pub problem: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    NameMissing,
    NotOfTheAgency,
    NoAddress,
    TooMany,
    NotAnAddress,
    NoHost,
    NotHttps,
    AfterHash,
    CarriesUser,
    NotPlain,
    /// The portal would call into the operator's own network.
    Inside,
    UnknownScope,
    KeysMissing,
    KeysUnused,
    PrivateKeys,
    NoKeySet,
    NoKey,
    WeakKey,
}

impl Mistake {
    fn new(field: &'static str, about: impl Into<String>, problem: Problem) -> Self {
        Self { field, about: about.into(), problem }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.field)?;
        if !self.about.is_empty() {
            write!(f, "{}: ", self.about)?;
        }
        f.write_str(match self.problem {
            Problem::NameMissing => "citizens read it, in Chinese and in English.",
            Problem::NotOfTheAgency => {
                "it is the agency's name or something that begins with it and a slash."
            }
            Problem::NoAddress => "where people come back to after signing in.",
            Problem::TooMany => "at most 10.",
            Problem::NotAnAddress => "this is no address.",
            Problem::NoHost => "it names no host.",
            Problem::NotHttps => "it must be https.",
            Problem::AfterHash => "it must not have a part after #.",
            Problem::CarriesUser => "it must not carry a user or a password.",
            Problem::NotPlain => {
                "write it out in full: small letters, no default port, no dots as folders, no wildcard."
            }
            Problem::Inside => {
                "the portal itself calls it, and it lies in the operator's own network, where nothing is allowed \
                 that [gateway] allow does not name."
            }
            Problem::UnknownScope => return write!(f, "it is none of {}.", SCOPES.join(", ")),
            Problem::KeysMissing => "private_key_jwt needs the site's public keys.",
            Problem::KeysUnused => "only private_key_jwt uses keys.",
            Problem::PrivateKeys => "these are private keys. Make new ones, and send the public halves.",
            Problem::NoKeySet => "this is no JSON Web Key Set.",
            Problem::NoKey => "it holds no key.",
            Problem::WeakKey => "keys are P-256 (ES256) or RSA of at least 2048 bits (RS256).",
        })
    }
}

/// Everything wrong with a registration.
pub(super) fn mistakes(new: &NewClient, allowed: &Allowed) -> Vec<Mistake> {
    let mut wrong = Vec::new();
    for (field, name) in [("name_zh", &new.name.zh), ("name_en", &new.name.en)] {
        if name.trim().is_empty() {
            wrong.push(Mistake::new(field, "", Problem::NameMissing));
        }
    }
    if let Some(sector) = &new.sector
        && *sector != new.agency
        && !sector.starts_with(&format!("{}/", new.agency))
    {
        wrong.push(Mistake::new("sector", sector, Problem::NotOfTheAgency));
    }
    if new.redirect_uris.is_empty() {
        wrong.push(Mistake::new("redirect_uris", "", Problem::NoAddress));
    }
    let lists = [
        ("redirect_uris", &new.redirect_uris[..]),
        ("post_logout_redirect_uris", &new.post_logout_redirect_uris[..]),
        ("backchannel_logout_uri", new.backchannel_logout_uri.as_slice()),
    ];
    for (field, addresses) in lists {
        if addresses.len() > ADDRESSES {
            wrong.push(Mistake::new(field, "", Problem::TooMany));
        }
        let bad = addresses.iter().filter_map(|address| Some((address, address_mistake(address)?)));
        wrong.extend(bad.map(|(address, problem)| Mistake::new(field, address, problem)));
    }
    // People's browsers go to the others; this one the portal calls itself.
    if let Some(address) = new.backchannel_logout_uri.as_deref().filter(|it| is_inside(it, allowed)) {
        wrong.push(Mistake::new("backchannel_logout_uri", address, Problem::Inside));
    }
    for scope in new.scopes.iter().filter(|scope| !SCOPES.contains(&scope.as_str())) {
        wrong.push(Mistake::new("scopes", scope, Problem::UnknownScope));
    }
    let keys = match (&new.jwks, new.auth) {
        (Some(keys), AuthMethod::PrivateKeyJwt) => key_mistake(keys),
        (None, AuthMethod::PrivateKeyJwt) => Some(Problem::KeysMissing),
        (Some(_), _) => Some(Problem::KeysUnused),
        (None, _) => None,
    };
    wrong.extend(keys.map(|problem| Mistake::new("jwks", "", problem)));
    wrong
}

/// Addresses are compared letter by letter later on, so there must be only one way to write each.
fn address_mistake(address: &str) -> Option<Problem> {
    let Ok(url) = Url::parse(address) else { return Some(Problem::NotAnAddress) };
    if !url.has_host() {
        return Some(Problem::NoHost);
    }
    if url.scheme() != "https" && !(url.scheme() == "http" && leads_here(&url)) {
        return Some(Problem::NotHttps);
    }
    if url.fragment().is_some() {
        return Some(Problem::AfterHash);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some(Problem::CarriesUser);
    }
    (url.as_str() != address || address.contains('*')).then_some(Problem::NotPlain)
}

/// Whether an address is written so that it leads into the operator's own network. A name is judged by its
/// addresses, each time it is called.
fn is_inside(address: &str, allowed: &Allowed) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let host = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        Some(Host::Domain(name)) if name == "localhost" || name.ends_with(".localhost") => {
            IpAddr::V4(Ipv4Addr::LOCALHOST)
        }
        _ => return false,
    };
    allowed.check(host, url.scheme() == "https").is_err()
}

fn key_mistake(keys: &serde_json::Value) -> Option<Problem> {
    let private = ["d", "p", "q", "dp", "dq", "qi", "k"];
    let given = keys.get("keys").and_then(serde_json::Value::as_array);
    if given.into_iter().flatten().any(|key| private.iter().any(|part| key.get(part).is_some())) {
        return Some(Problem::PrivateKeys);
    }
    let Ok(set) = serde_json::from_value::<JwkSet>(keys.clone()) else { return Some(Problem::NoKeySet) };
    if set.keys.is_empty() {
        return Some(Problem::NoKey);
    }
    let bad = |key: &AlgorithmParameters| match key {
        AlgorithmParameters::EllipticCurve(key) => key.curve != EllipticCurve::P256,
        AlgorithmParameters::RSA(key) => URL_SAFE_NO_PAD.decode(&key.n).map_or(0, |n| n.len()) < RSA_BYTES,
        _ => true,
    };
    set.keys.iter().any(|key| bad(&key.algorithm)).then_some(Problem::WeakKey)
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
            assert_eq!(!is_inside(address, &Allowed::default()), by_default, "{address}");
            assert_eq!(!is_inside(address, &some), with_some, "{address}");
        }
    }

    #[test]
    fn private_keys_and_weak_ones_are_refused() {
        let keys = |key: serde_json::Value| key_mistake(&serde_json::json!({ "keys": [key] }));
        assert!(keys(serde_json::json!({"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"})).is_some());
        assert!(keys(serde_json::json!({"kty":"oct","k":"c2VjcmV0"})).is_some());
        assert!(keys(serde_json::json!({"kty":"RSA","n":"AQAB","e":"AQAB"})).is_some());
        assert!(keys(serde_json::json!({"kty":"EC","crv":"P-256","x":"a","y":"b"})).is_none());
    }
}
