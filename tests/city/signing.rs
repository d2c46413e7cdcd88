//! Registering, signing in and out, and what an attacker would try.

use chrono::TimeDelta;
use yimen::accounts::totp;

use crate::{on_both_engines, town::browser::PASSWORD};

const LIN: &str = "13800000001";

on_both_engines! {
    async fn a_newcomer_registers_and_is_signed_in(town: Town) {
        let lin = town.newcomer(LIN).await;
        let me = lin.get("/me").await.ok();
        let text = me.texts("main").join(" ");
        assert!(text.contains("林*") && text.contains("138****0001"), "{text}");
        assert!(!text.contains(LIN) && !text.contains("林晓"), "masked everywhere");
        assert!(me.texts("header").join(" ").contains("林*"));
        // Nothing is kept for the next visitor.
        assert!(!town.get("/").await.ok().body.contains("林*"));
        let out = lin.submit("/sign-out", &[]).await;
        assert_eq!(out.location(), "/sign-in?out=1");
        assert_eq!(lin.get("/me").await.location(), "/sign-in?next=%2Fme");
        let back = lin.submit("/sign-in?next=%2Fme%2Fsecurity", &[("login", LIN), ("password", PASSWORD)]).await;
        assert_eq!(back.location(), "/me/security");
        assert_eq!(town.told().await, Vec::<String>::new(), "a known device is no news");
        town.close().await;
    }

    async fn what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(town: Town) {
        let browser = town.browser();
        let fields = [("name", "<b>"), ("reach", "1380"), ("password", "short"), ("again", "other"), ("agree", "yes")];
        let page = browser.submit("/register", &fields).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.texts(".field-error").len(), 3, "{:?}", page.texts(".field-error"));
        assert_eq!(page.attributes("#reach", "value"), ["1380"]);
        assert_eq!(page.attributes("#agree-yes", "checked").len(), 1);
        assert!(page.attributes("#password", "value").iter().all(String::is_empty));
        assert!(town.code_sent_to("1380").await.is_none());
        town.close().await;
    }

    async fn a_second_factor_is_asked_for_once_it_is_on(town: Town) {
        let lin = town.newcomer(LIN).await;
        let page = lin.get("/me/security/totp").await.ok();
        let secret = page.texts("code").remove(0);
        let now = town.clock.now();
        let wrong = lin.answer(&page, "/me/security/totp", &[("code", "000000")]).await;
        assert_eq!(wrong.status, 422);
        let code = totp::code_at(&secret, now).unwrap();
        let set = lin.answer(&page, "/me/security/totp", &[("code", &code)]).await.ok();
        let recovery = set.texts(".codes code");
        assert_eq!(recovery.len(), 10);
        lin.submit("/sign-out", &[]).await;
        let enter = async || lin.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await.location();
        let second = enter().await;
        assert!(second.starts_with("/sign-in/second?id="), "{second}");
        assert_eq!(lin.get("/me").await.status, 303, "the password alone opens nothing");
        // The code that turned it on does not count twice.
        assert_eq!(lin.submit(&second, &[("code", &code)]).await.status, 422);
        town.clock.advance(TimeDelta::seconds(60));
        let code = totp::code_at(&secret, town.clock.now()).unwrap();
        assert_eq!(lin.submit(&second, &[("code", &code)]).await.location(), "/me");
        lin.submit("/sign-out", &[]).await;
        let second = enter().await;
        assert_eq!(lin.submit(&second, &[("code", &recovery[0])]).await.location(), "/me");
        lin.submit("/sign-out", &[]).await;
        let second = enter().await;
        assert_eq!(lin.submit(&second, &[("code", &recovery[0])]).await.status, 422, "a recovery code works once");
        town.told().await;
        town.close().await;
    }

    async fn recovery_sets_a_new_password_and_ends_every_session(town: Town) {
        let lin = town.newcomer(LIN).await;
        let elsewhere = town.browser();
        let sent = elsewhere.submit("/recover", &[("login", LIN)]).await.location();
        let code = town.code_sent_to(LIN).await.unwrap();
        let weak = [("code", code.as_str()), ("password", "1234567890"), ("again", "1234567890")];
        assert_eq!(elsewhere.submit(&sent, &weak).await.status, 422);
        let new = "seven boats under the old bridge";
        let strong = [("code", code.as_str()), ("password", new), ("again", new)];
        assert_eq!(elsewhere.submit(&sent, &strong).await.location(), "/sign-in?changed=1");
        assert_eq!(lin.get("/me").await.status, 303, "the old session is over");
        assert_eq!(lin.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await.status, 422);
        assert_eq!(lin.submit("/sign-in", &[("login", LIN), ("password", new)]).await.location(), "/me");
        assert_eq!(town.told().await, ["password-changed"]);
        town.close().await;
    }

    async fn a_changed_password_may_be_long_and_ends_the_other_sessions(town: Town) {
        let lin = town.newcomer(LIN).await;
        let elsewhere = town.browser();
        let entered = elsewhere.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await;
        assert_eq!(entered.location(), "/me");
        let sentence = "九只鹭鸶飞过旧桥 nine herons over the weir ".repeat(4);
        let long: String = sentence.trim().chars().take(128).collect::<String>().trim().to_owned();
        let longer: String = sentence.chars().cycle().take(129).collect::<String>().replace(' ', "x");
        let change = async |now: &str, new: &str| {
            lin.submit("/me/security/password", &[("now", now), ("password", new), ("again", new)]).await
        };
        assert_eq!(change(PASSWORD, &longer).await.status, 422, "one too many");
        let refused = change("not the password", &long).await;
        assert_eq!(refused.attributes(".errors a", "href"), ["#now"], "a session alone is not enough");
        let changed = change(PASSWORD, &long).await;
        assert_eq!(changed.status, 303, "{}", changed.body);
        lin.get("/me").await.ok();
        assert_eq!(elsewhere.get("/me").await.status, 303, "the other session is over");
        assert_eq!(elsewhere.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await.status, 422);
        let cut = &long[..long.len() - 1];
        assert_eq!(elsewhere.submit("/sign-in", &[("login", LIN), ("password", cut)]).await.status, 422, "all of it counts");
        let entered = elsewhere.submit("/sign-in", &[("login", LIN), ("password", &long)]).await;
        assert_eq!(entered.location(), "/me");
        assert!(town.told().await.contains(&"password-changed".to_owned()));
        town.close().await;
    }

    /// Every code belongs to the request it was made for: to its person and to its purpose.
    async fn a_code_is_good_for_its_own_request_alone(town: Town) {
        let lin = town.newcomer(LIN).await;
        drop(town.newcomer("13800000002").await);
        lin.submit("/sign-out", &[]).await;
        let wang = town.browser();
        let of_lin = lin.submit("/sign-in", &[("login", LIN), ("way", "code")]).await.location();
        let of_wang = wang.submit("/sign-in", &[("login", "13800000002"), ("way", "code")]).await.location();
        let recovery = lin.submit("/recover", &[("login", LIN)]).await.location();
        let for_recovery = town.code_sent_to(LIN).await.unwrap();
        let for_lin = town.code_sent_to(LIN).await.unwrap();
        let for_wang = town.code_sent_to("13800000002").await.unwrap();
        // By chance two may be alike, once in a million; then this shows nothing.
        if for_lin != for_wang && for_lin != for_recovery {
            assert_eq!(wang.submit(&of_lin, &[("code", &for_wang)]).await.status, 422, "another person's");
            assert_eq!(lin.submit(&of_lin, &[("code", &for_recovery)]).await.status, 422, "for another purpose");
            // One request's name at another's door opens nothing, even with its own code.
            let id = recovery.split_once("id=").unwrap().1;
            let elsewhere = format!("{}?id={id}", of_lin.split('?').next().unwrap());
            assert_eq!(lin.submit(&elsewhere, &[("code", &for_recovery)]).await.status, 422);
        }
        assert_eq!(lin.submit(&of_lin, &[("code", &for_lin)]).await.location(), "/me");
        assert_eq!(wang.submit(&of_wang, &[("code", &for_wang)]).await.location(), "/me");
        town.told().await;
        town.close().await;
    }

    /// A lost telephone with the app on it is taken back, and its recovery codes with it.
    async fn an_app_is_taken_back_by_its_owner(town: Town) {
        let lin = town.newcomer(LIN).await;
        let page = lin.get("/me/security/totp").await.ok();
        let code = totp::code_at(&page.texts("code").remove(0), town.clock.now()).unwrap();
        lin.answer(&page, "/me/security/totp", &[("code", &code)]).await.ok();
        let list = lin.get("/me/security").await.ok();
        let removed = lin.answer(&list, "/me/security/totp/off", &[]).await;
        assert_eq!(removed.status, 303, "{}", removed.body);
        lin.submit("/sign-out", &[]).await;
        let entered = lin.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await;
        assert_eq!(entered.location(), "/me", "nothing more is asked for");
        assert_eq!(town.told().await, ["second-factor-changed"; 2]);
        town.close().await;
    }

    async fn a_session_taken_beforehand_is_not_the_one_signed_in(town: Town) {
        let lin = town.newcomer(LIN).await;
        lin.submit("/sign-out", &[]).await;
        // An attacker plants a token of their own making.
        lin.set_cookie("session", "planted");
        lin.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await;
        let token = lin.cookie("session").unwrap();
        assert_ne!(token, "planted");
        // Signing in again, or proving more, is another token; the old one is over at once.
        let old = town.browser();
        old.set_cookie("session", &token);
        assert_eq!(old.get("/me").await.status, 200);
        lin.submit("/me/prove", &[("password", PASSWORD)]).await;
        assert_ne!(lin.cookie("session").unwrap(), token);
        assert_eq!(old.get("/me").await.status, 303);
        town.close().await;
    }

    async fn nobody_is_led_elsewhere_by_signing_in(town: Town) {
        let lin = town.newcomer(LIN).await;
        for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"] {
            lin.submit("/sign-out", &[]).await;
            let fields = [("login", LIN), ("password", PASSWORD), ("next", next)];
            assert_eq!(lin.submit("/sign-in", &fields).await.location(), "/me", "{next}");
        }
        town.close().await;
    }

    async fn devices_are_listed_and_ended(town: Town) {
        let lin = town.newcomer(LIN).await;
        let other = town.browser();
        other.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await;
        assert_eq!(town.told().await, ["new-device"]);
        let page = lin.get("/me/security").await.ok();
        assert_eq!(page.texts("#devices ~ ul li").len(), 2);
        let ended = lin.answer(&page, "/me/security/end", &[("id", "all")]).await;
        assert_eq!(ended.location(), "/me/security?done=ended");
        assert_eq!((other.get("/me").await.status, lin.get("/me").await.status), (303, 200));
        town.close().await;
    }

    /// A session left open is not enough to take the account over.
    async fn changing_how_one_signs_in_needs_a_fresh_proof(town: Town) {
        let lin = town.newcomer(LIN).await;
        town.clock.advance(TimeDelta::minutes(11));
        for path in ["/me/security/password", "/me/security/totp", "/me/security/contact"] {
            let sent = lin.get(path).await;
            assert!(sent.location().starts_with("/me/prove?next="), "{path}: {}", sent.location());
        }
        let wrong = lin.submit("/me/prove?next=/me/security/password", &[("password", "no")]).await;
        assert_eq!(wrong.status, 422);
        let right = lin.submit("/me/prove?next=/me/security/password", &[("password", PASSWORD)]).await;
        assert_eq!(right.location(), "/me/security/password");
        let new = "seven boats under the old bridge";
        let fields = [("now", PASSWORD), ("password", new), ("again", new)];
        let saved = lin.submit("/me/security/password", &fields).await;
        assert_eq!(saved.location(), "/me/security?done=password");
        assert_eq!(town.told().await, ["password-changed"]);
        town.close().await;
    }

    async fn a_password_is_taken_letter_by_letter_spaces_and_all(town: Town) {
        let lin = town.newcomer(LIN).await;
        let new = "  seven boats under the old bridge ";
        let fields = [("now", PASSWORD), ("password", new), ("again", new)];
        assert_eq!(lin.submit("/me/security/password", &fields).await.status, 303);
        lin.submit("/sign-out", &[]).await;
        assert_eq!(lin.submit("/sign-in", &[("login", LIN), ("password", new.trim())]).await.status, 422);
        assert_eq!(lin.submit("/sign-in", &[("login", LIN), ("password", new)]).await.location(), "/me");
        town.told().await;
        town.close().await;
    }

    async fn another_mailbox_is_added_once_proved_and_the_last_one_stays(town: Town) {
        let lin = town.newcomer(LIN).await;
        let sent = lin.submit("/me/security/contact", &[("reach", "lin@example.org")]).await.location();
        let code = town.code_sent_to("lin@example.org").await.unwrap();
        assert_eq!(lin.submit(&sent, &[("code", &code)]).await.location(), "/me/security?done=contact");
        // Somebody else's is not had by asking for it.
        let mei = town.newcomer("13800000002").await;
        let sent = mei.submit("/me/security/contact", &[("reach", "lin@example.org")]).await;
        assert_eq!(sent.status, 303);
        assert!(town.code_sent_to("lin@example.org").await.is_none());
        let page = mei.get("/me/security").await.ok();
        let last = mei.answer(&page, "/me/security/contact/remove", &[]).await;
        assert_eq!(last.location(), "/me/security?last=1");
        // Either of two signs in.
        lin.submit("/sign-out", &[]).await;
        let fields = [("login", "LIN@example.org"), ("password", PASSWORD)];
        assert_eq!(lin.submit("/sign-in", &fields).await.location(), "/me");
        town.told().await;
        town.close().await;
    }

    async fn the_database_holds_nothing_readable(town: Town) {
        drop(town.newcomer(LIN).await);
        let dump = town.dump(&["citizens", "contact_points", "credentials", "jobs", "one_time_codes"]).await;
        for secret in [LIN, "林晓", PASSWORD] {
            let hex = secret.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
            assert!(!dump.contains(secret) && !dump.contains(&hex), "{secret} stands in the database");
        }
        town.close().await;
    }
}
