//! Backends that take a submission now and say later what became of it.

use std::time::Duration;

use serde_json::{Value, json};
use yimen_callback::{
    event::{Event, Source, read},
    verify::{Request, verify},
};
use yimen_contract::agency::Backend;
use yimen_drivers::{Endpoint, NoMaps};
use yimen_rig::Server;
use yimen_sandbox::{Fault, Wrong};

use super::{LIN, Play, person};

fn court() -> Play {
    let backend = json!({
        "driver": "callback", "endpoint": "sample", "auth": "hmac", "secrets": ["key", "events"],
        "events": { "secrets": ["events"] },
    });
    let refer = json!({ "service": "YZ02022", "reference": "AJ20260001" });
    let stands = |status: &str| json!({ "status": status, "reference": "AJ20260001", "reason": "立案" });
    let status = |word: &str| json!({ "capability": "case.status", "service": "YZ02022", "question": refer, "answer": stands(word) });
    let samples = json!([
        {
            "capability": "case.submit", "service": "YZ02022", "question": question("YM-1"),
            "response": { "reference": "AJ20260001" }, "answer": { "status": "pending", "reference": "AJ20260001" },
        },
        status("received"), status("accepted"), status("granted"),
    ]);
    let capabilities =
        json!({ "case.submit": { "path": "/v1/cases" }, "case.status": { "path": "/v1/status" } });
    Play::of(backend, capabilities, &samples)
}

fn question(case: &str) -> Value {
    json!({ "service": "YZ02022", "case": case, "person": person(LIN.0, LIN.1), "submitted": "2026-11-21T04:05:06Z" })
}

/// What the portal heard, each of it proved.
async fn heard(play: &Play, portal: &Server) -> Vec<Event> {
    let backend: Backend = serde_json::from_value(play.backend.clone()).unwrap();
    let it = play.it();
    let secrets = it.secrets.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    let endpoint = Endpoint { address: it.address.parse().unwrap(), secrets };
    let now = chrono::DateTime::from_timestamp(play.hand.seconds(), 0).unwrap();
    let mut all = Vec::new();
    for heard in portal.heard() {
        assert!(heard.head.starts_with("POST /api/v1/agencies/sample/events "), "{}", heard.head);
        let timestamp: i64 = heard.header("x-yimen-timestamp").parse().unwrap();
        let request = Request {
            method: "POST",
            target: "/api/v1/agencies/sample/events",
            body: &heard.body,
            timestamp: heard.header("x-yimen-timestamp"),
            nonce: heard.header("x-yimen-nonce"),
            signature: heard.header("x-yimen-signature"),
        };
        let then = chrono::DateTime::from_timestamp(timestamp, 0).unwrap();
        verify(&backend, &endpoint, then, &request).unwrap();
        let programs = std::collections::BTreeMap::new();
        let within = Duration::from_secs(5);
        let source =
            Source { agency: "sample", backend: &backend, programs: &programs, maps: &NoMaps, now, within };
        all.extend(read(&source, &heard.body).await.unwrap());
    }
    all
}

#[actix_web::test]
async fn a_submission_is_taken_and_every_change_is_told_once() {
    let play = court();
    let taken = play.says("case.submit", question("YM-5")).await;
    assert_eq!(taken["status"], "pending");
    let reference = taken["reference"].as_str().unwrap().to_owned();
    let portal = Server::saying(202, "");
    play.backends.tick().await;
    assert!(portal.heard().is_empty(), "nobody knows the portal yet");
    play.backends.expect(&format!("http://{}", portal.address));
    for _ in 0..2 {
        play.backends.tick().await;
    }
    play.hand.pass(3600);
    play.backends.tick().await;
    let events = heard(&play, &portal).await;
    let told: Vec<(&Value, &Value)> =
        events.iter().map(|one| (&one.data["status"], &one.data["sequence"])).collect();
    assert_eq!(told, [(&json!("received"), &json!(1)), (&json!("accepted"), &json!(2))]);
    assert!(
        events.iter().all(|one| one.subject.as_deref() == Some(&reference) && one.data["case"] == "YM-5")
    );

    play.it().fail(Fault { wrong: Some(Wrong::ReorderedCallback), times: Some(1), ..Fault::default() });
    play.hand.pass(3600);
    play.backends.tick().await;
    let events = heard(&play, &portal).await;
    let numbers: Vec<&Value> = events.iter().map(|one| &one.data["sequence"]).collect();
    assert_eq!(numbers, [1, 2, 3, 2], "the old one comes after the new one");
}

#[actix_web::test]
async fn an_event_can_come_twice_and_one_that_did_not_arrive_comes_again() {
    let play = court();
    play.says("case.submit", question("YM-6")).await;
    let broken = Server::saying(500, "");
    play.backends.expect(&format!("http://{}", broken.address));
    play.backends.tick().await;
    assert_eq!(broken.heard().len(), 1);
    let portal = Server::saying(202, "");
    play.backends.expect(&format!("http://{}", portal.address));
    play.it().fail(Fault { wrong: Some(Wrong::DuplicateCallback), times: Some(1), ..Fault::default() });
    play.backends.tick().await;
    let events = heard(&play, &portal).await;
    assert_eq!(events.len(), 2);
    assert!(events[0] == events[1], "the same event, in a request of its own each time");
}

#[actix_web::test]
async fn a_backend_with_a_shape_of_its_own_pushes_in_it() {
    let mut play = court();
    let Play { backend, capabilities, .. } = &mut play;
    backend["events"]["map"] = json!("maps/event.jq");
    let refer = json!({ "service": "YZ02022", "reference": "AJ20260001" });
    let stands = |status: &str| json!({ "status": status, "reference": "AJ20260001" });
    let status = |word: &str| json!({ "capability": "case.status", "service": "YZ02022", "question": refer, "answer": stands(word) });
    let samples = json!([
        {
            "capability": "case.submit", "service": "YZ02022", "question": question("YM-1"),
            "answer": { "status": "pending", "reference": "AJ20260001" },
        },
        status("received"), status("accepted"),
        {
            "capability": "events",
            "response": { "xx": [
                { "bh": "X-00017", "sj": "20261101091500", "ah": "AJ20260001", "wbh": "YM-1", "xh": 7, "zt": "1", "qx": "20261111" },
                { "bh": "X-00018", "sj": "20261101091501", "ah": "AJ20260002", "wbh": "YM-2", "xh": 8, "zt": "9" },
            ] },
            "answer": [{
                "specversion": "1.0", "id": "X-00017", "source": "sample", "type": "case.changed",
                "time": "2026-11-01T09:15:00+08:00", "subject": "AJ20260001",
                "data": { "case": "YM-1", "sequence": 7, "reference": "AJ20260001", "status": "received", "due": "2026-11-11" },
            }],
        },
    ]);
    let play = Play::of(backend.clone(), capabilities.clone(), &samples);
    let reference = play.says("case.submit", question("YM-5")).await["reference"].clone();
    let portal = Server::saying(202, "");
    play.backends.expect(&format!("http://{}", portal.address));
    play.backends.tick().await;
    let told: Value = serde_json::from_slice(&portal.heard().remove(0).body).unwrap();
    let now = chrono::DateTime::from_timestamp(play.hand.seconds() + 8 * 3600, 0).unwrap();
    let (at, until) = (now.format("%Y%m%d%H%M%S"), (now + chrono::TimeDelta::days(10)).format("%Y%m%d"));
    let one = json!({
        "bh": format!("{}-1", reference.as_str().unwrap()), "sj": at.to_string(), "ah": reference, "wbh": "YM-5", "xh": 1,
        "zt": "1", "qx": until.to_string(),
    });
    assert_eq!(told, json!({ "xx": [one] }));
    // How the next state would look nobody has recorded: the portal has to ask.
    play.hand.pass(3600);
    play.backends.tick().await;
    assert_eq!(portal.heard().len(), 1);
}
