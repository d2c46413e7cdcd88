//! What goes out.

use proptest::prelude::*;
use serde_json::{Value, json};
use yimen_contract::agency::Encoding;
use yimen_drivers::{CallError, text, xml};
use yimen_rig::Server;
use yimen_soap::Soap;

use crate::{MATCH, asked, envelope};

fn fine() -> Server {
    Server::saying(200, envelope(MATCH))
}

#[tokio::test]
async fn an_envelope_of_1_1_in_gbk() {
    // The answer comes in GBK too.
    let answer = envelope(&MATCH.replace("R-1", "林"));
    let server = Server::saying(200, text::encode(Encoding::Gbk, &answer).unwrap());
    let soap = json!({ "order": ["xm", "zjhm"], "action": "urn:persons/verify" });
    let asked = asked(&server, &json!({ "encoding": "gbk" }), &soap);
    let answer = asked.of(&Soap::default()).await.unwrap();
    assert_eq!(answer, json!({ "outcome": "match", "reference": "林" }));
    let heard = server.heard().remove(0);
    assert!(heard.head.starts_with("POST /ws/persons HTTP/1.1"), "{}", heard.head);
    assert_eq!(heard.header("content-type"), "text/xml; charset=GBK");
    assert_eq!(heard.header("soapaction"), "\"urn:persons/verify\"");
    let expected = "<?xml version=\"1.0\" encoding=\"GBK\"?>\
        <soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
        <m:verify xmlns:m=\"urn:persons\"><xm>林晓</xm><zjhm>990101198501010010</zjhm><jb>3</jb></m:verify>\
        </soap:Body></soap:Envelope>";
    assert_eq!(text::decode(Encoding::Gbk, &heard.body).unwrap(), expected);
    assert!(String::from_utf8(heard.body).is_err(), "it is GBK indeed");
}

#[tokio::test]
async fn an_envelope_of_1_2_qualified_and_rpc() {
    let server = fine();
    let soap = json!({ "version": "1.2", "qualified": true, "action": "urn:verify" });
    asked(&server, &json!({}), &soap).of(&Soap::default()).await.unwrap();
    let heard = server.heard().remove(0);
    assert_eq!(heard.header("content-type"), "application/soap+xml; charset=UTF-8; action=\"urn:verify\"");
    assert_eq!(heard.header("soapaction"), "");
    assert!(heard.text().contains("xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\""));
    assert!(heard.text().contains("<m:xm>林晓</m:xm>"), "{}", heard.text());

    let rpc = json!({ "style": "rpc", "qualified": true });
    asked(&server, &json!({}), &rpc).of(&Soap::default()).await.unwrap();
    assert!(server.heard()[1].text().contains("<xm>林晓</xm>"), "parts of a call carry no namespace");
}

#[tokio::test]
async fn a_character_that_gbk_lacks_goes_by_its_number() {
    let server = fine();
    let mut asked = asked(&server, &json!({ "encoding": "gbk" }), &json!({}));
    asked.input["name"] = json!("𬱖晓<&");
    asked.of(&Soap::default()).await.unwrap();
    let body = text::decode(Encoding::Gbk, &server.heard()[0].body).unwrap();
    assert!(body.contains("<xm>&#183382;晓&lt;&amp;</xm>"), "{body}");
    let (_, read) = xml::read(&body).unwrap();
    assert_eq!(read["Body"]["verify"]["xm"], "𬱖晓<&", "whoever reads XML reads the name");
}

#[tokio::test]
async fn the_password_is_never_sent() {
    let server = fine();
    let asked = asked(&server, &json!({ "auth": "ws-security" }), &json!({}))
        .secret("username", "portal & co")
        .secret("password", "correct horse");
    asked.of(&Soap::default()).await.unwrap();
    let text = server.heard()[0].text();
    assert!(!text.contains("correct horse"));
    let (_, read) = xml::read(&text).unwrap();
    let security = &read["Header"]["Security"];
    assert_eq!(security["@mustUnderstand"], "1");
    assert_eq!(security["Timestamp"]["Created"], "2026-11-21T04:00:00.000Z");
    assert_eq!(security["Timestamp"]["Expires"], "2026-11-21T04:05:00.000Z");
    let token = &security["UsernameToken"];
    assert_eq!(token["Username"], "portal & co");
    assert_eq!(token["Created"], security["Timestamp"]["Created"]);
    assert!(token["Password"]["@Type"].as_str().unwrap().ends_with("#PasswordDigest"));
    // Each request has its own nonce, and with it another digest.
    let mut again = asked;
    again.id = 8;
    again.of(&Soap::default()).await.unwrap();
    let (_, other) = xml::read(&server.heard()[1].text()).unwrap();
    let other = &other["Header"]["Security"]["UsernameToken"];
    assert_ne!(other["Nonce"], token["Nonce"]);
    assert_ne!(other["Password"]["#text"], token["Password"]["#text"]);
}

#[tokio::test]
async fn what_cannot_be_written_is_not_sent() {
    let server = fine();
    let change = |backend: Value, soap: Value| asked(&server, &backend, &soap);
    let mut bad = vec![
        change(json!({}), json!({ "operation": "verify><x" })),
        change(json!({}), json!({ "action": "a\"\r\nx: y" })),
        change(json!({ "auth": "ws-security" }), json!({})),
        change(json!({ "auth": "sftp-key" }), json!({})),
        change(json!({ "auth": "shared-secret" }), json!({})).secret("key", "0123456789abcdef"),
    ];
    let mut control = change(json!({}), json!({}));
    control.input["name"] = json!("a\u{0}b");
    let mut undescribed = change(json!({}), json!({}));
    undescribed.binding.soap = None;
    bad.extend([control, undescribed]);
    for asked in bad {
        let answer = asked.of(&Soap::default()).await;
        assert!(matches!(answer, Err(CallError::Impossible(_))), "{answer:?}");
    }
    assert!(server.heard().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_name_arrives_as_it_is(name in "\\PC{1,30}", gbk: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let server = fine();
        let encoding = if gbk { Encoding::Gbk } else { Encoding::Gb18030 };
        let mut asked = asked(&server, &json!({ "encoding": encoding }), &json!({}));
        asked.input["name"] = json!(name);
        runtime.block_on(asked.of(&Soap::default())).unwrap();
        let body = text::decode(encoding, &server.heard()[0].body).unwrap();
        prop_assert_eq!(&xml::read(&body).unwrap().1["Body"]["verify"]["xm"], &json!(name));
    }
}
