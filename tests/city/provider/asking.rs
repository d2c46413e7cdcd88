//! Requests: what is sent back to whom, and what is sent back to nobody.

use super::*;
use crate::on_both_engines;

/// Nobody is sent anywhere: a page says so.
#[track_caller]
fn is_a_page(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 400, "{what}: {}", answer.header("location"));
    assert_eq!(answer.header("location"), "", "{what}");
    assert_eq!(answer.texts("h1").len(), 1, "{what}");
}

/// The site is told, with its state and who says so.
#[track_caller]
fn is_told(town: &Town, answer: &Answer, error: &str) {
    let there = answer.header("location");
    assert!(there.starts_with(&format!("{BACK}?")), "{error}: {} {there}", answer.status);
    assert_eq!(part(there, "error"), error);
    assert_eq!(part(there, "state"), "what the site remembers", "{error}");
    assert_eq!(part(there, "iss"), issuer(town), "{error}");
    assert!(!there.contains("code="), "{error}");
}

on_both_engines! {
    async fn only_an_address_written_exactly_as_registered_is_gone_back_to(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        lin.signs_on(&town, &asks(&site, &[])).await;
        for wrong in [
            "https://library.example/back/", "https://library.example/back2", "https://library.example/bac",
            "https://library.example/Back", "https://LIBRARY.example/back", "http://library.example/back",
            "https://library.example:443/back", "https://library.example:8443/back",
            "https://library.example/x/../back", "https://library.example/%62ack",
            "https://library.example/back#", "https://library.example/back#x", "https://library.example/back?",
            "https://library.example/back?x=1", "https://library.example@evil.example/back",
            "https://user@library.example/back", "https://library.example.evil.example/back",
            "https://evil.example/back", "https://library.example/back/..%2f..", " https://library.example/back",
            "https://library.example\\@evil.example/back", "//library.example/back", "/back",
            "javascript:alert(1)", "https://museum.example/back",
        ] {
            is_a_page(&lin.get(&town, &asks(&site, &[("redirect_uri", wrong)])).await, wrong);
        }
        is_a_page(&lin.get(&town, &asks(&site, &[("redirect_uri", "")])).await, "no address");
        town.close().await;
    }

    async fn an_unknown_or_garbled_request_is_answered_with_a_page(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        for client in ["", "x", "00000000-0000-0000-0000-000000000000"] {
            is_a_page(&lin.get(&town, &asks(&site, &[("client_id", client)])).await, client);
        }
        // A parameter given twice could be read in two ways.
        let twice = format!("{}&redirect_uri=https://evil.example/", asks(&site, &[]));
        is_a_page(&lin.get(&town, &twice).await, "twice");
        for path in ["/oidc/sign-on", "/oidc/sign-on?request=x", "/oidc/authorize"] {
            is_a_page(&lin.get(&town, path).await, path);
        }
        let elsewhere = asks(&site, &[("request_uri", "https://evil.example/request.jwt")]);
        is_a_page(&lin.get(&town, &elsewhere).await, "a request from elsewhere");
        town.close().await;
    }

    async fn what_is_wrong_with_a_request_is_told_to_the_site(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        lin.signs_on(&town, &asks(&site, &[])).await;
        let long = "x".repeat(43);
        for (changes, error) in [
            (&[("response_type", "token")][..], "unsupported_response_type"),
            (&[("response_type", "code id_token")], "unsupported_response_type"),
            (&[("response_type", "")], "unsupported_response_type"),
            (&[("response_mode", "fragment")], "invalid_request"),
            (&[("response_mode", "form_post")], "invalid_request"),
            (&[("code_challenge", "")], "invalid_request"),
            (&[("code_challenge_method", "")], "invalid_request"),
            (&[("code_challenge_method", "plain"), ("code_challenge", &long)], "invalid_request"),
            (&[("code_challenge", "short")], "invalid_request"),
            (&[("scope", "profile")], "invalid_scope"),
            (&[("scope", "")], "invalid_scope"),
            (&[("scope", "openid email")], "invalid_scope"),
            (&[("prompt", "none login")], "invalid_request"),
            (&[("prompt", "dance")], "invalid_request"),
            (&[("max_age", "-1")], "invalid_request"),
            (&[("max_age", "soon")], "invalid_request"),
            (&[("acr_values", "urn:other:1")], "unmet_authentication_requirements"),
            (&[("request", "eyJhbGciOiJub25lIn0.e30.")], "request_not_supported"),
            (&[("id_token_hint", "x.y.z")], "invalid_request"),
        ] {
            is_told(&town, &lin.get(&town, &asks(&site, changes)).await, error);
        }
        // Words of the future are passed over.
        let fine = lin.get(&town, &asks(&site, &[("scope", "openid offline_access"), ("ui_locales", "zh")])).await;
        assert!(fine.header("location").starts_with(&format!("{BACK}?code=")));
        town.close().await;
    }

    async fn who_is_not_signed_in_is_led_there_or_not_at_all(town: Town) {
        let site = open_site(&town, library()).await;
        let stranger = town.get(&asks(&site, &[])).await;
        let there = stranger.header("location").to_owned();
        assert!(there.starts_with("/sign-in?next=%2Foidc%2Fsign-on%3Frequest%3D"), "{there}");
        is_told(&town, &town.get(&asks(&site, &[("prompt", "none")])).await, "login_required");
        let wrong = town.ask(town.client().get(town.url(&asks(&site, &[("prompt", "none")])))
            .header("cookie", "session=AAAA")).await;
        is_told(&town, &wrong, "login_required");
        // Signed in, they go on where they were; a form led there, so a page leads on.
        let lin = lin(&town, 2).await;
        lin.signs_on(&town, &asks(&site, &[])).await;
        let next = part(&format!("http://x{there}"), "next");
        let onward = lin.get(&town, &next).await.ok();
        let link = onward.attributes("main a.button", "href").remove(0);
        assert!(link.starts_with(&format!("{BACK}?code=")), "{link}");
        assert_eq!(onward.header("cache-control"), "no-store");
        // The way leads on once.
        is_a_page(&lin.get(&town, &next).await, "a request that was answered");
        town.close().await;
    }

    async fn a_form_of_another_site_is_asked_again_by_address(town: Town) {
        let site = open_site(&town, library()).await;
        let posted = town.client().post(town.url("/oidc/authorize")).form(&parameters(&site, &[]));
        let answer = town.ask(posted).await;
        assert_eq!(answer.status, 303);
        let lin = lin(&town, 2).await;
        let back = lin.signs_on(&town, answer.header("location")).await;
        assert_eq!(part(&back, "state"), "what the site remembers");
        town.close().await;
    }

    async fn a_pushed_request_is_used_once_and_only_by_who_pushed_it(town: Town) {
        let strict = NewClient { par_required: true, ..library() };
        let (site, other) = (open_site(&town, strict).await, open_site(&town, museum()).await);
        let lin = lin(&town, 2).await;
        is_told(&town, &lin.get(&town, &asks(&site, &[])).await, "invalid_request");
        let push = async |changes: &[(&str, &str)]| {
            let all = parameters(&site, changes);
            let fields: Vec<(&str, &str)> = all.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            call(&town, &site, "/oidc/par", &fields).await
        };
        let pushed = push(&[]).await;
        assert_eq!(pushed.status, 201, "{}", pushed.body);
        let said: Value = serde_json::from_str(&pushed.body).unwrap();
        let address = text(&said, "request_uri").to_owned();
        let by = |client: &Client| {
            let query = [("client_id", client.id.to_string()), ("request_uri", address.clone())];
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
            format!("/oidc/authorize?{query}")
        };
        is_a_page(&lin.get(&town, &by(&other)).await, "another client's");
        let back = lin.signs_on(&town, &by(&site)).await;
        assert_eq!(redeem(&town, &site, &part(&back, "code"), &[]).await.status, 200);
        is_a_page(&lin.get(&town, &by(&site)).await, "used");
        // What is wrong is told at once; a request that waits too long is over.
        assert_eq!(error_of(&push(&[("redirect_uri", "https://evil.example/")]).await), "invalid_request");
        assert_eq!(error_of(&push(&[("code_challenge", "")]).await), "invalid_request");
        assert_eq!(error_of(&push(&[("request_uri", "urn:x")]).await), "invalid_request");
        let late: Value = serde_json::from_str(&push(&[]).await.body).unwrap();
        town.clock.advance(TimeDelta::seconds(91));
        let query = [("client_id", site.id.to_string()), ("request_uri", text(&late, "request_uri").to_owned())];
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        is_a_page(&lin.get(&town, &format!("/oidc/authorize?{query}")).await, "over");
        let nobody = town.client().post(town.url("/oidc/par")).form(&parameters(&site, &[]));
        assert_eq!(error_of(&town.ask(nobody).await), "invalid_client");
        town.close().await;
    }
}
