//! The national identity provider.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use yimen_sandbox::Running;

use crate::harness::{Answer, Browser, client, fail, sandbox};

const REDIRECT: &str = "http://localhost:8080/sign-in/national/callback";
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-of-them-0123456789";

/// The parameters of an honest request.
fn question(running: &Running) -> Vec<(&'static str, String)> {
    vec![
        ("response_type", "code".to_owned()),
        ("client_id", running.national.client_id.clone()),
        ("redirect_uri", REDIRECT.to_owned()),
        ("scope", "openid profile".to_owned()),
        ("state", "st".to_owned()),
        ("nonce", "no".to_owned()),
        ("code_challenge", URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))),
        ("code_challenge_method", "S256".to_owned()),
    ]
}

fn query(parameters: &[(&str, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

/// Chooses the first person, who shows their name or not.
async fn confirm(running: &Running, show: &str) -> Answer {
    let asked = query(&question(running));
    let issuer = &running.national.issuer;
    let page = Browser::new().get(&format!("{issuer}/authorize?{asked}")).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains(&running.cast.register[0].name));
    assert!(!page.body.contains(&running.cast.register[0].identity_number), "the page covers numbers");
    let fields = [("query", asked.as_str()), ("person", "0"), ("show", show), ("decision", "confirm")];
    let answer = Browser::new().post(&format!("{issuer}/authorize"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer
}

async fn exchange(running: &Running, changes: &[(&str, &str)], code: &str) -> (u16, Value) {
    let national = &running.national;
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("client_id", &national.client_id),
        ("client_secret", &national.client_secret),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in changes {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    let answer = client().post(format!("{}/token", national.issuer)).form(&form).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// The claims of an ID token whose signature and audience hold.
async fn claims(running: &Running, token: &str) -> Result<Value, jsonwebtoken::errors::Error> {
    let jwks = Browser::new().get(&format!("{}/jwks", running.national.issuer)).await;
    let keys: JwkSet = serde_json::from_str(&jwks.body).unwrap();
    let kid = jsonwebtoken::decode_header(token)?.kid.unwrap();
    let key = DecodingKey::from_jwk(keys.find(&kid).expect("a known key"))?;
    let mut rules = Validation::new(Algorithm::ES256);
    rules.set_audience(&[&running.national.client_id]);
    rules.set_issuer(&[&running.national.issuer]);
    // The clock of the test stands in the future or the past; what the times say is looked at below.
    rules.validate_exp = false;
    Ok(jsonwebtoken::decode::<Value>(token, &key, &rules)?.claims)
}

#[actix_web::test]
async fn a_person_shows_name_and_number() {
    let (running, hand) = sandbox().await;
    let sent = confirm(&running, "name").await;
    assert_eq!(sent.sent("state").as_deref(), Some("st"));
    assert_eq!(sent.sent("iss"), Some(running.national.issuer.clone()));
    let (status, tokens) = exchange(&running, &[], &sent.sent("code").unwrap()).await;
    assert_eq!(status, 200, "{tokens}");
    let said = claims(&running, tokens["id_token"].as_str().unwrap()).await.unwrap();
    let person = &running.cast.register[0];
    assert_eq!(said["nonce"], "no");
    assert_eq!(
        (&said["name"], &said["identity_number"]),
        (&json!(person.name), &json!(person.identity_number))
    );
    assert_eq!(said["iat"], hand.seconds());
    let userinfo = client()
        .get(format!("{}/userinfo", running.national.issuer))
        .bearer_auth(tokens["access_token"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    let userinfo: Value = userinfo.json().await.unwrap();
    assert_eq!((&userinfo["sub"], &userinfo["name"]), (&said["sub"], &said["name"]));
    hand.pass(301);
    let late = client()
        .get(format!("{}/userinfo", running.national.issuer))
        .bearer_auth(tokens["access_token"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(late.status(), 401);
    running.stop().await;
}

#[actix_web::test]
async fn a_pseudonym_says_nothing_more_and_is_another_for_every_client() {
    let (running, _) = sandbox().await;
    let mut known = Vec::new();
    for show in ["pseudonym", "name"] {
        let sent = confirm(&running, show).await;
        let (_, tokens) = exchange(&running, &[], &sent.sent("code").unwrap()).await;
        let said = claims(&running, tokens["id_token"].as_str().unwrap()).await.unwrap();
        assert_eq!(said.get("name").is_some(), show == "name");
        assert_eq!(said.get("identity_number").is_some(), show == "name");
        known.push(said["sub"].as_str().unwrap().to_owned());
    }
    assert_eq!(known[0], known[1], "the same person stays the same for one client");
    running.national.admit(yimen_sandbox::NationalClient {
        id: "another".to_owned(),
        secret: "secret".to_owned(),
        redirect_uris: vec![REDIRECT.to_owned()],
    });
    let mut asked = question(&running);
    asked[1].1 = "another".to_owned();
    let asked = query(&asked);
    let fields = [("query", asked.as_str()), ("person", "0"), ("show", "pseudonym"), ("decision", "confirm")];
    let sent = Browser::new().post(&format!("{}/authorize", running.national.issuer), &fields).await;
    let own = [("client_id", "another"), ("client_secret", "secret")];
    let (status, tokens) = exchange(&running, &own, &sent.sent("code").unwrap()).await;
    assert_eq!(status, 200);
    let payload = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let said: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    assert_ne!(said["sub"], known[0]);
    running.stop().await;
}

#[actix_web::test]
async fn a_code_is_taken_once_from_whom_it_was_given_to() {
    let (running, hand) = sandbox().await;
    let wrong: [&[(&str, &str)]; 5] = [
        &[("code_verifier", "another-verifier-that-is-long-enough-0123456789ab")],
        &[("redirect_uri", "http://localhost:8080/elsewhere")],
        &[("grant_type", "password")],
        &[("client_secret", "wrong")],
        &[("client_id", "nobody")],
    ];
    for changes in wrong {
        let sent = confirm(&running, "name").await;
        let (status, answer) = exchange(&running, changes, &sent.sent("code").unwrap()).await;
        assert!(status == 400 || status == 401, "{changes:?}: {answer}");
        assert!(answer.get("id_token").is_none());
    }
    let code = confirm(&running, "name").await.sent("code").unwrap();
    assert_eq!(exchange(&running, &[], &code).await.0, 200);
    assert_eq!(exchange(&running, &[], &code).await.1, json!({ "error": "invalid_grant" }));
    let code = confirm(&running, "name").await.sent("code").unwrap();
    hand.pass(61);
    assert_eq!(exchange(&running, &[], &code).await.1, json!({ "error": "invalid_grant" }));
    running.stop().await;
}

#[actix_web::test]
async fn a_wrong_request_is_sent_back_only_to_a_known_address() {
    let (running, _) = sandbox().await;
    let authorize = format!("{}/authorize", running.national.issuer);
    let ask = async |name: &str, value: &str| {
        let mut asked = question(&running);
        asked.iter_mut().find(|(known, _)| *known == name).unwrap().1 = value.to_owned();
        Browser::new().get(&format!("{authorize}?{}", query(&asked))).await
    };
    for address in ["https://evil.example/", "http://localhost:8080/sign-in/national/callback/", ""] {
        let answer = ask("redirect_uri", address).await;
        assert_eq!((answer.status, answer.location), (400, None), "{address}");
    }
    assert_eq!(ask("client_id", "nobody").await.status, 400);
    let there = [
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "profile", "invalid_scope"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
    ];
    for (name, value, error) in there {
        let answer = ask(name, value).await;
        assert_eq!(answer.sent("error").as_deref(), Some(error), "{name}");
        assert_eq!(answer.sent("state").as_deref(), Some("st"));
    }
    let asked = query(&question(&running));
    let fields = [("query", asked.as_str()), ("decision", "cancel")];
    let declined = Browser::new().post(&authorize, &fields).await;
    assert_eq!(declined.sent("error").as_deref(), Some("access_denied"));
    let fields = [("query", asked.as_str()), ("decision", "confirm"), ("show", "name")];
    assert_eq!(Browser::new().post(&authorize, &fields).await.status, 422, "nobody was chosen");
    running.stop().await;
}

#[actix_web::test]
async fn every_lie_is_one() {
    let (running, hand) = sandbox().await;
    let base = running.national.issuer.clone();
    let honest = confirm(&running, "name").await;
    let (_, tokens) = exchange(&running, &[], &honest.sent("code").unwrap()).await;
    let honest = claims(&running, tokens["id_token"].as_str().unwrap()).await.unwrap();

    let lies =
        ["wrong-nonce", "no-nonce", "wrong-audience", "wrong-issuer", "expired", "not-yet", "alg-none"];
    for lie in lies.into_iter().chain(["hmac-with-public-key", "bad-signature"]) {
        fail(&base, json!({ "lie": lie })).await;
        let sent = confirm(&running, "name").await;
        let (status, tokens) = exchange(&running, &[], &sent.sent("code").unwrap()).await;
        assert_eq!(status, 200);
        let token = tokens["id_token"].as_str().unwrap();
        let told = claims(&running, token).await;
        match lie {
            "wrong-nonce" => assert_ne!(told.unwrap()["nonce"], honest["nonce"]),
            "no-nonce" => assert!(told.unwrap().get("nonce").is_none()),
            "expired" => assert!(told.unwrap()["exp"].as_i64().unwrap() < hand.seconds()),
            "not-yet" => assert!(told.unwrap()["iat"].as_i64().unwrap() > hand.seconds()),
            _ => assert!(told.is_err(), "{lie}"),
        }
        if lie == "alg-none" {
            assert!(token.ends_with('.'));
        }
    }
    let on_the_way = [("mix-up", "iss"), ("no-issuer", "iss"), ("wrong-state", "state")];
    for (lie, name) in on_the_way {
        fail(&base, json!({ "lie": lie })).await;
        let sent = confirm(&running, "name").await.sent(name);
        assert!(sent != Some(running.national.issuer.clone()) && sent.as_deref() != Some("st"), "{lie}");
    }
    fail(&base, json!({ "lie": "other-subject" })).await;
    let sent = confirm(&running, "name").await;
    let (_, tokens) = exchange(&running, &[], &sent.sent("code").unwrap()).await;
    let token = tokens["access_token"].as_str().unwrap();
    let told = client().get(format!("{base}/userinfo")).bearer_auth(token).send().await.unwrap();
    assert_ne!(told.json::<Value>().await.unwrap()["sub"], honest["sub"]);
    running.stop().await;
}
