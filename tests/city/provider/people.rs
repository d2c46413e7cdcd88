//! What the person is asked for: signing in again, proving more, agreeing.

use yimen::db::DbError;

use super::*;
use crate::on_both_engines;

on_both_engines! {
    async fn a_site_that_needs_more_proof_gets_it_or_nothing(town: Town) {
        let site = open_site(&town, library()).await;
        let mut lin = lin(&town, 2).await;
        lin.signs_on(&town, &asks(&site, &[])).await;
        let wants = |levels: &str, prompt: &str| asks(&site, &[("acr_values", levels), ("prompt", prompt)]);
        let silent = lin.get(&town, &wants("urn:yimen:loa:3", "none")).await;
        assert_eq!(part(silent.header("location"), "error"), "interaction_required");
        let asked = lin.get(&town, &wants("urn:yimen:loa:4 urn:yimen:loa:3", "")).await;
        let there = format!("http://x{}", asked.header("location"));
        assert!(there.starts_with("http://x/me/verify?level=3&"), "{there}");
        let next = part(&there, "next");
        // Coming back without having proved more leads there again.
        assert!(lin.get(&town, &next).await.header("location").starts_with("/me/verify?level=3"));
        lin.proves(&town, 3).await;
        let onward = lin.get(&town, &next).await.ok();
        let code = part(&onward.attributes("main a.button", "href")[0], "code");
        let tokens: Value = serde_json::from_str(&redeem(&town, &site, &code, &[]).await.body).unwrap();
        assert_eq!(text(&claims(text(&tokens, "id_token")), "acr"), "urn:yimen:loa:3");
        town.close().await;
    }

    async fn a_site_may_want_a_fresh_proof(town: Town) {
        let site = open_site(&town, library()).await;
        let mut lin = lin(&town, 2).await;
        lin.signs_on(&town, &asks(&site, &[])).await;
        for wants in [("prompt", "login"), ("max_age", "0"), ("max_age", "59")] {
            let first = lin.get(&town, &asks(&site, &[wants])).await;
            let there = format!("http://x{}", first.header("location"));
            assert!(there.starts_with("http://x/me/prove?next="), "{wants:?} {there}");
            let next = part(&there, "next");
            assert!(lin.get(&town, &next).await.header("location").starts_with("/me/prove"), "{wants:?}");
            lin.proves(&town, 2).await;
            let onward = lin.get(&town, &next).await.ok();
            assert!(onward.attributes("main a.button", "href")[0].contains("code="), "{wants:?}");
            town.clock.advance(TimeDelta::minutes(1));
        }
        let silent = lin.get(&town, &asks(&site, &[("max_age", "30"), ("prompt", "none")])).await;
        assert_eq!(part(silent.header("location"), "error"), "login_required");
        let recent = lin.get(&town, &asks(&site, &[("max_age", "60"), ("prompt", "none")])).await;
        assert!(recent.header("location").contains("code="));
        town.close().await;
    }

    async fn nothing_is_handed_over_without_a_yes(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 3).await;
        let path = asks(&site, &[("scope", "openid profile identity")]);
        let silent = lin.get(&town, &asks(&site, &[("prompt", "none")])).await;
        assert_eq!(part(silent.header("location"), "error"), "consent_required");
        let page = lin.is_asked(&town, &path).await;
        assert!(page.header("content-security-policy").contains("form-action 'self' https://library.example;"));
        assert!(page.body.contains("https://library.example"), "the address is shown");
        assert!(page.attributes("input[name=identity][checked]", "value").is_empty(), "agreed to on its own");
        // A form from elsewhere agrees to nothing.
        let foreign = town.client().post(town.url("/oidc/consent")).header("cookie", &lin.cookie);
        let request = page.attributes("input[name=request]", "value").remove(0);
        let foreign = foreign.form(&[("request", request.as_str()), ("answer", "yes"), ("csrf", "x")]);
        assert_eq!(town.ask(foreign).await.status, 403);
        let no = lin.send(&town, &page, "/oidc/consent", &[("answer", "no")]).await;
        assert_eq!(part(no.header("location"), "error"), "access_denied");
        assert_eq!(lin.send(&town, &page, "/oidc/consent", &[("answer", "yes")]).await.status, 400, "answered");

        // Yes, but without the identity number: and nobody nags.
        let page = lin.is_asked(&town, &path).await;
        let yes = lin.send(&town, &page, "/oidc/consent", &[("answer", "yes")]).await;
        let code = part(yes.header("location"), "code");
        let tokens: Value = serde_json::from_str(&redeem(&town, &site, &code, &[]).await.body).unwrap();
        assert_eq!(text(&tokens, "scope"), "openid profile");
        let said: Value = serde_json::from_str(&userinfo(&town, &tokens).await.ok().body).unwrap();
        assert_eq!((said["name"].as_str(), said.get("identity_number")), (Some("林晓"), None));
        let again = lin.get(&town, &path).await;
        assert!(again.header("location").starts_with(BACK), "not asked again");
        // More than before is asked for.
        let more = lin.get(&town, &asks(&site, &[("scope", "openid profile phone")])).await;
        assert!(more.header("location").starts_with("/oidc/sign-on"));
        // And a site can ask openly once more.
        lin.is_asked(&town, &asks(&site, &[("prompt", "consent")])).await;
        town.close().await;
    }

    async fn every_look_by_a_site_is_on_record(town: Town) {
        use diesel::prelude::*;
        use yimen::db::{Json, schema::looks};
        type Row = (String, String, String, String, Json<Vec<String>>);
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 2).await;
        let back = lin.signs_on(&town, &asks(&site, &[("scope", "openid phone profile")])).await;
        let answer = redeem(&town, &site, &part(&back, "code"), &[]).await;
        let tokens: Value = serde_json::from_str(&answer.body).unwrap();
        userinfo(&town, &tokens).await.ok();
        let citizen = lin.citizen;
        let rows: Vec<Row> = town.db.read(move |c| {
            looks::table.filter(looks::citizen_id.eq(citizen)).filter(looks::purpose.eq("sign-on"))
                .select((looks::actor_kind, looks::actor, looks::purpose, looks::basis, looks::fields))
                .load(c).map_err(DbError::from)
        }).await.unwrap();
        let expected = ("agency".into(), "library".into(), "sign-on".into(), "consent".into(),
            Json(vec!["name".to_owned(), "phone".to_owned()]));
        assert_eq!(rows, [expected]);
        town.close().await;
    }

    async fn an_earlier_statement_names_whom_the_site_expects(town: Town) {
        let site = open_site(&town, library()).await;
        let (one, two) = (lin(&town, 2).await, person(&town, 2, "13800000002").await);
        let hint = text(&one.tokens(&town, &site).await, "id_token").to_owned();
        two.tokens(&town, &site).await;
        let path = asks(&site, &[("id_token_hint", &hint), ("prompt", "none")]);
        assert!(one.get(&town, &path).await.header("location").contains("code="));
        assert_eq!(part(two.get(&town, &path).await.header("location"), "error"), "login_required");
        town.close().await;
    }
}
