//! A national identity provider for a test. It does everything right until a test has it do one thing wrong.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::{SecretKey, elliptic_curve::sec1::ToSec1Point as _, pkcs8::EncodePrivateKey as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::{Url, form_urlencoded};
use yimen::platform::{
    Clock,
    config::{ClientProof, NationalConfig},
};
use yimen_contract::Bilingual;

use super::{
    opening,
    outside::{Asked, Told, listen},
};

pub const SECRET: &str = "the portal's own secret, long enough to sign with";
const RSA: &[u8] = include_bytes!("../../data/provider-rsa.der");
const RSA_N: &str = "3AeoOVH9rFQqWVE6zD02GdMVywnnuzN3WLnre5dzWs7qVN-v2jUoWhzTqY4YwxqB_ELshWQOwk6DaLZ1AbbGhatcvZWPRBfOYxzsBTpASeUow8rWgYsqJXrZrPOegN6ZZ9ng_TW8adKeEgRMBG34_HU17M_cQdsNZQg2AuOM84Sbj-N-c8QOLL2nRg6CqkpSMmgfo8KREKRCbunFTaBrfISxz1ib4HiaIAHdpgkXlgNIJbrL7-vK3XuhUN4K8fjZN96oVV5I_ZtSVVDuX4GXrd5piYjR5c89BX6Ya0_S561pulftlRacOH6l3MQm3TJA4P8GoSYKXc_3uSf3C-ccKw";
/// RFC 8032, 7.1, test 1.
const ED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const ED_X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/// What the provider does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twist {
    WrongNonce,
    NoNonce,
    WrongIssuer,
    WrongAudience,
    MoreAudiences,
    WrongParty,
    Expired,
    IssuedLongAgo,
    IssuedLater,
    /// It says itself that it does not count yet.
    NotBefore,
    /// From when on it counts cannot be read.
    NotBeforeWhen,
    BrokenSignature,
    ForeignKey,
    AlgNone,
    HmacWithPublicKey,
    HmacWithSecret,
    UnknownKey,
    NoIdToken,
    EmptySubject,
    WrongAccessTokenHash,
    CodeRefused,
    /// The answer says it comes from another issuer.
    OtherSender,
    /// The answer does not say whom it comes from, although it was promised that all do.
    SilentSender,
    /// The details are about somebody else than the ID token.
    OtherDetails,
    /// It does not say when the person proved themselves.
    NoAuthTime,
    /// The person proved themselves twenty minutes ago, whatever was asked for.
    ProvedLongAgo,
    /// Its own description names another issuer.
    OtherMetadata,
    /// The person says no.
    Cancel,
    /// Nothing works.
    Down,
}

impl Twist {
    /// Those after which nobody may be signed in, although everybody played along.
    pub const LIES: [Self; 24] = [
        Self::WrongNonce,
        Self::NoNonce,
        Self::WrongIssuer,
        Self::WrongAudience,
        Self::MoreAudiences,
        Self::WrongParty,
        Self::Expired,
        Self::IssuedLongAgo,
        Self::IssuedLater,
        Self::NotBefore,
        Self::NotBeforeWhen,
        Self::BrokenSignature,
        Self::ForeignKey,
        Self::AlgNone,
        Self::HmacWithPublicKey,
        Self::HmacWithSecret,
        Self::UnknownKey,
        Self::NoIdToken,
        Self::EmptySubject,
        Self::WrongAccessTokenHash,
        Self::CodeRefused,
        Self::OtherSender,
        Self::SilentSender,
        Self::OtherDetails,
    ];
}

struct State {
    issuer: String,
    clock: Option<Clock>,
    twist: Option<Twist>,
    algorithm: Algorithm,
    /// Which key it signs with: another after every change.
    key: u8,
    person: Value,
    /// Name and number are told at the userinfo endpoint only.
    details_apart: bool,
    codes: BTreeMap<String, BTreeMap<String, String>>,
    asked: BTreeMap<String, usize>,
    /// The portal's public key, where it proves itself with one.
    client_key: Option<(String, String)>,
}

pub struct National {
    state: Arc<Mutex<State>>,
}

fn ec(seed: u8) -> (EncodingKey, String, String) {
    let secret = SecretKey::from_slice(&[seed; 32]).unwrap();
    let point = secret.public_key().to_sec1_point(false);
    let (x, y) = (&point.as_bytes()[1..33], &point.as_bytes()[33..65]);
    let key = EncodingKey::from_ec_der(secret.to_pkcs8_der().unwrap().as_bytes());
    (key, URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y))
}

fn ed() -> EncodingKey {
    let hex = |at: usize| u8::from_str_radix(&ED[at..at + 2], 16).unwrap();
    let seed = (0..64).step_by(2).map(hex);
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend(seed);
    EncodingKey::from_ed_der(&der)
}

impl National {
    pub fn open() -> Self {
        let state = Arc::new(Mutex::new(State {
            issuer: String::new(),
            clock: None,
            twist: None,
            algorithm: Algorithm::ES256,
            key: 1,
            person: json!({ "sub": "lin" }),
            details_apart: false,
            codes: BTreeMap::new(),
            asked: BTreeMap::new(),
            client_key: None,
        }));
        let answering = Arc::clone(&state);
        let address = listen(move |asked| answering.lock().unwrap().answer(asked));
        state.lock().unwrap().issuer = format!("http://{address}");
        Self { state }
    }

    /// As it stands in the town's configuration.
    pub fn config(&self, id: &str) -> NationalConfig {
        NationalConfig {
            id: id.to_owned(),
            name: Bilingual::new("国家网络身份认证", "National network identity"),
            issuer: self.state.lock().unwrap().issuer.clone(),
            client_id: "yimen".to_owned(),
            proof: ClientProof::Secret(SECRET.into()),
            scopes: vec!["profile".to_owned()],
            level: 4,
            pseudonymous: false,
            number_claim: "identity_number".to_owned(),
            allow_http_loopback: true,
        }
    }

    /// Goes by the town's clock.
    pub fn follow(&self, clock: &Clock) {
        self.state.lock().unwrap().clock = Some(clock.clone());
    }

    pub fn twist(&self, twist: impl Into<Option<Twist>>) {
        self.state.lock().unwrap().twist = twist.into();
    }

    pub fn sign_with(&self, algorithm: Algorithm) {
        self.state.lock().unwrap().algorithm = algorithm;
    }

    pub fn change_keys(&self) {
        self.state.lock().unwrap().key += 1;
    }

    /// Who sits before the provider's pages.
    pub fn person(&self, subject: &str, name: &str, number: &str) {
        self.claims(json!({ "sub": subject, "name": name, "identity_number": number }));
    }

    pub fn claims(&self, claims: Value) {
        self.state.lock().unwrap().person = claims;
    }

    pub fn tell_details_apart(&self) {
        self.state.lock().unwrap().details_apart = true;
    }

    /// From now on the portal proves itself with a key. Gives its file's text.
    pub fn know_by_key(&self) -> String {
        let secret = SecretKey::from_slice(&[77; 32]).unwrap();
        let (_, x, y) = ec(77);
        self.state.lock().unwrap().client_key = Some((x, y));
        let body = STANDARD.encode(secret.to_pkcs8_der().unwrap().as_bytes());
        format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")
    }

    /// How often an address of it was asked.
    pub fn asked(&self, path: &str) -> usize {
        self.state.lock().unwrap().asked.get(path).copied().unwrap_or_default()
    }

    /// What its pages do with somebody who was sent there: the address they are sent back to.
    pub fn consent(&self, address: &str) -> String {
        let mut state = self.state.lock().unwrap();
        let url = Url::parse(address).unwrap();
        assert_eq!(
            format!("{}{}", url.origin().ascii_serialization(), url.path()),
            format!("{}/authorize", state.issuer)
        );
        let wanted: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!((wanted["response_type"].as_str(), wanted["client_id"].as_str()), ("code", "yimen"));
        assert_eq!(wanted["code_challenge_method"], "S256");
        assert!(wanted["scope"].split(' ').any(|scope| scope == "openid"));
        assert!(wanted["nonce"].len() >= 40 && wanted["state"].len() >= 40);
        let mut back = Url::parse(&wanted["redirect_uri"]).unwrap();
        back.query_pairs_mut().append_pair("state", &wanted["state"]);
        let iss = match state.twist {
            Some(Twist::OtherSender) => Some("https://other.example.org".to_owned()),
            Some(Twist::SilentSender) => None,
            _ => Some(state.issuer.clone()),
        };
        if let Some(iss) = iss {
            back.query_pairs_mut().append_pair("iss", &iss);
        }
        if state.twist == Some(Twist::Cancel) {
            back.query_pairs_mut().append_pair("error", "access_denied");
        } else {
            let code = uuid::Uuid::now_v7().to_string();
            back.query_pairs_mut().append_pair("code", &code);
            state.codes.insert(code, wanted);
        }
        back.into()
    }
}

fn told(value: &Value) -> Told {
    Told(200, Vec::new(), value.to_string())
}

impl State {
    fn answer(&mut self, asked: &Asked) -> Told {
        *self.asked.entry(asked.path.clone()).or_default() += 1;
        if self.twist == Some(Twist::Down) {
            return Told(503, Vec::new(), "{}".to_owned());
        }
        match (asked.method.as_str(), asked.path.as_str()) {
            ("GET", "/.well-known/openid-configuration") => told(&self.metadata()),
            ("GET", "/jwks") => told(&self.keys()),
            ("POST", "/token") => self.token(asked),
            ("GET", "/userinfo") => {
                assert_eq!(asked.headers["authorization"], "Bearer opens-details");
                let mut person = self.person.clone();
                if self.twist == Some(Twist::OtherDetails) {
                    person["sub"] = json!("wang");
                }
                told(&person)
            }
            _ => Told(404, Vec::new(), "{}".to_owned()),
        }
    }

    fn metadata(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        let elsewhere = self.twist == Some(Twist::OtherMetadata);
        json!({
            "issuer": if elsewhere { "https://other.example.org" } else { self.issuer.as_str() },
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "userinfo_endpoint": at("/userinfo"),
            "jwks_uri": at("/jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            // Even a provider that says it would sign like this is not believed when it does.
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "PS256", "EdDSA", "HS256", "none"],
            "authorization_response_iss_parameter_supported": true,
        })
    }

    fn kid(&self) -> String {
        format!("key-{}-{:?}", self.key, self.algorithm)
    }

    fn keys(&self) -> Value {
        let key = match self.algorithm {
            Algorithm::ES256 => {
                let (_, x, y) = ec(self.key);
                json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })
            }
            Algorithm::EdDSA => json!({ "kty": "OKP", "crv": "Ed25519", "x": ED_X }),
            _ => json!({ "kty": "RSA", "n": RSA_N, "e": "AQAB" }),
        };
        let mut key = key;
        key["kid"] = json!(self.kid());
        key["use"] = json!("sig");
        json!({ "keys": [key] })
    }

    fn token(&mut self, asked: &Asked) -> Told {
        let form: BTreeMap<String, String> =
            form_urlencoded::parse(asked.body.as_bytes()).into_owned().collect();
        let refused = || Told(400, Vec::new(), json!({ "error": "invalid_grant" }).to_string());
        assert!(self.is_the_portal(asked, &form), "the portal proves itself");
        // A code is good once.
        let Some(wanted) = self.codes.remove(&form["code"]) else { return refused() };
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(form["code_verifier"].as_bytes()));
        assert_eq!(challenge, wanted["code_challenge"]);
        assert_eq!(form["redirect_uri"], wanted["redirect_uri"]);
        if self.twist == Some(Twist::CodeRefused) {
            return refused();
        }
        let mut tokens =
            json!({ "access_token": "opens-details", "token_type": "Bearer", "expires_in": 300 });
        if self.twist != Some(Twist::NoIdToken) {
            tokens["id_token"] = json!(self.id_token(&wanted["nonce"]));
        }
        told(&tokens)
    }

    fn is_the_portal(&self, asked: &Asked, form: &BTreeMap<String, String>) -> bool {
        if let Some((x, y)) = &self.client_key {
            let key = jsonwebtoken::DecodingKey::from_ec_components(x, y).unwrap();
            let mut rules = jsonwebtoken::Validation::new(Algorithm::ES256);
            rules.set_audience(&[&self.issuer]);
            rules.validate_exp = false;
            let proof = jsonwebtoken::decode::<Value>(&form["client_assertion"], &key, &rules).unwrap();
            return proof.claims["sub"] == "yimen" && !asked.headers.contains_key("authorization");
        }
        let pair = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let basic = STANDARD.encode(format!("{}:{}", pair("yimen"), pair(SECRET)));
        asked.headers.get("authorization") == Some(&format!("Basic {basic}"))
    }

    fn id_token(&self, nonce: &str) -> String {
        let now = self.clock.as_ref().map_or_else(opening, Clock::now);
        let mut claims = self.person.clone();
        if self.details_apart || self.twist == Some(Twist::OtherDetails) {
            claims = json!({ "sub": claims["sub"] });
        }
        claims["iss"] = json!(self.issuer);
        claims["aud"] = json!("yimen");
        claims["azp"] = json!("yimen");
        claims["iat"] = json!(now.timestamp());
        claims["exp"] = json!((now + TimeDelta::minutes(5)).timestamp());
        claims["auth_time"] = json!(now.timestamp());
        claims["nonce"] = json!(nonce);
        let at_hash = URL_SAFE_NO_PAD.encode(&Sha256::digest("opens-details")[..16]);
        if self.algorithm != Algorithm::EdDSA {
            claims["at_hash"] = json!(at_hash);
        }
        let at = |time: TimeDelta| json!((now + time).timestamp());
        match self.twist {
            Some(Twist::WrongNonce) => claims["nonce"] = json!("another"),
            Some(Twist::NoNonce) => drop(claims.as_object_mut().unwrap().remove("nonce")),
            Some(Twist::WrongIssuer) => claims["iss"] = json!("https://other.example.org"),
            Some(Twist::WrongAudience) => claims["aud"] = json!("another-portal"),
            Some(Twist::MoreAudiences) => claims["aud"] = json!(["yimen", "another-portal"]),
            Some(Twist::WrongParty) => claims["azp"] = json!("another-portal"),
            Some(Twist::Expired) => claims["exp"] = at(TimeDelta::seconds(-1)),
            Some(Twist::IssuedLongAgo) => claims["iat"] = at(TimeDelta::minutes(-11)),
            Some(Twist::IssuedLater) => claims["iat"] = at(TimeDelta::minutes(2)),
            Some(Twist::NotBefore) => claims["nbf"] = at(TimeDelta::minutes(2)),
            Some(Twist::NotBeforeWhen) => claims["nbf"] = "soon".into(),
            Some(Twist::NoAuthTime) => drop(claims.as_object_mut().unwrap().remove("auth_time")),
            Some(Twist::ProvedLongAgo) => claims["auth_time"] = at(TimeDelta::minutes(-20)),
            Some(Twist::EmptySubject) => claims["sub"] = json!(" "),
            Some(Twist::WrongAccessTokenHash) => claims["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA"),
            _ => {}
        }
        self.signed(&claims)
    }

    fn signed(&self, claims: &Value) -> String {
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.kid());
        let (own, x, _) = ec(self.key);
        let with = |header: &Header, key: &EncodingKey| jsonwebtoken::encode(header, claims, key).unwrap();
        match self.twist {
            Some(Twist::BrokenSignature) => {
                let token = with(&header, &own);
                let at = token.len() - 10;
                let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
                format!("{}{other}{}", &token[..at], &token[at + 1..])
            }
            Some(Twist::ForeignKey) => with(&header, &ec(99).0),
            Some(Twist::UnknownKey) => {
                header.kid = Some("never-published".to_owned());
                with(&header, &ec(99).0)
            }
            Some(Twist::AlgNone) => {
                let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
                format!("{}.{}.", encode(&json!({ "alg": "none" })), encode(claims))
            }
            Some(twist @ (Twist::HmacWithPublicKey | Twist::HmacWithSecret)) => {
                header.alg = Algorithm::HS256;
                let public = URL_SAFE_NO_PAD.decode(x).unwrap();
                let secret = if twist == Twist::HmacWithSecret { SECRET.as_bytes() } else { &public };
                with(&header, &EncodingKey::from_secret(secret))
            }
            _ => match self.algorithm {
                Algorithm::ES256 => with(&header, &own),
                Algorithm::EdDSA => with(&header, &ed()),
                _ => with(&header, &EncodingKey::from_rsa_der(RSA)),
            },
        }
    }
}
