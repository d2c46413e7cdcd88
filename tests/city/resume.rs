//! What was filled in survives the end of a session, and reaches nobody else.

use chrono::TimeDelta;
use yimen::web::session::{self, Realm, Token};

use crate::{
    on_both_engines,
    town::{
        Answer, Town,
        browser::{Browser, PASSWORD},
    },
};

const CORRECTION: &str = "/me/privacy/correct";
const WORDS: &str = "名字里的“𬱟”字\r\n写成了别的字 <b> & \"";

/// Fills in a correction, lets the session end, and sends it. Gives where the answer leads.
async fn sent_too_late(town: &Town, lin: &Browser<'_>) -> String {
    let page = lin.get(CORRECTION).await.ok();
    town.clock.advance(TimeDelta::minutes(31));
    let sent = lin.answer(&page, CORRECTION, &[("what", "name"), ("words", WORDS)]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let led = sent.location();
    assert!(led.starts_with("/sign-in?next=%2Fresume%2F"), "{led}");
    led
}

fn resume_page(led: &str) -> String {
    let (_, next) = led.split_once("next=").unwrap();
    next.replace("%2F", "/")
}

async fn corrections(town: &Town) -> i64 {
    use diesel::prelude::*;
    use yimen::db::{DbError, schema::inquiries};
    let of = inquiries::table.filter(inquiries::kind.eq("correct"));
    town.db.read(move |c| of.count().get_result(c).map_err(DbError::from)).await.unwrap()
}

async fn kept(town: &Town) -> i64 {
    use diesel::prelude::*;
    use yimen::db::{DbError, schema::set_aside};
    town.db.read(|c| set_aside::table.count().get_result(c).map_err(DbError::from)).await.unwrap()
}

on_both_engines! {
    async fn a_form_sent_too_late_goes_on_after_signing_in(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let led = sent_too_late(&town, &lin).await;
        assert_eq!(corrections(&town).await, 0);
        let sign_in = lin.get(&led).await.ok();
        assert!(sign_in.texts(".notice").join("").contains("已经留着"), "{}", sign_in.body);
        let entered =
            lin.answer(&sign_in, "/sign-in", &[("login", "13800000001"), ("password", PASSWORD)]).await;
        assert_eq!((entered.status, entered.location()), (303, resume_page(&led)));
        let page = lin.get(&entered.location()).await.ok();
        assert!(page.attributes("input[type=hidden]", "value").iter().any(|value| *value == WORDS.replace("\r\n", "\n")), "{}", page.body);
        let sent = lin.answer(&page, CORRECTION, &[]).await;
        assert_eq!((sent.status, sent.location().as_str()), (303, "/me/privacy?corrected=1"), "{}", sent.body);
        assert_eq!(corrections(&town).await, 1);
        town.close().await;
    }

    async fn the_next_person_at_the_same_screen_does_not_get_the_answers(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let wang = town.newcomer("13800000002").await;
        let led = sent_too_late(&town, &lin).await;
        let dump = town.dump(&["set_aside"]).await;
        assert!(!dump.contains("写成了"), "what is set aside is encrypted");
        // Wang signs in where Lin sat, and elsewhere.
        let fields = [("login", "13800000002"), ("password", PASSWORD)];
        let page = lin.get(&led).await.ok();
        let entered = lin.answer(&page, "/sign-in", &fields).await;
        assert_eq!(lin.get(&entered.location()).await.status, 404);
        let entered = wang.submit("/sign-in", &fields).await;
        assert_eq!(entered.status, 303);
        assert_eq!(wang.get(&resume_page(&led)).await.status, 404);
        let nobody = town.browser().get(&resume_page(&led)).await;
        assert!(nobody.location().starts_with("/sign-in?next="), "{}", nobody.location());
        town.close().await;
    }

    async fn a_form_that_needs_a_fresh_proof_goes_on_after_it_without_its_secrets(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let contact = lin.get("/me/security/contact").await.ok();
        let password = lin.get("/me/security/password").await.ok();
        town.clock.advance(TimeDelta::minutes(11));
        let sent = lin.answer(&contact, "/me/security/contact", &[("reach", "lin@example.org")]).await;
        assert!(sent.location().starts_with("/me/prove?next=%2Fresume%2F"), "{}", sent.location());
        let new = "another lantern by the old bridge";
        let chosen = lin.answer(&password, "/me/security/password", &[("password", new), ("again", new)]).await;
        assert!(chosen.location().starts_with("/me/prove?next=%2Fresume%2F"), "{}", chosen.location());
        let prove = lin.get(&sent.location()).await.ok();
        let proved = lin.answer(&prove, "/me/prove", &[("password", PASSWORD)]).await;
        let page = lin.get(&proved.location()).await.ok();
        let sent = lin.answer(&page, "/me/security/contact", &[]).await;
        assert!(sent.location().starts_with("/me/security/contact/code?id="), "{}", sent.body);
        assert!(town.code_sent_to("lin@example.org").await.is_some());
        let page = lin.get(&resume_page(&chosen.location())).await.ok();
        assert!(!page.body.contains(new));
        assert_eq!(lin.answer(&page, "/me/security/password", &[]).await.status, 422);
        town.close().await;
    }

    async fn nothing_is_kept_of_what_is_no_form_of_ours_and_nothing_for_long(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let page = lin.get(CORRECTION).await.ok();
        town.clock.advance(TimeDelta::minutes(31));
        let answers = [("what", "name"), ("words", WORDS)];
        let forged = lin.answer(&page, CORRECTION, &[("csrf", "AAAA"), answers[0], answers[1]]).await;
        assert!(forged.location().starts_with("/sign-in?next=%2Fme"), "{}", forged.location());
        let by_nobody = town.browser().post(CORRECTION, &answers).await;
        assert!(by_nobody.location().starts_with("/sign-in?next=%2Fme"), "{}", by_nobody.location());
        assert_eq!(kept(&town).await, 0);
        let sent = lin.answer(&page, CORRECTION, &answers).await;
        assert_eq!(kept(&town).await, 1);
        town.clock.advance(TimeDelta::hours(2));
        let entered = lin
            .submit(&sent.location(), &[("login", "13800000001"), ("password", PASSWORD)])
            .await;
        assert_eq!(lin.get(&entered.location()).await.status, 404);
        town.pass(TimeDelta::hours(1)).await;
        assert_eq!(kept(&town).await, 0);
        town.close().await;
    }

    async fn somebody_who_signs_out_leaves_nothing_to_go_on_with(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let page = lin.get(CORRECTION).await.ok();
        let old = lin.cookie("session").unwrap();
        assert_eq!(lin.submit("/sign-out", &[]).await.status, 303);
        // A second window still shows the form, and its browser still has the old cookie.
        lin.set_cookie("session", &old);
        let sent = lin.answer(&page, CORRECTION, &[("what", "name"), ("words", WORDS)]).await;
        assert!(!sent.location().contains("resume"), "{}", sent.location());
        assert_eq!(kept(&town).await, 0);
        town.close().await;
    }

    async fn a_session_says_how_long_it_goes_on_and_goes_on_when_asked(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let left = |answer: &crate::town::Answer| {
            serde_json::from_str::<serde_json::Value>(&answer.body).unwrap()["seconds"].as_i64().unwrap()
        };
        let page = lin.get("/me").await.ok();
        assert_eq!(page.attributes("#session-end", "data-left"), ["1800"]);
        town.clock.advance(TimeDelta::minutes(29));
        assert_eq!(left(&lin.get("/me/stay").await.ok()), 1800);
        // Half a day is the longest: whoever stays to the end is told how little is left.
        for _ in 0..23 {
            town.clock.advance(TimeDelta::minutes(29));
            lin.get("/me/stay").await.ok();
        }
        assert_eq!(left(&lin.get("/me/stay").await.ok()), 24 * 60);
        town.clock.advance(TimeDelta::minutes(23));
        assert_eq!(left(&lin.get("/me/stay").await.ok()), 60);
        town.clock.advance(TimeDelta::minutes(1));
        assert!(lin.get("/me/stay").await.location().starts_with("/sign-in"));
        assert!(town.browser().get("/").await.ok().attributes("#session-end", "data-left").is_empty());
        town.close().await;
    }

    /// Without script every page says until when, and its link is a way to stay.
    async fn a_page_says_until_when_one_is_signed_in_and_how_to_stay(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let until = |page: &Answer| page.texts(".session-until").join("");
        // 12:00 in the city.
        let page = lin.get("/me/privacy/correct").await.ok();
        assert!(until(&page).contains("12:30"), "{}", until(&page));
        assert_eq!(page.attributes(".session-until a", "href"), ["/me/stay?back=%2Fme%2Fprivacy%2Fcorrect"]);
        assert_eq!(until(&lin.get("/agencies").await.ok()).matches("12:30").count(), 1, "on public pages too");
        assert!(until(&town.browser().get("/agencies").await.ok()).is_empty());
        town.clock.advance(TimeDelta::minutes(20));
        let stayed = lin.get("/me/stay?back=%2Fme%2Fprivacy%2Fcorrect").await.ok();
        assert!(stayed.header("content-type").starts_with("text/html"));
        assert!(stayed.texts(".notice.ok").concat().contains("12:50"), "{}", stayed.body);
        assert_eq!(stayed.attributes("main .reading a", "href"), ["/me/privacy/correct"]);
        // Somebody else's link leads nowhere else.
        for back in ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"] {
            let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
            let page = lin.get(&format!("/me/stay?back={back}")).await.ok();
            assert_eq!(page.attributes("main .reading a", "href"), ["/me"], "{back}");
        }
        // Half a day is the longest, and then the page says so instead of promising more.
        for _ in 0..24 {
            town.clock.advance(TimeDelta::minutes(28));
            lin.get("/me").await.ok();
        }
        let last = lin.get("/me/stay?back=%2Fme").await.ok();
        assert!(last.texts(".notice.warn").concat().contains("最长"), "{}", last.body);
        assert!(last.texts(".notice.warn").concat().contains("00:00"), "{}", last.body);
        town.close().await;
    }

    async fn signing_in_anew_keeps_the_session_and_ends_anybody_elses(town: Town) {
        let lin = town.newcomer("13800000001").await;
        drop(town.newcomer("13800000002").await);
        let sign_in = async |login: &str| {
            let token = lin.get("/display").await.ok().attributes("input[name=csrf]", "value").remove(0);
            let fields = [("csrf", token.as_str()), ("login", login), ("password", PASSWORD)];
            assert_eq!(lin.post("/sign-in", &fields).await.location(), "/me");
            lin.cookie("session").unwrap()
        };
        let of = async |cookie: &str| {
            let (now, token) = (town.clock.now(), Token::from_cookie(cookie));
            town.db.read(move |c| session::find(c, now, Realm::Citizen, &token)).await.unwrap()
        };
        let first = lin.cookie("session").unwrap();
        let before = of(&first).await.unwrap();
        let second = sign_in("13800000001").await;
        assert!(of(&first).await.is_none(), "the old token is worth nothing");
        let after = of(&second).await.unwrap();
        assert_eq!((after.id, after.signed.subject), (before.id, before.signed.subject));
        let third = sign_in("13800000002").await;
        assert!(of(&second).await.is_none(), "somebody else's session ends");
        let other = of(&third).await.unwrap();
        assert_ne!((other.id, other.signed.subject), (after.id, after.signed.subject));
        town.told().await;
        town.close().await;
    }

    async fn another_browser_does_not_get_what_was_set_aside_before_this_one(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let led = sent_too_late(&town, &lin).await;
        let elsewhere = town.browser();
        let fields = [("login", "13800000001"), ("password", PASSWORD)];
        assert_eq!(elsewhere.submit("/sign-in", &fields).await.status, 303);
        assert_eq!(elsewhere.get(&resume_page(&led)).await.status, 404, "a link from somebody else is no use");
        town.told().await;
        town.close().await;
    }

    async fn only_a_few_forms_of_a_person_wait_and_none_that_is_huge(town: Town) {
        let lin = town.newcomer("13800000001").await;
        let page = lin.get(CORRECTION).await.ok();
        town.clock.advance(TimeDelta::minutes(31));
        let mut led = Vec::new();
        for number in 0..8 {
            let words = format!("Nr. {number}");
            led.push(lin.answer(&page, CORRECTION, &[("what", "name"), ("words", &words)]).await.location());
        }
        assert_eq!(kept(&town).await, 5);
        let huge = "字".repeat(20_000);
        let sent = lin.answer(&page, CORRECTION, &[("what", "name"), ("words", &huge)]).await;
        assert!(!sent.location().contains("resume"), "{}", sent.location());
        assert_eq!(kept(&town).await, 5);
        let entered = lin.submit(&led[7], &[("login", "13800000001"), ("password", PASSWORD)]).await;
        assert!(lin.get(&entered.location()).await.ok().body.contains("Nr. 7"));
        assert_eq!(lin.get(&resume_page(&led[0])).await.status, 404, "the oldest made room");
        town.close().await;
    }
}
