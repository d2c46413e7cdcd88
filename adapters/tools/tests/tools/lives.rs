//! A package beside a running backend: the sandbox plays it over its true protocol, and then less truly.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::json;
use url::Url;
use uuid::Uuid;
use yimen_contract::{
    Bilingual, Package,
    agency::{Driver as Protocol, Encoding},
    package,
};
use yimen_daily::Daily;
use yimen_drivers::{Driver, Memory, SafeDialer, address::Allowed, rest::Rest};
use yimen_fixed::Fixed;
use yimen_sandbox::{BackendPorts, Backends, Clock, Part, Secret, Theatre};
use yimen_soap::Soap;
use yimen_tools::{
    draft::{Starter, starter},
    live::{Question, Target, ask, trials},
    rehearsal,
    report::{Entry, Gravity},
};

use crate::packages::{backed, maps};

pub fn begun(driver: Protocol) -> Package {
    let wanted = Starter {
        slug: "night-school".to_owned(),
        name: Bilingual::new("夜校", "Night School"),
        driver,
        auth: None,
        encoding: Encoding::Gbk,
        service: "YZ99001".to_owned(),
    };
    package::load("night-school", &starter(&wanted).unwrap().files()).unwrap()
}

fn played(package: &Package) -> Backends {
    let theatre = Theatre {
        secret: Secret::new([7; 32]),
        clock: Clock::system(),
        ports: BackendPorts::default(),
        folder: None,
        people: Vec::new(),
        keys: BTreeMap::new(),
        every: None,
    };
    Backends::start(&theatre, vec![Part::of(package)]).unwrap()
}

fn driver(protocol: Protocol) -> Box<dyn Driver> {
    match protocol {
        Protocol::Csv => Box::new(Daily),
        Protocol::Soap => Box::new(Soap::default()),
        Protocol::Fixed => Box::new(Fixed),
        _ => Box::new(Rest::default()),
    }
}

static NEXT: AtomicU64 = AtomicU64::new(1);

/// Runs what a test does with a target at an address.
async fn at<T>(
    package: &Package,
    address: &str,
    secrets: &BTreeMap<String, String>,
    then: impl AsyncFnOnce(&Target<'_>) -> T,
) -> T {
    at_time(package, address, secrets, || Clock::system().now(), then).await
}

/// The same at the moment at which everything comes out the same.
pub async fn at_moment<T>(
    package: &Package,
    address: &str,
    secrets: &BTreeMap<String, String>,
    then: impl AsyncFnOnce(&Target<'_>) -> T,
) -> T {
    at_time(package, address, secrets, rehearsal::moment, then).await
}

async fn at_time<T>(
    package: &Package,
    address: &str,
    secrets: &BTreeMap<String, String>,
    now: impl Fn() -> DateTime<Utc> + Sync,
    then: impl AsyncFnOnce(&Target<'_>) -> T,
) -> T {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (maps, driver) = (maps(), driver(package.agency.backend.driver));
    let dialer = SafeDialer::new(Allowed::new(vec!["127.0.0.1".parse().unwrap()]));
    let secrets =
        secrets.iter().map(|(name, value)| (name.clone(), SecretString::from(value.as_str()))).collect();
    let target = Target {
        package,
        driver: driver.as_ref(),
        address: Url::parse(address).unwrap(),
        secrets,
        dialer: &dialer,
        maps: &maps,
        store: &Memory::default(),
        now: &now,
        fresh: &|| Uuid::from_u128(u128::from(NEXT.fetch_add(1, Ordering::Relaxed))),
    };
    then(&target).await
}

pub fn said(entries: &[Entry], fault: &str) -> Option<Gravity> {
    entries.iter().find(|entry| entry.fault == Some(fault)).map(|entry| entry.gravity)
}

#[actix_web::test]
async fn a_backend_that_does_as_it_says_raises_no_alarm() {
    for protocol in [Protocol::Rest, Protocol::Soap, Protocol::Callback, Protocol::Fixed] {
        let package = begun(protocol);
        let backends = played(&package);
        let backend = &backends.all[0];
        let entries =
            at(&package, &backend.address, &backend.secrets, async |target| trials(target, true).await).await;
        assert_eq!(entries, [], "{protocol:?}");
        backends.stop().await;
    }
}

#[actix_web::test]
async fn what_travelled_is_shown_without_secrets() {
    let package = package::load("vehicle-office", &backed()).unwrap();
    let backends = played(&package);
    let backend = &backends.all[0];
    let sample = &package.samples["samples/one-violation.json"];
    let asked = at(&package, &backend.address, &backend.secrets, async |target| {
        ask(target, Question::of(sample).unwrap()).await
    })
    .await;
    assert_eq!(
        asked.answer.as_ref().map(|answer| &answer["records"][0]["facts"]["fine"]),
        Some(&json!(20000))
    );
    let shown = serde_json::to_string(&asked).unwrap();
    assert!(shown.contains("hphm") && shown.contains("rows"), "{shown}");
    assert!(backend.secrets.values().all(|secret| !shown.contains(secret.as_str())), "{shown}");
    backends.stop().await;
}

/// A backend of few words: the same to everybody.
fn answering(status: u16, body: &'static str) -> (String, actix_web::dev::ServerHandle) {
    let server = actix_web::HttpServer::new(move || {
        actix_web::App::new().default_service(actix_web::web::to(move || async move {
            let status = actix_web::http::StatusCode::from_u16(status).unwrap();
            actix_web::HttpResponse::build(status).content_type("application/json").body(body)
        }))
    });
    let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", server.addrs()[0]);
    let server = server.run();
    let handle = server.handle();
    tokio::spawn(server);
    (address, handle)
}

async fn tried(status: u16, body: &'static str) -> Vec<Entry> {
    let package = begun(Protocol::Rest);
    let (address, handle) = answering(status, body);
    let secrets = BTreeMap::from([("signing-key".to_owned(), "the-true-secret".to_owned())]);
    let entries = at(&package, &address, &secrets, async |target| trials(target, false).await).await;
    handle.stop(false).await;
    entries
}

#[actix_web::test]
async fn who_answers_everybody_is_found() {
    let entries = tried(200, r#"{"rows":[{"bh":"2026000001","zt":"1","rq":"2026-11-20"}]}"#).await;
    assert_eq!(said(&entries, "auth-ignored"), Some(Gravity::Critical), "{entries:#?}");
    let curl = entries[0].curl.as_deref().unwrap();
    assert!(curl.starts_with("curl ") && !curl.contains("the-true-secret"), "{curl}");
}

#[actix_web::test]
async fn errors_that_repeat_the_person_are_found() {
    let entries = tried(400, r#"{"msg":"no record of 990101198501010010"}"#).await;
    assert_eq!(said(&entries, "personal-data"), Some(Gravity::Critical), "{entries:#?}");
    assert_eq!(said(&entries, "no-answer"), Some(Gravity::Error), "{entries:#?}");
}

#[actix_web::test]
async fn answers_of_another_form_are_found() {
    let entries = tried(200, r#"{"rows":[{"bh":5,"zt":"1","rq":"2026-11-20"}]}"#).await;
    assert_eq!(said(&entries, "form"), Some(Gravity::Error), "{entries:#?}");
    let entries = tried(500, "").await;
    assert_eq!(said(&entries, "no-answer"), Some(Gravity::Error), "{entries:#?}");
}
