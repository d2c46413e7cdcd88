//! Backends with fixed-length frames.

use serde_json::{Value, json};
use yimen_drivers::CallError;

use super::{LIN, OTHERS, Play};
use yimen_sandbox::{Fault, Wrong};

pub fn backend() -> Value {
    json!({
        "driver": "fixed", "endpoint": "sample", "auth": "shared-secret", "secrets": ["key"],
        "encoding": "gb18030", "body": "fixed",
        "frames": {
            "length": { "digits": 6 }, "at_most": 4096,
            "head": [
                { "name": "txcode", "width": 4, "kind": "code" },
                { "name": "sent", "width": 14, "kind": "time" },
                { "name": "lsh", "width": 32, "kind": "key" },
            ],
            "answer_head": [{ "name": "rc", "width": 4 }, { "name": "lsh", "width": 32, "kind": "key" }],
        },
        "codes": { "from": "rc", "words": { "0000": "ok", "E001": "refused", "E401": "credentials" } },
    })
}

pub fn capabilities() -> Value {
    let mac = json!({ "name": "mac", "width": 32, "kind": "mac" });
    json!({
        "lookup": {
            "frame": {
                "code": "1024",
                "request": [{ "name": "fw", "width": 7 }, { "name": "xm", "width": 16 }, { "name": "zjhm", "width": 18 }, mac],
                "response": [
                    { "name": "xm", "width": 16 },
                    { "name": "ye", "width": 12, "kind": "number" },
                    { "name": "n", "width": 2, "kind": "number" },
                    mac,
                ],
                "rows": { "count": "n", "cells": [{ "name": "rq", "width": 8 }, { "name": "je", "width": 8, "kind": "number" }] },
            },
            "idempotent": true,
            "send": { "fw": "service", "zjhm": "identity_number", "xm": "name" },
            "read": { "name": { "from": "xm" }, "balance": { "from": "ye" }, "records": { "from": "rows" } },
        },
    })
}

pub fn samples() -> Value {
    let asked = json!({ "service": "YZ06001", "name": LIN.0, "identity_number": LIN.1 });
    let sent = json!({ "fw": "YZ06001", "xm": LIN.0, "zjhm": LIN.1 });
    let rows = json!([{ "rq": "20261101", "je": 1000 }, { "rq": "20261201", "je": -50 }]);
    json!([
        {
            "capability": "lookup", "service": "YZ06001", "question": asked, "request": sent,
            "response": { "rc": "0000", "xm": LIN.0, "ye": 123_456, "n": 2, "rows": rows },
            "answer": { "records": [] },
        },
        {
            "capability": "lookup", "service": "YZ06001",
            "question": { "service": "YZ06001", "name": "无此人", "identity_number": "990101199001010099" },
            "request": { "fw": "YZ06001", "xm": "无此人", "zjhm": "990101199001010099" },
            "response": { "rc": "E001" }, "fails": "refused",
        },
    ])
}

fn question(who: (&str, &str)) -> Value {
    json!({ "service": "YZ06001", "name": who.0, "identity_number": who.1 })
}

#[actix_web::test]
async fn frames_are_proved_both_ways_and_rows_follow() {
    let play = Play::of(backend(), capabilities(), &samples());
    for who in [LIN, OTHERS[3], ("𬱖㛃", "990101199102030041")] {
        let answer = play.says("lookup", question(who)).await;
        let rows = json!([{ "rq": "20261101", "je": 1000 }, { "rq": "20261201", "je": -50 }]);
        assert_eq!(answer, json!({ "name": who.0, "balance": 123_456, "records": rows }));
    }
    let refused = play.ask("lookup", question(("无此人", "990101199001010099"))).await;
    assert!(matches!(refused, Err(CallError::Refused(_))), "{refused:?}");
    let mut stranger = play.asked("lookup", question(LIN));
    stranger.secrets.insert("key".to_owned(), "another-key-of-the-same-length".into());
    let refused = stranger.of(play.driver().as_ref()).await;
    assert!(refused.is_err(), "nothing is said to a stranger");
}

#[actix_web::test]
async fn frames_fail_on_demand() {
    let play = Play::of(backend(), capabilities(), &samples());
    let ask = async |fault: Fault| {
        play.it().fail(fault);
        play.ask("lookup", question(LIN)).await
    };
    let once = |wrong| Fault { wrong: Some(wrong), times: Some(3), ..Fault::default() };
    let lost = ask(once(Wrong::LostAnswer)).await;
    assert!(matches!(lost, Err(CallError::Unknown(_))), "{lost:?}");
    let cut = ask(once(Wrong::Truncated)).await;
    assert!(matches!(cut, Err(CallError::Unknown(_))), "{cut:?}");
    let refused = ask(once(Wrong::AuthRefused)).await;
    assert!(refused.is_err(), "{refused:?}");
    let garbage = ask(Fault { malformed: true, times: Some(1), ..Fault::default() }).await;
    assert!(matches!(garbage, Err(CallError::Broken(_))), "{garbage:?}");
    play.it().fail(Fault { hang: true, ..Fault::default() });
    let mut asked = play.asked("lookup", question(LIN));
    asked.milliseconds = 50;
    assert!(matches!(asked.of(play.driver().as_ref()).await, Err(CallError::Unknown(_))));
    assert!(ask(Fault::default()).await.is_ok(), "and is well again");
}
