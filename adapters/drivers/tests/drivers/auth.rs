//! The ways of proving who calls that need more than a header.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use chrono::TimeDelta;
use serde_json::{Value, json};
use yimen_contract::agency::{Auth, Digest};
use yimen_drivers::{CallError, auth::sign, rest::Rest};
use yimen_rig::{Asked, Heard, Server};

fn asked(server: &Server, auth: Auth) -> Asked {
    let backend = json!({ "driver": "rest", "endpoint": "sample", "auth": auth });
    Asked::new(format!("http://{}/gateway", server.address), backend, json!({ "path": "/v1/verify" }))
}

fn with_token(server: &Server) -> Asked {
    let mut asked =
        asked(server, Auth::Oauth2).secret("client-id", "portal:1").secret("client-secret", "s & p");
    asked.backend.token_path = Some("/oauth2/token".to_owned());
    asked.backend.scope = Some("persons.read".to_owned());
    asked
}

/// Gives out tokens `t1`, `t2` …, and takes those from a number on.
fn giving(good: impl Fn() -> u32 + Send + Sync + 'static, expires: Value) -> Server {
    let given = AtomicU32::new(0);
    Server::http(move |heard: &Heard| {
        if heard.head.starts_with("POST /gateway/oauth2/token ") {
            let number = given.fetch_add(1, Ordering::SeqCst) + 1;
            let answer = json!({ "access_token": format!("t{number}"), "token_type": "Bearer", "expires_in": expires });
            return (200, answer.to_string().into_bytes());
        }
        let number: u32 = heard.header("authorization").trim_start_matches("Bearer t").parse().unwrap_or(0);
        if number >= good() { (200, b"{}".to_vec()) } else { (401, Vec::new()) }
    })
}

fn asked_for_tokens(server: &Server) -> usize {
    server.heard().iter().filter(|heard| heard.head.contains("/oauth2/token")).count()
}

#[tokio::test]
async fn a_token_is_asked_for_once_and_used_until_it_ends() {
    let server = giving(|| 1, json!(3600));
    let (mut asked, rest) = (with_token(&server), Rest::default());
    for _ in 0..3 {
        asked.of(&rest).await.unwrap();
    }
    assert_eq!(asked_for_tokens(&server), 1);
    let first = server.heard().remove(0);
    assert_eq!(
        first.header("authorization"),
        "Basic cG9ydGFsJTNBMTpzKyUyNitw",
        "encoded as the standard says"
    );
    assert_eq!(first.text(), "grant_type=client_credentials&scope=persons.read");
    // Half a minute before its end it is not used any more.
    asked.now += TimeDelta::seconds(3569);
    asked.of(&rest).await.unwrap();
    assert_eq!(asked_for_tokens(&server), 1);
    asked.now += TimeDelta::seconds(2);
    asked.of(&rest).await.unwrap();
    assert_eq!(asked_for_tokens(&server), 2);
}

#[tokio::test]
async fn a_token_that_is_not_taken_is_renewed_once() {
    let good = Arc::new(AtomicU32::new(1));
    let taken = Arc::clone(&good);
    let server = giving(move || taken.load(Ordering::SeqCst), json!(null));
    let (asked, rest) = (with_token(&server), Rest::default());
    asked.of(&rest).await.unwrap();
    good.store(2, Ordering::SeqCst);
    asked.of(&rest).await.unwrap();
    assert_eq!(asked_for_tokens(&server), 2);
    // A new one that is not taken either is no reason to go on asking.
    good.store(100, Ordering::SeqCst);
    let before = server.heard().len();
    assert_eq!(asked.of(&rest).await.unwrap_err().tag(), "credentials");
    assert_eq!(server.heard().len() - before, 3, "the old token, a new one, once more");
}

/// Says how often it was asked.
#[derive(Debug, Default)]
struct Counting(AtomicU32);

impl yimen_drivers::Vouch for Counting {
    fn statement(&self) -> Option<String> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        (number < 3).then(|| format!("statement-{number}"))
    }
}

#[tokio::test]
async fn every_request_is_vouched_for_anew_and_the_one_for_a_token_is_not() {
    let good = Arc::new(AtomicU32::new(1));
    let taken = Arc::clone(&good);
    let server = giving(move || taken.load(Ordering::SeqCst), json!(null));
    let (mut asked, rest) = (with_token(&server), Rest::default());
    asked.vouch = Some(Box::new(Counting::default()));
    asked.of(&rest).await.unwrap();
    good.store(2, Ordering::SeqCst);
    asked.of(&rest).await.unwrap();
    let statements: Vec<String> =
        server.heard().iter().map(|heard| heard.header("x-yimen-assertion").to_owned()).collect();
    assert_eq!(statements, ["", "statement-0", "statement-1", "", "statement-2"]);
    let unsure = asked.of(&rest).await;
    assert!(matches!(unsure, Err(CallError::Impossible(_))), "nobody can be vouched for: {unsure:?}");
    assert_eq!(server.heard().len(), 5);
}

#[tokio::test]
async fn callers_at_once_share_the_token_they_wait_for() {
    let server = giving(|| 1, json!(3600));
    let (asked, rest) = (with_token(&server), Rest::default());
    let (one, two, three) = tokio::join!(asked.of(&rest), asked.of(&rest), asked.of(&rest));
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(asked_for_tokens(&server), 1);
}

#[tokio::test]
async fn without_a_token_nothing_was_sent() {
    for (status, body, tag) in [
        (500, "", "not-sent"),
        (503, "", "not-sent"),
        (302, "", "not-sent"),
        (200, "{}", "not-sent"),
        (200, "{\"access_token\":\"\"}", "not-sent"),
        (200, "<html>", "not-sent"),
        (400, "{\"error\":\"invalid_client\"}", "credentials"),
        (401, "", "credentials"),
        (200, "{\"access_token\":\"a\\r\\nb: c\"}", "impossible"),
    ] {
        let server = Server::saying(status, body);
        let error = with_token(&server).of(&Rest::default()).await.unwrap_err();
        assert_eq!(error.tag(), tag, "{status} {body}");
        assert!(error.nothing_done());
        assert!(server.heard().iter().all(|heard| heard.head.contains("/oauth2/token")), "{status} {body}");
    }
    let server = Server::saying(200, "{}");
    let mut nowhere = with_token(&server);
    nowhere.backend.token_path = None;
    assert_eq!(nowhere.of(&Rest::default()).await.unwrap_err().tag(), "impossible");
    let mut upwards = with_token(&server);
    upwards.backend.token_path = Some("/../../token".to_owned());
    assert_eq!(upwards.of(&Rest::default()).await.unwrap_err().tag(), "impossible");
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn a_shared_secret_signs_the_fields() {
    for (digest, expected) in [
        // Both made with another program, over the line written below.
        (Digest::HmacSha256, "0a3e23488e49ee89da445d39245a38759f48a9e1e313a3b36897f54c13082b5e"),
        (Digest::HmacSm3, "06e3825cb6dd8544f19a6b528bbc910e0fe4333197d9111532e0331f135dcc5e"),
    ] {
        let server = Server::saying(200, "{}");
        let mut asked = asked(&server, Auth::SharedSecret).secret("key", "0123456789abcdef");
        asked.backend.digest = digest;
        asked.input =
            json!({ "name": "林晓", "b": { "z": 1, "a": [true] }, "a": 7, "empty": "", "none": null });
        asked.of(&Rest::default()).await.unwrap();
        let body: Value = serde_json::from_slice(&server.heard()[0].body).unwrap();
        assert_eq!(body["timestamp"], "1795233600");
        let nonce = body["nonce"].as_str().unwrap();
        let line = format!("a=7&b={{\"a\":[true],\"z\":1}}&name=林晓&nonce={nonce}&timestamp=1795233600");
        assert_eq!(nonce, "00000000000000000000000000000007-1");
        assert_eq!(body["sign"], sign::digest(digest, b"0123456789abcdef", line.as_bytes()));
        assert_eq!(body["sign"], expected, "{line}");
    }
    let server = Server::saying(200, "{}");
    let mut list = asked(&server, Auth::SharedSecret).secret("key", "0123456789abcdef");
    list.input = json!([1]);
    assert!(matches!(list.of(&Rest::default()).await, Err(CallError::Impossible(_))));
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn a_request_signed_with_sm2_is_one_that_others_can_check() {
    use sm2::{
        SecretKey,
        dsa::{Signature, VerifyingKey, signature::Verifier as _},
        pkcs8::{EncodePrivateKey as _, LineEnding},
    };
    let key = SecretKey::from_slice(&[9; 32]).unwrap();
    let server = Server::saying(200, "{}");
    let asked = asked(&server, Auth::Sm2Sign).secret("key", &key.to_pkcs8_pem(LineEnding::LF).unwrap());
    asked.of(&Rest::default()).await.unwrap();
    let heard = server.heard().remove(0);
    let lines = yimen_drivers::rest::signing::Signing::recent(
        asked.now,
        ("POST", "/gateway/v1/verify", &heard.body),
        (heard.header("x-yimen-timestamp"), heard.header("x-yimen-nonce")),
    )
    .unwrap();
    let digits = heard.header("x-yimen-signature").strip_prefix("sm2=").unwrap();
    let bytes: Vec<u8> =
        (0..64).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect();
    let public = VerifyingKey::new("1234567812345678", key.public_key()).unwrap();
    public.verify(lines.as_bytes(), &Signature::from_slice(&bytes).unwrap()).unwrap();
    assert!(public.verify(b"another", &Signature::from_slice(&bytes).unwrap()).is_err());
    let bad = self::asked(&server, Auth::Sm2Sign).secret("key", "no key at all");
    assert_eq!(bad.of(&Rest::default()).await.unwrap_err().tag(), "impossible");
}
