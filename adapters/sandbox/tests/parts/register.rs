//! The population register.

use serde_json::{Value, json};
use yimen_sandbox::{Person, Running, Standing, sign};

use crate::{
    harness::{client, fail, sandbox},
    portal::Portal,
};

/// A signed request, with whatever is wrong about it.
struct Request<'a> {
    key: &'a str,
    timestamp: i64,
    nonce: &'a str,
    body: String,
    /// What is signed, where it is not what is sent.
    signed: Option<&'a str>,
}

async fn send(running: &Running, request: Request<'_>) -> (u16, Value) {
    send_with(running, request, None).await
}

async fn send_with(running: &Running, request: Request<'_>, statement: Option<String>) -> (u16, Value) {
    let signed = request.signed.unwrap_or(&request.body).as_bytes();
    let signature = sign(request.key, "POST", "/v1/verify", request.timestamp, request.nonce, signed);
    let mut sent = client().post(format!("{}/v1/verify", running.register.url));
    if let Some(statement) = statement {
        sent = sent.header("x-yimen-assertion", statement);
    }
    let answer = sent
        .header("x-yimen-timestamp", request.timestamp)
        .header("x-yimen-nonce", request.nonce)
        .header("x-yimen-signature", signature)
        .body(request.body)
        .send()
        .await
        .unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or(Value::Null))
}

fn question(name: &str, number: &str, level: u8) -> String {
    json!({ "name": name, "identity_number": number, "level": level }).to_string()
}

async fn ask(running: &Running, now: i64, nonce: &str, body: String) -> (u16, Value) {
    let key = &running.register.key;
    send(running, Request { key, timestamp: now, nonce, body, signed: None }).await
}

fn living(running: &Running) -> Person {
    running.cast.citizens[0].person.clone()
}

#[actix_web::test]
async fn everyone_is_found_under_the_right_name_only() {
    let (running, hand) = sandbox().await;
    for (at, person) in running.cast.register.iter().enumerate() {
        let body = question(&person.name, &person.identity_number, 4);
        let (status, answer) = ask(&running, hand.seconds(), &format!("right-{at}"), body).await;
        assert_eq!(status, 200);
        if person.standing == Standing::Deceased {
            assert_eq!(answer["result"], "deceased", "{person:?}");
            assert!(answer.get("level").is_none());
        } else {
            assert_eq!(
                (&answer["result"], &answer["level"]),
                (&json!("match"), &json!(person.proof)),
                "{person:?}"
            );
        }
        assert!(answer["reference"].as_str().is_some_and(|reference| reference.starts_with("PR-")));
        let body = question("别人", &person.identity_number, 3);
        let (_, answer) = ask(&running, hand.seconds(), &format!("wrong-{at}"), body).await;
        assert_eq!(answer["result"], "mismatch", "a stranger does not learn that {} has died", person.name);
    }
    running.stop().await;
}

#[actix_web::test]
async fn small_differences_of_writing_do_not_matter() {
    let (running, hand) = sandbox().await;
    let dotted = running.cast.register.iter().find(|person| person.name.contains('·')).unwrap();
    let body = question(&format!(" {} ", dotted.name.replace('·', "•")), &dotted.identity_number, 3);
    assert_eq!(ask(&running, hand.seconds(), "a", body).await.1["result"], "match");
    let with_x = running.cast.register.iter().find(|person| person.identity_number.ends_with('X')).unwrap();
    let body = question(&with_x.name, &with_x.identity_number.to_lowercase(), 3);
    assert_eq!(ask(&running, hand.seconds(), "b", body).await.1["result"], "match");
    running.stop().await;
}

#[actix_web::test]
async fn a_number_that_is_none_and_one_that_nobody_has() {
    let (running, hand) = sandbox().await;
    let birth = chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
    let nobody = yimen_sandbox::identity_number(99, birth, 1);
    let (status, answer) = ask(&running, hand.seconds(), "a", question("林晓", &nobody, 3)).await;
    assert_eq!((status, &answer["result"]), (200, &json!("not-found")));
    let wrong = if nobody.ends_with('1') { "2" } else { "1" };
    let wrong = format!("{}{wrong}", &nobody[..17]);
    for (nonce, number) in [("b", wrong.as_str()), ("c", ""), ("d", "一二三四五六七八九十一二三四五六七八")]
    {
        let (status, answer) = ask(&running, hand.seconds(), nonce, question("林晓", number, 3)).await;
        assert_eq!((status, &answer["error"]), (422, &json!("identity_number")), "{number}");
    }
    let person = living(&running);
    for (nonce, level) in [("e", 0), ("f", 2), ("g", 5)] {
        let body = question(&person.name, &person.identity_number, level);
        assert_eq!(ask(&running, hand.seconds(), nonce, body).await.0, 422, "{level}");
    }
    assert_eq!(ask(&running, hand.seconds(), "h", "{".to_owned()).await.0, 400);
    running.stop().await;
}

#[actix_web::test]
async fn only_signed_timely_and_new_requests_are_answered() {
    let (running, hand) = sandbox().await;
    let (person, now) = (living(&running), hand.seconds());
    let body = question(&person.name, &person.identity_number, 3);
    let key = running.register.key.as_str();
    let request = |timestamp, nonce| Request { key, timestamp, nonce, body: body.clone(), signed: None };

    for away in [-301, 301] {
        assert_eq!(send(&running, request(now + away, "far")).await.0, 401, "{away}");
    }
    for (away, nonce) in [(-300, "old"), (300, "new")] {
        assert_eq!(send(&running, request(now + away, nonce)).await.0, 200, "{away}");
    }
    let stranger = Request { key: "another key", ..request(now, "stranger") };
    assert_eq!(send(&running, stranger).await.0, 401);
    let changed = Request { signed: Some("{}"), ..request(now, "changed") };
    assert_eq!(send(&running, changed).await.0, 401);
    let long = "a".repeat(81);
    for nonce in ["", "with space", &long] {
        assert_eq!(send(&running, request(now, nonce)).await.0, 401, "{nonce:?}");
    }
    assert_eq!(send(&running, request(now, "once")).await.0, 200);
    assert_eq!(send(&running, request(now, "once")).await, (401, json!({ "error": "signature" })));
    // A stamp from the future stays good for longer, and its nonce is remembered for as long.
    hand.pass(599);
    assert_eq!(send(&running, request(now + 300, "new")).await.0, 401);

    let bare =
        client().post(format!("{}/v1/verify", running.register.url)).body(body.clone()).send().await.unwrap();
    assert_eq!(bare.status(), 401);
    running.stop().await;
}

#[actix_web::test]
async fn it_fails_when_told_to_and_recovers() {
    let (running, hand) = sandbox().await;
    let (person, base) = (living(&running), running.register.url.clone());
    let body = question(&person.name, &person.identity_number, 3);
    let now = hand.seconds();

    fail(&base, json!({ "status": 500, "times": 1 })).await;
    assert_eq!(ask(&running, now, "a", body.clone()).await.0, 500);
    assert_eq!(ask(&running, now, "b", body.clone()).await.0, 200);

    fail(&base, json!({ "malformed": true, "path": "/v1" })).await;
    assert_eq!(ask(&running, now, "c", body.clone()).await, (200, Value::Null));
    let health = client().get(format!("{base}/health")).send().await.unwrap();
    assert_eq!(health.json::<Value>().await.unwrap()["status"], "up");

    fail(&base, json!({ "hang": true })).await;
    let patience = std::time::Duration::from_millis(200);
    let hung = client().get(format!("{base}/health")).timeout(patience).send().await;
    assert!(hung.is_err_and(|error| error.is_timeout()));

    fail(&base, json!({ "slow_ms": 50 })).await;
    let began = std::time::Instant::now();
    assert_eq!(ask(&running, now, "d", body.clone()).await.0, 200);
    assert!(began.elapsed() >= std::time::Duration::from_millis(50));

    fail(&base, json!({})).await;
    assert_eq!(ask(&running, now, "e", body).await.0, 200);
    let odd = client().put(format!("{base}/faults")).json(&json!({ "explode": true })).send().await.unwrap();
    assert_eq!(odd.status(), 400);
    running.stop().await;
}

/// Once it knows the portal, it takes the portal's word for who asks, and nobody else's.
#[actix_web::test]
async fn a_question_about_a_person_needs_the_portal_s_statement_whose_it_is() {
    let (running, hand) = sandbox().await;
    let (portal, person, now) = (Portal::open(), living(&running), hand.seconds());
    running.register.expect(&portal.issuer);
    let body = question(&person.name, &person.identity_number, 3);
    let attempt = async |nonce: &str, statement: Option<String>| {
        let key = &running.register.key;
        let request = Request { key, timestamp: now, nonce, body: body.clone(), signed: None };
        let (status, answer) = send_with(&running, request, statement).await;
        (status, answer["error"].as_str().unwrap_or_default().to_owned())
    };
    let statement = |changes: Value| {
        let mut claims = json!({
            "iss": portal.issuer, "aud": "household-registration", "sub": "pairwise", "acr": "urn:yimen:loa:3",
            "purpose": "verify-identity", "claims": {}, "jti": "one", "iat": now, "exp": now + 60,
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        portal.sign_as("yimen-assertion+jwt", claims)
    };
    let refused = (401, "assertion".to_owned());
    assert_eq!(attempt("none", None).await, refused);
    for (nonce, changes) in [
        ("audience", json!({ "aud": "library" })),
        ("issuer", json!({ "iss": "https://elsewhere.example" })),
        ("over", json!({ "iat": now - 61, "exp": now - 1 })),
        ("later", json!({ "iat": now + 30, "exp": now + 60 })),
        ("long", json!({ "exp": now + 3600 })),
        ("forged", json!({ "signed_by": "another" })),
        ("nobody", json!({ "sub": "" })),
    ] {
        assert_eq!(attempt(nonce, Some(statement(changes))).await, refused, "{nonce}");
    }
    let sign_in = portal.sign(json!({ "iss": portal.issuer, "aud": "household-registration", "jti": "x" }));
    assert_eq!(attempt("kind", Some(sign_in)).await, refused, "of another kind");
    let fine = statement(json!({}));
    assert_eq!(attempt("first", Some(fine.clone())).await, (200, String::new()));
    assert_eq!(attempt("again", Some(fine)).await, refused, "each once");
    // Keys change, and the register hears of it.
    portal.rotate();
    assert_eq!(attempt("rotated", Some(statement(json!({ "jti": "two" })))).await.0, 200);
    portal.close().await;
    running.stop().await;
}
