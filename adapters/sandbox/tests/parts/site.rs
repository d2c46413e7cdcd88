//! The agencies' sites, against a portal that does what OpenID says and no more.

use serde_json::{Value, json};
use yimen_sandbox::{AgencySite, Running};

use crate::{
    harness::{Answer, Browser, client, sandbox},
    portal::Portal,
};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

async fn joined() -> (Running, crate::harness::Hand, Portal) {
    let (running, hand) = sandbox().await;
    let portal = Portal::open();
    running.library.join(&portal.issuer, "library-id");
    running.museum.join(&portal.issuer, "museum-id");
    (running, hand, portal)
}

/// Goes to the portal and comes back with whatever the portal says there.
async fn sign_in(browser: &Browser, site: &AgencySite, portal: &Portal, now: i64, extra: Value) -> Answer {
    let leaving = browser.get(&format!("{}/sign-in", site.url)).await;
    assert_eq!(leaving.status, 303, "{}", leaving.body);
    let code = portal.grant(&leaving, now, &extra);
    let state = leaving.sent("state").unwrap();
    let back = format!("{}?code={code}&state={state}&iss={}", site.redirect_uri, portal.issuer);
    browser.get(&back).await
}

async fn signed_in(browser: &Browser, site: &AgencySite) -> bool {
    browser.get(&site.url).await.body.contains("You are signed in")
}

#[actix_web::test]
async fn the_portal_may_start_later() {
    let (running, hand) = sandbox().await;
    let browser = Browser::new();
    let early = browser.get(&format!("{}/sign-in", running.library.url)).await;
    assert_eq!(early.status, 502, "not registered yet");
    running.library.join("http://127.0.0.1:9", "library-id");
    assert_eq!(browser.get(&format!("{}/sign-in", running.library.url)).await.status, 502, "nobody there");
    let portal = Portal::open();
    running.library.join(&portal.issuer, "library-id");
    let back = sign_in(&browser, &running.library, &portal, hand.seconds(), json!({})).await;
    assert_eq!(back.status, 303, "{}", back.body);
    assert!(signed_in(&browser, &running.library).await);
    portal.close().await;
    running.stop().await;
}

#[actix_web::test]
async fn both_sites_show_what_they_were_told() {
    let (running, hand, portal) = joined().await;
    for site in [&running.library, &running.museum] {
        let browser = Browser::new();
        assert!(!signed_in(&browser, site).await);
        let back = sign_in(&browser, site, &portal, hand.seconds(), json!({})).await;
        assert_eq!(back.location.unwrap().path(), "/", "{}", back.body);
        let page = browser.get(&format!("{}/?lang=zh-CN", site.url)).await.body;
        assert!(page.contains("王𬱖") && page.contains(r#"<dd id="level">3</dd>"#), "{page}");
        assert!(page.contains("已登录") && page.contains(site.name_zh));
    }
    let proofs = portal.proofs();
    assert!(proofs[0].starts_with("Basic "), "the library has a secret");
    assert!(
        proofs[1].starts_with("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        "the museum signs"
    );
    portal.close().await;
    running.stop().await;
}

#[actix_web::test]
async fn whatever_does_not_fit_signs_nobody_in() {
    let (running, hand, portal) = joined().await;
    let site = &running.library;
    let now = hand.seconds();
    let wrong = [
        json!({ "nonce": "another" }),
        json!({ "aud": "museum-id" }),
        json!({ "iss": "https://elsewhere.example" }),
        json!({ "exp": now - 1 }),
        json!({ "signed_by": "another" }),
        json!({ "userinfo_sub": "another" }),
    ];
    for extra in wrong {
        let browser = Browser::new();
        let back = sign_in(&browser, site, &portal, now, extra.clone()).await;
        assert!(back.status == 400 || back.status == 502, "{extra}: {}", back.status);
        assert!(!signed_in(&browser, site).await, "{extra}");
    }
    let browser = Browser::new();
    let leaving = browser.get(&format!("{}/sign-in", site.url)).await;
    let code = portal.grant(&leaving, now, &json!({}));
    let state = leaving.sent("state").unwrap();
    let back = async |browser: &Browser, state: &str, iss: &str| {
        browser.get(&format!("{}?code={code}&state={state}{iss}", site.redirect_uri)).await.status
    };
    let iss = format!("&iss={}", portal.issuer);
    assert_eq!(back(&Browser::new(), &state, &iss).await, 400, "another browser");
    assert_eq!(back(&browser, "another", &iss).await, 400);
    assert_eq!(back(&browser, &state, &iss).await, 400, "an answer is taken once");
    for iss in ["&iss=https://elsewhere.example", ""] {
        let browser = Browser::new();
        let leaving = browser.get(&format!("{}/sign-in", site.url)).await;
        let state = leaving.sent("state").unwrap();
        assert_eq!(back(&browser, &state, iss).await, 400, "{iss}");
    }
    portal.close().await;
    running.stop().await;
}

#[actix_web::test]
async fn a_level_can_be_asked_for_and_signing_out_goes_on_at_the_portal() {
    let (running, hand, portal) = joined().await;
    let (site, browser) = (&running.library, Browser::new());
    let leaving = browser.get(&format!("{}/sign-in?level=4&lang=zh-CN", site.url)).await;
    assert_eq!(leaving.sent("acr_values").as_deref(), Some("urn:yimen:loa:4"));
    assert_eq!(leaving.sent("ui_locales").as_deref(), Some("zh-CN"));
    assert_eq!(leaving.sent("code_challenge_method").as_deref(), Some("S256"));

    sign_in(&browser, site, &portal, hand.seconds(), json!({})).await;
    let out = browser.post(&format!("{}/sign-out", site.url), &[]).await;
    let to = out.location.clone().unwrap();
    assert_eq!((to.path(), out.sent("client_id").as_deref()), ("/oidc/logout", Some("library-id")));
    assert_eq!(out.sent("post_logout_redirect_uri"), Some(site.post_logout_redirect_uri.clone()));
    assert_eq!(out.sent("id_token_hint").unwrap().split('.').count(), 3);
    assert!(!signed_in(&browser, site).await);
    let forged =
        client().post(format!("{}/sign-out", site.url)).header("origin", "https://evil.example").send().await;
    assert_eq!(forged.unwrap().status(), 403);
    portal.close().await;
    running.stop().await;
}

async fn tell(site: &AgencySite, token: &str) -> u16 {
    let answer =
        client().post(&site.backchannel_logout_uri).form(&[("logout_token", token)]).send().await.unwrap();
    answer.status().as_u16()
}

#[actix_web::test]
async fn the_portal_ends_the_session_it_names() {
    let (running, hand, portal) = joined().await;
    let (site, now) = (&running.library, hand.seconds());
    let (one, other) = (Browser::new(), Browser::new());
    sign_in(&one, site, &portal, now, json!({ "sid": "session-1" })).await;
    sign_in(&other, site, &portal, now, json!({ "sid": "session-2" })).await;
    let honest = json!({
        "iss": portal.issuer, "aud": "library-id", "iat": now, "exp": now + 120, "jti": "1", "sub": "pairwise",
        "sid": "session-1", "events": { EVENT: {} },
    });
    let wrong = [
        json!({ "aud": "museum-id" }),
        json!({ "iss": "https://elsewhere.example" }),
        json!({ "exp": now - 61 }),
        json!({ "iat": now + 61 }),
        json!({ "events": {} }),
        json!({ "nonce": "n" }),
        json!({ "sub": null, "sid": null }),
        json!({ "jti": null }),
        json!({ "signed_by": "another" }),
    ];
    for changes in wrong {
        let mut claims = honest.clone();
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        assert_eq!(tell(site, &portal.sign(claims)).await, 400, "{changes}");
        assert!(signed_in(&one, site).await, "{changes}");
    }
    for token in ["", "a.b.c", "eyJhbGciOiJub25lIn0.e30."] {
        assert_eq!(tell(site, token).await, 400, "{token}");
    }
    let token = portal.sign(honest);
    assert_eq!(tell(site, &token).await, 200);
    assert!(!signed_in(&one, site).await);
    assert!(signed_in(&other, site).await, "only the session it names");

    sign_in(&one, site, &portal, now, json!({ "sid": "session-1" })).await;
    assert_eq!(tell(site, &token).await, 200);
    assert!(signed_in(&one, site).await, "an old token ends nothing new");
    portal.close().await;
    running.stop().await;
}

#[actix_web::test]
async fn new_keys_of_the_portal_are_fetched() {
    let (running, hand, portal) = joined().await;
    let (site, browser) = (&running.library, Browser::new());
    sign_in(&browser, site, &portal, hand.seconds(), json!({})).await;
    portal.rotate();
    let fresh = Browser::new();
    let back = sign_in(&fresh, site, &portal, hand.seconds(), json!({})).await;
    assert_eq!(back.status, 303, "{}", back.body);
    portal.close().await;
    running.stop().await;
}
