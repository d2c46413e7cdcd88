//! What the portal does when a backend is in trouble, and the checker's eye for packages that make it dangerous: faulty
//! adapters whose fault shows only on the wire, all of which must be found, and good ones, of which nothing must be said.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::{Value, json};
use tempfile::tempdir;
use yimen_contract::{
    Files, Package,
    agency::Driver as Protocol,
    capability::{Capability, Method},
    package,
};
use yimen_drivers::{Answer, Call, CallError, DialError, Driver, Future, HttpRequest as Sent, Tls};
use yimen_sandbox::{BackendPorts, Backends, Clock, Part, Secret, Theatre};
use yimen_tools::{
    live::{Course, Reach, Target, Troubles, files, trials, troubles},
    rehearsal,
    report::{Entry, Gravity},
};

use crate::{
    lives::{at_moment, begun, said},
    packages::{backed, edited, with},
};

const AGENCY: &str = "agency.toml";
const SLUG: &str = "vehicle-office";

fn loaded(files: &Files) -> Package {
    package::load(SLUG, files).unwrap()
}

/// Plays a package, and leads it through every trouble.
async fn met(package: &Package, seed: u64) -> (Vec<Entry>, Troubles) {
    let folder = tempdir().unwrap();
    let theatre = Theatre {
        secret: Secret::new([7; 32]),
        clock: Clock::asking(rehearsal::moment),
        ports: BackendPorts::default(),
        folder: Some(folder.path().join("sandbox")),
        people: Vec::new(),
        keys: BTreeMap::new(),
        every: None,
    };
    let backends = Backends::start(&theatre, vec![Part::of(package)]).unwrap();
    backends.tick().await;
    let backend = &backends.all[0];
    let found = at_moment(package, &backend.address, &backend.secrets, async |target| {
        let entries = trials(target, true).await;
        let troubles = match package.agency.backend.driver {
            Protocol::Csv => files::troubles(target, &folder.path().join("own")).await.unwrap(),
            _ => troubles(target, Reach { writes: true, seed }).await,
        };
        (entries, troubles)
    })
    .await;
    backends.stop().await;
    found
}

fn course<'c>(courses: &'c [Course], capability: &str, trouble: &str) -> &'c Course {
    let mut all = courses.iter().filter(|one| one.capability == capability);
    all.find(|one| one.trouble == trouble).unwrap_or_else(|| panic!("{capability}, {trouble}: {courses:#?}"))
}

#[actix_web::test]
async fn good_adapters_raise_no_alarm_whatever_happens() {
    for protocol in [Protocol::Rest, Protocol::Soap, Protocol::Callback, Protocol::Fixed, Protocol::Csv] {
        for seed in [1, 5] {
            let (entries, troubles) = met(&begun(protocol), seed).await;
            assert_eq!((entries, troubles.entries), (vec![], vec![]), "{protocol:?}");
            assert!(troubles.courses.len() > 6, "{protocol:?}: {:#?}", troubles.courses);
        }
    }
}

#[actix_web::test]
async fn each_trouble_is_met_as_the_portal_would() {
    let (_, Troubles { courses, .. }) = met(&loaded(&idempotent()), 1).await;
    let of = |capability: &str, trouble: &str| {
        let one = course(&courses, capability, trouble);
        (one.comes, one.calls)
    };
    for (trouble, comes, calls) in [
        ("slow", "answer", 1),
        ("hiccup", "answer", 2),
        ("hang", "unknown", 1),
        ("drip", "unknown", 1),
        ("down", "not-sent", 3),
        ("lost-answer", "unknown", 3),
        ("truncated", "unknown", 3),
        ("malformed", "broken", 1),
        ("strange-page", "broken", 1),
        ("empty", "broken", 1),
        ("server-error", "unknown", 3),
        ("bad-gateway", "unknown", 3),
        ("overloaded", "busy", 1),
        ("wrong-status", "unknown", 3),
        ("redirect", "broken", 1),
        ("endless", "broken", 1),
        ("auth-refused", "credentials", 1),
    ] {
        assert_eq!(of("lookup", trouble), (comes, calls), "{trouble}");
    }
    assert!(course(&courses, "lookup", "hang").then.contains("cannot be asked now"));
    let lost = course(&courses, "case.submit", "lost-answer");
    assert_eq!((lost.calls, lost.then.contains("under the same key")), (3, true), "{lost:?}");
}

#[actix_web::test]
async fn what_may_have_been_done_is_asked_after_or_left_to_a_person() {
    let (entries, Troubles { courses, entries: dangers }) = met(&loaded(&found()), 1).await;
    let lost = course(&courses, "case.submit", "lost-answer");
    assert_eq!((lost.calls, lost.then.contains("asks `case.find`")), (1, true), "{lost:?}");
    assert!(dangers.is_empty() && said(&entries, "not-found-again").is_none(), "{entries:#?}");
    // Nothing was sent, so it may go out again.
    assert!(course(&courses, "case.submit", "down").then.contains("nothing was done"));
    let (_, Troubles { courses, .. }) = met(&loaded(&never()), 1).await;
    let lost = course(&courses, "case.submit", "lost-answer");
    assert_eq!((lost.calls, lost.then.contains("gives it to a person")), (1, true), "{lost:?}");
}

/// A backend that does what a test says, and counts who came where.
struct Backend {
    address: String,
    handle: actix_web::dev::ServerHandle,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Backend {
    fn answering(answer: impl Fn(&str, &Value, usize) -> Value + Send + Sync + 'static) -> Self {
        let (answer, heard) = (Arc::new(answer), Arc::new(Mutex::new(Vec::<String>::new())));
        let counts = Arc::clone(&heard);
        let server = HttpServer::new(move || {
            let (answer, heard) = (Arc::clone(&answer), Arc::clone(&counts));
            App::new().default_service(web::to(move |request: HttpRequest, body: web::Bytes| {
                let path = request.path().to_owned();
                let mut heard = heard.lock().unwrap();
                heard.push(path.clone());
                let question = serde_json::from_slice(&body).unwrap_or_default();
                let said = answer(&path, &question, heard.len());
                async move { HttpResponse::Ok().json(said) }
            }))
        });
        let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { address, handle, heard }
    }

    async fn with<T>(&self, package: &Package, then: impl AsyncFnOnce(&Target<'_>) -> T) -> T {
        let secrets = BTreeMap::from([("signing-key".to_owned(), "the-true-secret".to_owned())]);
        at_moment(package, &self.address, &secrets, then).await
    }

    async fn stop(self) -> Vec<String> {
        self.handle.stop(false).await;
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

#[actix_web::test]
async fn nothing_is_asked_that_changes_something_unless_it_may_be() {
    let package = loaded(&idempotent());
    let backend = Backend::answering(|_, _, _| json!({}));
    let reach = Reach { writes: false, seed: 1 };
    let met = backend.with(&package, async |target| troubles(target, reach).await).await;
    let heard = backend.stop().await;
    assert!(!heard.is_empty() && !heard.contains(&"/v1/cases".to_owned()), "{heard:?}");
    // What becomes of a lost answer needs no backend to be known.
    assert_eq!(course(&met.courses, "case.submit", "lost-answer").comes, "unknown");
    assert!(!met.courses.iter().any(|one| one.capability == "case.submit" && one.trouble == "slow"));
}

#[actix_web::test]
async fn the_backend_is_asked_once_for_all_troubles() {
    let package = begun(Protocol::Rest);
    let row = json!({ "rows": [{ "bh": "2026000001", "zt": "1", "rq": "2026-11-20" }] });
    let backend = Backend::answering(move |_, _, _| row.clone());
    let reach = Reach { writes: false, seed: 1 };
    backend.with(&package, async |target| troubles(target, reach).await).await;
    assert_eq!(backend.stop().await.len(), 1);
}

/// What a backend answers to `/v1/cases` and to `/v1/cases/find`, and what must be said about it.
type Faulty = (fn(usize) -> Value, fn(&Value) -> Value, bool, &'static str);

fn taken(number: usize) -> Value {
    json!({ "status": "accepted", "reference": format!("CG-{number}") })
}

fn always(_: usize) -> Value {
    json!({ "status": "accepted", "reference": "CG-1" })
}

const FAULTY: [Faulty; 3] = [
    // The same key twice does it twice.
    (taken, |_| json!({ "outcome": "not-found" }), true, "duplicate"),
    // What arrived is not found, so that it would be sent again.
    (always, |_| json!({ "outcome": "not-found" }), false, "not-found-again"),
    // What never arrived is found, so that it would never be sent.
    (always, |_| json!({ "outcome": "found", "reference": "CG-1" }), false, "found-too-much"),
];

#[actix_web::test]
async fn backends_that_repeats_would_harm_are_found() {
    for (submit, find, keyed, fault) in FAULTY {
        let package = loaded(&if keyed { idempotent() } else { found() });
        let backend = Backend::answering(move |path, question, number| match path {
            "/v1/cases" => submit(number),
            "/v1/cases/find" => find(question),
            _ => json!({ "records": [], "status": "pending" }),
        });
        let entries = backend.with(&package, async |target| trials(target, true).await).await;
        backend.stop().await;
        assert_eq!(said(&entries, fault), Some(Gravity::Critical), "{fault}: {entries:#?}");
    }
}

/// A driver that takes whatever comes for an answer, and sends what was lost again by itself.
struct Gullible;

impl Driver for Gullible {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>> {
        Box::pin(async move {
            let ask = || Sent {
                agency: call.agency,
                method: Method::Post,
                url: call.endpoint.address.join(&call.binding.path).unwrap(),
                headers: vec![],
                body: bytes::Bytes::from_static(b"{}"),
                tls: Tls::default(),
                within: call.within,
                at_most: 1 << 20,
            };
            let answer = match call.ports.dialer.http(ask()).await {
                Err(DialError::Lost(_)) => call.ports.dialer.http(ask()).await?,
                other => other?,
            };
            let read = serde_json::from_slice::<Value>(&answer.body).ok();
            let nothing = match call.capability {
                Capability::Lookup => json!({ "records": [] }),
                _ => json!({ "status": "accepted" }),
            };
            Ok(read.filter(|_| answer.status == 200).unwrap_or(nothing).into())
        })
    }
}

#[actix_web::test]
async fn whoever_takes_no_answer_for_one_is_found() {
    let package = loaded(&never());
    let backend = Backend::answering(|path, _, _| match path {
        "/v1/cases" => json!({ "status": "accepted" }),
        _ => json!({ "records": [{ "reference": "1" }] }),
    });
    let reach = Reach { writes: true, seed: 1 };
    let met = backend
        .with(&package, async |target| {
            let gullible = Target {
                driver: &Gullible,
                secrets: target.secrets.clone(),
                address: target.address.clone(),
                ..*target
            };
            troubles(&gullible, reach).await
        })
        .await;
    backend.stop().await;
    let found = |place: &str| {
        let of = met.entries.iter().filter(|one| one.place.as_deref() == Some(place));
        of.map(|one| (one.fault.unwrap(), one.message.as_str())).collect::<BTreeMap<_, _>>()
    };
    let lookups = found("lookup");
    for trouble in [
        "malformed",
        "strange-page",
        "empty",
        "server-error",
        "bad-gateway",
        "overloaded",
        "wrong-status",
        "redirect",
        "auth-refused",
    ] {
        assert!(
            lookups.get(trouble).is_some_and(|said| said.contains("nothing found")),
            "{trouble}: {lookups:#?}"
        );
    }
    assert!(["slow", "hiccup", "down"].iter().all(|fine| !lookups.contains_key(fine)), "{lookups:#?}");
    let writes = found("case.submit");
    assert!(writes.get("lost-answer").is_some_and(|said| said.contains("sent again")), "{writes:#?}");
}

/// The sample package, whose backend takes applications: by a key, with something to ask afterwards, or neither.
fn idempotent() -> Files {
    let path = "path = \"/v1/cases\"\n";
    edited(&found(), AGENCY, path, &format!("{path}idempotent = true\n"))
}

fn never() -> Files {
    let find = "[capabilities.\"case.find\"]\npath = \"/v1/cases/find\"\nidempotent = true\n";
    let files = edited(&found(), AGENCY, find, "");
    with(&files, &[("samples/found.json", ""), ("samples/none.json", "")])
}

fn found() -> Files {
    let sample = |capability: &str, question: Value, answer: Value| {
        let about = json!({ "zh": "往来", "en": "An exchange" });
        let (about, service) = (about, "YZ02022");
        json!({ "about": about, "capability": capability, "service": service, "question": question, "answer": answer })
            .to_string()
    };
    let find = |case: &str| json!({ "service": "YZ02022", "case": case });
    let taken = json!({
        "service": "YZ02022", "case": "YZ-2026-000123", "person": { "subject": "p-1" }, "submitted": "2026-11-21T04:05:06Z",
    });
    let (taken, here, none) = (
        sample("case.submit", taken, json!({ "status": "accepted", "reference": "CG-2026-0001" })),
        sample(
            "case.find",
            find("YZ-2026-000123"),
            json!({ "outcome": "found", "reference": "CG-2026-0001" }),
        ),
        sample("case.find", find("YZ-2026-000999"), json!({ "outcome": "not-found" })),
    );
    with(
        &backed(),
        &[("samples/taken.json", &taken), ("samples/found.json", &here), ("samples/none.json", &none)],
    )
}

#[actix_web::test]
async fn the_same_seed_meets_the_same() {
    for protocol in [Protocol::Rest, Protocol::Fixed, Protocol::Csv] {
        let package = begun(protocol);
        let (_, one) = met(&package, 3).await;
        let (_, other) = met(&package, 3).await;
        assert_eq!(one.courses, other.courses);
    }
}
