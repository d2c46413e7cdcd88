//! The driver for JSON over HTTP.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use chrono::DateTime;
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use yimen_contract::{
    agency::{Auth, Backend as Settings},
    capability::{Binding, Capability, Repeat},
};
use yimen_drivers::{
    Call, CallError, Endpoint, NoMaps, NoStore, Ports, SafeDialer, Vouch,
    address::Allowed,
    persist,
    rest::{Rest, signing::Signing},
};

use crate::{
    backend::{Backend, Then},
    dial::provide,
};

struct Asked {
    settings: Settings,
    binding: Binding,
    input: Value,
    secret: &'static str,
    prefix: &'static str,
    milliseconds: u64,
    vouch: Counting,
}

/// Says how often it was asked.
#[derive(Debug, Default)]
struct Counting(AtomicUsize);

impl Vouch for Counting {
    fn statement(&self) -> Option<String> {
        Some(format!("statement-{}", self.0.fetch_add(1, Ordering::SeqCst)))
    }
}

impl Asked {
    fn new() -> Self {
        let settings = json!({ "driver": "rest", "endpoint": "sample", "auth": "none", "secrets": ["key"] });
        let binding = json!({ "path": "/v1/verify" });
        Self {
            settings: serde_json::from_value(settings).unwrap(),
            binding: serde_json::from_value(binding).unwrap(),
            input: json!({ "name": "𬱖晓", "identity_number": "990101198501010010", "level": 3 }),
            secret: "0123456789abcdef0123456789abcdef",
            prefix: "",
            milliseconds: 2_000,
            vouch: Counting::default(),
        }
    }

    fn signed(auth: Auth) -> Self {
        let mut asked = Self::new();
        asked.settings.auth = auth;
        asked
    }

    async fn of(&self, backend: &Backend) -> Result<Value, CallError> {
        provide();
        let dialer = SafeDialer::new(Allowed::new(vec!["127.0.0.1".parse().unwrap()]));
        let address = Url::parse(&format!("http://{}{}", backend.address, self.prefix)).unwrap();
        let secrets = BTreeMap::from([("key".to_owned(), SecretString::from(self.secret))]);
        let endpoint = Endpoint { address, secrets };
        let call = Call {
            id: Uuid::from_u128(7),
            attempt: 1,
            now: DateTime::from_timestamp(1_795_233_600, 0).unwrap(),
            within: Duration::from_millis(self.milliseconds),
            agency: "sample",
            capability: Capability::IdentityVerify,
            input: &self.input,
            idempotency_key: "once",
            backend: &self.settings,
            binding: &self.binding,
            repeat: if self.binding.idempotent || self.binding.method.is_safe() {
                Repeat::Yes
            } else {
                Repeat::Never
            },
            endpoint: &endpoint,
            vouch: Some(&self.vouch),
            programs: &BTreeMap::new(),
            ports: Ports { dialer: &dialer, maps: &NoMaps, store: &NoStore },
        };
        Ok(persist(&Rest::default(), call, || 0.5).await?.value)
    }
}

fn header<'r>(request: &'r str, name: &str) -> &'r str {
    let line = request.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")));
    line.map_or("", |line| line.split_once(':').unwrap().1.trim())
}

#[tokio::test]
async fn every_attempt_is_vouched_for_anew() {
    // The connection breaks without a word, and asking again does no harm.
    let backend = Backend::saying("", Then::Close);
    let mut asked = Asked::new();
    asked.binding.idempotent = true;
    asked.of(&backend).await.unwrap_err();
    let statements: Vec<String> =
        backend.heard().iter().map(|request| header(request, "x-yimen-assertion").to_owned()).collect();
    assert_eq!(statements, ["statement-0", "statement-1", "statement-2"]);
}

#[tokio::test]
async fn a_question_goes_out_and_the_answer_comes_back() {
    let backend = Backend::json("200 OK", r#"{ "outcome": "match", "level": 3 }"#);
    let asked = Asked { prefix: "/gateway/", ..Asked::new() };
    assert_eq!(asked.of(&backend).await.unwrap(), json!({ "outcome": "match", "level": 3 }));
    let request = backend.heard().remove(0);
    assert!(request.starts_with("POST /gateway/v1/verify HTTP/1.1\r\n"), "{request}");
    assert_eq!(header(&request, "idempotency-key"), "once");
    assert_eq!(header(&request, "content-type"), "application/json");
    let body: Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body, asked.input, "rare characters included");
}

#[tokio::test]
async fn each_status_means_what_it_says() {
    let undecided = json!({ "outcome": "pending", "status": "pending" });
    for (status, body, expected) in [
        ("200 OK", "{}", Ok(json!({}))),
        ("202 Accepted", "", Ok(undecided)),
        ("200 OK", "<html>", Err("broken")),
        ("200 OK", "{\"outcome\":", Err("broken")),
        ("302 Found", "{}", Err("broken")),
        ("299 Odd", "{}", Err("broken")),
        ("400 Bad Request", "{}", Err("refused")),
        ("404 Not Found", "{}", Err("refused")),
        ("401 Unauthorized", "{}", Err("credentials")),
        ("403 Forbidden", "{}", Err("credentials")),
        ("429 Too Many Requests", "{}", Err("busy")),
        ("503 Service Unavailable", "{}", Err("busy")),
        ("500 Internal Server Error", "{ \"outcome\": \"match\" }", Err("unknown")),
    ] {
        let backend = Backend::json(status, body);
        let answer = Asked::new().of(&backend).await;
        assert_eq!(
            answer.as_ref().map_err(CallError::tag),
            expected.as_ref().map_err(|tag| *tag),
            "{status}"
        );
        if let Err(error) = answer {
            assert!(!error.to_string().contains("html"), "{error}");
        }
        assert_eq!(backend.heard().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn what_may_not_be_repeated_is_not() {
    for (then, words) in [(Then::Close, ""), (Then::Close, "HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n")] {
        let backend = Backend::saying(words, then);
        let error = Asked::new().of(&backend).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)) && !error.nothing_done(), "{error:?}");
        assert_eq!(backend.heard().len(), 1);

        let backend = Backend::saying(words, then);
        let mut asked = Asked::signed(Auth::Hmac);
        asked.binding.idempotent = true;
        assert!(matches!(asked.of(&backend).await, Err(CallError::Unknown(_))));
        let heard = backend.heard();
        assert_eq!(heard.len(), 3, "as often as sense goes");
        let of =
            |name: &str| heard.iter().map(|request| header(request, name).to_owned()).collect::<Vec<_>>();
        assert_eq!(of("idempotency-key"), ["once"; 3], "the backend can tell that it is the same");
        let nonces = of("x-yimen-nonce");
        assert!(nonces[0] != nonces[1] && nonces[1] != nonces[2], "{nonces:?}");
    }
    // Time is up before there could be another attempt.
    let backend = Backend::saying("", Then::Hang);
    let mut asked = Asked { milliseconds: 1_000, ..Asked::new() };
    asked.binding.idempotent = true;
    assert!(matches!(asked.of(&backend).await, Err(CallError::Unknown(_))));
    assert_eq!(backend.heard().len(), 1);
}

#[tokio::test]
async fn each_way_of_signing_in() {
    for (auth, name, value) in [
        (Auth::ApiKey, "x-api-key", "0123456789abcdef0123456789abcdef"),
        (Auth::Token, "authorization", "Bearer 0123456789abcdef0123456789abcdef"),
        (Auth::None, "authorization", ""),
    ] {
        let backend = Backend::json("200 OK", "{}");
        Asked::signed(auth).of(&backend).await.unwrap();
        assert_eq!(header(&backend.heard()[0], name), value, "{auth:?}");
    }
    let backend = Backend::json("200 OK", "{}");
    Asked::signed(Auth::Hmac).of(&backend).await.unwrap();
    let request = backend.heard().remove(0);
    let body = request.split_once("\r\n\r\n").unwrap().1;
    let given =
        ["x-yimen-timestamp", "x-yimen-nonce", "x-yimen-signature"].map(|name| header(&request, name));
    let check = |body: &str| {
        let now = DateTime::from_timestamp(1_795_233_600, 0).unwrap();
        let key = b"0123456789abcdef0123456789abcdef";
        Signing::check(key, now, ("POST", "/v1/verify", body.as_bytes()), (given[0], given[1], given[2]))
    };
    assert_eq!(check(body), Ok(()));
    assert!(check(&body.replace("990101", "990102")).is_err());
}

#[tokio::test]
async fn what_the_driver_cannot_do_it_says() {
    let backend = Backend::json("200 OK", "{}");
    let mut asked =
        vec![Asked::signed(Auth::Oauth2), Asked::signed(Auth::Mtls), Asked::signed(Auth::SftpKey)];
    asked.push(Asked::signed(Auth::WsSecurity));
    asked.push(Asked { secret: "two\r\nlines", ..Asked::signed(Auth::ApiKey) });
    let mut unbound = Asked::signed(Auth::Hmac);
    unbound.settings.secrets = vec!["another".to_owned()];
    let mut upwards = Asked::new();
    upwards.binding.path = "/../admin".to_owned();
    let mut mapped = Asked::new();
    mapped.binding.request = Some("maps/verify.jq".to_owned());
    // The name has a character that GBK does not have: not sent, rather than sent with another one.
    let mut gbk = Asked::new();
    gbk.settings.encoding = yimen_contract::agency::Encoding::Gbk;
    asked.extend([unbound, upwards, mapped, gbk]);
    for asked in asked {
        let answer = asked.of(&backend).await;
        assert!(matches!(answer, Err(CallError::Impossible(_))), "{answer:?}");
    }
    assert!(backend.heard().is_empty());
}
