//! What is taken back: consent, approval, keys whose time is over.

use std::collections::BTreeSet;

use yimen::{db::DbError, ledger::consent, sso::provider};

use super::*;
use crate::on_both_engines;

async fn kids(town: &Town) -> BTreeSet<String> {
    let keys: Value = serde_json::from_str(&town.get("/oidc/jwks").await.ok().body).unwrap();
    keys["keys"].as_array().unwrap().iter().map(|key| text(key, "kid").to_owned()).collect()
}

on_both_engines! {
    async fn consent_withdrawn_opens_nothing_any_more(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let tokens = lin.tokens(&town, &site).await;
        let (now, citizen) = (town.clock.now(), lin.citizen);
        town.db.tx(move |c| {
            let given = consent::of(c, citizen)?.remove(0);
            assert_eq!(given.recipient, "library");
            assert!(consent::withdraw(c, now, citizen, given.id)?);
            Ok::<_, DbError>(())
        }).await.unwrap();
        assert_eq!(userinfo(&town, &tokens).await.status, 401);
        assert_eq!(error_of(&refresh(&town, &site, text(&tokens, "refresh_token")).await), "invalid_grant");
        let silent = lin.get(&town, &asks(&site, &[("prompt", "none")])).await;
        assert_eq!(part(silent.header("location"), "error"), "consent_required");
        // Agreeing again brings back nothing of before once it is said that it was withdrawn.
        town.db.tx(move |c| provider::withdrawn(c, now, citizen, "library")).await.unwrap();
        lin.tokens(&town, &site).await;
        assert_eq!(userinfo(&town, &tokens).await.status, 401);
        town.close().await;
    }

    async fn consent_withdrawn_after_the_code_gives_no_tokens(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let code = part(&lin.signs_on(&town, &asks(&site, &[])).await, "code");
        let (now, citizen) = (town.clock.now(), lin.citizen);
        town.db.tx(move |c| {
            let given = consent::of(c, citizen)?.remove(0);
            consent::withdraw(c, now, citizen, given.id)
        }).await.unwrap();
        assert_eq!(error_of(&redeem(&town, &site, &code, &[]).await), "invalid_grant");
        town.close().await;
    }

    async fn a_suspended_site_is_shut_at_once(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let tokens = lin.tokens(&town, &site).await;
        let code = part(&lin.signs_on(&town, &asks(&site, &[])).await, "code");
        let (now, id) = (town.clock.now(), site.id);
        town.db.tx(move |c| sites::suspend(c, now, id, &sites::By::operator("Wu Min"))).await.unwrap();
        assert_eq!(error_of(&redeem(&town, &site, &code, &[]).await), "invalid_client");
        assert_eq!(error_of(&refresh(&town, &site, text(&tokens, "refresh_token")).await), "invalid_client");
        assert_eq!(userinfo(&town, &tokens).await.status, 401);
        let asked = lin.get(&town, &asks(&site, &[])).await;
        assert_eq!((asked.status, asked.header("location")), (400, ""));
        town.close().await;
    }

    async fn keys_are_known_before_they_sign_and_after(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let before = kids(&town).await;
        assert_eq!(before.len(), 2, "one signs, one is next");
        let tokens = lin.tokens(&town, &site).await;
        let header: Value = serde_json::from_slice(
            &URL_SAFE_NO_PAD.decode(text(&tokens, "id_token").split('.').next().unwrap()).unwrap(),
        ).unwrap();
        let signer = text(&header, "kid").to_owned();
        assert!(before.contains(&signer));
        town.pass(TimeDelta::days(29)).await;
        assert_eq!(kids(&town).await, before);
        town.pass(TimeDelta::days(1)).await;
        let after = kids(&town).await;
        assert!(after.is_superset(&before) && after.len() == 3, "the old one still verifies");
        // What the old key signed is still known, what the new one signs is known already.
        let later = person(&town, 2, "13800000002").await;
        let token = text(&later.tokens(&town, &site).await, "id_token").to_owned();
        let header: Value = serde_json::from_slice(
            &URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap(),
        ).unwrap();
        assert!(before.contains(text(&header, "kid")) && text(&header, "kid") != signer);
        town.pass(TimeDelta::days(4)).await;
        assert!(!kids(&town).await.contains(&signer));
        let keys = town.get("/oidc/jwks").await.body;
        assert!(!keys.contains("\"d\""), "no private half is published");
        town.close().await;
    }

    async fn what_is_over_is_swept(town: Town) {
        use diesel::prelude::*;
        use yimen::db::schema::{oidc_codes, oidc_grants, oidc_requests, oidc_tokens};
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        lin.tokens(&town, &site).await;
        town.get(&asks(&site, &[])).await;
        town.pass(TimeDelta::days(1)).await;
        town.pass(TimeDelta::days(8)).await;
        let left = town.db.read(|c| {
            Ok::<_, DbError>([
                oidc_codes::table.count().get_result::<i64>(c)?,
                oidc_grants::table.count().get_result(c)?,
                oidc_requests::table.count().get_result(c)?,
                oidc_tokens::table.count().get_result(c)?,
            ])
        }).await.unwrap();
        assert_eq!(left, [0; 4]);
        town.close().await;
    }
}
