//! Who may say that something changed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use p256::{
    ecdsa::{Signature, SigningKey, signature::Signer as _},
    pkcs8::EncodePublicKey as _,
};
use secrecy::SecretString;
use serde_json::json;
use sm2::{
    SecretKey as Sm2Secret,
    pkcs8::{EncodePrivateKey as _, LineEnding},
};
use yimen_callback::verify::{NotTaken, Request, verify};
use yimen_contract::agency::Backend;
use yimen_drivers::{
    Endpoint,
    auth::sign,
    rest::signing::{Refusal, Signing},
};

const OLD: &str = "0123456789abcdef0123456789abcdef";
const NEW: &str = "fedcba9876543210fedcba9876543210";
const BODY: &[u8] = b"{}";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_233_600, 0).unwrap()
}

fn backend(secrets: &[&str]) -> Backend {
    serde_json::from_value(
        json!({ "driver": "callback", "endpoint": "x", "auth": "none", "events": { "secrets": secrets } }),
    )
    .unwrap()
}

fn endpoint(secrets: &[(&str, &str)]) -> Endpoint {
    let secrets = secrets.iter().map(|(name, value)| ((*name).to_owned(), SecretString::from(*value)));
    Endpoint {
        address: "https://agency.example".parse().unwrap(),
        secrets: secrets.collect::<BTreeMap<_, _>>(),
    }
}

fn signing(at: i64) -> Signing<'static> {
    Signing { method: "POST", target: "/api/v1/agencies/x/events", timestamp: at, nonce: "n-1", body: BODY }
}

fn request<'r>(timestamp: &'r str, signature: &'r str) -> Request<'r> {
    Request {
        method: "POST",
        target: "/api/v1/agencies/x/events",
        body: BODY,
        timestamp,
        nonce: "n-1",
        signature,
    }
}

#[test]
fn both_keys_are_good_while_they_are_changed_and_no_other() {
    let backend = backend(&["old", "new"]);
    let both = endpoint(&[("old", OLD), ("new", NEW), ("other", "00000000000000000000000000000000")]);
    for (key, expected) in
        [(OLD, Some("old")), (NEW, Some("new")), ("00000000000000000000000000000000", None)]
    {
        let signature = signing(1_795_233_600).sign(key.as_bytes());
        let proved = verify(&backend, &both, now(), &request("1795233600", &signature)).ok();
        assert_eq!(proved.map(|proved| proved.secret).as_deref(), expected);
    }
    let signature = signing(1_795_233_600).sign(OLD.as_bytes());
    let rotated = endpoint(&[("new", NEW)]);
    let refused = verify(&backend, &rotated, now(), &request("1795233600", &signature));
    assert_eq!(refused, Err(Refusal::Signature.into()), "the old key is gone");
}

#[test]
fn without_a_verifier_nothing_is_taken() {
    let signature = signing(1_795_233_600).sign(b"");
    let given = request("1795233600", &signature);
    let none =
        serde_json::from_value(json!({ "driver": "callback", "endpoint": "x", "auth": "none" })).unwrap();
    assert_eq!(verify(&none, &endpoint(&[("old", OLD)]), now(), &given), Err(NotTaken::NoVerifier));
    let named = backend(&["old"]);
    assert_eq!(verify(&named, &endpoint(&[]), now(), &given), Err(NotTaken::NoKey));
    assert_eq!(verify(&backend(&[]), &endpoint(&[("old", OLD)]), now(), &given), Err(NotTaken::NoKey));
    for weak in ["", "short", "0123456789abcdef0123456789abcde"] {
        let signature = signing(1_795_233_600).sign(weak.as_bytes());
        let given = request("1795233600", &signature);
        assert!(verify(&named, &endpoint(&[("old", weak)]), now(), &given).is_err(), "{weak:?}");
    }
}

#[test]
fn only_what_was_signed_and_only_now() {
    let (backend, endpoint) = (backend(&["old"]), endpoint(&[("old", OLD)]));
    for (away, taken) in [(0, true), (300, true), (-300, true), (301, false), (-301, false)] {
        let at = 1_795_233_600 + away;
        let signature = signing(at).sign(OLD.as_bytes());
        let answer = verify(&backend, &endpoint, now(), &request(&at.to_string(), &signature));
        assert_eq!(answer.is_ok(), taken, "{away}");
    }
    let signature = signing(1_795_233_600).sign(OLD.as_bytes());
    let good = request("1795233600", &signature);
    for bad in [
        Request { body: b"{ }", ..good },
        Request { target: "/api/v1/agencies/y/events", ..good },
        Request { method: "PUT", ..good },
        Request { nonce: "n-2", ..good },
        Request { nonce: "", ..good },
        Request { timestamp: "", ..good },
        Request { timestamp: "01795233600", ..good },
        Request { signature: "", ..good },
        Request { signature: "v1=", ..good },
        Request { signature: "none=", ..good },
    ] {
        assert!(verify(&backend, &endpoint, now(), &bad).is_err());
    }
}

#[test]
fn an_agencys_own_key() {
    let key = SigningKey::from_slice(&[7; 32]).unwrap();
    let public = key.verifying_key().to_public_key_pem(p256::pkcs8::LineEnding::LF).unwrap();
    let lines =
        Signing::recent(now(), ("POST", "/api/v1/agencies/x/events", BODY), ("1795233600", "n-1")).unwrap();
    let made: Signature = key.sign(lines.as_bytes());
    let digits = sign::hex(&made.to_bytes());

    let secret = Sm2Secret::from_slice(&[7; 32]).unwrap();
    let sm2_public =
        sm2::pkcs8::EncodePublicKey::to_public_key_pem(&secret.public_key(), LineEnding::LF).unwrap();
    let pem = secret.to_pkcs8_pem(LineEnding::LF).unwrap();
    let sm2_signature = sign::sm2(&pem, lines.as_bytes()).unwrap();

    let backend = backend(&["key"]);
    for (public, signature, taken) in [
        (&public, format!("es256={digits}"), true),
        (&sm2_public, sm2_signature.clone(), true),
        (&public, format!("es256={}", digits.to_uppercase()), false),
        (&public, format!("es256={}", "0".repeat(128)), false),
        (&public, format!("es256={}", &digits[2..]), false),
        (&public, format!("sm2={digits}"), false),
        (&public, sm2_signature.clone(), false),
        (&sm2_public, format!("es256={digits}"), false),
        // The public key is no secret: whoever signs with it as one proves nothing.
        (&public, signing(1_795_233_600).sign(public.as_bytes()), false),
        (&public, String::new(), false),
    ] {
        let answer =
            verify(&backend, &endpoint(&[("key", public)]), now(), &request("1795233600", &signature));
        assert_eq!(answer.is_ok(), taken, "{signature}");
    }
    let late = verify(
        &backend,
        &endpoint(&[("key", &public)]),
        now(),
        &request("1795233000", &format!("es256={digits}")),
    );
    assert_eq!(late, Err(Refusal::Clock.into()));
}
