//! Maps where they are used: around a call over a real connection.

use serde_json::json;
use yimen_drivers::{CallError, rest::Rest};
use yimen_rig::{Asked, Server};

use crate::pool;

const REQUEST: &str = r"{
    head: { seq: $call.key, time: ($call.time | date_out) },
    body: { xm: .name, zjhm: .identity_number },
}";

const RESPONSE: &str = r#"
    if .head.rc == "E04" then refused(.head.rc)
    else { outcome: (.body.jg | word({ "00": "match" })), level: $call.input.level,
           balance: (.body.ye | amount_in), on: (.body.rq | date_in) } end
"#;

fn asked(server: &Server) -> Asked {
    let backend = json!({
        "driver": "rest", "endpoint": "sample", "auth": "none", "amount_unit": "yuan-2dp",
        "date_format": "yyyyMMddHHmmss",
    });
    let binding = json!({ "path": "/v1", "request": "maps/ask.jq", "response": "maps/said.jq" });
    let mut asked = Asked::new(format!("http://{}", server.address), backend, binding);
    asked.programs.insert("maps/ask.jq".to_owned(), REQUEST.to_owned());
    asked.programs.insert("maps/said.jq".to_owned(), RESPONSE.to_owned());
    asked.maps = Box::new(pool(1));
    asked.milliseconds = 20_000;
    asked
}

#[tokio::test]
async fn a_backend_with_a_shape_of_its_own() {
    let said =
        json!({ "head": { "rc": "0" }, "body": { "jg": "00", "ye": "1024.50", "rq": "20261121083000" } });
    let server = Server::saying(200, said.to_string());
    let answer = asked(&server).of(&Rest::default()).await.unwrap();
    let expected =
        json!({ "outcome": "match", "level": 3, "balance": 102_450, "on": "2026-11-21T08:30:00+08:00" });
    assert_eq!(answer, expected);
    let sent: serde_json::Value = serde_json::from_slice(&server.heard()[0].body).unwrap();
    let expected = json!({
        "head": { "seq": "01910000-0000-7000-8000-000000000001", "time": "20261121120000" },
        "body": { "xm": "林晓", "zjhm": "990101198501010010" },
    });
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn what_becomes_of_a_map_that_does_not_work() {
    for (ask, said, answer, tag) in [
        (REQUEST, RESPONSE, "{ \"head\": { \"rc\": \"E04\" } }", "refused"),
        (REQUEST, RESPONSE, "{ \"body\": { \"ye\": \"1.005\" } }", "broken"),
        (REQUEST, "def f: f; f", "{}", "broken"),
        (REQUEST, "env", "{}", "broken"),
        ("env", RESPONSE, "{}", "impossible"),
        (".name | fen_from_yuan", RESPONSE, "{}", "impossible"),
        ("empty", RESPONSE, "{}", "impossible"),
        ("def f: f; f", RESPONSE, "{}", "not-sent"),
    ] {
        let server = Server::saying(200, answer);
        let mut asked = asked(&server);
        asked.programs.insert("maps/ask.jq".to_owned(), ask.to_owned());
        asked.programs.insert("maps/said.jq".to_owned(), said.to_owned());
        // Only a map without end needs its time to be over.
        let endless = [ask, said].contains(&"def f: f; f");
        asked.milliseconds = if endless { 4_000 } else { 20_000 };
        let error = asked.of(&Rest::default()).await.unwrap_err();
        assert_eq!(error.tag(), tag, "{ask} {said}: {error}");
        assert_eq!(server.heard().is_empty(), matches!(tag, "impossible" | "not-sent"), "{ask} {said}");
        // A message never holds what the map was working on.
        assert!(!error.to_string().contains("林") && !error.to_string().contains("1.005"), "{error}");
        let certain = !matches!(error, CallError::Broken(_));
        assert_eq!(error.nothing_done(), certain);
    }
}
