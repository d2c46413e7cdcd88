//! `[[national]]`: the identity providers that people can sign in with.

use std::{collections::BTreeSet, path::PathBuf};

use secrecy::SecretString;
use url::Url;
use yimen_contract::Bilingual;

use super::reader::Reader;
use crate::platform::here::leads_here;

/// Every setting of a section and what holds where it is left out.
pub(super) const SETTINGS: &[(&str, &str)] = &[
    ("id", "\"\""),
    ("name_zh", "\"\""),
    ("name_en", "\"\""),
    ("issuer", "\"\""),
    ("client_id", "\"\""),
    ("client_secret", "\"\""),
    ("client_key", "\"\""),
    ("scopes", "[\"profile\"]"),
    ("level", "0"),
    ("pseudonymous", "false"),
    ("number_claim", "\"identity_number\""),
    ("allow_http_loopback", "false"),
];

/// A national identity provider.
#[derive(Debug, Clone)]
pub struct NationalConfig {
    /// Its part of our addresses, and of the hash that accounts are found by.
    pub id: String,
    pub name: Bilingual,
    /// As the provider writes it: compared letter by letter.
    pub issuer: String,
    pub client_id: String,
    pub proof: ClientProof,
    /// Beside `openid`.
    pub scopes: Vec<String>,
    /// The level of assurance it vouches for.
    pub level: u8,
    /// It tells people apart without saying who they are.
    pub pseudonymous: bool,
    pub number_claim: String,
    /// Only for trying out: it may be a program on this machine that speaks plain HTTP.
    pub allow_http_loopback: bool,
}

/// How the portal proves to the provider that it is the portal.
#[derive(Debug, Clone)]
pub enum ClientProof {
    Secret(SecretString),
    /// A file with a P-256 key, for `private_key_jwt`.
    Key(PathBuf),
}

impl NationalConfig {
    /// Whether an address of the provider may be called: HTTPS, or plain on this machine where that is allowed.
    pub fn allows(&self, address: &Url) -> bool {
        let here = leads_here(address);
        match address.scheme() {
            "https" => address.has_host(),
            "http" => self.allow_http_loopback && here,
            _ => false,
        }
    }
}

pub(super) fn all(reader: &mut Reader) -> Vec<NationalConfig> {
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    for number in 1..=reader.entries("national") {
        let Some(config) = one(reader, number) else { continue };
        if !taken.insert(config.id.clone()) {
            reader.wrong(
                &format!("national.{number}.id"),
                "The id is taken by another provider.",
                "Give each its own.",
            );
        }
        found.push(config);
    }
    found
}

fn one(reader: &mut Reader, number: usize) -> Option<NationalConfig> {
    let key = |name: &str| format!("national.{number}.{name}");
    let id = reader.take(&key("id"), "Write up to 32 small letters, digits or dashes.", |value| {
        let text = value.as_str()?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (matches!(text.len(), 1..=32) && text.bytes().all(plain)).then(|| text.to_owned())
    });
    let needed = |reader: &mut Reader, name: &str, remedy: &str| {
        reader.take(&key(name), remedy, |value| {
            value.as_str().filter(|text| !text.trim().is_empty()).map(|text| text.trim().to_owned())
        })
    };
    let name = Bilingual::new(
        needed(reader, "name_zh", "Write the name that people know it by, in Chinese."),
        needed(reader, "name_en", "Write the name that people know it by, in English."),
    );
    let issuer = needed(reader, "issuer", "Write the provider's address, exactly as it writes it itself.");
    let client_id = needed(reader, "client_id", "Write the id under which the provider knows this portal.");
    let (secret, file) = (reader.text(&key("client_secret")), reader.text(&key("client_key")));
    let proof = match (secret.is_empty(), file.is_empty()) {
        (false, true) => ClientProof::Secret(secret.into()),
        (true, false) => ClientProof::Key(file.into()),
        _ => {
            let remedy = "Give one of client_secret (better: the environment) and client_key.";
            reader.wrong(&key("client_secret"), "The portal must prove itself in one way.", remedy);
            return None;
        }
    };
    let scopes = reader.take(&key("scopes"), "Write a list of words, such as [\"profile\"].", |value| {
        let word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        let words = value.as_array()?.iter().map(|item| item.as_str().filter(|text| word(text)));
        let words: Option<Vec<&str>> = words.collect();
        Some(words?.into_iter().filter(|word| *word != "openid").map(str::to_owned).collect())
    });
    let level = reader.take(&key("level"), "Write the level it vouches for: 2, 3, 4 or 5.", |value| {
        value.as_integer().filter(|level| matches!(level, 2..=5)).and_then(|level| u8::try_from(level).ok())
    });
    let pseudonymous = reader.yes_or_no(&key("pseudonymous"));
    let number_claim = needed(reader, "number_claim", "Write the name of the claim.");
    let allow_http_loopback = reader.yes_or_no(&key("allow_http_loopback"));
    let config = NationalConfig {
        id,
        name,
        issuer,
        client_id,
        proof,
        scopes,
        level,
        pseudonymous,
        number_claim,
        allow_http_loopback,
    };
    let address = Url::parse(&config.issuer).ok();
    let usable = address.is_some_and(|url| {
        url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && config.allows(&url)
    });
    if !usable && !config.issuer.is_empty() {
        let remedy =
            "Write an https address without a query; allow_http_loopback is for trying out on this machine.";
        reader.wrong(&key("issuer"), "The address cannot be an issuer.", remedy);
    }
    Some(config)
}
