//! Lists that come page by page.

use serde_json::{Value, json};
use yimen_drivers::{CallError, rest::Rest};
use yimen_rig::{Asked, Heard, Server};

fn asked(server: &Server, pages: &Value) -> Asked {
    let backend = json!({ "driver": "rest", "endpoint": "sample", "auth": "hmac" });
    let binding = json!({ "path": "/v1/list", "method": "GET", "pages": pages });
    let mut asked =
        Asked::new(format!("http://{}", server.address), backend, binding).secret("key", "0123456789abcdef");
    asked.input = json!({ "q": "x" });
    asked
}

fn target(heard: &Heard) -> String {
    heard.head.split(' ').nth(1).unwrap().to_owned()
}

/// `count` entries, so many on a page.
fn listing(count: usize, size: usize) -> Server {
    Server::http(move |heard| {
        let page: usize =
            target(heard).split("page=").nth(1).unwrap().split('&').next().unwrap().parse().unwrap();
        let entries: Vec<usize> = (0..count).skip((page - 1) * size).take(size).collect();
        (200, json!({ "total": count, "data": { "list": entries } }).to_string().into_bytes())
    })
}

#[tokio::test]
async fn a_list_is_gathered_to_its_last_page() {
    let pages = json!({ "field": "page", "size": 3, "list": "data.list" });
    for (count, requests) in [(0, 1), (2, 1), (3, 2), (7, 3)] {
        let server = listing(count, 3);
        let answer = asked(&server, &pages).of(&Rest::default()).await.unwrap();
        let expected = json!({ "total": count, "data": { "list": (0..count).collect::<Vec<_>>() } });
        assert_eq!(answer, expected);
        assert_eq!(server.heard().len(), requests);
        assert_eq!(target(&server.heard()[0]), "/v1/list?page=1&q=x");
        // Each request is signed for itself: a backend refuses a nonce that it has seen.
        let mut nonces: Vec<String> =
            server.heard().iter().map(|heard| heard.header("x-yimen-nonce").to_owned()).collect();
        nonces.dedup();
        assert_eq!(nonces.len(), requests, "{nonces:?}");
    }
}

#[tokio::test]
async fn the_answer_can_say_what_comes_next() {
    let server = Server::http(|heard| {
        let body = match target(heard).as_str() {
            "/v1/list?q=x" => json!({ "list": [1], "next": "b" }),
            "/v1/list?cursor=b&q=x" => json!({ "list": [2], "next": "c" }),
            "/v1/list?cursor=c&q=x" => json!({ "list": [3], "next": "" }),
            other => panic!("{other}"),
        };
        (200, body.to_string().into_bytes())
    });
    let pages = json!({ "field": "cursor", "list": "list", "next": "next" });
    let answer = asked(&server, &pages).of(&Rest::default()).await.unwrap();
    assert_eq!(answer["list"], json!([1, 2, 3]));
}

#[tokio::test]
async fn half_a_list_is_no_answer() {
    let pages = json!({ "field": "page", "size": 3, "list": "data.list", "at_most": 3 });
    let endless = listing(9, 3);
    let error = asked(&endless, &pages).of(&Rest::default()).await.unwrap_err();
    assert_eq!(error, CallError::Broken("more pages than the package allows".to_owned()));
    assert_eq!(endless.heard().len(), 3);

    let circle = Server::saying(200, r#"{ "list": [1], "next": "a" }"#);
    let cursor = json!({ "field": "cursor", "list": "list", "next": "next" });
    let error = asked(&circle, &cursor).of(&Rest::default()).await.unwrap_err();
    assert_eq!(error, CallError::Broken("a page that leads to itself".to_owned()));
    assert_eq!(circle.heard().len(), 2);

    for (second, tag) in [
        ((500, "{}"), "unknown"),
        ((404, "{}"), "refused"),
        ((200, "{}"), "broken"),
        ((200, "<html>"), "broken"),
    ] {
        let failing = Server::http(move |heard| {
            if target(heard).contains("page=1&") {
                return (200, br#"{ "data": { "list": [1, 2, 3] } }"#.to_vec());
            }
            (second.0, second.1.as_bytes().to_vec())
        });
        let mut asked = asked(&failing, &pages);
        asked.milliseconds = 300;
        assert_eq!(asked.of(&Rest::default()).await.unwrap_err().tag(), tag, "{second:?}");
    }
}

#[tokio::test]
async fn what_is_refused_on_a_page_is_refused() {
    let server = Server::saying(200, r#"{ "rc": "E1" }"#);
    let mut asked = asked(&server, &json!({ "field": "page", "size": 3, "list": "list" }));
    asked.backend.codes = Some(
        serde_json::from_value(json!({ "from": "rc", "words": { "0": "ok", "E1": "refused" } })).unwrap(),
    );
    assert_eq!(asked.of(&Rest::default()).await.unwrap_err().tag(), "refused");
    let pending = Server::saying(200, r#"{ "rc": "E7" }"#);
    asked.address = format!("http://{}", pending.address);
    assert_eq!(asked.of(&Rest::default()).await.unwrap()["status"], "pending");
}

/// Each page is small enough, and all of them together are not: the portal does not hold them.
#[tokio::test]
async fn pages_that_are_too_long_together_are_no_answer() {
    let server = Server::http(|_| {
        let body = json!({ "list": ["x".repeat(600 << 10)] }).to_string();
        (200, body.into_bytes())
    });
    let pages = json!({ "field": "page", "size": 1, "list": "list", "at_most": 100 });
    let error = asked(&server, &pages).of(&Rest::default()).await.unwrap_err();
    assert!(matches!(&error, CallError::Broken(why) if why.contains("4 MiB")), "{error:?}");
    assert_eq!(server.heard().len(), 7, "the seventh page is one too many");
}
