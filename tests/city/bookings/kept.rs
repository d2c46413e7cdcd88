//! Calendars that the portal keeps: one place is given once, what comes free goes on, and whoever stays away is barred.

use super::*;
use crate::on_both_engines;

/// Two hundred people on three nodes want the last place at once.
async fn one_winner(engine: Engine) {
    let town = Town::open(engine).await;
    let nodes = [town.another_node().await, town.another_node().await];
    let first = town.url("");
    let mut bases = vec![first.trim_end_matches('/').to_owned()];
    bases.extend(nodes.iter().map(|node| format!("http://{}", node.address.unwrap())));
    let mut people = Vec::new();
    for at in 0..200_u32 {
        let phone = format!("139{at:08}");
        let now = town.clock.now();
        let ring = crate::people::keys(&town);
        let who = town.db.tx(move |c| {
            let newcomer = accounts::Newcomer {
                name: Some(accounts::PersonName::parse("林晓").unwrap()),
                reach: Some(accounts::Reach::Phone(accounts::Phone::parse(&phone).unwrap())),
                password_hash: None,
                language: yimen::platform::Lang::Zh,
            };
            accounts::register(c, &ring, now, &newcomer)
        });
        people.push(who.await.map_err(|error: AccountError| error.to_string()).unwrap());
    }
    let lin = Browser::of(&town, people[0], 3).await;
    let slot = lin.free(ADVICE).await.remove(0);
    let mut ready = Vec::new();
    for (at, who) in people.iter().enumerate() {
        let browser = Browser::of(&town, *who, 3).await;
        let token = browser.get("/display").await.ok().attributes("input[name=csrf]", "value").remove(0);
        let url = format!("{}/services/{ADVICE}/start", bases[at % bases.len()]);
        let cookies = browser.all_cookies();
        let request = town.client().post(url).header("cookie", cookies);
        ready.push(request.form(&[("csrf", token.as_str()), ("slot", slot.as_str())]));
    }
    let sent = ready.into_iter().map(|request| async { request.send().await.unwrap().status().as_u16() });
    let all: Vec<u16> = futures_util::future::join_all(sent).await;
    let won = all.iter().filter(|status| **status == 303).count();
    assert_eq!(won, 1, "{all:?}");
    assert!(all.iter().all(|status| matches!(status, 303 | 409 | 503)), "{all:?}");
    let dump = town.dump(&["booking_sessions"]).await;
    assert_eq!(dump.lines().count(), 1, "{dump}");
    for node in nodes {
        node.stop().await;
    }
    town.close().await;
}

on_both_engines! {
    async fn what_is_kept_is_free_again_when_the_time_is_over(town: Town) {
        let form = form_of("legal-aid", ADVICE);
        let who = (lin(&town).await, wang(&town).await);
        let (lin, wang) = (Browser::of(&town, who.0, 3).await, Browser::of(&town, who.1, 3).await);
        let slot = lin.free_on(ADVICE, MONDAY).await.remove(0);
        let chosen = lin.chooses(ADVICE, &slot).await.location();
        let review = lin.answers(&chosen, &form).await;
        // One at a time: it is kept for her, and she has no second on that day.
        assert_eq!(wang.chooses(ADVICE, &slot).await.status, 409);
        assert!(!wang.free_on(ADVICE, MONDAY).await.contains(&slot));
        let second = lin.free_on(ADVICE, MONDAY).await.remove(0);
        assert_eq!(lin.chooses(ADVICE, &second).await.status, 409);
        // Fifteen minutes later nobody has run anything: still she cannot confirm.
        town.clock.advance(TimeDelta::minutes(15));
        assert!(lin.post(&review.replace("/review", "/book"), &[]).await.location().ends_with("/review"));
        assert!(lin.text(&review).await.contains("保留的时间过了"));
        town.work().await;
        assert!(wang.free_on(ADVICE, MONDAY).await.contains(&slot));
        let ticket = wang.books(ADVICE, &slot, &form).await;
        assert_eq!(wang.state(&ticket).await, "已约好");
        // Given back before the cut-off it is free; after it, it is not given back.
        assert_eq!(wang.post(&format!("{ticket}/cancel"), &[]).await.status, 303);
        assert!(lin.free_on(ADVICE, MONDAY).await.contains(&slot));
        let ticket = wang.books(ADVICE, &slot, &form).await;
        town.pass(TimeDelta::days(2) + TimeDelta::hours(4)).await;
        let wang = Browser::of(&town, who.1, 3).await;
        let text = wang.text(&ticket).await;
        assert!(text.contains("过了"), "{text}");
        assert_eq!(wang.post(&format!("{ticket}/cancel"), &[]).await.status, 409);
        assert_eq!(wang.state(&ticket).await, "已约好");
        town.close().await;
    }

    async fn what_is_changed_to_a_day_that_is_taken_is_told_so(town: Town) {
        let form = form_of("legal-aid", ADVICE);
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let mut tickets = Vec::new();
        for day in [MONDAY, "2026-11-24"] {
            let slot = lin.free_on(ADVICE, day).await.remove(0);
            tickets.push(lin.books(ADVICE, &slot, &form).await);
        }
        let change = async |day: &str| {
            let slot = lin.free_on(ADVICE, day).await.remove(0);
            let instead = tickets[1].rsplit('/').next().unwrap();
            let pairs = [("slot", slot.as_str()), ("instead", instead)];
            lin.post(&format!("/services/{ADVICE}/start"), &pairs).await
        };
        let taken = change(MONDAY).await;
        assert_eq!(taken.status, 409);
        assert!(taken.texts("main").join(" ").contains("这一天您已经约过了"));
        // On its own day it can be moved. What was chosen before that and not confirmed does not stand in its way, but
        // of the two only one is booked.
        let mut reviews = Vec::new();
        for _ in 0..2 {
            let chosen = change("2026-11-24").await;
            assert_eq!(chosen.status, 303, "{:?}", chosen.texts("main"));
            reviews.push(lin.answers(&chosen.location(), &form).await);
        }
        let moved = lin.confirms(&reviews[1]).await;
        let second = lin.post(&reviews[0].replace("/review", "/book"), &[]).await;
        assert!(second.location().ends_with("/start?said=that-day"), "{}", second.status);
        assert_eq!(lin.get(&second.location()).await.status, 409);
        let states = [lin.state(&tickets[0]).await, lin.state(&tickets[1]).await, lin.state(&moved).await];
        assert_eq!(states, ["已约好", "已取消", "已约好"]);
        town.close().await;
    }

    async fn what_comes_free_goes_to_the_one_who_waits_longest(town: Town) {
        let form = form_of("legal-aid", ADVICE);
        // One appointment a day is left: the rest of Monday is stopped.
        let officer = hired(&town, "of-aid", Role::Officer, "legal-aid").await;
        let desk = at_work(&town, officer, Role::Officer, "legal-aid").await;
        let who = (lin(&town).await, wang(&town).await);
        let zhao = citizen(&town, "赵宁", "13800000003", &number("19870101", 1)).await;
        let (lin, wang) = (Browser::of(&town, who.0, 3).await, Browser::of(&town, who.1, 3).await);
        let zhao = Browser::of(&town, zhao, 3).await;
        let page = format!("/services/{ADVICE}/start?day=2026-11-23");
        let all = lin.get(&page).await.ok().attributes("main input[name=slot]", "value");
        let calendar = format!("/agency/calendar/{ADVICE}");
        for slot in &all[1..] {
            let key = slot.replace('@', "-");
            let reason = format!("reason-{key}");
            let stop = [("day", "2026-11-23"), ("session", key.as_str()), (reason.as_str(), "律师外出")];
            assert!(desk.post(&format!("{calendar}/stop"), &stop).await.location().ends_with("said=stopped"));
        }
        // While something is free nobody has to wait for it.
        let wait = [("place", "centre"), ("day", "2026-11-23")];
        assert!(!wang.post(&format!("/services/{ADVICE}/wait"), &wait).await.location().contains("joined"));
        assert!(!wang.text("/me/bookings").await.contains("我在候补"));
        let ticket = lin.books(ADVICE, &all[0], &form).await;
        let full = wang.get(&page).await.ok();
        assert!(full.texts("main").join(" ").contains("加入候补"), "{:?}", full.texts("main"));
        for browser in [&wang, &zhao, &wang] {
            town.clock.advance(TimeDelta::seconds(1));
            let joined = browser.post(&format!("/services/{ADVICE}/wait"), &wait).await;
            assert_eq!(joined.status, 303, "{}", joined.body);
        }
        assert!(wang.text("/me/bookings").await.contains("我在候补"));
        assert_eq!(lin.post(&format!("{ticket}/cancel"), &[]).await.status, 303);
        town.work().await;
        // It is kept for the first, and free for nobody.
        let offered = |page: Answer| page.attributes("main .lines a[href^='/me/bookings/2']", "href");
        let hers = offered(wang.get("/me/bookings").await.ok());
        assert_eq!((hers.len(), offered(zhao.get("/me/bookings").await.ok()).len()), (1, 0));
        assert_eq!(zhao.chooses(ADVICE, &all[0]).await.status, 409);
        // She does not answer in fifteen minutes: the next is asked, and confirms.
        town.pass(TimeDelta::minutes(16)).await;
        let his = offered(zhao.get("/me/bookings").await.ok());
        assert_eq!((his.len(), offered(wang.get("/me/bookings").await.ok()).len()), (1, 0));
        let at = zhao.post(&format!("{}/go-on", his[0]), &[]).await.location();
        let review = zhao.answers(&at, &form).await;
        assert_eq!(zhao.confirms(&review).await, his[0]);
        assert_eq!(zhao.state(&his[0]).await, "已约好");
        // Called off: he is told why.
        let desk = at_work(&town, officer, Role::Officer, "legal-aid").await;
        let key = all[0].replace('@', "-");
        let reason = format!("reason-{key}");
        let none = [("day", "2026-11-23"), ("session", key.as_str()), (reason.as_str(), " ")];
        assert!(desk.post(&format!("{calendar}/stop"), &none).await.location().ends_with("said=reason"));
        let stop = [("day", "2026-11-23"), ("session", key.as_str()), (reason.as_str(), "停电")];
        assert!(desk.post(&format!("{calendar}/stop"), &stop).await.location().ends_with("said=stopped"));
        town.work().await;
        let text = zhao.text(&his[0]).await;
        assert!(text.contains("停办") && text.contains("停电"), "{text}");
        // It cost nothing, so there is no word of money.
        assert!(!text.contains("退还"), "{text}");
        town.close().await;
    }

    async fn whoever_does_not_come_is_barred_and_whoever_comes_is_checked_in(town: Town) {
        let form = form_of("legal-aid", ADVICE);
        let officer = hired(&town, "of-aid", Role::Officer, "legal-aid").await;
        let who = lin(&town).await;
        // Three working days from Monday, 23 November; the first appointment of each.
        let mut tickets = Vec::new();
        for day in ["2026-11-23", "2026-11-24", "2026-11-25"] {
            let lin = Browser::of(&town, who, 3).await;
            let page = lin.get(&format!("/services/{ADVICE}/start?day={day}")).await.ok();
            let slot = page.attributes("main input[name=slot]", "value").remove(0);
            tickets.push(lin.books(ADVICE, &slot, &form).await);
        }
        // Friday noon and five days and 22 hours: Thursday at ten.
        town.pass(TimeDelta::days(5) + TimeDelta::hours(22)).await;
        let lin = Browser::of(&town, who, 3).await;
        for ticket in &tickets {
            assert_eq!(lin.state(ticket).await, "没有来");
        }
        let slot = lin.free(ADVICE).await.remove(0);
        let barred = lin.chooses(ADVICE, &slot).await;
        assert_eq!(barred.status, 409);
        assert!(barred.texts("main").join(" ").contains("以前您不能预约"));
        // One of the absences does not count after all.
        let desk = at_work(&town, officer, Role::Officer, "legal-aid").await;
        let calendar = format!("/agency/calendar/{ADVICE}");
        let reference = tickets[0].rsplit('/').next().unwrap();
        let excuse = [("day", "2026-11-23"), ("reference", reference)];
        assert!(desk.post(&format!("{calendar}/excuse"), &excuse).await.location().ends_with("said=excused"));
        let ticket = lin.books(ADVICE, &slot, &form).await;
        let code = lin.get(&ticket).await.ok().texts(".big-code").remove(0);
        // Not yet its day; on its day once; under another service never.
        let check = |code: &str| [("code".to_owned(), code.to_owned())];
        let send = async |at: &str, code: &str| {
            let pairs = check(code);
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            desk.post(&format!("{at}/check-in"), &pairs).await.location()
        };
        assert!(send(&calendar, "7KQ3MFXD").await.ends_with("said=unknown"));
        let booked = lin.get(&ticket).await.ok().texts(".facts strong").remove(0);
        if booked.contains("11月26日") {
            assert!(send(&calendar, &code.to_lowercase()).await.ends_with("said=in"));
            assert!(send(&calendar, &code).await.ends_with("said=not-now"));
            assert_eq!(lin.state(&ticket).await, "已签到");
        } else {
            assert!(send(&calendar, &code).await.ends_with("said=not-now"));
        }
        town.close().await;
    }

    async fn a_child_is_booked_for_by_a_guardian(town: Town) {
        let who = citizen(&town, "林小宝", "13800000009", &number("20151231", 3)).await;
        let child = Browser::of(&town, who, 3).await;
        let page = child.get(&format!("/services/{ADVICE}/start")).await.ok();
        assert!(page.texts("main").join(" ").contains("监护人"));
        assert!(page.attributes("main input[name=slot]", "value").is_empty());
        let adult = Browser::of(&town, lin(&town).await, 3).await;
        let slot = adult.free(ADVICE).await.remove(0);
        let tried = child.chooses(ADVICE, &slot).await;
        assert!(tried.status != 303, "{}", tried.status);
        assert!(!town.dump(&["bookings"]).await.contains(ADVICE));
        town.close().await;
    }
}

#[actix_web::test]
async fn of_two_hundred_one_gets_the_last_place_on_sqlite() {
    one_winner(Engine::Sqlite).await;
}

#[actix_web::test]
async fn of_two_hundred_one_gets_the_last_place_on_postgres() {
    one_winner(Engine::Postgres).await;
}
