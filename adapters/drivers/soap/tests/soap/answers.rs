//! What comes back.

use std::io::{Read as _, Write as _};

use serde_json::{Value, json};
use yimen_drivers::CallError;
use yimen_rig::Server;
use yimen_soap::Soap;

use crate::{MATCH, asked, envelope};

async fn said(status: u16, body: impl Into<Vec<u8>>, soap: Value) -> Result<Value, CallError> {
    let server = Server::saying(status, body);
    let answer = asked(&server, &json!({}), &soap).of(&Soap::default()).await;
    assert_eq!(server.heard().len(), 1, "nothing is asked twice");
    answer
}

fn fault_11(code: &str) -> String {
    envelope(&format!(
        "<s:Fault><faultcode>{code}</faultcode><faultstring>林晓 990101198501010010</faultstring>\
         <detail><code>E17</code></detail></s:Fault>"
    ))
}

fn fault_12(code: &str, subcode: &str) -> String {
    envelope(&format!(
        "<s:Fault><s:Code><s:Value>{code}</s:Value><s:Subcode><s:Value>{subcode}</s:Value></s:Subcode></s:Code>\
         <s:Reason><s:Text xml:lang=\"zh\">林晓</s:Text></s:Reason></s:Fault>"
    ))
}

#[tokio::test]
async fn faults_have_their_meaning_and_never_their_words() {
    for (status, body, tag, code) in [
        (500, fault_11("soap:Client"), "refused", "Client"),
        (500, fault_11("soap:Client.BadNumber"), "refused", "Client.BadNumber"),
        (200, fault_11("Client"), "refused", "Client"),
        (500, fault_11("soap:Server"), "unknown", "Server"),
        (500, fault_11("ns1:Strange"), "unknown", "Strange"),
        (500, fault_11("林晓"), "unknown", "no code"),
        (500, fault_11("wsse:FailedAuthentication"), "credentials", "FailedAuthentication"),
        (500, fault_11("s:MustUnderstand"), "refused", "MustUnderstand"),
        (400, fault_12("s:Sender", "p:NoSuchPerson"), "refused", "NoSuchPerson"),
        (500, fault_12("s:Receiver", "p:Down"), "unknown", "Down"),
        (400, fault_12("s:Sender", "wsse:MessageExpired"), "credentials", "MessageExpired"),
        (500, envelope("<s:Fault/>"), "unknown", "no code"),
    ] {
        let error = said(status, body.clone(), json!({ "version": "1.2" })).await.unwrap_err();
        assert_eq!(error.tag(), tag, "{body}");
        assert!(error.to_string().contains(code), "{error}");
        assert!(!error.to_string().contains("林晓") && !error.to_string().contains("9901"), "{error}");
    }
}

#[tokio::test]
async fn the_backends_own_codes_decide_first() {
    let server = Server::saying(500, fault_11("soap:Server"));
    let codes = json!({ "codes": { "from": "Fault.detail.code", "words": { "E17": "refused" } } });
    let error = asked(&server, &codes, &json!({})).of(&Soap::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "the backend refused (E17)");
}

#[tokio::test]
async fn each_status_means_what_it_says() {
    for (status, body, tag) in [
        (401, String::new(), "credentials"),
        (503, "<html>".to_owned(), "busy"),
        (404, "<html>".to_owned(), "refused"),
        (400, "<html>".to_owned(), "refused"),
        (500, "<html>".to_owned(), "unknown"),
        (500, envelope(MATCH), "unknown"),
        (502, "<html>".to_owned(), "unknown"),
        (302, String::new(), "broken"),
        (200, String::new(), "broken"),
        (200, "{}".to_owned(), "broken"),
        (200, "<a/>".to_owned(), "broken"),
        (200, envelope(""), "broken"),
        (200, envelope("<a/><b/>"), "broken"),
        (200, envelope(MATCH)[..180].to_owned(), "broken"),
    ] {
        assert_eq!(said(status, body.clone(), json!({})).await.unwrap_err().tag(), tag, "{status} {body}");
    }
    let pending = said(202, "", json!({})).await.unwrap();
    assert_eq!(pending, json!({ "outcome": "pending", "status": "pending" }));
    // A code that nobody listed.
    let answer = said(200, envelope(&MATCH.replace("00", "77")), json!({})).await.unwrap();
    assert_eq!(answer["outcome"], "pending");
}

#[tokio::test]
async fn an_answer_to_another_operation_is_none() {
    let rpc = json!({ "style": "rpc" });
    let other = envelope(&MATCH.replace("verifyResponse", "deleteResponse"));
    assert_eq!(said(200, other, rpc.clone()).await.unwrap_err().tag(), "broken");
    said(200, envelope(MATCH), rpc).await.unwrap();
}

#[tokio::test]
async fn bombs_and_foreign_encodings_are_refused() {
    let laughs = format!(
        "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"{}\">]>{}",
        "&a;".repeat(1000),
        envelope("<x>&b;</x>").replace("<?xml version=\"1.0\"?>", "")
    );
    let fetches = format!("<!DOCTYPE l SYSTEM \"file:///etc/passwd\">{}", &envelope(MATCH)[21..]);
    let gbk =
        yimen_drivers::text::encode(yimen_contract::agency::Encoding::Gbk, &envelope("<x>林</x>")).unwrap();
    let deep = envelope(&"<x>".repeat(10_000));
    let large = envelope(&format!("<x>{}</x>", "a".repeat(2 << 20)));
    for bomb in [laughs.into_bytes(), fetches.into_bytes(), gbk, deep.into_bytes(), large.into_bytes()] {
        assert_eq!(said(200, bomb, json!({})).await.unwrap_err().tag(), "broken");
    }
}

#[tokio::test]
async fn silence_after_a_question_leaves_its_fate_unknown() {
    // One hangs up, one drips a byte now and then.
    let hangs_up = Server::raw(|mut stream| drop(stream.read(&mut [0; 4096])));
    let drips = Server::raw(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 200 x\r\ncontent-length: 1000\r\n\r\n");
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    });
    for server in [hangs_up, drips] {
        let mut asked = asked(&server, &json!({}), &json!({}));
        asked.milliseconds = 1_000;
        let error = asked.of(&Soap::default()).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)) && !error.nothing_done(), "{error:?}");
    }
}
