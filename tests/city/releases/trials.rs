//! Versions on trial, and services that are shut for a while.

use super::*;
use crate::on_both_engines;

on_both_engines! {
    /// A share of the citizens gets the candidate, each of them always; nobody else does.
    async fn a_share_of_the_citizens_gets_the_candidate(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        let mut changed = renamed();
        edit(&mut changed, "forms/yz17014.json", r#""zh": "建筑面积（平方米）""#, r#""zh": "用气面积（平方米）""#);
        let package = cases::load(GAS);
        let applied = package.services.iter().find(|service| service.code == "YZ17014").unwrap();
        let answers = cases::examples(&cases::applied(&package, applied).unwrap());
        let answers: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (&**name, &**value)).collect();
        let number_of = approved(&town, &chen, &wu, &changed).await;
        assert_eq!(step(&chen, number_of, &[("step", "release"), ("percent", "50")]).await, "?said=released");
        town.portal().refresh().await.unwrap();
        let candidate = town.db.read(|c| releases::candidate(c, GAS)).await.unwrap().unwrap();
        let backend = Backend::json("200 OK", KEY_BILL);
        town.bind_with_key(GAS, &backend).await;
        let mut seen = [false, false];
        for order in 1..=24_u16 {
            let phone = format!("138000001{order:02}");
            let id: CitizenId = citizen(&town, "林晓", &phone, &number("19850101", order)).await;
            let gets = candidate.is_for(id.uuid(), GAS);
            if seen[usize::from(gets)] {
                continue;
            }
            seen[usize::from(gets)] = true;
            let person = Browser::of(&town, id, 3).await;
            for _ in 0..2 {
                let page = person.get(&format!("{BILLS}/start")).await.ok();
                let name = if gets { "燃气账单新查询" } else { "燃气费账单查询" };
                assert_eq!(page.texts("h1").concat(), name);
            }
            let found = person.post(&format!("{BILLS}/start"), &[("a-account", "9900128846")]).await.ok();
            assert!(found.texts(".found-answer").concat().contains("98.58"), "{}", found.body);
            let asked = backend.heard().pop().unwrap();
            assert!(asked.starts_with(if gets { "POST /api/v3/bills" } else { "POST /api/v2/bills" }), "{asked}");
            // What is applied for asks what that version asks, and hands it over by it.
            let review = person.fills("/services/YZ17014/start", &answers).await;
            let text = person.reads(&review).await;
            assert_eq!(text.contains("用气面积"), gets, "{text}");
            let case = person.hands_in(&review).await;
            assert_eq!(person.reads(&case).await.contains("用气面积"), gets);
        }
        assert_eq!(seen, [true, true], "among two dozen there are both");
        // The public pages, and whoever is not signed in, keep what is live.
        assert!(heading(&town).await.contains("燃气费账单查询"));
        // Going back from a trial is withdrawing it.
        let withdrawn = step(&wu, number_of, &[("step", "withdraw"), ("words", "有问题")]).await;
        assert_eq!(withdrawn, "?said=withdrawn");
        assert_eq!(town.db.read(|c| releases::candidate(c, GAS)).await.unwrap(), None);
        town.close().await;
    }

    async fn a_trial_that_cannot_be_one_is_refused(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        let mut surer = renamed();
        edit(&mut surer, "services/YZ17003.toml", "assurance = 3", "assurance = 4");
        let number = approved(&town, &chen, &wu, &surer).await;
        assert_eq!(step(&chen, number, &[("step", "release"), ("percent", "10")]).await, "?said=not-for-some");
        for wrong in ["0", "100", "-1", "x", ""] {
            let there = format!("{HERE}/versions/{number}/step");
            assert_eq!(chen.post(&there, &[("step", "release"), ("percent", wrong)]).await.status, 400, "{wrong}");
        }
        // The operator installs something else meanwhile: what was looked at was another difference.
        let mut other = texts(GAS);
        edit(&mut other, "services/YZ17003.toml", "燃气费账单查询", "账单");
        let (now, files) = (town.clock.now(), Files::gather(&other));
        town.db.tx(move |c| yimen::agencies::install(c, now, GAS, &files)).await.unwrap();
        assert_eq!(step(&chen, number, &[("step", "live")]).await, "?said=stale");
        assert_eq!(step(&chen, number, &[("step", "submit")]).await, "?said=submitted");
        approve(&wu, GAS, number).await;
        assert_eq!(step(&chen, number, &[("step", "live")]).await, "?said=live");
        town.close().await;
    }

    /// A manager shuts the agency's services in an emergency; what the city shut only the city opens.
    async fn services_are_shut_with_a_reason_and_opened_from_above(town: Town) {
        let backend = Backend::json("200 OK", KEY_BILL);
        town.bind_with_key(GAS, &backend).await;
        let id = citizen(&town, "林晓", "13800000101", &number("19850101", 1)).await;
        let lin = Browser::of(&town, id, 3).await;
        let manager = worker(&town, "zhou", Role::Manager, GAS).await;
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let city = worker(&town, "wu", Role::Administrator, "/").await;
        let (shut, open) = (format!("{HERE}/suspend"), format!("{HERE}/reopen"));
        assert_eq!(chen.post(&shut, &[("why", "x")]).await.status, 403, "an integrator does not");
        assert_eq!(manager.post(&shut, &[("why", "")]).await.location(), format!("{HERE}?said=no-reason"));
        let done = manager.post(&shut, &[("why", "系统<b>故障</b>")]).await;
        assert_eq!(done.location(), format!("{HERE}?said=suspended"));
        town.portal().refresh().await.unwrap();
        let guide = town.get(BILLS).await.ok();
        let notice = guide.texts(".notice.warn").concat();
        assert!(notice.contains("系统<b>故障</b>") && notice.contains("0990-5431000"), "{notice}");
        assert!(guide.texts(".start a").is_empty());
        assert!(lin.get(&format!("{BILLS}/start")).await.ok().texts(".notice.warn").concat().contains("故障"));
        let asked = lin.post(&format!("{BILLS}/start"), &[("a-account", "9900128846")]).await;
        assert_eq!(asked.status, 503);
        assert!(backend.heard().is_empty(), "nothing leaves");
        // What is applied for is not begun either, and the agency's own page says why.
        let apply = lin.get("/services/YZ17014/start").await.ok();
        assert!(apply.texts(".notice.warn").concat().contains("故障") && apply.texts("main form").is_empty());
        assert_eq!(lin.post("/services/YZ17014/start", &[]).await.status, 404);
        assert!(town.get("/agencies/gas-supply").await.ok().texts(".notice.warn").concat().contains("故障"));
        assert!(town.get("/services/YZ18001").await.ok().texts(".notice.warn").is_empty(), "others go on");
        assert_eq!(manager.post(&open, &[]).await.location(), format!("{HERE}?said=reopened"));
        assert!(heading(&town).await.contains("燃气"));
        assert!(town.get(BILLS).await.ok().texts(".notice.warn").is_empty());
        // Shut below and then above: nobody below opens it.
        manager.post(&shut, &[("why", "一")]).await;
        city.post(&shut, &[("why", "二")]).await;
        manager.post(&shut, &[("why", "三")]).await;
        assert_eq!(manager.post(&open, &[]).await.location(), format!("{HERE}?said=above"));
        let page = manager.get(HERE).await.ok();
        assert!(page.attributes("main form", "action").iter().all(|to| *to != open));
        let (now, by) = (town.clock.now(), By { name: "zhou".to_owned(), branch: Branch::parse(GAS).unwrap() });
        let refused = town.db.tx(move |c| releases::reopen(c, now, GAS, &by, "")).await;
        assert!(matches!(refused, Err(ReleaseError::ShutAbove)), "{refused:?}");
        assert_eq!(city.post(&open, &[]).await.location(), format!("{HERE}?said=reopened"));
        town.close().await;
    }
}
