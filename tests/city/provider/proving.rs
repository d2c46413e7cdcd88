//! How sites prove themselves, and how others try to be them.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use p256::{SecretKey, pkcs8::EncodePrivateKey as _};
use serde_json::json;

use super::*;
use crate::on_both_engines;

const KIND: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

struct Key {
    private: EncodingKey,
    public: Value,
}

fn key(number: u8) -> Key {
    let secret = SecretKey::from_slice(&[number; 32]).unwrap();
    let private = EncodingKey::from_ec_der(secret.to_pkcs8_der().unwrap().as_bytes());
    let mut public = Jwk::from_encoding_key(&private, Algorithm::ES256).unwrap();
    public.common.key_id = Some("one".into());
    Key { private, public: serde_json::to_value(public).unwrap() }
}

fn keyed(key: &Key) -> NewClient {
    NewClient {
        auth: AuthMethod::PrivateKeyJwt,
        jwks: Some(json!({ "keys": [key.public] })),
        secret: None,
        ..library()
    }
}

fn signed(key: &EncodingKey, algorithm: Algorithm, claims: &Value) -> String {
    let header = Header { kid: Some("one".into()), ..Header::new(algorithm) };
    encode(&header, claims, key).unwrap()
}

async fn presents(town: &Town, token: &str) -> Answer {
    let fields = [("client_assertion_type", KIND), ("client_assertion", token), ("token", "x")];
    town.ask(town.client().post(town.url("/oidc/introspect")).form(&fields)).await
}

on_both_engines! {
    async fn a_signed_proof_is_taken_once_and_only_if_all_of_it_is_right(town: Town) {
        let key = key(7);
        let site = open_site(&town, keyed(&key)).await;
        let own = site.id.to_string();
        let now = town.clock.now().timestamp();
        let good = |jti: &str| json!({
            "iss": own, "sub": own, "aud": issuer(&town), "jti": jti, "iat": now, "exp": now + 60,
        });
        let fine = signed(&key.private, Algorithm::ES256, &good("1"));
        presents(&town, &fine).await.ok();
        assert_eq!(error_of(&presents(&town, &fine).await), "invalid_client", "a replay");
        let mut to_token = good("2");
        to_token["aud"] = json!([format!("{}/oidc/token", issuer(&town))]);
        presents(&town, &signed(&key.private, Algorithm::ES256, &to_token)).await.ok();

        for (name, value) in [
            ("aud", json!("https://another.example")), ("aud", json!([])), ("aud", json!(own)),
            ("iss", json!("another")), ("sub", json!("00000000-0000-0000-0000-000000000000")),
            ("exp", json!(now - 31)), ("exp", json!(now + 86_400)), ("exp", Value::Null),
            ("nbf", json!(now + 3600)), ("iat", json!(now + 3600)), ("jti", json!("")), ("jti", Value::Null),
        ] {
            let mut claims = good("wrong");
            claims[name] = value;
            let answer = presents(&town, &signed(&key.private, Algorithm::ES256, &claims)).await;
            assert_eq!(error_of(&answer), "invalid_client", "{name}");
        }
        town.close().await;
    }

    /// A proof that brings its own key, or says where to fetch it, proves nothing by it.
    async fn keys_named_in_a_proof_are_not_looked_at(town: Town) {
        let (own_key, attacker) = (key(7), key(8));
        let site = open_site(&town, keyed(&own_key)).await;
        let own = site.id.to_string();
        let now = town.clock.now().timestamp();
        let public: Jwk = serde_json::from_value(attacker.public.clone()).unwrap();
        let plain = Header { kid: Some("one".into()), ..Header::new(Algorithm::ES256) };
        let headers = [
            Header { jwk: Some(public), ..plain.clone() },
            Header { jku: Some("https://attacker.example/jwks".into()), ..plain.clone() },
            Header { x5u: Some("https://attacker.example/cert".into()), ..plain.clone() },
        ];
        for (at, header) in headers.iter().enumerate() {
            let claims = json!({
                "iss": own, "sub": own, "aud": issuer(&town), "jti": format!("{at}"), "iat": now, "exp": now + 60,
            });
            let forged = encode(header, &claims, &attacker.private).unwrap();
            assert_eq!(error_of(&presents(&town, &forged).await), "invalid_client", "{header:?}");
        }
        town.close().await;
    }

    async fn no_other_key_and_no_other_algorithm_will_do(town: Town) {
        let (own_key, other_key) = (key(7), key(8));
        let site = open_site(&town, keyed(&own_key)).await;
        let own = site.id.to_string();
        let now = town.clock.now().timestamp();
        let claims = json!({
            "iss": own, "sub": own, "aud": issuer(&town), "jti": "1", "iat": now, "exp": now + 60,
        });
        let refused = async |token: &str, what: &str| {
            assert_eq!(error_of(&presents(&town, token).await), "invalid_client", "{what}");
        };
        refused(&signed(&other_key.private, Algorithm::ES256, &claims), "another key").await;
        // The public key as a shared secret, in every form an attacker has it.
        let public = serde_json::to_vec(&json!({ "keys": [own_key.public] })).unwrap();
        let x = URL_SAFE_NO_PAD.decode(text(&own_key.public, "x")).unwrap();
        for secret in [public, serde_json::to_vec(&own_key.public).unwrap(), x] {
            refused(&signed(&EncodingKey::from_secret(&secret), Algorithm::HS256, &claims), "HMAC").await;
        }
        let coded = |value: &Value| URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap());
        for none in ["none", "None", "NONE", "ES256"] {
            let header = coded(&json!({ "alg": none, "typ": "JWT" }));
            refused(&format!("{header}.{}.", coded(&claims)), none).await;
        }
        let fine = signed(&own_key.private, Algorithm::ES256, &claims);
        let (head, _) = fine.rsplit_once('.').unwrap();
        refused(&format!("{head}.{}", URL_SAFE_NO_PAD.encode([0; 64])), "a signature of zeros").await;
        refused(&format!("{head}."), "no signature").await;
        presents(&town, &fine).await.ok();
        town.close().await;
    }

    async fn a_site_has_one_way_to_prove_itself(town: Town) {
        let site = open_site(&town, library()).await;
        let own = site.id.to_string();
        let send = async |basic: Option<&str>, fields: &[(&str, &str)]| {
            let mut request = town.client().post(town.url("/oidc/introspect")).form(fields);
            if let Some(basic) = basic {
                let coded = base64::engine::general_purpose::STANDARD.encode(basic);
                request = request.header("authorization", format!("Basic {coded}"));
            }
            town.ask(request).await
        };
        let token = ("token", "x");
        let coded: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
        let right = format!("{own}:{coded}");
        send(Some(&right), &[token]).await.ok();
        for wrong in [format!("{own}:"), format!("{own}:wrong"), format!(":{SECRET}"), own.clone(), "x:y".into()] {
            let answer = send(Some(&wrong), &[token]).await;
            assert_eq!(error_of(&answer), "invalid_client", "{wrong}");
            assert!(answer.header("www-authenticate").starts_with("Basic"));
        }
        // The right secret in the wrong place, or in two places.
        let posted = [token, ("client_id", &own), ("client_secret", SECRET)];
        assert_eq!(error_of(&send(None, &posted).await), "invalid_client");
        assert_eq!(error_of(&send(Some(&right), &posted).await), "invalid_client");
        assert_eq!(error_of(&send(None, &[token]).await), "invalid_client");
        assert_eq!(error_of(&send(Some(&right), &[token, ("client_id", "another")]).await), "invalid_client");
        let posting = NewClient { auth: AuthMethod::ClientSecretPost, ..library() };
        open_site(&town, posting).await;
        send(None, &posted).await.ok();
        assert_eq!(error_of(&send(Some(&right), &[token]).await), "invalid_client");
        town.close().await;
    }

    /// What is said to one site, or for one purpose, is not taken for another.
    async fn no_statement_is_taken_for_another_kind(town: Town) {
        use yimen::sso::{assertion, provider};
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 3).await;
        let tokens = lin.tokens(&town, &site).await;
        let (now, ring, citizen, issuer) =
            (town.clock.now(), town.portal().site.keys.clone(), lin.citizen, issuer(&town));
        let (here, id_token) = (issuer.clone(), text(&tokens, "id_token").to_owned());
        let said = town.db.tx(move |c| {
            let said = assertion::Said {
                issuer: &here, agency: "library", citizen, represented: None, level: 3,
                purpose: "lookup", claims: serde_json::Map::new(),
            };
            let token = assertion::make(c, &ring, now, &said)?;
            let mut take = |agency: &str, at, token: &str| assertion::accept(c, &here, agency, at, token);
            assert!(take("museum", now, &token)?.is_none(), "for another agency");
            assert!(take("library", now + TimeDelta::seconds(60), &token)?.is_none(), "over");
            assert!(take("library", now - TimeDelta::seconds(6), &token)?.is_none(), "not yet");
            assert!(take("library", now, &id_token)?.is_none(), "a sign-in is no assertion");
            let read = take("library", now, &token)?.unwrap();
            assert!(take("library", now, &token)?.is_none(), "a replay");
            Ok::<_, provider::ProviderError>((token, read))
        }).await.unwrap();
        let (token, read) = said;
        assert_eq!((read.acr.as_str(), read.purpose.as_str()), ("urn:yimen:loa:3", "lookup"));
        assert_eq!(read.sub, text(&claims(text(&tokens, "id_token")), "sub"), "the agency's own pseudonym");
        let hinted = lin.get(&town, &asks(&site, &[("id_token_hint", &token)])).await;
        assert_eq!(part(hinted.header("location"), "error"), "invalid_request");
        town.close().await;
    }
}

/// A whole agency may stand behind one address; one site cannot use up another's share, and nobody guesses for long.
#[actix_web::test]
async fn sites_have_shares_of_their_own() {
    let settings = [
        ("YIMEN_LIMITS_REQUESTS_PER_MINUTE", "30"),
        ("YIMEN_LIMITS_SITE_REQUESTS_PER_MINUTE", "20"),
        ("YIMEN_LIMITS_MACHINE_REQUESTS_PER_MINUTE", "150"),
    ];
    let town = Town::open_with(crate::town::Engine::Sqlite, &settings).await;
    let (site, other) = (open_site(&town, library()).await, open_site(&town, museum()).await);
    let asks = async |site: &Client, secret: &str| {
        let fields = [("token", "x")];
        let request = town.client().post(town.url("/oidc/introspect")).form(&fields);
        let secret: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        town.ask(request.basic_auth(site.id, Some(secret))).await
    };
    // Somebody who is not the site asks in its name, and uses up nothing of its share.
    for _ in 0..15 {
        assert_eq!(asks(&site, "a guess").await.status, 401);
    }
    for at in 0..20 {
        assert_eq!(asks(&site, SECRET).await.status, 200, "{at}");
    }
    let refused = asks(&site, SECRET).await;
    assert_eq!(refused.status, 429);
    assert_eq!(text(&serde_json::from_str(&refused.body).unwrap(), "error"), "temporarily_unavailable");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() <= 60);
    assert_eq!(asks(&other, SECRET).await.status, 200, "another site goes on");
    // That was more than a citizen's share from this address, which is untouched by it.
    town.get("/about").await.ok();
    // Guessing ends for the address, whichever site is guessed at.
    for _ in 0..45 {
        assert_eq!(asks(&other, "a guess").await.status, 401);
    }
    assert_eq!(asks(&other, SECRET).await.status, 429);
    town.clock.advance(TimeDelta::minutes(1));
    assert_eq!(asks(&site, SECRET).await.status, 200);
    // And an address has a share as well, whatever it asks as a machine.
    let mut last = 0;
    for _ in 0..150 {
        last = town.ask(town.client().get(town.url("/oidc/userinfo"))).await.status;
    }
    assert_eq!(last, 429);
    town.get("/about").await.ok();
    town.close().await;
}
