//! Forms, XML, other encodings, result codes, and addresses with questions in them.

use serde_json::{Value, json};
use yimen_contract::{agency::Encoding, capability::Capability};
use yimen_drivers::{CallError, rest::Rest, text};
use yimen_rig::{Asked, Server};

fn asked(server: &Server, backend: &Value, binding: &Value) -> Asked {
    let mut whole = json!({ "driver": "rest", "endpoint": "sample", "auth": "none" });
    whole.as_object_mut().unwrap().extend(backend.as_object().unwrap().clone());
    let mut path = json!({ "path": "/v1/verify" });
    path.as_object_mut().unwrap().extend(binding.as_object().unwrap().clone());
    Asked::new(format!("http://{}", server.address), whole, path)
}

#[tokio::test]
async fn a_form_in_gbk() {
    let server = Server::saying(200, text::encode(Encoding::Gbk, r#"{ "jg": "林" }"#).unwrap());
    let mut asked = asked(&server, &json!({ "body": "form", "encoding": "gbk" }), &json!({}));
    asked.input = json!({ "xm": "林 晓&", "list": ["1", 2], "none": null, "yes": true });
    assert_eq!(asked.of(&Rest::default()).await.unwrap(), json!({ "jg": "林" }));
    let heard = server.heard().remove(0);
    assert_eq!(heard.header("content-type"), "application/x-www-form-urlencoded; charset=GBK");
    assert_eq!(heard.text(), "list=1&list=2&xm=%C1%D6+%CF%FE%26&yes=true");
}

#[tokio::test]
async fn a_form_is_answered_in_xml_too() {
    let server = Server::saying(200, "<r><code>00</code></r>");
    let read = json!({ "read": { "outcome": { "from": "code", "words": { "00": "match" } } } });
    let asked = asked(&server, &json!({ "body": "form" }), &read);
    assert_eq!(asked.of(&Rest::default()).await.unwrap(), json!({ "outcome": "match" }));
}

#[tokio::test]
async fn plain_xml_in_the_order_that_is_asked_for() {
    let server = Server::saying(200, "<res xmlns='urn:x'><code>07</code></res>");
    let xml = json!({ "root": "query", "namespace": "urn:q", "order": ["name", "level"] });
    let asked = asked(&server, &json!({ "body": "xml", "encoding": "gb18030" }), &json!({ "xml": xml }));
    assert_eq!(asked.of(&Rest::default()).await.unwrap(), json!({ "code": "07" }));
    let heard = server.heard().remove(0);
    assert_eq!(heard.header("content-type"), "application/xml; charset=GB18030");
    assert_eq!(
        text::decode(Encoding::Gb18030, &heard.body).unwrap(),
        "<?xml version=\"1.0\" encoding=\"GB18030\"?><query xmlns=\"urn:q\"><name>林晓</name><level>3</level>\
         <identity_number>990101198501010010</identity_number></query>"
    );
    let bomb = Server::saying(200, "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    let asked = self::asked(&bomb, &json!({ "body": "xml" }), &json!({}));
    assert_eq!(asked.of(&Rest::default()).await.unwrap_err().tag(), "broken");
}

#[tokio::test]
async fn a_question_in_the_address_and_methods_of_all_kinds() {
    for (method, in_address) in
        [("GET", true), ("DELETE", true), ("PUT", false), ("PATCH", false), ("POST", false)]
    {
        let server = Server::saying(200, "{}");
        let mut asked = asked(&server, &json!({}), &json!({ "method": method }));
        asked.input = json!({ "q": "a b&c", "n": 1 });
        asked.of(&Rest::default()).await.unwrap();
        let heard = server.heard().remove(0);
        let line = heard.head.lines().next().unwrap();
        let target = if in_address { "/v1/verify?n=1&q=a+b%26c" } else { "/v1/verify" };
        assert_eq!(line, format!("{method} {target} HTTP/1.1"));
        assert_eq!(heard.body.is_empty(), in_address);
        assert_eq!(heard.header("idempotency-key").is_empty(), method == "GET");
    }
}

#[tokio::test]
async fn an_answer_in_another_encoding_than_declared_is_none() {
    let server = Server::saying(200, text::encode(Encoding::Gbk, r#"{ "jg": "林" }"#).unwrap());
    let error = asked(&server, &json!({}), &json!({})).of(&Rest::default()).await.unwrap_err();
    assert_eq!(error.tag(), "broken");
}

#[tokio::test]
async fn result_codes_come_before_what_else_stands_there() {
    let codes = json!({ "codes": { "from": "head.rc", "words": {
        "0": "ok", "E1": "refused", "E2": "busy", "E3": "credentials", "E4": "unknown", "E5": "pending",
    } } });
    for (code, expected) in [
        (json!(0), Ok("match")),
        (json!("E1"), Err("refused")),
        (json!("E2"), Err("busy")),
        (json!("E3"), Err("credentials")),
        (json!("E4"), Err("unknown")),
        (json!("E5"), Ok("pending")),
        (json!("E6"), Ok("pending")),
        (json!(null), Ok("pending")),
        (json!("match"), Ok("pending")),
    ] {
        let server = Server::saying(200, json!({ "head": { "rc": code }, "outcome": "match" }).to_string());
        let answer = asked(&server, &codes, &json!({})).of(&Rest::default()).await;
        let outcome =
            answer.as_ref().map(|answer| answer["outcome"].as_str().unwrap()).map_err(CallError::tag);
        assert_eq!(outcome, expected, "{code}");
    }
    let without = Server::saying(200, "{ \"outcome\": \"match\" }");
    assert_eq!(asked(&without, &codes, &json!({})).of(&Rest::default()).await.unwrap()["outcome"], "pending");
}

#[tokio::test]
async fn a_map_that_cannot_run_leaves_nothing_sent_or_the_answer_unread() {
    let server = Server::saying(200, "{}");
    let request = asked(&server, &json!({}), &json!({ "request": "maps/a.jq" }));
    assert_eq!(
        request.of(&Rest::default()).await.unwrap_err().tag(),
        "impossible",
        "it is not in the package"
    );
    let mut nowhere = asked(&server, &json!({}), &json!({ "request": "maps/a.jq" }));
    nowhere.programs.insert("maps/a.jq".to_owned(), ".".to_owned());
    let error = nowhere.of(&Rest::default()).await.unwrap_err();
    assert_eq!(error.tag(), "ours", "nothing runs it");
    assert!(error.nothing_done() && !error.is_fault(), "it does not speak against the backend");
    assert!(server.heard().is_empty());
    let response = asked(&server, &json!({}), &json!({ "response": "maps/a.jq" }));
    let error = response.of(&Rest::default()).await.unwrap_err();
    assert!(error.tag() == "broken" && !error.nothing_done(), "the backend did what it did");
}

#[tokio::test]
async fn a_page_or_nothing_at_all_is_no_answer() {
    for body in ["form", "xml"] {
        let page = Server::saying(200, "<HTML><body>502 Bad Gateway</body></HTML>");
        let asked = asked(&page, &json!({ "body": body }), &json!({}));
        assert_eq!(asked.of(&Rest::default()).await.unwrap_err().tag(), "broken", "{body}");
    }
    let silent = Server::saying(200, " ");
    let mut asked = asked(&silent, &json!({}), &json!({}));
    assert_eq!(asked.of(&Rest::default()).await.unwrap_err().tag(), "broken");
    // Whoever was told to do something may say nothing more than that it is done, and so may whoever is well.
    for capability in [Capability::DuesSettle, Capability::Health] {
        asked.capability = capability;
        assert_eq!(asked.of(&Rest::default()).await.unwrap(), json!({}));
    }
}
