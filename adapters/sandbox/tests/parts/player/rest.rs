//! Backends over HTTP with JSON, forms and XML, and every way of signing in.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sm2::pkcs8::EncodePrivateKey as _;
use yimen_drivers::CallError;

use super::{LIN, OTHERS, Play, person};

/// A query of violations by plate, with names of its own.
fn capabilities() -> Value {
    json!({ "lookup": {
        "path": "/v1/query", "idempotent": true,
        "read": { "records": { "from": "data.rows" }, "summary": { "from": "data.sum" } },
    } })
}

fn question(who: (&str, &str), plate: &str) -> Value {
    json!({ "service": "YZ02001", "person": person(who.0, who.1), "answers": { "plate": plate, "kind": "02" } })
}

fn samples() -> Value {
    let record = |reference: &str, fen: u64| json!({ "reference": reference, "title": "测A12345", "state": "02", "facts": { "fine": fen } });
    let one = [record("CF20260017001", 20000), record("CF20260017002", 15000)];
    json!([
        {
            "capability": "lookup", "service": "YZ02001", "question": question(LIN, "测A12345"),
            "response": { "data": { "rows": one, "sum": { "fines": 35000 } } },
            "answer": { "records": one, "summary": { "fines": 35000 } },
        },
        {
            "capability": "lookup", "service": "YZ02001", "question": question(("陈静", "990101199001010020"), "测B67890"),
            "response": { "data": { "rows": [], "sum": {} } }, "answer": { "records": [] },
        },
        {
            "capability": "lookup", "service": "YZ02001", "question": question(LIN, "测Z00000"), "status": 409,
            "response": { "code": "E7" }, "fails": "refused",
        },
    ])
}

fn backend(auth: &str, secrets: &[&str], further: &Value) -> Value {
    let mut backend = json!({ "driver": "rest", "endpoint": "sample", "auth": auth, "secrets": secrets });
    backend.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    backend
}

#[actix_web::test]
async fn the_sample_s_own_question_gets_the_sample_s_answer() {
    let play = Play::of(backend("none", &[], &json!({})), capabilities(), &samples());
    let answer = play.says("lookup", question(LIN, "测A12345")).await;
    assert_eq!(answer["records"], samples()[0]["answer"]["records"]);
    let refused = play.ask("lookup", question(LIN, "测Z00000")).await;
    assert!(matches!(refused, Err(CallError::Refused(_))), "{refused:?}");
    let other = json!({ "service": "YZ02009", "person": person(LIN.0, LIN.1), "answers": {} });
    assert!(matches!(play.ask("lookup", other).await, Err(CallError::Refused(_))), "not on record");
}

#[actix_web::test]
async fn the_asker_s_own_values_stand_in_the_answer_and_short_codes_stay() {
    let play = Play::of(backend("none", &[], &json!({})), capabilities(), &samples());
    let mut seen = BTreeSet::new();
    for who in OTHERS.into_iter().skip(1) {
        let answer = play.says("lookup", question(who, "测C24680")).await;
        assert_eq!(
            answer,
            play.says("lookup", question(who, "测C24680")).await,
            "the same person, the same answer"
        );
        for record in answer["records"].as_array().unwrap() {
            assert_eq!((&record["title"], &record["state"]), (&json!("测C24680"), &json!("02")));
            assert!(seen.insert(record["reference"].to_string()), "everybody has numbers of their own");
        }
    }
    // Between them they saw both alternatives.
    assert!(!seen.is_empty() && seen.len() < 10, "{seen:?}");
}

#[actix_web::test]
async fn every_way_of_signing_in_is_checked() {
    for (auth, secrets, further) in [
        ("ip-allow", vec![], json!({})),
        ("api-key", vec!["key"], json!({})),
        ("token", vec!["key"], json!({})),
        ("hmac", vec!["key"], json!({})),
        ("sm2-sign", vec!["key"], json!({})),
        ("shared-secret", vec!["key"], json!({})),
        ("shared-secret", vec!["key"], json!({ "digest": "hmac-sm3", "body": "form" })),
        ("oauth2", vec!["id", "key"], json!({ "token_path": "/token", "scope": "all" })),
    ] {
        let play = Play::of(backend(auth, &secrets, &further), capabilities(), &samples());
        let driver = play.driver();
        let asked = play.asked("lookup", question(LIN, "测A12345"));
        let fine = asked.of(driver.as_ref()).await.unwrap();
        assert_eq!(fine["records"][0]["title"], "测A12345", "{auth}");
        if secrets.is_empty() {
            continue;
        }
        if matches!(auth, "hmac" | "sm2-sign" | "shared-secret") {
            let again = asked.of(driver.as_ref()).await;
            assert!(
                matches!(again, Err(CallError::Credentials(_))),
                "{auth}: the same request again: {again:?}"
            );
        }
        let mut stranger = play.asked("lookup", question(LIN, "测A12345"));
        let another = "another-key-of-the-same-length-0123456789".to_owned();
        let wrong = if auth == "sm2-sign" { sm2_key() } else { another };
        stranger.secrets.insert("key".to_owned(), wrong.into());
        let refused = stranger.of(play.driver().as_ref()).await;
        assert!(matches!(refused, Err(CallError::Credentials(_))), "{auth}: {refused:?}");
    }
}

/// A key of somebody else.
fn sm2_key() -> String {
    let key = sm2::SecretKey::from_slice(&[9; 32]).unwrap();
    key.to_pkcs8_pem(sm2::pkcs8::LineEnding::LF).unwrap().to_string()
}

#[actix_web::test]
async fn forms_in_the_address_and_xml_in_gbk() {
    let get = json!({ "health": { "method": "GET", "path": "/state" }, "slots.list": { "method": "GET", "path": "/v1/slots" } });
    let rare = json!([{
        "capability": "slots.list", "service": "YZ02001",
        "question": { "service": "YZ02001", "from": "2026-11-23", "to": "2026-11-29", "place": "望山窗口" },
        "response": { "slots": [], "place": "望山窗口" }, "answer": { "slots": [] },
    }]);
    for body in ["json", "form"] {
        let backend = backend("none", &[], &json!({ "body": body, "encoding": "gbk" }));
        let play = Play::of(backend, get.clone(), &rare);
        let ask =
            json!({ "service": "YZ02001", "from": "2026-11-23", "to": "2026-11-29", "place": "通衢 & 大道" });
        assert_eq!(play.says("slots.list", ask).await["place"], "通衢 & 大道", "{body}");
        assert_eq!(play.says("health", json!({})).await["status"], "up");
    }
    let xml = json!({ "lookup": {
        "path": "/query", "xml": { "root": "cx", "namespace": "urn:cx" },
        "send": { "head.fw": "service", "body.hphm": "plate" },
        "read": { "records": { "from": "rows" }, "plate": { "from": "hphm" } },
    } });
    let samples = json!([{
        "capability": "lookup", "service": "YZ02001",
        "question": { "service": "YZ02001", "plate": "测A12345" },
        "request": { "head": { "fw": "YZ02001" }, "body": { "hphm": "测A12345" } },
        "response": { "hphm": "测A12345", "rows": [{ "xh": "1" }, { "xh": "2" }] },
        "answer": { "records": [] },
    }]);
    let play =
        Play::of(backend("none", &[], &json!({ "body": "xml", "encoding": "gb18030" })), xml, &samples);
    let answer = play.says("lookup", json!({ "service": "YZ02001", "plate": "测𬱖99999" })).await;
    assert_eq!(answer, json!({ "plate": "测𬱖99999", "records": [{ "xh": "1" }, { "xh": "2" }] }));
}

#[actix_web::test]
async fn a_long_list_comes_page_by_page() {
    let list = json!([{ "reference": "1" }, { "reference": "2" }, { "reference": "3" }, { "reference": "4" }, { "reference": "5" }]);
    let samples = json!([{
        "capability": "lookup", "service": "YZ02001", "question": { "service": "YZ02001" },
        "response": { "data": { "list": list, "more": null } }, "answer": { "records": [] },
    }]);
    for pages in [
        json!({ "field": "page", "size": 2, "list": "data.list" }),
        json!({ "field": "cursor", "list": "data.list", "next": "data.more" }),
    ] {
        let capabilities = json!({ "lookup": {
            "path": "/l", "pages": pages, "read": { "records": { "from": "data.list" } },
        } });
        let play = Play::of(backend("none", &[], &json!({})), capabilities, &samples);
        assert_eq!(play.says("lookup", json!({ "service": "YZ02001" })).await["records"], list);
    }
}

#[actix_web::test]
async fn an_agency_that_wants_a_certificate_lets_nobody_in_without_it() {
    let secrets = ["certificate", "certificate-key", "authority"];
    let further = json!({ "server_ca": "authority" });
    let play = Play::of(backend("mtls", &secrets, &further), capabilities(), &samples());
    assert!(play.it().address.starts_with("https://127.0.0.1:"), "{}", play.it().address);
    let answer = play.says("lookup", question(LIN, "测A12345")).await;
    assert_eq!(answer["records"][0]["title"], "测A12345");
    // The certificate of another city's sandbox, and the way around the door.
    let other = Play::of(backend("mtls", &secrets, &further), capabilities(), &samples());
    let mut stranger = play.asked("lookup", question(LIN, "测A12345"));
    stranger.secrets.insert("certificate".to_owned(), other.it().secrets["certificate"].as_str().into());
    assert!(stranger.of(play.driver().as_ref()).await.is_err());
    let http = format!("http://127.0.0.1:{}/sample/v1/query", play.backends.ports().http);
    let around = crate::harness::client().post(http).json(&question(LIN, "测A12345")).send().await.unwrap();
    assert_eq!(around.status(), 401);
}
