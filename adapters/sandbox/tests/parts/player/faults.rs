//! Backends over HTTP that fail on demand.

use serde_json::{Value, json};
use yimen_drivers::CallError;
use yimen_sandbox::{Fault, Wrong};

use super::{LIN, Play, person};
use crate::harness::fail;

fn office() -> Play {
    let backend = json!({ "driver": "rest", "endpoint": "sample", "auth": "none" });
    let submit = question("YM-1");
    let samples = json!([
        { "capability": "case.submit", "service": "YZ02022", "question": submit, "answer": { "status": "received", "reference": "SL20260001" } },
        { "capability": "case.find", "service": "YZ02022", "question": { "service": "YZ02022", "case": "YM-1" }, "answer": { "outcome": "found", "reference": "SL20260001" } },
        { "capability": "case.find", "service": "YZ02022", "question": { "service": "YZ02022", "case": "YM-0" }, "answer": { "outcome": "not-found" } },
    ]);
    let capabilities = json!({ "case.submit": { "path": "/submit" }, "case.find": { "path": "/find" } });
    Play::of(backend, capabilities, &samples)
}

fn question(case: &str) -> Value {
    json!({ "service": "YZ02022", "case": case, "person": person(LIN.0, LIN.1), "submitted": "2026-11-21T04:05:06Z" })
}

async fn arrived(play: &Play, case: &str) -> bool {
    let found = play.says("case.find", json!({ "service": "YZ02022", "case": case })).await;
    found["outcome"] == "found"
}

/// The case's number, what is wrong, what the portal must see, and whether it was done all the same.
type Case = (&'static str, Fault, fn(&CallError) -> bool, bool);

#[actix_web::test]
async fn each_fault_is_what_it_says_and_ends_when_it_should() {
    let play = office();
    let wrong = |wrong| Fault { wrong: Some(wrong), ..Fault::default() };
    let cases: [Case; 8] = [
        ("YM-10", wrong(Wrong::LostAnswer), |e| matches!(e, CallError::Unknown(_)), true),
        ("YM-11", wrong(Wrong::Truncated), |e| matches!(e, CallError::Unknown(_)), true),
        ("YM-12", wrong(Wrong::AuthRefused), |e| matches!(e, CallError::Credentials(_)), false),
        ("YM-13", Fault { malformed: true, ..Fault::default() }, |e| matches!(e, CallError::Broken(_)), true),
        (
            "YM-14",
            Fault { status: Some(500), ..Fault::default() },
            |e| matches!(e, CallError::Unknown(_)),
            false,
        ),
        (
            "YM-15",
            Fault { status: Some(503), ..Fault::default() },
            |e| matches!(e, CallError::Busy { .. }),
            false,
        ),
        (
            "YM-16",
            Fault { wrong_status: Some(302), ..Fault::default() },
            |e| matches!(e, CallError::Broken(_)),
            true,
        ),
        ("YM-17", Fault { hang: true, ..Fault::default() }, |e| matches!(e, CallError::Unknown(_)), false),
    ];
    for (case, fault, is_meant, done) in cases {
        play.it().fail(Fault { path: "/submit".to_owned(), times: Some(1), ..fault.clone() });
        let mut asked = play.asked("case.submit", question(case));
        asked.milliseconds = if fault.hang { 100 } else { 5_000 };
        let error = asked.of(play.driver().as_ref()).await.unwrap_err();
        assert!(is_meant(&error), "{fault:?}: {error:?}");
        assert_eq!(arrived(&play, case).await, done, "{fault:?}");
        // The same key again does nothing twice.
        asked.milliseconds = 5_000;
        let first = asked.of(play.driver().as_ref()).await.unwrap();
        assert_eq!(asked.of(play.driver().as_ref()).await.unwrap(), first, "{fault:?}");
    }
}

#[actix_web::test]
async fn faults_and_decisions_have_doors_of_their_own() {
    let play = office();
    let it = play.it();
    fail(&it.address, json!({ "status": 502, "times": 1 })).await;
    assert!(play.ask("case.submit", question("YM-20")).await.is_err());
    let reference = play.says("case.submit", question("YM-20")).await["reference"].clone();
    let http = crate::harness::client();
    let put = |body: Value| http.put(format!("{}/cases", it.address)).json(&body).send();
    let decided = put(json!({ "reference": reference, "status": "granted" })).await.unwrap();
    assert_eq!(decided.status(), 204);
    let unknown = put(json!({ "reference": "SL-0", "status": "granted" })).await.unwrap();
    assert_eq!(unknown.status(), 404);
}
