//! Guessing: at who has an account, at passwords and at codes.

use chrono::TimeDelta;

use crate::{
    on_both_engines,
    town::{Answer, Engine, Held, Town, browser::PASSWORD},
};

const LIN: &str = "13800000001";

on_both_engines! {
    /// Neither words nor the way it goes on tell a stranger who has an account.
    async fn a_stranger_cannot_tell_who_has_an_account(town: Town) {
        drop(town.newcomer(LIN).await);
        let stranger = town.browser();
        let mut seen = Vec::new();
        for login in [LIN, "13800000099"] {
            let wrong = stranger.submit("/sign-in", &[("login", login), ("password", "not the password")]).await;
            let code = stranger.submit("/sign-in", &[("login", login), ("way", "code")]).await;
            let recover = stranger.submit("/recover", &[("login", login)]).await;
            let fields = [("reach", login), ("password", PASSWORD), ("again", PASSWORD), ("agree", "yes")];
            let register = stranger.submit("/register", &fields).await;
            let after = stranger.submit(&code.location(), &[("code", "000000")]).await;
            let path = |location: String| location.split('?').next().unwrap().to_owned();
            seen.push((
                wrong.status,
                wrong.texts("main").join(" ").replace(login, ""),
                path(code.location()),
                path(recover.location()),
                path(register.location()),
                after.texts(".field-error"),
            ));
        }
        assert_eq!(seen[0], seen[1]);
        // The holder hears of it; the stranger's number gets a code, as it is the stranger's to prove.
        assert_eq!(town.told().await, ["register-tried"]);
        for to in [LIN, LIN, "13800000099"] {
            assert!(town.code_sent_to(to).await.is_some(), "{to}");
        }
        town.close().await;
    }

    async fn a_code_opens_once_and_only_a_few_tries_are_given(town: Town) {
        let lin = town.newcomer(LIN).await;
        lin.submit("/sign-out", &[]).await;
        let sent = lin.submit("/sign-in", &[("login", LIN), ("way", "code")]).await.location();
        let code = town.code_sent_to(LIN).await.unwrap();
        let wrong = if code == "111111" { "222222" } else { "111111" };
        for left in ["4", "3"] {
            let page = lin.submit(&sent, &[("code", wrong)]).await;
            assert!(page.texts(".field-error").join("").contains(left), "{:?}", page.texts(".field-error"));
        }
        assert_eq!(lin.submit(&sent, &[("code", &code)]).await.location(), "/me");
        assert_eq!(lin.submit(&sent, &[("code", &code)]).await.status, 422, "used up");
        // Five wrong ones end it, the right one included.
        let sent = lin.submit("/sign-in/code", &[]).await;
        assert_eq!(sent.status, 422);
        lin.submit("/sign-out", &[]).await;
        let sent = lin.submit("/sign-in", &[("login", LIN), ("way", "code")]).await.location();
        let code = town.code_sent_to(LIN).await.unwrap();
        let wrong = if code == "111111" { "222222" } else { "111111" };
        for _ in 0..5 {
            lin.submit(&sent, &[("code", wrong)]).await;
        }
        assert_eq!(lin.submit(&sent, &[("code", &code)]).await.status, 422);
        town.clock.advance(TimeDelta::minutes(20));
        let sent = lin.submit("/sign-in", &[("login", LIN), ("way", "code")]).await.location();
        let code = town.code_sent_to(LIN).await.unwrap();
        town.clock.advance(TimeDelta::minutes(11));
        assert_eq!(lin.submit(&sent, &[("code", &code)]).await.status, 422, "too late");
        town.close().await;
    }

    async fn one_guess_at_many_accounts_is_slowed_by_address_and_a_passkey_passes(town: Town) {
        let attacker = town.browser();
        let page = attacker.get("/sign-in").await.ok();
        let mut tries = 0;
        let refused = loop {
            let login = format!("1390000{tries:04}");
            let answer = attacker.answer(&page, "/sign-in", &[("login", &login), ("way", "code")]).await;
            if answer.status == 429 {
                break answer;
            }
            tries += 1;
            assert!(tries < 200, "guessing ends");
        };
        assert!(tries >= 50, "an office has many people behind one address: {tries}");
        assert!(refused.header("retry-after").parse::<u64>().unwrap() <= 900);
        let question = attacker.answer(&page, "/sign-in", &[("login", "13900009999"), ("way", "code")]).await;
        assert_eq!(question.status, 429);
        let token = page.attributes("input[name=csrf]", "value").remove(0);
        attacker.post("/sign-in/passkey/begin", &[("csrf", &token)]).await.ok();
        town.close().await;
    }

    /// Somebody who comes and goes is not somebody who guesses; and guessing at them is slowed all the same.
    async fn right_passwords_are_not_counted_against_their_holder(town: Town) {
        let lin = town.newcomer(LIN).await;
        for _ in 0..15 {
            lin.submit("/sign-out", &[]).await;
            assert_eq!(lin.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await.status, 303);
        }
        let attacker = town.browser();
        let mut tries = 0;
        while attacker.submit("/sign-in", &[("login", LIN), ("password", "a guess")]).await.status != 429 {
            tries += 1;
            assert!(tries < 15, "guessing ends");
        }
        town.told().await;
        town.close().await;
    }

    /// Tries and right ones are set off against each other, so both have to begin anew at one moment.
    async fn whoever_comes_and_goes_all_day_is_never_taken_for_a_guesser(town: Town) {
        let lin = town.newcomer(LIN).await;
        for _ in 0..45 {
            lin.submit("/sign-out", &[]).await;
            assert_eq!(lin.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await.status, 303);
            town.clock.advance(TimeDelta::seconds(50));
        }
        town.told().await;
        town.close().await;
    }

    async fn guessing_is_slowed_by_account_and_the_others_go_on(town: Town) {
        let lin = town.newcomer(LIN).await;
        drop(town.newcomer("13800000002").await);
        lin.submit("/sign-out", &[]).await;
        let attacker = town.browser();
        let mut refused = None;
        for _ in 0..12 {
            let answer = attacker.submit("/sign-in", &[("login", LIN), ("password", "guess after guess")]).await;
            if answer.status == 429 {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("guessing ends");
        assert!(refused.header("retry-after").parse::<u64>().unwrap() <= 900);
        let other = town.browser();
        let fine = other.submit("/sign-in", &[("login", "13800000002"), ("password", PASSWORD)]).await;
        assert_eq!(fine.status, 303);
        town.clock.advance(TimeDelta::minutes(16));
        assert_eq!(lin.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await.status, 303);
        town.told().await;
        town.close().await;
    }
}

/// Hashing is what takes long. It is done just as often for a stranger as for a holder, so that the time of an
/// answer tells nothing.
#[actix_web::test]
async fn the_slow_work_is_the_same_whether_or_not_there_is_an_account() {
    let held = Held::port();
    let operator = held.address.to_string();
    let town = Town::open_with(Engine::Sqlite, &[("YIMEN_SERVER_OPERATOR_LISTEN", operator.as_str())]).await;
    drop(town.newcomer(LIN).await);
    let worked = async || {
        let metrics = Answer::of(town.client().get(format!("http://{operator}/metrics"))).await.ok().body;
        let line = metrics.lines().find(|line| line.starts_with("yimen_password_work_total "));
        line.and_then(|line| line.split(' ').nth(1)?.parse::<u64>().ok()).unwrap_or_default()
    };
    let stranger = town.browser();
    let before = worked().await;
    assert!(before > 0, "registering is counted");
    for login in [LIN, "13800000099"] {
        let fields = [("reach", login), ("password", PASSWORD), ("again", PASSWORD), ("agree", "yes")];
        for (page, fields, wanted) in [
            ("/sign-in", &[("login", login), ("password", "not the password")][..], 1),
            ("/sign-in", &[("login", login), ("way", "code")], 0),
            ("/recover", &[("login", login)], 0),
            ("/register", &fields, 1),
        ] {
            let before = worked().await;
            stranger.submit(page, fields).await;
            assert_eq!(worked().await - before, wanted, "{page} {login}");
        }
    }
    let before = worked().await;
    let nobody = [("login", "nobody"), ("password", "not the password"), ("code", "000000")];
    stranger.submit("/staff/sign-in", &nobody).await;
    assert_eq!(worked().await - before, 1, "staff, too");
    town.told().await;
    for to in [LIN, "13800000099"] {
        while town.code_sent_to(to).await.is_some() {}
    }
    town.close().await;
}
