//! Backends with envelopes.

use serde_json::{Value, json};
use yimen_drivers::CallError;

use super::{LIN, OTHERS, Play, person};

fn capabilities(version: &str, style: &str) -> Value {
    let operation =
        |name: &str| json!({ "version": version, "style": style, "namespace": "urn:cgs", "operation": name });
    json!({
        "lookup": {
            "path": "/ws", "idempotent": true, "soap": operation("queryWfxx"),
            "send": { "sfzh": "identity_number", "xm": "name" },
            "read": { "records": { "from": "list.wf" }, "name": { "from": "xm" } },
        },
        "case.withdraw": { "path": "/ws", "soap": operation("revoke"), "send": { "lsh": "reference" } },
    })
}

fn samples() -> Value {
    json!([
        {
            "capability": "lookup", "question": { "name": LIN.0, "identity_number": LIN.1 },
            "request": { "sfzh": LIN.1, "xm": LIN.0 },
            "response": { "xm": LIN.0, "list": { "wf": [{ "je": "200.00" }, { "je": "50.00" }] } },
            "answer": { "records": [] },
        },
        {
            "capability": "case.withdraw", "question": { "service": "YZ02022", "reference": "LS-1" },
            "request": { "lsh": "LS-1" }, "fails": "refused",
        },
    ])
}

fn question(who: (&str, &str)) -> Value {
    json!({ "name": who.0, "identity_number": who.1 })
}

#[actix_web::test]
async fn envelopes_of_both_kinds_in_gbk_with_the_digest_checked() {
    for (version, style) in [("1.1", "document"), ("1.2", "document"), ("1.1", "rpc")] {
        let backend = json!({
            "driver": "soap", "endpoint": "sample", "auth": "ws-security", "secrets": ["username", "password"],
            "encoding": "gbk", "body": "xml",
        });
        let play = Play::of(backend, capabilities(version, style), &samples());
        // A name that the encoding does not have is written by its number.
        for who in [LIN, OTHERS[0], ("林𬱖", "990101199102030041")] {
            let answer = play.says("lookup", question(who)).await;
            assert_eq!(answer, json!({ "name": who.0, "records": [{ "je": "200.00" }, { "je": "50.00" }] }));
        }
        let refused = play.ask("case.withdraw", json!({ "reference": "LS-9" })).await;
        assert!(matches!(refused, Err(CallError::Refused(_))), "{version}: {refused:?}");

        let asked = play.asked("lookup", question(LIN));
        asked.of(play.driver().as_ref()).await.unwrap();
        let again = asked.of(play.driver().as_ref()).await;
        assert!(matches!(again, Err(CallError::Credentials(_))), "{version}: {again:?}");
        let mut stranger = play.asked("lookup", question(LIN));
        stranger.secrets.insert("password".to_owned(), "guessed".into());
        let refused = stranger.of(play.driver().as_ref()).await;
        assert!(matches!(refused, Err(CallError::Credentials(_))), "{version}: {refused:?}");
        play.hand.pass(-4000);
        let mut late = play.asked("lookup", question(LIN));
        late.now += chrono::TimeDelta::seconds(4000);
        let refused = late.of(play.driver().as_ref()).await;
        assert!(matches!(refused, Err(CallError::Credentials(_))), "{version}: {refused:?}");
    }
}

#[actix_web::test]
async fn the_last_entry_of_a_list_can_go_too() {
    let backend = json!({ "driver": "rest", "endpoint": "sample", "auth": "none", "body": "xml" });
    let ask = json!({ "service": "YZ02003", "person": person(LIN.0, LIN.1) });
    let due = |reference: &str| json!({ "bh": reference, "je": { "fen": "20000" } });
    let listed = |answer: &[&str], rows: Value| {
        let dues: Vec<Value> = answer
            .iter()
            .map(|reference| json!({ "reference": reference, "title": "罚款", "status": "open", "amount_fen": 20000 }))
            .collect();
        json!({ "capability": "dues.list", "service": "YZ02003", "question": ask, "response": { "rc": "0", "rows": rows }, "answer": { "dues": dues } })
    };
    let settle = |reference: &str| {
        json!({
            "service": "YZ02003", "reference": reference, "order": "O-1", "amount_fen": 20000,
            "paid": "2026-11-21T04:05:06Z", "provider": "pay", "payment": "P-1",
        })
    };
    let settled = json!({ "capability": "dues.settle", "service": "YZ02003", "question": settle("CF20260001"), "answer": { "status": "settled" } });
    // XML shows one entry as a group of its own, as it was recorded.
    let play = Play::of(
        backend,
        json!({ "dues.list": { "path": "/list" }, "dues.settle": { "path": "/settle" } }),
        &json!([listed(&["CF20260001"], json!({ "row": due("CF20260001") })), settled]),
    );
    let before = play.says("dues.list", ask.clone()).await;
    assert_eq!(before, json!({ "rc": "0", "rows": { "row": due("CF20260001") } }));
    play.says("dues.settle", settle("CF20260001")).await;
    let left = play.says("dues.list", ask.clone()).await;
    assert_eq!(left["rc"], "0");
    assert!(left["rows"].get("row").is_none(), "{left}");
}
