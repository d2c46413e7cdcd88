//! Codes and tokens in the wrong hands, twice, too late, and all at once.

use futures_util::future::join_all;

use super::*;
use crate::on_both_engines;

fn secret(answer: &Answer, name: &str) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    text(&serde_json::from_str(&answer.body).unwrap(), name).to_owned()
}

async fn is_active(town: &Town, site: &Client, token: &str) -> bool {
    let answer = call(town, site, "/oidc/introspect", &[("token", token)]).await.ok();
    let said: Value = serde_json::from_str(&answer.body).unwrap();
    said["active"].as_bool().unwrap()
}

/// Every order in which three parties take two steps each; parties are alike, so they come in by their number.
fn orders() -> Vec<Vec<usize>> {
    fn go(taken: [usize; 3], so_far: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        if so_far.len() == 6 {
            all.push(so_far.clone());
            return;
        }
        for party in 0..3 {
            let first_of_its_kind = (0..party).all(|earlier| taken[earlier] > 0);
            if taken[party] < 2 && first_of_its_kind {
                let mut next = taken;
                next[party] += 1;
                so_far.push(party);
                go(next, so_far, all);
                so_far.pop();
            }
        }
    }
    let mut all = Vec::new();
    go([0; 3], &mut Vec::new(), &mut all);
    all
}

on_both_engines! {
    async fn a_code_is_good_once_for_one_site_with_its_proof_and_at_once(town: Town) {
        let (site, other) = (open_site(&town, library()).await, open_site(&town, museum()).await);
        let lin = lin(&town, 2).await;
        let code = async || part(&lin.signs_on(&town, &asks(&site, &[])).await, "code");
        let other_verifier = "another-verifier-that-is-long-enough-0123456789-0123";
        for (changes, error) in [
            (&[("code_verifier", "")][..], "invalid_request"),
            (&[("code_verifier", other_verifier)], "invalid_grant"),
            (&[("code_verifier", &challenge())], "invalid_grant"),
            (&[("redirect_uri", "https://library.example/back/")], "invalid_grant"),
            (&[("redirect_uri", "")], "invalid_request"),
            (&[("code", "x")], "invalid_grant"),
            (&[("grant_type", "password")], "unsupported_grant_type"),
            (&[("grant_type", "")], "invalid_request"),
        ] {
            assert_eq!(error_of(&redeem(&town, &site, &code().await, changes).await), error, "{changes:?}");
        }
        // A wrong proof uses the code up: nobody guesses twice.
        let guessed = code().await;
        redeem(&town, &site, &guessed, &[("code_verifier", other_verifier)]).await;
        assert_eq!(error_of(&redeem(&town, &site, &guessed, &[]).await), "invalid_grant");
        let theirs = redeem(&town, &other, &code().await, &[("redirect_uri", BACK)]).await;
        assert_eq!(error_of(&theirs), "invalid_grant");
        let late = code().await;
        town.clock.advance(TimeDelta::seconds(60));
        assert_eq!(error_of(&redeem(&town, &site, &late, &[]).await), "invalid_grant");
        town.close().await;
    }

    async fn a_code_used_twice_ends_what_it_gave(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let code = part(&lin.signs_on(&town, &asks(&site, &[])).await, "code");
        let first = redeem(&town, &site, &code, &[]).await;
        let tokens: Value = serde_json::from_str(&first.body).unwrap();
        userinfo(&town, &tokens).await.ok();
        assert_eq!(error_of(&redeem(&town, &site, &code, &[]).await), "invalid_grant");
        let dead = userinfo(&town, &tokens).await;
        assert_eq!(dead.status, 401);
        assert!(dead.header("www-authenticate").contains("invalid_token"));
        assert_eq!(error_of(&refresh(&town, &site, text(&tokens, "refresh_token")).await), "invalid_grant");
        // Of two at the same moment at most one gets something, and nothing of it stays.
        let code = part(&lin.signs_on(&town, &asks(&site, &[])).await, "code");
        let both = join_all([redeem(&town, &site, &code, &[]), redeem(&town, &site, &code, &[])]).await;
        let fine: Vec<&Answer> = both.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(fine.len(), 1);
        assert!(!is_active(&town, &site, &secret(fine[0], "access_token")).await);
        town.close().await;
    }

    async fn a_statement_is_signed_for_one_site_and_says_what_happened(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let tokens = lin.tokens(&town, &site).await;
        let said = claims(text(&tokens, "id_token"));
        let now = town.clock.now().timestamp();
        assert_eq!(text(&said, "iss"), issuer(&town));
        assert_eq!(text(&said, "aud"), site.id.to_string());
        assert_eq!(text(&said, "nonce"), "a number used once");
        assert_eq!(said["exp"].as_i64().unwrap(), now + 600);
        assert_eq!(said["auth_time"].as_i64().unwrap(), now - 60);
        assert_eq!(said["amr"], serde_json::json!(["pwd"]));
        assert!(said.get("name").is_none(), "details leave by one way only");
        let digest = Sha256::digest(text(&tokens, "access_token"));
        assert_eq!(text(&said, "at_hash"), URL_SAFE_NO_PAD.encode(&digest[..16]));
        assert!(!text(&said, "sid").contains(&lin.session.to_string()));
        town.close().await;
    }

    async fn an_access_token_lives_shortly_and_only_in_the_header(town: Town) {
        let (site, other) = (open_site(&town, library()).await, open_site(&town, museum()).await);
        let lin = lin(&town, 2).await;
        let tokens = lin.tokens(&town, &site).await;
        let access = text(&tokens, "access_token");
        assert_eq!(town.get(&format!("/oidc/userinfo?access_token={access}")).await.status, 401);
        let refresh_as_access = serde_json::json!({ "access_token": text(&tokens, "refresh_token") });
        assert_eq!(userinfo(&town, &refresh_as_access).await.status, 401);
        assert_eq!(error_of(&refresh(&town, &site, access).await), "invalid_grant", "access does not renew");
        assert!(is_active(&town, &site, access).await);
        assert!(!is_active(&town, &other, access).await, "another site learns nothing");
        town.clock.advance(TimeDelta::minutes(10));
        assert_eq!(userinfo(&town, &tokens).await.status, 401);
        assert!(!is_active(&town, &site, access).await);
        town.close().await;
    }

    async fn a_site_gives_back_what_it_holds(town: Town) {
        let (site, other) = (open_site(&town, library()).await, open_site(&town, museum()).await);
        let lin = lin(&town, 2).await;
        let tokens = lin.tokens(&town, &site).await;
        let (access, renew) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
        call(&town, &other, "/oidc/revoke", &[("token", renew)]).await.ok();
        assert!(is_active(&town, &site, renew).await, "not another site's to give back");
        call(&town, &site, "/oidc/revoke", &[("token", access)]).await.ok();
        assert!(!is_active(&town, &site, access).await);
        assert!(is_active(&town, &site, renew).await);
        call(&town, &site, "/oidc/revoke", &[("token", renew)]).await.ok();
        assert!(!is_active(&town, &site, renew).await);
        call(&town, &site, "/oidc/revoke", &[("token", "never was")]).await.ok();
        town.close().await;
    }

    async fn a_refresh_token_asked_twice_is_forgiven_for_half_a_minute(town: Town) {
        let (site, other) = (open_site(&town, library()).await, open_site(&town, museum()).await);
        let lin = lin(&town, 2).await;
        let old = text(&lin.tokens(&town, &site).await, "refresh_token").to_owned();
        assert_eq!(error_of(&refresh(&town, &other, &old).await), "invalid_grant", "not another site's");
        let first = refresh(&town, &site, &old).await;
        town.clock.advance(TimeDelta::seconds(30));
        let again = refresh(&town, &site, &old).await;
        let (one, two) = (secret(&first, "refresh_token"), secret(&again, "refresh_token"));
        assert_ne!(one, two);
        assert!(is_active(&town, &site, &one).await && is_active(&town, &site, &two).await);
        // A second later it means that two parties hold it.
        town.clock.advance(TimeDelta::seconds(1));
        assert_eq!(error_of(&refresh(&town, &site, &old).await), "invalid_grant");
        for token in [&one, &two, &secret(&again, "access_token")] {
            assert!(!is_active(&town, &site, token).await, "the whole family is ended");
        }
        assert_eq!(error_of(&refresh(&town, &site, &one).await), "invalid_grant");
        town.close().await;
    }

    async fn a_sibling_left_behind_is_found_out(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let old = text(&lin.tokens(&town, &site).await, "refresh_token").to_owned();
        let honest = secret(&refresh(&town, &site, &old).await, "refresh_token");
        let stolen = secret(&refresh(&town, &site, &old).await, "refresh_token");
        let newest = secret(&refresh(&town, &site, &honest).await, "refresh_token");
        town.clock.advance(TimeDelta::seconds(31));
        assert_eq!(error_of(&refresh(&town, &site, &stolen).await), "invalid_grant");
        assert!(!is_active(&town, &site, &newest).await);
        town.close().await;
    }

    async fn three_at_once_are_safe_in_every_order(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        // At the same moment.
        let old = text(&lin.tokens(&town, &site).await, "refresh_token").to_owned();
        let answers = join_all((0..3).map(|_| refresh(&town, &site, &old))).await;
        let fresh: Vec<String> = answers.iter().map(|answer| secret(answer, "refresh_token")).collect();
        let answers = join_all(fresh.iter().map(|token| refresh(&town, &site, token))).await;
        assert!(answers.iter().all(|answer| answer.status == 200));
        // One after the other, in every order: each refreshes the first token, then what that gave.
        let orders = orders();
        assert_eq!(orders.len(), 15);
        for order in orders {
            let first = text(&lin.tokens(&town, &site).await, "refresh_token").to_owned();
            let mut held = [first.clone(), first.clone(), first];
            for party in &order {
                held[*party] = secret(&refresh(&town, &site, &held[*party]).await, "refresh_token");
            }
            for token in &held {
                assert!(is_active(&town, &site, token).await, "{order:?}");
            }
        }
        town.close().await;
    }

    async fn fewer_scopes_may_be_asked_for_and_never_more(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let back = lin.signs_on(&town, &asks(&site, &[("scope", "openid profile phone")])).await;
        let answer = redeem(&town, &site, &part(&back, "code"), &[]).await;
        let token = secret(&answer, "refresh_token");
        let ask = async |scope: &str| {
            let fields = [("grant_type", "refresh_token"), ("refresh_token", token.as_str()), ("scope", scope)];
            call(&town, &site, "/oidc/token", &fields).await
        };
        assert_eq!(error_of(&ask("openid identity").await), "invalid_scope");
        let fewer: Value = serde_json::from_str(&ask("openid phone").await.ok().body).unwrap();
        let said: Value = serde_json::from_str(&userinfo(&town, &fewer).await.ok().body).unwrap();
        assert_eq!((said.get("name"), said["phone_number"].as_str()), (None, Some("13800000001")));
        town.close().await;
    }
}
