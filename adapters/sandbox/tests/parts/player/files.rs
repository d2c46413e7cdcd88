//! Backends that are asked by files.

use std::{fs, time::Duration};

use serde_json::{Value, json};
use yimen_daily::{Came, Daily, Exchange, collect, deliver};
use yimen_rig::Asked;
use yimen_sandbox::{Cast, Fault, Wrong};

use super::{LIN, Play, person};

fn backend() -> Value {
    json!({
        "driver": "csv", "endpoint": "sample", "auth": "sftp-key", "secrets": ["key"], "encoding": "gbk", "body": "csv",
        "files": {
            "inbound": [
                { "name": "heating", "columns": ["sfzh", "xm", "zh", "je"], "key": "sfzh", "whole": true },
                { "name": "results", "columns": ["lsh", "zt"], "key": "lsh", "whole": true },
            ],
            "outbound": [{ "name": "applications", "columns": ["id", "fw", "xm"], "key": "id" }],
        },
    })
}

fn capabilities() -> Value {
    json!({
        "lookup": { "file": { "table": "heating", "by": "sfzh" }, "send": { "sfzh": "number" }, "idempotent": true },
        "case.submit": { "file": { "table": "applications" }, "send": { "fw": "service", "xm": "name" } },
        "case.status": { "file": { "table": "results", "by": "lsh" }, "send": { "lsh": "reference" } },
    })
}

fn samples() -> Value {
    let line = json!({ "sfzh": LIN.1, "xm": LIN.0, "zh": "RL20260001", "je": "350.00" });
    let status = |word: &str| {
        json!({
            "capability": "case.status", "service": "YZ23009", "question": { "service": "YZ23009", "reference": "K-1" },
            "request": { "lsh": "K-1" },
            "response": { "since": "2026-11-21T00:00:00Z", "lines": [{ "lsh": "K-1", "zt": word }] },
            "answer": { "status": word, "reference": "K-1" },
        })
    };
    json!([
        {
            "capability": "lookup", "service": "YZ23001",
            "question": { "service": "YZ23001", "person": person(LIN.0, LIN.1) },
            "request": { "sfzh": LIN.1 },
            "response": { "since": "2026-11-21T00:00:00Z", "lines": [line] },
            "answer": { "records": [{ "reference": "RL20260001" }] },
        },
        {
            "capability": "case.submit", "service": "YZ23009",
            "question": { "service": "YZ23009", "case": "YM-1", "person": person(LIN.0, LIN.1), "submitted": "2026-11-21T04:05:06Z" },
            "request": { "fw": "YZ23009", "xm": LIN.0 },
            "answer": { "status": "pending", "reference": "K-1" },
        },
        status("received"), status("granted"),
    ])
}

async fn collected(asked: &Asked) -> Vec<Came> {
    asked.with(async |call| collect(&exchange(&call)).await).await.unwrap()
}

fn exchange<'a>(call: &yimen_drivers::Call<'a>) -> Exchange<'a> {
    Exchange {
        agency: call.agency,
        backend: call.backend,
        endpoint: call.endpoint,
        ports: call.ports,
        now: call.now,
        within: Duration::from_secs(20),
    }
}

/// Asks something else with the same store.
async fn ask(play: &Play, asked: &mut Asked, capability: &str, question: Value) -> Value {
    let next = play.asked(capability, question);
    (asked.binding, asked.input, asked.now, asked.key) = (next.binding, next.input, next.now, next.key);
    asked.of(&Daily).await.unwrap()
}

#[actix_web::test]
async fn everybody_is_in_the_file_and_an_application_goes_its_way_by_files() {
    let play = Play::of(backend(), capabilities(), &samples());
    play.backends.tick().await;
    let mut asked = play.asked("lookup", json!({}));
    let came = collected(&asked).await;
    assert!(came.iter().all(|one| matches!(one, Came::Taken { left_out: 0, .. })), "{came:?}");
    let lin = ask(&play, &mut asked, "lookup", json!({ "number": LIN.1 })).await;
    assert_eq!(lin["lines"], samples()[0]["response"]["lines"]);
    let citizen = Cast::from_seed(1).citizens[0].person.clone();
    let theirs = ask(&play, &mut asked, "lookup", json!({ "number": citizen.identity_number })).await;
    assert_eq!(theirs["lines"][0]["sfzh"], citizen.identity_number);
    assert_ne!(theirs["lines"][0]["zh"], "RL20260001", "an account of their own");

    let submitted = json!({ "service": "YZ23009", "name": "陈静" });
    let taken = ask(&play, &mut asked, "case.submit", submitted).await;
    let reference = taken["reference"].as_str().unwrap().to_owned();
    asked.with(async |call| deliver(&exchange(&call)).await).await.unwrap();
    play.backends.tick().await;
    collected(&asked).await;
    let stands = ask(&play, &mut asked, "case.status", json!({ "reference": reference })).await;
    assert_eq!(stands["lines"], json!([{ "lsh": reference, "zt": "received" }]));
    play.hand.pass(90_000);
    play.backends.tick().await;
    asked.now += chrono::TimeDelta::seconds(90_000);
    collected(&asked).await;
    let stands = ask(&play, &mut asked, "case.status", json!({ "reference": reference })).await;
    assert_eq!(stands["lines"], json!([{ "lsh": reference, "zt": "granted" }]));
}

#[actix_web::test]
async fn files_fail_on_demand() {
    for (wrong, came) in [(Wrong::HalfFile, 1), (Wrong::WrongDigest, 1), (Wrong::NoFile, 0)] {
        let play = Play::of(backend(), capabilities(), &samples());
        play.it().fail(Fault { wrong: Some(wrong), times: Some(2), ..Fault::default() });
        play.backends.tick().await;
        let asked = play.asked("lookup", json!({}));
        let first = collected(&asked).await;
        assert_eq!(first.len(), came * 2, "{wrong:?}: {first:?}");
        assert!(first.iter().all(|one| matches!(one, Came::Unfinished { companion: true, .. })), "{first:?}");
        // What was wrong yesterday is put right by the next file.
        play.backends.tick().await;
        let then = collected(&asked).await;
        let good = then.iter().filter(|one| matches!(one, Came::Taken { .. })).count();
        assert!(good >= 1, "{wrong:?}: {then:?}");
    }
    let play = Play::of(backend(), capabilities(), &samples());
    play.backends.tick().await;
    play.backends.tick().await;
    let drop = play.folder.path().join("drop/sample/to-portal");
    assert_eq!(fs::read_dir(drop).unwrap().count(), 4, "two files and their companions, and none twice");
}
