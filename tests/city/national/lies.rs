//! Answers that do not hold, and those that were somebody else's: nobody is signed in by them or led elsewhere.

use super::*;

with_providers! {
    async fn nobody_is_signed_in_by_an_answer_that_does_not_hold(town, national, _other) {
        drop(newcomer(&town, &national).await);
        for twist in Twist::LIES {
            let browser = town.browser();
            national.twist(None);
            let sent = browser.get("/sign-in/with/national?next=%2Fme").await;
            national.twist(twist);
            let answer = browser.get(&path(&national.consent(&sent.location()))).await;
            assert_eq!(answer.status, 400, "{twist:?}: {} {}", answer.location(), answer.body);
            assert!(browser.cookie("session").is_none(), "{twist:?}");
            assert!(!answer.texts("h1").is_empty(), "{twist:?}");
            // What went wrong is for the log, not for whoever tries.
            assert!(!answer.body.contains("nonce") && !answer.body.contains("signature"), "{twist:?}");
        }
        national.twist(Twist::Cancel);
        let browser = town.browser();
        assert_eq!(with(&browser, &national, "/sign-in/with/national").await.status, 200);
        national.twist(None);
        let back = there(&browser, &national, "/sign-in/with/national").await;
        national.twist(Twist::Down);
        assert_eq!(browser.get(&back).await.status, 503);
        assert!(browser.cookie("session").is_none());
        national.twist(None);
        assert_eq!(with(&browser, &national, "/sign-in/with/national").await.location(), "/me");
        town.told().await;
        town.close().await;
    }

    async fn what_came_back_once_or_elsewhere_is_worth_nothing(town, national, other) {
        let lin = newcomer(&town, &national).await;
        let owner = subject(&town, &lin).await;
        lin.submit("/sign-out", &[]).await;
        // Replay, in the same browser and in another.
        let back = there(&lin, &national, "/sign-in/with/national").await;
        assert_eq!(lin.get(&back).await.location(), "/me");
        lin.submit("/sign-out", &[]).await;
        assert_eq!(lin.get(&back).await.status, 400);
        let victim = town.newcomer("13800000002").await;
        // An attacker's answer in somebody else's browser: neither signed in nor linked.
        let attacker = town.browser();
        national.person("attacker", "王芳", OTHER_NUMBER);
        let back = there(&attacker, &national, "/sign-in/with/national").await;
        assert_eq!(victim.get(&back).await.status, 400);
        assert_eq!(links(&town).await, 1);
        assert_eq!(attacker.get(&back).await.status, 400, "and it is used up");
        // The step after it is the attacker's browser's own too.
        let met = with(&attacker, &national, "/sign-in/with/national").await;
        assert_eq!(victim.get(&met.location()).await.status, 400);
        let token = victim.get("/sign-out").await.ok().attributes("input[name=csrf]", "value").remove(0);
        let step = met.location().rsplit('=').next().unwrap().to_owned();
        let forged = victim.post("/sign-in/with/national/link", &[("csrf", &token), ("step", &step)]).await;
        assert_eq!(forged.status, 400);
        assert_eq!(victim.post("/sign-in/with/national/link", &[("step", &step)]).await.status, 403, "no token");
        assert_eq!(links(&town).await, 1);
        // One provider's answer at another's door.
        let begun = there(&attacker, &national, "/sign-in/with/national").await;
        assert_eq!(attacker.get(&begun.replace("/national/", "/other/")).await.status, 400);
        assert_eq!(other.asked("/token"), 0, "no code is taken where it does not belong");
        // A state that is bent, missing, doubled or made up.
        for (from, to) in [("state=", "stat="), ("state=", "state=x"), ("state=", "state=a&state=")] {
            let back = there(&attacker, &national, "/sign-in/with/national").await;
            assert_eq!(attacker.get(&back.replace(from, to)).await.status, 400, "{to}");
        }
        let tokens = national.asked("/token");
        let made_up = format!("/sign-in/with/national/back?code=x&state={}.x", uuid::Uuid::now_v7());
        assert_eq!(attacker.get(&made_up).await.status, 400);
        assert_eq!(national.asked("/token"), tokens, "nobody is asked for nothing");
        // And what was begun too long ago.
        let back = there(&attacker, &national, "/sign-in/with/national").await;
        town.clock.advance(TimeDelta::minutes(11));
        assert_eq!(attacker.get(&back).await.status, 400);
        assert!(attacker.cookie("session").is_none());
        assert_ne!(subject(&town, &victim).await, owner);
        town.told().await;
        town.close().await;
    }

    async fn a_session_from_before_is_no_session_after(town, national, _other) {
        drop(newcomer(&town, &national).await);
        let lin = town.browser();
        lin.set_cookie("session", "planted-by-somebody");
        with(&lin, &national, "/sign-in/with/national").await;
        let first = lin.cookie("session").unwrap();
        assert_ne!(first, "planted-by-somebody");
        with(&lin, &national, "/sign-in/with/national").await;
        assert_ne!(lin.cookie("session").unwrap(), first);
        let old = town.browser();
        old.set_cookie("session", &first);
        assert_eq!(old.get("/me").await.status, 303, "the old token ended");
        // Signed in as somebody else, nobody is changed into another by a link.
        let wang = town.newcomer("13800000002").await;
        let own = subject(&town, &wang).await;
        let answer = with(&wang, &national, "/sign-in/with/national").await;
        assert_eq!(answer.status, 409);
        assert_eq!(subject(&town, &wang).await, own);
        town.told().await;
        town.close().await;
    }

    async fn nobody_is_led_to_another_site(town, national, _other) {
        let lin = newcomer(&town, &national).await;
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "%2F%2Fevil.example", "javascript:1"] {
            let next: String = url::form_urlencoded::byte_serialize(bad.as_bytes()).collect();
            let answer = with(&lin, &national, &format!("/sign-in/with/national?next={next}")).await;
            assert_eq!(answer.location(), "/me", "{bad}");
        }
        town.told().await;
        town.close().await;
    }
}
